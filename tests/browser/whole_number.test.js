// A whole registration number arrives in any way: pasted or typed, into any field of the form, with
// words around it, or spread over the fields. What is moved is said, and can be undone. Passwords and
// what could be a phone number are left alone.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { entriesOf, field, kJudo } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();

async function form(t, institution) {
  const page = await stage.visitor(t);
  await page.goto('/register');
  if (institution) await page.locator(`[name=institution][value=${institution}]`).check();
  return page;
}

const paste = (page, name, text) => field(page, name).evaluate((element, data) => {
  element.focus();
  const clipboardData = new DataTransfer();
  clipboardData.setData('text', data);
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  if (element.dispatchEvent(event)) document.execCommand('insertText', false, data);
}, text);

const type = async (page, name, text) => {
  await field(page, name).pressSequentially(text);
  await field(page, name).blur();
};
const fill = (page, name, text) => field(page, name).fill(text);
const arrivals = { paste, type, fill };

const numberIn = async (page, kind) => Object.entries(await entriesOf(page))
  .filter(([name]) => name.startsWith(`${kind}_`)).map(([, value]) => value);
const moved = (page) => page.getByRole('status').getByText('それぞれの欄に入れました').waitFor();

const kJudoParts = ['契', '0123456', '7', '8'];
const kAhakiParts = ['01234567', '8', '9'];

const kWritten = [  // as people write it
  ['登録記号番号 契0123456-7-8', 'judo', kJudoParts],
  ['契第0123456-7-8号', 'judo', kJudoParts],
  ['契第0123456号-7-8', 'judo', kJudoParts],
  ['〔契０１２３４５６ー７ー８〕', 'judo', kJudoParts],
  ['【契0123456−7−8】', 'judo', kJudoParts],
  ['（契）0123456‐7‐8', 'judo', kJudoParts],
  ['契\n0123456\n7\n8', 'judo', kJudoParts],
  ['①契②0123456③7④8', 'judo', kJudoParts],
  ['契 0123456 7 8', 'judo', kJudoParts],
  ['契012345678', 'judo', kJudoParts],
  ['みなと整骨院（契0123456-7-8）', 'judo', kJudoParts],
  ['登録記号番号は０１２３４５６７－８－９です', 'ahaki', kAhakiParts],
  ['01234567 ― 8 ― 9', 'ahaki', kAhakiParts],
];

test('a number in words is read in whichever way it is written', async (t) => {
  for (const [text, kind, parts] of kWritten) {
    const page = await form(t, kind);
    await paste(page, `${kind}_number`, text);
    assert.deepEqual(await numberIn(page, kind), parts, text);
    await moved(page);
    await page.close();
  }
});

for (const name of ['family_name', 'given_name', 'phone', 'email', 'judo_number', 'judo_suffix2']) {
  for (const [way, arrive] of Object.entries(arrivals)) {
    test(`${name}, by ${way}`, async (t) => {
      const page = await form(t, 'judo');
      await arrive(page, name, '契0123456-7-8');
      assert.deepEqual(await numberIn(page, 'judo'), kJudoParts);
      if (!name.startsWith('judo')) assert.equal(await field(page, name).inputValue(), '');
      await moved(page);
      await page.locator('#clinic_name').getByText('みなと整骨院').waitFor();
    });
  }
}

test('before a kind is chosen the number chooses it, and 元に戻す takes all back', async (t) => {
  const page = await form(t);
  await fill(page, 'family_name', '01234567-8-9');
  await page.locator('#institution_ahaki:checked').waitFor();
  assert.deepEqual(await numberIn(page, 'ahaki'), kAhakiParts);
  await page.getByRole('button', { name: '元に戻す' }).click();
  assert.equal(await page.locator('[name=institution]:checked').count(), 0);
  assert.deepEqual(await numberIn(page, 'ahaki'), ['', '', '']);
  assert.equal(await field(page, 'family_name').inputValue(), '01234567-8-9');
  await field(page, 'given_name').focus();
  assert.equal(await field(page, 'family_name').inputValue(), '01234567-8-9', 'moved once more');
});

test('what stands beside the number stays', async (t) => {
  const page = await form(t, 'judo');
  await fill(page, 'family_name', '髙﨑 契0123456-7-8');
  assert.equal(await field(page, 'family_name').inputValue(), '髙﨑');
  await paste(page, 'email', 'taro@clinic.example 契0123456-7-8');
  assert.equal(await field(page, 'email').inputValue(), 'taro@clinic.example');
});

test('a number of the other kind offers to switch', async (t) => {
  const page = await form(t, 'judo');
  await fill(page, 'judo_number', '01234567-8-9');
  const offer = page.getByRole('status').filter({ hasText: 'はり・きゅう' });
  await offer.getByText('01234567-8-9').waitFor();
  assert.equal(await page.locator('#institution').isChecked(), true, 'not before one says so');
  await offer.getByRole('button').click();
  await page.locator('#institution_ahaki:checked').waitFor();
  assert.deepEqual(await numberIn(page, 'ahaki'), kAhakiParts);
  await page.locator('#clinic_name').getByText('つばさ').waitFor();
});

test('spread over the fields otherwise', async (t) => {
  for (const [parts, expected] of [
    [['契', '0123456-7', '8', ''], kJudoParts], [['契', '0123456', '7-8', ''], kJudoParts],
    [['契', '0123456', '78', ''], kJudoParts], [['', '契0123456', '7', '8'], kJudoParts]]) {
    const page = await form(t, 'judo');
    const [agreement, number, first, second] = parts;
    if (agreement) await field(page, 'judo_agreement').selectOption(agreement);
    await type(page, 'judo_number', number);
    await type(page, 'judo_suffix1', first);
    if (second) await type(page, 'judo_suffix2', second);
    assert.deepEqual(await numberIn(page, 'judo'), expected, parts.join('|'));
    await page.close();
  }
});

const kLeft = [  // field, what stays there
  ['phone', '0123456789'], ['phone', '03-1234-5678'], ['phone', '01234567-89'],
  ['phone', '090 1234 5678'], ['family_name', '012345678'], ['given_name', '協会'],
  ['email', '012345678@clinic.example'], ['password', '契0123456-7-8'],
  ['password_confirmation', '契0123456-7-8']];
for (const [name, text] of kLeft) {
  test(`${text} stays in ${name}`, async (t) => {
    const page = await form(t, 'judo');
    if (name.startsWith('password')) {
      await page.getByRole('button', { name: /パスワード.*を表示/ }).first().click();
    }
    await type(page, name, text);
    assert.deepEqual(await numberIn(page, 'judo'), ['', '', '', '']);
    const value = await field(page, name).inputValue();
    assert.equal(value, name === 'phone' ? text.replace(/[^0-9]/g, '') : text);
    assert.equal(await page.getByRole('button', { name: '元に戻す' }).count(), 0);
  });
}

test('typed by an input method: only once the conversion has ended', async (t) => {
  const page = await form(t, 'judo');
  await field(page, 'judo_number').focus();
  const keyboard = await page.context().newCDPSession(page);
  const text = '契０１２３４５６－７－８';
  await keyboard.send('Input.imeSetComposition',
    { text, selectionStart: text.length, selectionEnd: text.length });
  assert.equal(await field(page, 'judo_number').inputValue(), text);
  await keyboard.send('Input.insertText', { text });
  await moved(page);
  assert.deepEqual(await numberIn(page, 'judo'), kJudoParts);
});

test('a changed digit takes the old name away at once, says that it is looked up, and gives up kindly', async (t) => {
  const page = await form(t, 'judo');
  await fill(page, 'judo_number', '契0123456-7-8');
  const name = page.locator('#clinic_name');
  await name.getByText('みなと整骨院').waitFor();
  await page.route('**/register/clinic?*', () => {});  // never answered
  await field(page, 'judo_agreement').selectOption('協');
  await name.getByText('確認しています…').waitFor();
  assert.equal(await page.locator('#clinic_number').innerText(), '');
  await name.getByText('このまま「登録」へ進んでいただけます。').waitFor();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await field(page, 'judo_suffix2').press('Backspace');
  await page.locator('#clinic_name:empty').waitFor({ state: 'attached' });
  await field(page, 'judo_suffix2').pressSequentially('8');
  await name.getByText('さくら接骨院').waitFor();
  assert.equal(kJudo.judo_suffix2, '8');
});
