// 表示 on both password fields, and the policy's conditions ticked off as one types.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { field, kJudo, fillIn, newAddress, send } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();

test('表示 shows one password and hides it again', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  for (const [id, label] of [['password', 'パスワード'], ['password_confirmation', 'パスワード（確認用）']]) {
    await field(page, id).fill(kJudo.password);
    await page.getByRole('button', { name: `${label}を表示`, exact: true }).click();
    assert.equal(await field(page, id).getAttribute('type'), 'text');
    assert.equal(await field(page, id).inputValue(), kJudo.password);
    await page.getByRole('button', { name: `${label}を隠す`, exact: true }).click();
    assert.equal(await field(page, id).getAttribute('type'), 'password');
  }
});

test('a shown password is sent as a password, and not kept in the tab', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  await fillIn(page, { ...kJudo, judo_number: '9999999', email: newAddress() });
  await page.getByRole('button', { name: 'パスワードを表示', exact: true }).click();
  await send(page);
  await page.getByRole('heading', { name: '入力内容をご確認ください' }).waitFor();
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...sessionStorage }, { ...localStorage }, history.state]));
  assert.ok(kept.includes(kJudo.family_name));
  assert.ok(!kept.includes(kJudo.password));
  assert.equal(await field(page, 'password').inputValue(), '');
});

const kPolicy = [  // typed: 大文字 小文字 数字 長さ
  ['a', [false, true, false, false]],
  ['aB3', [true, true, true, false]],
  ['himitsu123', [false, true, true, true]],
  ['Himitsu123', [true, true, true, true]],
  ['Ａ１b', [false, true, false, false]],
  [`aB3${'𠮷'.repeat(97)}`, [true, true, true, true]],
  [`aB3${'x'.repeat(98)}`, [true, true, true, false]],
];

test('the conditions are ticked off', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  for (const [typed, expected] of kPolicy) {
    await field(page, 'password').fill(typed);
    const ticked = await page.locator('#password_help .ticks li').evaluateAll((items) =>
      items.map((item) => item.classList.contains('done') && item.innerText.includes('済み')));
    assert.deepEqual(ticked, expected, typed);
  }
});
