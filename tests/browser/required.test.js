// 必須情報: what is not filled in yet, ticked off as one types; each entry leads to its field.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { fillIn, kAhaki, kJudo, newAddress } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();

const left = (page) => page.locator('.todo li:visible:not(.done) a').evaluateAll((links) =>
  links.map((link) => link.hash.slice(1)));
const heading = (page) => page.locator('#todo').innerText();

test('the entries of the chosen kind are listed and ticked off', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  assert.match(await heading(page), /残り8件/);
  await page.locator('[value=judo]').check();
  assert.match(await heading(page), /残り11件/);
  await fillIn(page, { ...kJudo, email: newAddress() });
  assert.deepEqual(await left(page), []);
  assert.match(await heading(page), /入力済み/);
  await fillIn(page, { family_name: '', phone: '123', password_confirmation: 'Himitsu124' });
  assert.deepEqual(await left(page), ['family_name', 'phone', 'password_confirmation']);
  await page.locator('[value=ahaki]').check();
  assert.match(await heading(page), /残り6件/);
});

test('each entry leads to its field', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  await page.locator('[value=ahaki]').check();
  for (const link of await page.locator('.todo li:visible a').all()) {
    await link.click();
    const [target, focused] = await link.evaluate((element) =>
      [element.hash.slice(1), document.activeElement.id]);
    assert.equal(focused, target);
    assert.ok(await page.locator(`#${target}`).evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }), `${target} is not in sight`);
  }
});

test('on a wide screen 登録 is at the upper right and stays in sight', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  await fillIn(page, { ...kAhaki, email: newAddress() });
  const button = page.getByRole('button', { name: '登録', exact: true });
  for (const y of [0, 600]) {
    await page.evaluate((to) => scrollTo(0, to), y);
    const box = await button.boundingBox();
    assert.ok(box.x > 800 && box.y >= 0 && box.y < 200, `scrolled by ${y}: ${JSON.stringify(box)}`);
  }
});
