// The registration as a person does it: what is typed, and the way from screen to screen.
'use strict';

const kPerson = {
  family_name: '基金', given_name: '太郎', phone: '01201234567',
  password: 'Himitsu123', password_confirmation: 'Himitsu123',
};

const kJudo = { ...kPerson, institution: 'judo', judo_agreement: '契', judo_number: '0123456',
  judo_suffix1: '7', judo_suffix2: '8' };
const kAhaki = { ...kPerson, institution: 'ahaki', ahaki_number: '01234567', ahaki_suffix1: '8',
  ahaki_suffix2: '9' };

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

module.exports = { entriesOf, field, fillIn, kAhaki, kJudo, newAddress, send, toComplete, toConfirm };
