// Without JavaScript nothing is missing that one needs: the fields of the chosen kind only, the
// errors, 表示, 修正する, and the registration to its end.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { field, fillIn, kAhaki, kJudo, kPasswords, newAddress, send } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();
const visitor = (t) => stage.visitor(t, { javaScriptEnabled: false });

const shown = async (page, names) => {
  const visible = await Promise.all(names.map((name) => field(page, name).isVisible()));
  return names.filter((_, index) => visible[index]);
};

test('only the fields of the chosen kind are shown', async (t) => {
  const page = await visitor(t);
  const judo = ['judo_agreement', 'judo_number', 'judo_suffix1', 'judo_suffix2'];
  const ahaki = ['ahaki_number', 'ahaki_suffix1', 'ahaki_suffix2'];
  const names = [...judo, ...ahaki];
  await page.goto('/register');
  assert.deepEqual(await shown(page, names), []);
  await page.getByRole('radio', { name: '施術所（柔道整復）' }).check();
  assert.deepEqual(await shown(page, names), judo);
  await page.getByRole('radio', { name: '施術所（あん摩マッサージ指圧・はり・きゅう）' }).check();
  assert.deepEqual(await shown(page, names), ahaki);
});

test('an ahaki clinic registers, after an error and a correction', async (t) => {
  const page = await visitor(t);
  const email = newAddress();
  await page.goto('/register');
  await fillIn(page, { ...kAhaki, email: 'taro' });
  await send(page);
  await page.getByRole('heading', { name: '入力内容をご確認ください' }).waitFor();
  assert.match(await page.title(), /^エラー：/);
  assert.equal(await field(page, 'ahaki_number').inputValue(), '01234567');
  assert.equal(await field(page, 'email').inputValue(), 'taro');

  await fillIn(page, { email, ...kPasswords });
  await send(page);
  await page.waitForURL('**/register/confirm');
  await page.locator('#password').getByRole('button', { name: '表示' }).click();
  await page.locator('#password').getByText(kPasswords.password).waitFor();
  await page.getByRole('link', { name: '修正する', exact: true }).click();
  await page.waitForURL('**/register');
  assert.equal(await field(page, 'ahaki_suffix2').inputValue(), '9');
  assert.equal(await field(page, 'password').inputValue(), '');

  await fillIn(page, { phone: '0312345678', ...kPasswords });
  await send(page);
  await page.waitForURL('**/register/confirm');
  assert.match(await page.locator('main').innerText(), /0312345678/);
  await page.getByRole('button', { name: 'OK' }).click();
  await page.waitForURL('**/register/complete');
  await page.goto(await stage.portal.linkTo(email));
  await page.getByText('ユーザー登録が完了いたしました。').waitFor();
});

test('a whole number in the field of its long part is read', async (t) => {
  const page = await visitor(t);
  await page.goto('/register');
  await fillIn(page, { ...kJudo, email: newAddress(), judo_agreement: '', judo_number: '登録記号番号 契第０１２３４５６－７－８号',
    judo_suffix1: '', judo_suffix2: '' });
  await send(page);
  await page.waitForURL('**/register/confirm');
  assert.match(await page.locator('main').innerText(), /契0123456-7-8\s+自動入力[^]*みなと整骨院/);
});

test('a number that is not in the roster is explained', async (t) => {
  const page = await visitor(t);
  await page.goto('/register');
  await fillIn(page, { ...kJudo, judo_number: '9999999', email: newAddress() });
  await send(page);
  assert.match(await page.locator('#judo_number_error').innerText(), /1か月/);
});
