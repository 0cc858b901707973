// What leads to a field shows its label, not only the field: error links, 必須情報, 修正する of one
// field, with scripts and without, on a desktop and on a phone.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { fillIn, kJudo, kPasswords, newAddress, send, toConfirm } = require('./lib/registration.js');
const { kDesktop, kPhone, setUp } = require('./lib/stage.js');

const stage = setUp();
const kLooks = [[kDesktop, true], [kDesktop, false], [kPhone, true], [kPhone, false]];

const isInSight = (page, id) => page.evaluate((name) => {
  const field = document.getElementById(name);
  const label = field.type === 'radio' ? field.closest('fieldset').querySelector('legend') : field.labels[0];
  const { top } = label.getBoundingClientRect();
  const { bottom } = field.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight && document.activeElement === field;
}, id);

// Scrolling may take a moment.
const expectInSight = async (page, id, what) => {
  const end = Date.now() + 5000;
  while (!await isInSight(page, id) && Date.now() < end) await page.waitForTimeout(50);
  assert.ok(await isInSight(page, id), `${what}: ${id}`);
};

for (const [viewport, javaScriptEnabled] of kLooks) {
  const look = `${viewport.width} px, scripts ${javaScriptEnabled}`;

  test(`error links, ${look}`, async (t) => {
    const page = await stage.visitor(t, { viewport, javaScriptEnabled, reducedMotion: 'reduce' });
    await page.goto('/register');
    await fillIn(page, { institution: 'judo' });
    await page.locator('#terms').uncheck();
    await send(page);
    await page.locator('.summary').waitFor();
    for (const link of await page.locator('.summary a').all()) {
      await link.click();
      await expectInSight(page, (await link.getAttribute('href')).slice(1), look);
    }
  });

  test(`修正する of one field, ${look}`, async (t) => {
    const page = await stage.visitor(t, { viewport, javaScriptEnabled, reducedMotion: 'reduce' });
    await toConfirm(page, { ...kJudo, email: newAddress() });
    const targets = await page.locator('main a[href^="/register#"]').evaluateAll((links) =>
      links.map((link) => link.hash.slice(1)));
    assert.ok(targets.length > 8);
    for (const id of targets) {
      await page.locator(`main a[href="/register#${id}"]`).first().click();
      await page.waitForURL(`**/register#${id}`);
      await expectInSight(page, id, look);
      await page.goto('/register/confirm');
    }
  });
}

test('必須情報', async (t) => {
  const page = await stage.visitor(t, { reducedMotion: 'reduce' });
  await page.goto('/register');
  await fillIn(page, { institution: 'judo', ...kPasswords });
  for (const link of await page.locator('.todo li:visible a').all()) {
    await link.click();
    await expectInSight(page, (await link.getAttribute('href')).slice(1), '必須情報');
  }
});
