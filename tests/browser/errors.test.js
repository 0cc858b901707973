// What the server finds: the summary takes the focus, leads to the fields, and each field says it too.
// What a browser finds by itself: held_back.test.js.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { field, fillIn, kJudo, newAddress, send } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();

// Nothing is wrong with it but what only the server knows.
const kNotInRoster = { ...kJudo, judo_number: '9999999' };

async function refused(t, entries, options) {
  const page = await stage.visitor(t, options);
  await page.goto('/register');
  await fillIn(page, entries);
  await send(page);
  await page.getByRole('alert').waitFor();
  return page;
}

test('the summary has the focus, and the title says that there is an error', async (t) => {
  const page = await refused(t, { ...kNotInRoster, email: newAddress() });
  assert.match(await page.title(), /^エラー：/);
  assert.equal(await page.evaluate(() => document.activeElement.className), 'summary');
});

test('each line of the summary leads to a field that says the same, without scripts', async (t) => {
  const page = await refused(t, { ...kJudo, family_name: '', judo_suffix1: '', phone: '1',
    email: 'taro', password: 'short', password_confirmation: 'other' }, { javaScriptEnabled: false });
  const lines = await page.locator('.summary a').all();
  assert.ok(lines.length >= 6);
  for (const line of lines) {
    await line.click();
    const [target, message] = await line.evaluate((link) => [link.hash.slice(1), link.innerText]);
    const focused = page.locator(':focus');
    assert.equal(await focused.getAttribute('id'), target);
    assert.equal(await focused.getAttribute('aria-invalid'), 'true');
    const described = (await focused.getAttribute('aria-describedby')).split(' ');
    assert.ok(described.includes(`${target}_error`), target);
    assert.ok((await page.locator(`#${target}_error`).innerText()).includes(message), message);
  }
});

test('what was typed is still there, passwords excepted', async (t) => {
  const page = await refused(t, { ...kNotInRoster, email: newAddress() });
  for (const name of ['family_name', 'given_name', 'judo_agreement', 'judo_number', 'judo_suffix1',
    'judo_suffix2']) {
    assert.equal(await field(page, name).inputValue(), kNotInRoster[name], name);
  }
  assert.ok(await field(page, 'terms').isChecked());
  assert.equal(await field(page, 'password').inputValue(), '');
});

test('a second click while the first is under way sends nothing', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  await fillIn(page, { ...kJudo, email: newAddress() });
  let sent = 0;
  await page.route('**/register', async (route) => {
    sent += 1;
    await new Promise((resolve) => { setTimeout(resolve, 500); });  // a slow network
    await route.continue();
  });
  await page.getByRole('button', { name: '登録', exact: true }).dblclick({ noWaitAfter: true });
  await page.waitForURL('**/register/confirm');
  assert.equal(sent, 1);
});
