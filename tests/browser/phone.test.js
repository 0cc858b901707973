// The registration on a phone: by touch, with the keyboards that fit, 登録 at the end of the form.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { field, kAhaki, newAddress } = require('./lib/registration.js');
const { kPhone, setUp } = require('./lib/stage.js');

const stage = setUp();
const kDevice = { viewport: kPhone, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

test('an ahaki clinic registers by touch', async (t) => {
  const page = await stage.visitor(t, kDevice);
  const email = newAddress();
  await page.goto('/');
  await page.getByRole('link', { name: /^新規ユーザー登録はこちら/ }).tap();
  await page.waitForURL('**/register');
  await page.getByRole('radio', { name: '施術所（あん摩マッサージ指圧・はり・きゅう）' }).tap();
  const { institution, ...texts } = { ...kAhaki, email };
  assert.equal(await page.locator(`[value=${institution}]`).isChecked(), true);
  for (const [name, value] of Object.entries(texts)) {
    await field(page, name).tap();
    await page.keyboard.insertText(value);
  }
  await page.getByText('はりきゅうマッサージ つばさ').waitFor();
  await page.getByText('上記の利用規約に同意します。').tap();
  const send = page.getByRole('button', { name: '登録', exact: true });
  const { y: buttonY } = await send.boundingBox();
  const { y: termsY } = await field(page, 'terms').boundingBox();
  assert.ok(buttonY > termsY, '登録 is not below the last field');
  await send.tap();
  await page.waitForURL('**/register/confirm');
  await page.getByRole('button', { name: 'OK' }).tap();
  await page.waitForURL('**/register/complete');
  await page.goto(await stage.portal.linkTo(email));
  await page.getByText('ユーザー登録が完了いたしました。').waitFor();
});

test('nothing is enlarged or cut off when a field gets the focus', async (t) => {
  const page = await stage.visitor(t, kDevice);
  await page.goto('/register');
  const sizes = await page.locator('input:visible').evaluateAll((inputs) =>
    inputs.map((input) => Number.parseFloat(getComputedStyle(input).fontSize)));
  assert.ok(Math.min(...sizes.slice(0, 2)) >= 16);  // below 16 px iOS zooms in
});
