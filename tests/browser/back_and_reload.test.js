// Back and reload at each step: nothing that was typed is lost, passwords excepted, and nothing is
// registered twice.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { entriesOf, field, fillIn, kJudo, kPasswords, newAddress, send, toComplete, toConfirm } =
  require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();

const judo = (changes) => ({ ...kJudo, email: newAddress(), ...changes });

// Everything but passwords and the consent, which are asked for again.
async function expectEntries(page, entries) {
  const { password: _, password_confirmation: __, ...texts } = entries;
  const found = await entriesOf(page);
  for (const [name, value] of Object.entries(texts)) assert.equal(found[name], value, name);
}

async function refused(page, entries) {
  await page.goto('/register');
  await fillIn(page, entries);
  await send(page);
  await page.getByRole('alert').waitFor();
}

test('the form: reload', async (t) => {
  const page = await stage.visitor(t);
  const entries = judo();
  await page.goto('/register');
  await fillIn(page, entries);
  await page.reload();
  await expectEntries(page, entries);
  await page.locator('#clinic_name').getByText('みなと整骨院').waitFor();
});

test('the form: off to another page and back, by Back or by a link', async (t) => {
  const page = await stage.visitor(t);
  const entries = judo();
  await page.goto('/register');
  await fillIn(page, entries);
  await page.getByRole('link', { name: 'よくある質問' }).click();
  await page.waitForURL('**/faq');
  await page.goBack();
  await expectEntries(page, entries);
  await page.goto('/');
  await page.getByRole('link', { name: /^新規ユーザー登録はこちら/ }).click();
  await page.waitForURL('**/register');
  await expectEntries(page, entries);
});

test('after an error: a reload keeps what was corrected, and asks nothing', async (t) => {
  const page = await stage.visitor(t);
  const entries = judo({ judo_number: '9999999' });
  await refused(page, entries);
  await field(page, 'phone').fill('0312345678');
  await page.reload();
  await expectEntries(page, { ...entries, phone: '0312345678' });
});

test('after an error: Back, and Back from the next page', async (t) => {
  const page = await stage.visitor(t);
  const entries = judo({ judo_number: '9999999' });
  await refused(page, entries);
  await page.goBack();
  await expectEntries(page, entries);
  await refused(page, entries);
  await fillIn(page, { judo_number: kJudo.judo_number, ...kPasswords });
  await send(page);
  await page.waitForURL('**/register/confirm');
  await page.goBack();
  await expectEntries(page, { ...entries, judo_number: kJudo.judo_number });
});

test('the confirmation: reload, Back, and on again', async (t) => {
  const page = await stage.visitor(t);
  const entries = judo();
  await toConfirm(page, entries);
  await page.reload();
  await page.getByText(entries.email).first().waitFor();
  await page.goBack();
  await expectEntries(page, entries);
  await page.goForward();
  await page.getByText(entries.email).first().waitFor();
});

test('the confirmation with the password shown: reload and Back', async (t) => {
  const page = await stage.visitor(t);
  const entries = judo();
  await toConfirm(page, entries);
  await page.locator('#password').getByRole('button', { name: '表示' }).click();
  await page.locator('#password').getByText(kPasswords.password).waitFor();
  await page.reload();
  await page.getByText(entries.email).first().waitFor();
  await page.goBack();
  await page.getByText(entries.email).first().waitFor();
  assert.equal(await page.getByText(kPasswords.password).count(), 0);
});

test('修正する: reload keeps the change, and Back leads to the confirmation', async (t) => {
  const page = await stage.visitor(t);
  const entries = judo();
  await toConfirm(page, entries);
  await page.getByRole('link', { name: '修正する', exact: true }).click();
  await page.waitForURL('**/register');
  await expectEntries(page, entries);
  await field(page, 'given_name').fill('花子');
  await page.reload();
  await expectEntries(page, { ...entries, given_name: '花子' });
  await page.goBack();
  await page.getByText(entries.email).first().waitFor();
});

test('修正する of one field leads to that field', async (t) => {
  const page = await stage.visitor(t);
  await toConfirm(page, judo());
  await page.locator('main a[href="/register#phone"]').click();
  await page.waitForURL('**/register#phone');
  assert.ok(await field(page, 'phone').evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }));
});

test('申請完了: reload, Back, and OK again register once and send one mail', async (t) => {
  const page = await stage.visitor(t);
  const entries = judo();
  await toComplete(page, entries);
  await page.reload();
  await page.getByText(entries.email).first().waitFor();
  await page.goBack();
  const ok = page.getByRole('button', { name: 'OK' });
  if (await ok.count()) await ok.click();
  await page.goto('/register/complete');
  await page.getByText(entries.email).first().waitFor();
  await stage.portal.mailTo(entries.email, 1);
  const where = `WHERE email = '${entries.email}'`;
  assert.equal(await stage.portal.sql(`SELECT count(*) FROM registration ${where}`), '1');
});

test('登録完了: reload shows it again', async (t) => {
  const page = await stage.visitor(t);
  const entries = judo();
  await toComplete(page, entries);
  await page.goto(await stage.portal.linkTo(entries.email));
  await page.getByText('ユーザー登録が完了いたしました。').waitFor();
  await page.reload();
  await page.getByText('ユーザー登録が完了いたしました。').waitFor();
});
