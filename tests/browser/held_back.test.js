// With scripts an incomplete form is not sent: it says all its gaps in the page, as the server would,
// goes to the first, and keeps the passwords. A complete one is sent, by Enter as by 登録.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { field, fillIn, kAhaki, kJudo, newAddress, send, toConfirm } =
  require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();

async function form(t, entries, options) {
  const page = await stage.visitor(t, options);
  const sent = [];
  page.on('request', (request) => { if (request.method() === 'POST') sent.push(request.url()); });
  await page.goto('/register');
  if (entries) await fillIn(page, entries);
  return { page, sent };
}

const summary = (page) => page.getByRole('heading', { name: '入力内容をご確認ください' });

// All that a person can tell of what is wrong: with the text, where it leads, and at which field.
const objections = (page) => page.evaluate(() => ({
  title: document.title,
  summary: document.querySelector('.summary').outerHTML,
  heading: document.querySelector('.summary').previousElementSibling.tagName,
  fields: [...document.querySelectorAll('[aria-invalid]')].map((element) => ({
    id: element.id || element.querySelector('input').id,
    described: element.getAttribute('aria-describedby'),
    invalid: element.getAttribute('aria-invalid'),
  })),
  errors: [...document.querySelectorAll('.error')].map((element) =>
    [element.outerHTML, element.parentElement.className]),
}));

const kBothShort = { password: 'short', password_confirmation: 'other' };
const kIncomplete = {
  'nothing at all': null,
  'no more than the kind': { institution: 'judo' },
  'the other kind': { institution: 'ahaki' },
  'gaps here and there': { ...kJudo, family_name: '　', judo_suffix1: '', email: '' },
  'numbers too short, too long, and words': { ...kJudo, judo_number: '12', judo_suffix1: '77',
    judo_suffix2: 'x', phone: '1', email: 'taro@', ...kBothShort },
  'ahaki likewise': { ...kAhaki, given_name: '', ahaki_number: '0123456', ahaki_suffix2: '',
    phone: '1201234567', email: '@example.jp', ...kBothShort },
  'a password without letters': { ...kJudo, email: 'a@b.example', password: '12345678',
    password_confirmation: '12345678' },
  'a password typed otherwise again': { ...kJudo, email: 'a@b.example', password_confirmation: 'Himitsu124' },
  'much too long': { ...kJudo, family_name: '長'.repeat(41), email: `${'a'.repeat(250)}@b.example`,
    password: `aB3${'x'.repeat(98)}`, password_confirmation: 'a' },
  'an address without a dot': { ...kJudo, email: 'taro@example' },
  'an address without @': { ...kJudo, email: 'taro.example.jp' },
  'an address with two': { ...kJudo, email: 'taro@@example.jp' },
  'an address with a space': { ...kJudo, email: 'ta ro@example.jp' },
  'an address with kana': { ...kJudo, email: 'たろう@example.jp' },
  'an address with brackets': { ...kJudo, email: 'taro@(example).jp' },
  'an address with two dots': { ...kJudo, email: 'taro@example..jp' },
};

for (const [name, entries] of Object.entries(kIncomplete)) {
  test(`${name}: what the page says is what the server says`, async (t) => {
    const { page, sent } = await form(t, entries);
    await send(page);
    await summary(page).waitFor();
    assert.deepEqual(sent, []);
    const { page: other } = await form(t, entries, { javaScriptEnabled: false });
    await send(other);
    await summary(other).waitFor();
    assert.deepEqual(await objections(page), await objections(other));
  });
}

test('the first gap has the focus, its label is in sight, and passwords stay', async (t) => {
  const { page, sent } = await form(t, { ...kJudo, judo_suffix1: '', phone: '', email: newAddress() });
  await send(page);
  await summary(page).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'judo_suffix1');
  const { y } = await page.locator('label[for=judo_suffix1]').boundingBox();
  assert.ok(y >= 0 && y < 900, String(y));
  assert.equal(await field(page, 'password').inputValue(), kJudo.password);
  await page.locator('.summary a[href="#phone"]').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'phone');

  await fillIn(page, { judo_suffix1: '7', phone: kJudo.phone });
  assert.equal(await page.locator('.summary, .error, [aria-invalid]').count(), 0, 'put right');
  assert.doesNotMatch(await page.title(), /エラー/);
  await send(page);
  await page.waitForURL('**/register/confirm');
  assert.equal(sent.length, 1);
});

for (const name of ['family_name', 'judo_agreement', 'judo_number', 'phone', 'email', 'password',
  'password_confirmation', 'terms', 'institution']) {
  test(`Enter in ${name} acts as 登録`, async (t) => {
    const { page, sent } = await form(t, { ...kJudo, email: newAddress(), given_name: '' });
    const pressed = name === 'institution' ? page.locator('#institution') : field(page, name);
    await pressed.press('Enter');
    await summary(page).waitFor();
    assert.deepEqual(sent, []);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'given_name');
    await field(page, 'given_name').fill('太郎');
    await pressed.press('Enter');
    await page.waitForURL('**/register/confirm');
    assert.equal(sent.length, 1);
  });
}

test('the Enter that ends a conversion of the input method sends nothing and says nothing', async (t) => {
  const { page, sent } = await form(t, { ...kJudo, email: newAddress() });
  await field(page, 'family_name').fill('');
  await field(page, 'family_name').focus();
  const keyboard = await page.context().newCDPSession(page);
  await keyboard.send('Input.imeSetComposition', { text: 'ききん', selectionStart: 3, selectionEnd: 3 });
  await keyboard.send('Input.dispatchKeyEvent',
    { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
  await keyboard.send('Input.insertText', { text: '基金' });
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
  assert.equal(await field(page, 'family_name').inputValue(), '基金');
  assert.equal(await summary(page).count(), 0);
  assert.deepEqual(sent, []);
});

const kRight = {  // what the server takes is never held back
  'full-width': { phone: '０３－１２３４－５６７８', judo_number: '０１２３４５６', email: 'ｔａｒｏ@ｃｌｉｎｉｃ.example' },
  'from abroad': { phone: '+81 (0)3-1234-5678' },
  'brackets and dots': { phone: '（03）1234.5678' },
  'other signs in a password': { password: `Aa1 ${'𠮷'.repeat(96)}`, password_confirmation: `Aa1 ${'𠮷'.repeat(96)}` },
  'names of 40 characters': { family_name: '𠮷'.repeat(40), given_name: '﨑' },
  'a rare address': { email: "o'neil+a/b=c@xn--wgv71a.example" },
};
for (const [name, changes] of Object.entries(kRight)) {
  test(`${name}: sent`, async (t) => {
    const { page } = await form(t, { ...kJudo, email: newAddress(), ...changes });
    await send(page);
    await page.waitForURL('**/register/confirm');
  });
}

test('what only the server knows stays said while gaps are shown, until it changes', async (t) => {
  const { page } = await form(t, { ...kJudo, judo_number: '9999999', email: newAddress() });
  await send(page);
  await page.locator('#judo_number_error').waitFor();
  await send(page);  // the passwords are gone
  await page.locator('.summary a[href="#password"]').waitFor();
  assert.match(await page.locator('.summary').innerText(), /登録できる施術所の一覧にありません/);
  assert.match(await page.locator('#judo_number_error').innerText(), /登録できる施術所の一覧にありません/);
  await field(page, 'judo_number').fill(kJudo.judo_number);
  assert.equal(await page.locator('#judo_number_error').count(), 0);
  assert.equal(await page.locator('.summary a[href="#judo_number"]').count(), 0);
});

test('while the draft lives, empty passwords mean those that were entered before', async (t) => {
  const page = await stage.visitor(t);
  await toConfirm(page, { ...kJudo, email: newAddress() });
  await page.getByRole('link', { name: '修正する', exact: true }).click();
  await page.waitForURL('**/register');
  await page.locator('.todo').getByText('パスワード（確認用）（済み）').waitFor();
  assert.match(await page.locator('#todo').innerText(), /入力済み/);
  await field(page, 'given_name').fill('花子');
  await field(page, 'password').fill('Himitsu124');  // one alone is a new one, typed once
  await send(page);
  await page.locator('.summary a[href="#password_confirmation"]').waitFor();
  await field(page, 'password').fill('');
  await send(page);
  await page.waitForURL('**/register/confirm');
  await page.getByText('花子').waitFor();
});
