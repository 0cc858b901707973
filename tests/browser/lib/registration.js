// The registration as a person does it: what is typed, and the way from screen to screen.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

// What is typed of an application of tests/support/applications; each test has an address of its own, and
// fillIn() agrees to the terms.
function typed(name) {
  const file = path.join(__dirname, '../../support/applications', `${name}.form`);
  const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  const entries = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2)));
  delete entries.email;
  delete entries.terms;
  return entries;
}

const kJudo = typed('judo');
const kAhaki = typed('ahaki');
const { password, password_confirmation } = kJudo;
const kPasswords = { password, password_confirmation };  // what no page keeps: typed again

// Every address once, so that mails of one test are not those of another.
let addresses = 0;
const newAddress = () => `user${++addresses}@clinic.example`;

const field = (page, name) => page.locator(`#registration [name=${name}]`);

// Types the entries into the form that is shown, and agrees to the terms.
async function fillIn(page, entries) {
  const { institution, judo_agreement: agreement, ...texts } = entries;
  if (institution) await page.locator(`[name=institution][value=${institution}]`).check();
  if (agreement) await field(page, 'judo_agreement').selectOption(agreement);
  for (const [name, value] of Object.entries(texts)) await field(page, name).fill(value);
  await field(page, 'terms').check();
}

const send = (page) => page.getByRole('button', { name: '登録', exact: true }).click();

async function toConfirm(page, entries) {
  await page.goto('/register');
  await fillIn(page, entries);
  await send(page);
  await page.waitForURL('**/register/confirm');
}

async function toComplete(page, entries) {
  await toConfirm(page, entries);
  await page.getByRole('button', { name: 'OK' }).click();
  await page.waitForURL('**/register/complete');
}

// What the form holds: name → value; of a radio group the chosen value.
function entriesOf(page) {
  return page.locator('#registration').evaluate((form) => Object.fromEntries(new FormData(form)));
}

module.exports = { entriesOf, field, fillIn, kAhaki, kJudo, kPasswords, newAddress, send, toComplete, toConfirm };
