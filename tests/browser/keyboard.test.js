// The whole registration with the keyboard alone, from the top page to 登録完了画面.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { kJudo, newAddress } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();

// Tab until the element has the focus; on the way every focus is to be seen.
async function tabTo(page, selector) {
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press('Tab');
    const { there, seen } = await page.evaluate((wanted) => {
      const { activeElement } = document;
      const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
      return { there: activeElement.matches(wanted),
        seen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 };
    }, selector);
    assert.ok(seen, 'the focus is not to be seen');
    if (there) return;
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

async function type(page, name, text) {
  await tabTo(page, `[name=${name}]`);
  await page.keyboard.insertText(text);
}

test('a judo clinic registers without a mouse', async (t) => {
  const page = await stage.visitor(t);
  const email = newAddress();
  await page.goto('/');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');  // 本文へ移動
  await tabTo(page, 'main a[href="/register"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/register');

  await type(page, 'family_name', kJudo.family_name);
  await type(page, 'given_name', kJudo.given_name);
  await tabTo(page, '#institution');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('#institution_ahaki').isChecked(), true);
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.locator('#institution').isChecked(), true);
  await tabTo(page, '#judo_agreement');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await type(page, 'judo_number', kJudo.judo_number);
  await type(page, 'judo_suffix1', kJudo.judo_suffix1);
  await type(page, 'judo_suffix2', kJudo.judo_suffix2);
  await type(page, 'phone', kJudo.phone);
  await type(page, 'email', email);
  await type(page, 'password', kJudo.password);
  await tabTo(page, 'button');  // 表示
  await page.keyboard.press('Space');
  assert.equal(await page.locator('#password').getAttribute('type'), 'text');
  await type(page, 'password_confirmation', kJudo.password_confirmation);
  await tabTo(page, '#terms');
  await page.keyboard.press('Space');
  await tabTo(page, '.side button');
  await page.keyboard.press('Enter');

  await page.waitForURL('**/register/confirm');
  assert.match(await page.locator('main').innerText(), /契0123456-7-8\s+自動入力[^]*みなと整骨院/);
  await tabTo(page, 'form[action="/register/complete"] button');
  await page.keyboard.press('Enter');

  await page.waitForURL('**/register/complete');
  await page.getByText(email).waitFor();
  await page.goto(await stage.portal.linkTo(email));
  await page.getByText('ユーザー登録が完了いたしました。').waitFor();
  await tabTo(page, '.login');
});
