// A slow send says so and gives the button back after 8 s; a stopped one at once; until then a second
// click sends nothing. On every form.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { fillIn, kJudo, newAddress, send, toConfirm } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();

// Sends that are never answered: how many there were.
async function withoutAnswer(page, target) {
  const held = [];
  await page.route(target, (route) => {
    if (route.request().method() === 'POST') held.push(route);
    else route.continue();
  });
  return held;
}

const kForms = {
  '登録': [async (page) => {
    await page.goto('/register');
    await fillIn(page, { ...kJudo, email: newAddress() });
  }, '**/register'],
  'OK': [(page) => toConfirm(page, { ...kJudo, email: newAddress() }), '**/register/complete'],
  'ログイン': [async (page) => {
    await page.goto('/login');
    await page.locator('#email').fill('taro@clinic.example');
    await page.locator('#password').fill('Himitsu123');
  }, '**/login'],
  'メールを送る': [async (page) => {
    await page.goto('/password/forgot');
    await page.locator('#email').fill('taro@clinic.example');
  }, '**/password/forgot'],
};

// While a navigation is under way nothing can be asked of the page from outside: it notes by itself
// what changes, and does what `acts` say, each after so many seconds.
const watch = (page, name, acts) => page.evaluate(([words, later]) => {
  const button = [...document.querySelectorAll('main button')].find((one) => one.innerText === words);
  const start = performance.now();
  const look = () => {
    const said = document.querySelector('.sending[role=status]')?.innerText ?? '';
    const now = { isLocked: button.getAttribute('aria-disabled') === 'true', said };
    const { seconds, ...last } = window.seen.at(-1) ?? {};
    if (JSON.stringify(last) === JSON.stringify(now)) return;
    window.seen.push({ ...now, seconds: (performance.now() - start) / 1000 });
  };
  const kActs = {
    press: () => button.click(),
    stop: () => window.stop(),
    escape: () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
  };
  window.seen = [];
  new MutationObserver(look).observe(document.body,
    { attributes: true, characterData: true, childList: true, subtree: true });
  for (const [seconds, act] of later) setTimeout(kActs[act], seconds * 1000);
  button.click();
}, [name, acts]);

async function until(what, isSo) {
  const end = Date.now() + 60000;
  while (!isSo()) {
    assert.ok(Date.now() < end, what);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

async function pressed(t, name, acts) {
  const [reach, target] = kForms[name];
  const page = await stage.visitor(t);
  await reach(page);
  const held = await withoutAnswer(page, target);
  await watch(page, name, acts);
  return { page, held };
}

// What the page has noted, once what is under way has come to an end: 204 leaves the page as it is.
async function seen(page, held) {
  await Promise.all(held.map((route) => route.fulfill({ status: 204 }).catch(() => {})));
  return page.evaluate(() => window.seen);
}

for (const name of Object.keys(kForms)) {
  test(`${name}: given back after 8 s, and pressed again it sends again`, async (t) => {
    const { page, held } = await pressed(t, name, [[1, 'press'], [10, 'press']]);
    await until('sent again', () => held.length === 2);
    const [first, second, third, ...rest] = await seen(page, held);
    assert.ok(first.isLocked && first.said === '', JSON.stringify(first));
    assert.ok(second.isLocked && /送信しています/.test(second.said), JSON.stringify(second));
    assert.ok(!third.isLocked && /もう一度ボタンを押してください/.test(third.said), JSON.stringify(third));
    assert.ok(third.seconds > 7.5 && third.seconds < 10, `given back after ${third.seconds} s`);
    assert.ok(rest.every(({ seconds }) => seconds > 9.5), 'the second press sent nothing');
    assert.ok(rest[0].isLocked, JSON.stringify(rest[0]));
  });
}

for (const act of ['stop', 'escape']) {
  test(`${act}: given back at once`, async (t) => {
    const { page, held } = await pressed(t, '登録', [[1, act], [2, 'press']]);
    await until('sent again', () => held.length === 2);
    const noted = await seen(page, held);
    const given = noted.find(({ isLocked, seconds }) => !isLocked && seconds > 0.9);
    assert.ok(given && given.said === '' && given.seconds < 1.9, JSON.stringify(noted));
  });
}

test('a form that is held back does not lock its button', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  await send(page);
  await page.locator('.summary').waitFor();
  const button = page.getByRole('button', { name: '登録', exact: true });
  assert.equal(await button.getAttribute('aria-disabled'), null);
  assert.equal(await page.locator('.sending').count(), 0);
  await fillIn(page, { ...kJudo, email: newAddress() });
  await send(page);
  await page.waitForURL('**/register/confirm');
});

test('come back to: the button works', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  await fillIn(page, { ...kJudo, email: newAddress() });
  await send(page);
  await page.waitForURL('**/register/confirm');
  await page.goBack();
  await page.waitForURL('**/register');
  const button = page.getByRole('button', { name: '登録', exact: true });
  assert.equal(await button.getAttribute('aria-disabled'), null);
  assert.equal(await page.getByText('送信しています').count(), 0);
});
