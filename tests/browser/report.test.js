// The page of `portalctl report`, of a portal that has seen some weeks and of one that has seen
// nothing: opened as a file, it asks for nothing else; axe-core and the Nu checker have no objection,
// in light and dark, on a desktop and on a phone; nothing scrolls sideways nor lies on top of other
// text; printed, every row of its tables is there.
'use strict';

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const test = require('node:test');
const { pathToFileURL } = require('node:url');
const { axeObjections, nuObjections, tooSmall, tooWide } = require('./lib/checks.js');
const { kTree } = require('./lib/portal.js');
const { kDesktop, kPhone, launch } = require('./lib/stage.js');

const kPortalctl = path.resolve(process.env.PORTAL_PROGRAMS ?? path.join(kTree, 'build/bin'), 'portalctl');
const kPictures = path.resolve(process.env.PORTAL_SCREENSHOTS ?? 'build/screenshots');
const kSizes = { desktop: kDesktop, phone: kPhone };
const kA4 = { width: 718, height: 1047 };  // without margins, in pixels

const scratch = mkdtempSync(path.join(os.tmpdir(), 'portal-report-'));
const pages = path.join(scratch, 'pages');
mkdirSync(pages);
mkdirSync(kPictures, { recursive: true });
let browser;
test.before(async () => { browser = await launch(); });
test.after(async () => {
  await browser?.close();
  rmSync(scratch, { recursive: true });
});

// The page's file, and what --json says at the same time. `fill`: makes the site.
function report(name, fill) {
  const folder = path.join(scratch, name);
  mkdirSync(folder);
  const database = path.join(folder, 'portal.db');
  const settings = path.join(folder, 'portal.conf');
  writeFileSync(settings, `database.connection = ${database}\nmail.maildir = ${folder}/mail\n`
    + `templates.directory = ${path.join(kTree, 'templates')}\n`);
  const portalctl = (...words) =>
    execFileSync(kPortalctl, ['--config', settings, ...words], { encoding: 'utf8' });
  portalctl('migrate');
  fill(database);
  const file = path.join(pages, `${name}.html`);
  const json = portalctl('report', '--html', file, '--json');
  return { file, figures: JSON.parse(json) };
}

// Two texts of a drawing that lie on top of each other.
const overlaps = (page) => page.evaluate(() => [...document.querySelectorAll('figure svg')].flatMap((svg) => {
  const texts = [...svg.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]);
  const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  return texts.flatMap(([name, box], i) => texts.slice(i + 1)
    .filter(([, other]) => touch(box, other)).map(([other]) => `${name} / ${other}`));
}));

async function open(t, { file }, options = {}) {
  const context = await browser.newContext({ locale: 'ja-JP', viewport: kDesktop, reducedMotion: 'reduce', ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  assert.deepEqual(asked, [pathToFileURL(file).href]);
  return page;
}

const kSites = {
  'some-weeks': (database) => execFileSync(path.join(kTree, 'tests/load/some_weeks.py'), [database, '--people', '800']),
  'nothing': () => {},
};
const reports = Object.fromEntries(Object.entries(kSites).map(([name, fill]) => [name, report(name, fill)]));

for (const [name, one] of Object.entries(reports)) {
  test(`${name}: readable by everybody, in each look`, async (t) => {
    const page = await open(t, one);
    for (const [device, size] of Object.entries(kSizes)) {
      await page.setViewportSize(size);
      for (const colorScheme of ['dark', 'light']) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await axeObjections(page), [], `${device}, ${colorScheme}`);
        await page.screenshot({ path: path.join(kPictures, `report-${name}-${device}-${colorScheme}.png`), fullPage: true });
      }
      assert.deepEqual(await tooSmall(page), [], device);
      assert.deepEqual(await overlaps(page), [], device);
    }
    for (const width of [320, 512, 640]) {
      await page.setViewportSize({ width, height: 600 });
      assert.deepEqual(await tooWide(page), [], `${width} px wide`);
    }
  });

  test(`${name}: on paper, no table is cut off, and dark mode does not darken it`, async (t) => {
    const page = await open(t, one, { viewport: kA4, colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    const cut = await page.evaluate(() => [...document.querySelectorAll('.table')]
      .filter((box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
      .map((box) => `${box.getAttribute('aria-label')}: ${box.scrollWidth} ${box.clientWidth}`));
    assert.deepEqual(cut, []);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), 'rgb(26, 26, 26)');
    assert.deepEqual(await overlaps(page), []);
    await page.pdf({ path: path.join(kPictures, `report-${name}.pdf`), preferCSSPageSize: true });
  });
}

test('drawings and tables tell what --json tells', async (t) => {
  const { figures } = reports['some-weeks'];
  const page = await open(t, reports['some-weeks']);
  const rows = await page.locator('[aria-label="日ごとの申請と登録の完了の表"] tbody tr').all();
  assert.equal(rows.length, 30);
  const shown = await Promise.all(rows.map(async (row) => (await row.locator('td').allTextContents()).map(Number)));
  assert.deepEqual(shown, figures.days.map(({ completed, activated }) => [completed, activated]));
  assert.ok(shown.some(([completed]) => completed > 0));

  const heights = await page.locator('svg[aria-labelledby^="days-"] .bar')
    .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('height'))));
  const most = Math.max(...figures.days.map(({ completed }) => completed));
  const tallest = Math.max(...heights);
  figures.days.forEach(({ completed }, i) =>
    assert.ok(Math.abs(heights[i] / tallest - completed / most) < 0.01, `day ${i}`));

  const stages = await page.locator('svg[aria-labelledby^="funnel-"] .count').allTextContents();
  assert.deepEqual(stages.map((text) => Number(text.replaceAll(',', ''))), figures.funnel.map(({ clinics }) => clinics));
});

test('every drawing has a name and a description', async (t) => {
  const page = await open(t, reports['some-weeks']);
  const drawings = await page.locator('figure > svg').evaluateAll((all) => all.map((svg) =>
    svg.getAttribute('aria-labelledby').split(' ').map((id) => document.getElementById(id)?.textContent)));
  assert.equal(drawings.length, 4);
  for (const texts of drawings) assert.ok(texts.length === 2 && texts.every((text) => text?.length > 5), `${texts}`);
});

test('the Nu checker finds no error', async () => {
  assert.deepEqual(await nuObjections(pages), []);
});
