// Browsers and password managers know what belongs in each field, and phones which keyboard to show.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { field } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();

const kFields = {  // name: autocomplete, type, inputmode
  family_name: ['family-name', 'text', ''],
  given_name: ['given-name', 'text', ''],
  judo_agreement: ['off', 'select-one', ''],
  judo_number: ['off', 'text', 'numeric'],
  judo_suffix1: ['off', 'text', 'numeric'],
  judo_suffix2: ['off', 'text', 'numeric'],
  ahaki_number: ['off', 'text', 'numeric'],
  ahaki_suffix1: ['off', 'text', 'numeric'],
  ahaki_suffix2: ['off', 'text', 'numeric'],
  phone: ['tel', 'tel', ''],
  email: ['email', 'email', ''],
  password: ['new-password', 'password', ''],
  password_confirmation: ['new-password', 'password', ''],
};

test('each field says what it is for', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  for (const [name, expected] of Object.entries(kFields)) {
    const found = await field(page, name).evaluate((element) =>
      [element.autocomplete, element.type, element.inputMode]);
    assert.deepEqual(found, expected, name);
  }
});

test('what a browser fills in is folded, counted and looked up', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  await page.evaluate(() => {  // as autofill does: values, then input and change, no focus
    const values = { family_name: '基金', given_name: '太郎', phone: '+81 3-1234-5678',
      email: 'taro@clinic.example' };
    for (const [name, value] of Object.entries(values)) {
      const input = document.getElementById(name);
      input.value = value;
      for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }));
    }
  });
  await page.locator('.todo').getByText('メールアドレス（済み）').waitFor();
  assert.equal(await field(page, 'phone').inputValue(), '0312345678');
  await page.locator('.todo').getByText('電話番号（済み）').waitFor();
});
