// The header says who is signed in, on pages that are the same for everybody too, and never after the
// session has ended. Who never signed in asks the server nothing.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { kPhone, setUp } = require('./lib/stage.js');
const { kJudo, newAddress, toComplete } = require('./lib/registration.js');

const stage = setUp();
const menu = (page) => page.getByRole('navigation', { name: 'メニュー' });
const login = (page) => menu(page).getByRole('link', { name: 'ログイン' });
const ownPage = (page) => menu(page).getByRole('link', { name: 'マイページ' });
const logout = (page) => menu(page).getByRole('button', { name: 'ログアウト' });

let email;

// One clinic, one account: made by the first who needs it.
async function signIn(page) {
  if (!email) {
    email = newAddress();
    await toComplete(page, { ...kJudo, email });
    await page.goto(await stage.portal.linkTo(email));
  }
  await page.goto('/login');
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(kJudo.password);
  await page.locator('main').getByRole('button', { name: 'ログイン' }).click();
  await page.waitForURL('**/account');
}

async function expectSignedIn(page) {
  await logout(page).waitFor();
  assert.ok(await ownPage(page).isVisible());
  assert.equal(await login(page).count(), 0);
}

async function expectAnybody(page) {
  await page.waitForLoadState('networkidle');
  assert.ok(await login(page).isVisible());
  assert.equal(await logout(page).count(), 0);
}

test('every page says it, from login to logout', async (t) => {
  const page = await stage.visitor(t, { viewport: kPhone });
  await signIn(page);
  for (const target of ['/account', '/', '/register', '/faq', '/nothing']) {
    await page.goto(target);
    await expectSignedIn(page);
    const { x, width } = await logout(page).boundingBox();
    assert.ok(x + width > kPhone.width - 40, `${target}: at the right`);
  }
  await logout(page).click();
  await page.waitForURL('/');
  await expectAnybody(page);
});

test('a session that has ended elsewhere, or was left alone, is not shown', async (t) => {
  const page = await stage.visitor(t);
  await signIn(page);
  await page.goto('/faq');
  await expectSignedIn(page);
  await stage.portal.sql('DELETE FROM web_session');
  await page.goto('/about');
  await expectAnybody(page);
  await page.goBack();
  await expectAnybody(page);
});

test('without JavaScript the own page says it', async (t) => {
  const page = await stage.visitor(t, { javaScriptEnabled: false });
  await signIn(page);
  await expectSignedIn(page);
  await logout(page).click();
  await page.waitForURL('/');
  assert.ok(await login(page).isVisible());
});

test('who never signed in asks nothing, and gets the page that everybody gets', async (t) => {
  const page = await stage.visitor(t);
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/faq');
  await expectAnybody(page);
  assert.ok(!asked.includes('/account'));
});
