// 登録記号番号 and 施術所名 fill themselves, also from a number pasted as a whole or typed full-width.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { entriesOf, field, fillIn, kAhaki, kJudo } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();

async function blankForm(t, institution) {
  const page = await stage.visitor(t);
  await page.goto('/register');
  await page.locator(`[name=institution][value=${institution}]`).check();
  return page;
}

const paste = (page, name, text) => field(page, name).evaluate((element, data) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text', data);
  element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}, text);

const name = (page, text) => page.locator('#clinic_name').getByText(text).waitFor();

const kPasted = [  // kind, field, text, the fields afterwards, clinic
  ['judo', 'judo_number', '契0123456-7-8', ['契', '0123456', '7', '8'], 'みなと整骨院'],
  ['judo', 'judo_suffix2', '協０１２３４５６－７－８', ['協', '0123456', '7', '8'], 'さくら接骨院'],
  ['judo', 'judo_agreement', '【契0123456-7-8】', ['契', '0123456', '7', '8'], 'みなと整骨院'],
  ['ahaki', 'ahaki_suffix1', ' 01234567 8 9 ', ['01234567', '8', '9'], 'はりきゅうマッサージ つばさ'],
];

for (const [kind, target, text, parts, clinic] of kPasted) {
  test(`${text} pasted into ${target} is spread`, async (t) => {
    const page = await blankForm(t, kind);
    await paste(page, target, text);
    const entries = Object.entries(await entriesOf(page));
    const found = entries.filter(([key]) => key.startsWith(`${kind}_`)).map(([, value]) => value);
    assert.deepEqual(found, parts);
    await name(page, clinic);
  });
}

test('a part of a number is pasted as it is', async (t) => {
  const page = await blankForm(t, 'judo');
  await page.evaluate(() => {
    document.addEventListener('paste', (event) => { window.left = !event.defaultPrevented; });
  });
  await paste(page, 'judo_number', '0123456');
  assert.equal(await page.evaluate(() => window.left), true);
});

test('full-width digits and hyphens become what the form asks for', async (t) => {
  const page = await blankForm(t, 'judo');
  await fillIn(page, { judo_number: '０１２３４５６', judo_suffix1: '７', phone: '０３－１２３４ー５６７８' });
  const entries = await entriesOf(page);
  assert.equal(entries.judo_number, '0123456');
  assert.equal(entries.judo_suffix1, '7');
  assert.equal(entries.phone, '0312345678');
});

test('the clinic appears with the last digit, and goes when a digit goes', async (t) => {
  const page = await blankForm(t, 'judo');
  const { judo_agreement: agreement, judo_number: number, judo_suffix1: first } = kJudo;
  await fillIn(page, { judo_agreement: agreement, judo_number: number, judo_suffix1: first });
  assert.equal(await page.locator('#clinic_name').innerText(), '');
  await field(page, 'judo_suffix2').pressSequentially('8');
  await name(page, 'みなと整骨院');
  assert.equal(await page.locator('#clinic_number').innerText(), '契0123456-7-8');
  await field(page, 'judo_suffix2').press('Backspace');
  await page.locator('#clinic_name:empty').waitFor({ state: 'attached' });
});

test('a number that is not in the roster is explained at once', async (t) => {
  const page = await blankForm(t, 'ahaki');
  await fillIn(page, { ...kAhaki, ahaki_number: '99999999', email: '' });
  await name(page, /1か月/);
});

test('without an answer one goes on, and is told so', async (t) => {
  const page = await blankForm(t, 'judo');
  await page.route('**/register/clinic?*', (route) => route.fulfill({ status: 503, body: 'away' }));
  await paste(page, 'judo_number', '契0123456-7-8');
  await name(page, 'このまま「登録」へ進んでいただけます。');
});
