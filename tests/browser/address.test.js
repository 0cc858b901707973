// A likely slip in the mail address is pointed out, and never stands in the way.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { field, fillIn, kJudo, send } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();

async function typed(t, email) {
  const page = await stage.visitor(t);
  await page.goto('/register');
  await field(page, 'email').fill(email);
  await field(page, 'email').blur();
  return page;
}

for (const [email, meant] of [['taro@gmail.co.jp', 'gmail.com'], ['taro@gmial.com', 'gmail.com'],
  ['taro@yahoo.co.j', 'yahoo.co.jp'], ['taro@docomo.co.jp', 'docomo.ne.jp']]) {
  test(`${email}: ${meant} is offered`, async (t) => {
    const page = await typed(t, email);
    await page.getByRole('button', { name: `${meant} に直す` }).click();
    assert.equal(await field(page, 'email').inputValue(), `taro@${meant}`);
  });
}

for (const email of ['taro@gmail.com', 'taro@ymail.com', 'taro@clinic.example', 'taro', 'taro@']) {
  test(`${email}: nothing is offered`, async (t) => {
    const page = await typed(t, email);
    assert.equal(await page.getByRole('button', { name: 'に直す' }).count(), 0);
  });
}

test('one may go on with the address as it is', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  await fillIn(page, { ...kJudo, email: 'taro@gmail.co.jp' });
  await send(page);
  await page.waitForURL('**/register/confirm');
  assert.match(await page.locator('main').innerText(), /taro@gmail\.co\.jp/);
});
