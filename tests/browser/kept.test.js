// What was typed stays in the browser until the registration is complete: when the draft has ended,
// the form shows it, and says so. A browser that keeps no cookies hears of it before one types.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { entriesOf, fillIn, kAhaki, kJudo, newAddress, send, toComplete, toConfirm } =
  require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();
const kNote = 'このブラウザに残っていた入力内容を表示しています。パスワードは、もう一度ご入力ください。';

const kept = (page) => page.evaluate(() => sessionStorage.getItem('register'));

test('after the draft has ended the form is filled in from the browser, and says so', async (t) => {
  const page = await stage.visitor(t);
  const entries = { ...kJudo, email: newAddress() };
  await toConfirm(page, entries);
  await page.context().clearCookies({ name: 'draft' });  // as after its half hour
  await page.goto('/register/confirm');
  await page.waitForURL(/\/register(\?.*)?$/);
  await page.getByRole('heading', { name: '時間が過ぎました。まだ登録されていません' }).waitFor();
  await page.getByText(kNote).waitFor();
  const { password: _, password_confirmation: __, ...texts } = entries;
  const found = await entriesOf(page);
  for (const [name, value] of Object.entries(texts)) assert.equal(found[name], value, name);
  assert.equal(found.password, '');
  await page.locator('#clinic_name').getByText('みなと整骨院').waitFor();

  await fillIn(page, { password: kJudo.password, password_confirmation: kJudo.password });
  await send(page);
  await page.waitForURL('**/register/confirm');
});

test('it says so once, not on a form that is blank, and not on one that the server filled in', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  assert.equal(await page.getByText(kNote).count(), 0);
  await toConfirm(page, { ...kJudo, email: newAddress() });
  await page.getByRole('link', { name: '修正する', exact: true }).click();
  await page.waitForURL('**/register');
  assert.equal(await page.getByText(kNote).count(), 0);
});

test('with the registration complete nothing is kept', async (t) => {
  const page = await stage.visitor(t);
  await toConfirm(page, { ...kJudo, email: newAddress() });
  assert.ok((await kept(page)).includes(kJudo.family_name));
  assert.ok(!(await kept(page)).includes(kJudo.password));
  await toComplete(page, { ...kJudo, email: newAddress() });
  assert.equal(await kept(page), null);
});

test('nor after a step back from there to the form and away from it', async (t) => {
  const page = await stage.visitor(t);
  await toComplete(page, { ...kJudo, email: newAddress() });
  await page.goBack();
  await page.goBack();
  await page.locator('#registration').waitFor();
  await page.goto('/about');
  const left = await kept(page);
  assert.equal(left, null);
});

test('whoever logs out leaves nothing of what was typed, wherever the button is pressed', async (t) => {
  const page = await stage.visitor(t);
  const email = newAddress();
  await toComplete(page, { ...kAhaki, email });
  await page.goto(await stage.portal.linkTo(email));
  for (const pressedAt of ['/faq', '/register?new=1']) {
    await page.goto('/login');
    await page.locator('#email').fill(email);
    await page.locator('#password').fill(kAhaki.password);
    await page.getByRole('main').getByRole('button', { name: 'ログイン' }).click();
    await page.waitForURL('**/account');
    await page.goto('/register?new=1');
    await fillIn(page, { ...kJudo, email: 'second@clinic.example' });
    await page.goto('/faq');
    assert.ok((await kept(page)).includes('second@clinic.example'));
    await page.goto(pressedAt);
    await page.getByRole('button', { name: 'ログアウト' }).click();
    await page.waitForURL((there) => there.pathname !== pressedAt.split('?')[0]);
    assert.equal(await kept(page), null, pressedAt);
  }
});

test('a browser without cookies hears of it at the top of the form', async (t) => {
  const page = await stage.visitor(t);
  const browser = await page.context().newCDPSession(page);
  await browser.send('Emulation.setDocumentCookieDisabled', { disabled: true });
  await page.goto('/register');
  const note = page.locator('#no_cookies');
  assert.match(await note.innerText(), /Cookie を許可/);
  const { y } = await note.boundingBox();
  assert.ok(y < (await page.locator('#family_name').boundingBox()).y);
});

test('a browser with cookies hears nothing of them', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  assert.equal(await page.locator('#no_cookies').count(), 0);
});
