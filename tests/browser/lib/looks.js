// What holds of every screen: axe-core has no objection in light and dark, on a desktop and on a phone; nothing scrolls
// sideways from 320 px on, also beside a scrollbar and with text of twice the size, which has the room there is; on paper
// nothing is cut off, and dark colours stay on the screen; what is to be hit is 44 px high; the HTML is valid. Pictures for people to look at: the build folder's screenshots/.
'use strict';

const assert = require('node:assert/strict');
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const test = require('node:test');
const { axeObjections, nuObjections, tooSmall, tooWide } = require('./checks.js');
const { kDesktop, kPhone } = require('./stage.js');

const kPictures = path.resolve(process.env.PORTAL_SCREENSHOTS ?? 'build/screenshots');
const kSizes = { desktop: kDesktop, phone: kPhone };
// 320: WCAG 1.4.10. 512 and 640: 200 % zoom on a screen 1024 or 1280 px wide.
const kWidths = [320, 512, 640];
const kPaper = { width: 718, height: 1000 };  // A4 between margins of 1 cm

// WCAG 1.4.4: as a browser does where the user asks for larger text.
const twiceTheText = (page) => page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });

// How much of the width the text has.
const roomForText = (page) => page.evaluate(() => {
  const main = document.querySelector('main');
  const { paddingLeft, paddingRight } = getComputedStyle(main);
  return 1 - (Number.parseFloat(paddingLeft) + Number.parseFloat(paddingRight)) / main.clientWidth;
});
const kLeastRoom = 0.85;

// Values beside which so much stands that they have less than half of their row.
const squeezed = (page) => page.evaluate(() => [...document.querySelectorAll('.answers dd:first-of-type')]
  .filter((value) => value.checkVisibility() && value.clientWidth < value.parentElement.clientWidth / 2)
  .map((value) => value.parentElement.innerText));

// As it is printed from a dark screen.
async function expectPaper(page) {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize(kPaper);
  assert.deepEqual(await axeObjections(page, ['color-contrast']), [], 'on paper');
  assert.deepEqual(await tooWide(page), [], 'on paper');
  assert.deepEqual(await page.getByRole('button').all(), [], 'on paper nothing can be pressed');
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
}

const isPage = (response) => response.request().isNavigationRequest()
  && (response.status() < 300 || response.status() >= 400);

// `screens`: name → the way there; `visitor` as in stage.js, who takes it.
function testScreens(stage, screens, visitor = stage.visitor) {
  const sources = mkdtempSync(path.join(os.tmpdir(), 'portal-html-'));
  mkdirSync(kPictures, { recursive: true });
  test.after(() => rmSync(sources, { recursive: true }));

  for (const [name, reach] of Object.entries(screens)) {
    test(name, async (t) => {
      const page = await visitor(t, { reducedMotion: 'reduce' });
      let source = null;
      page.on('response', (response) => { if (isPage(response)) source = response.text(); });
      await reach(page, stage);
      writeFileSync(path.join(sources, `${name}.html`), await source);

      for (const [device, size] of Object.entries(kSizes)) {
        await page.setViewportSize(size);
        for (const colorScheme of ['dark', 'light']) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await axeObjections(page), [], `${device}, ${colorScheme}`);
        }
        assert.deepEqual(await tooWide(page), [], device);
        assert.deepEqual(await tooSmall(page), [], device);
        const file = path.join(kPictures, `${name}-${device}.png`);
        await page.screenshot({ path: file, fullPage: true });
      }
      await expectPaper(page);
      for (const width of kWidths) {
        await page.setViewportSize({ width, height: 600 });
        assert.deepEqual(await tooWide(page), [], `${width} px wide`);
      }
      await page.setViewportSize({ width: kWidths[0], height: 600 });
      await twiceTheText(page);
      assert.deepEqual(await tooWide(page), [], `${kWidths[0]} px wide, text of 200 %`);
      assert.deepEqual(await squeezed(page), [], 'text of 200 %');
      assert.ok(await roomForText(page) >= kLeastRoom, 'room for text of 200 %');
    });
  }

  test('the Nu checker finds no error in any page', async () => {
    assert.deepEqual(await nuObjections(sources), []);
  });
}

module.exports = { testScreens };
