// A likely slip in the mail address is pointed out, and never stands in the way.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { field, fillIn, kJudo, send } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();

const kSlips = {  // typed → meant
  'gmail.co.jp': 'gmail.com', 'gmial.com': 'gmail.com', 'gmai.com': 'gmail.com', 'gmail.con': 'gmail.com',
  'gmailcom': 'gmail.com', 'gmail,com': 'gmail.com', 'yahoo.co': 'yahoo.co.jp', 'yahoo.cojp': 'yahoo.co.jp',
  'yahoo.co.j': 'yahoo.co.jp', 'yahooco.jp': 'yahoo.co.jp', 'docomo': 'docomo.ne.jp',
  'docomo.jp': 'docomo.ne.jp', 'docomo.co.jp': 'docomo.ne.jp', 'dokomo.ne.jp': 'docomo.ne.jp',
  'icloud.co': 'icloud.com', 'ezweb.ne': 'ezweb.ne.jp', 'exmaple.jp': 'example.jp',
  'i.softbank.jpp': 'i.softbank.jp', 'minato-clinic.cojp': 'minato-clinic.co.jp',
  'minato-clinic.cmo': 'minato-clinic.com', 'minato-clinic.co..jp': 'minato-clinic.co.jp',
  'minato-clinic.cp.jp': 'minato-clinic.co.jp', 'minato-clinicjp': 'minato-clinic.jp',
};
const kRight = ['gmail.com', 'ymail.com', 'email.com', 'yahoo.com', 'yahoo.co.uk', 'odn.ne.jp',
  'plaza.or.jp', 'line.jp', 'softbank.co.jp', 'ymobile1.ne.jp', 'mb.ocn.ne.jp', 'hotmail.it',
  'clinic.example', 'minato.co.jp', 'minato.co', 'minato.cn', 'tokyo.lg.jp', 'xn--wgv71a.jp'];

async function formToType(t) {
  const page = await stage.visitor(t);
  await page.goto('/register');
  const type = async (email) => {
    await field(page, 'email').fill(email);
    await field(page, 'email').blur();
  };
  return { page, type };
}

test('a slip in the domain: the right one is offered', async (t) => {
  const { page, type } = await formToType(t);
  for (const [domain, meant] of Object.entries(kSlips)) {
    await type(`taro@${domain}`);
    await page.getByRole('button', { name: `${meant} に直す` }).click();
    assert.equal(await field(page, 'email').inputValue(), `taro@${meant}`, domain);
    await page.getByText(`${meant} に直しました。`).waitFor();
  }
});

test('the hint comes after the click that leaves the field, which still hits', async (t) => {
  const { page } = await formToType(t);
  for (const viewport of [{ width: 1280, height: 900 }, { width: 375, height: 812 }]) {
    await page.setViewportSize(viewport);
    for (const label of ['表示', '利用規約に同意します']) {
      await field(page, 'email').fill('');
      await field(page, 'email').pressSequentially('taro@gmail.con');
      const aim = label === '表示' ? page.getByRole('button', { name: 'パスワードを表示', exact: true })
        : page.getByRole('checkbox', { name: label });
      await aim.scrollIntoViewIfNeeded();
      const { x, y, width, height } = await aim.boundingBox();
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.mouse.down();
      await page.mouse.up();
      await page.getByRole('button', { name: 'gmail.com に直す' }).waitFor();
      if (label === '表示') {
        await page.getByRole('button', { name: 'パスワードを隠す', exact: true }).click();
      } else {
        assert.ok(await aim.isChecked(), `${viewport.width}`);
        await aim.uncheck();
      }
    }
  }
});

test('a domain that is right by itself: nothing is offered', async (t) => {
  const { page, type } = await formToType(t);
  for (const domain of [...kRight, '']) {
    await type(`taro@${domain}`);
    assert.equal(await page.getByRole('button', { name: 'に直す' }).count(), 0, domain);
  }
});

test('full-width letters are folded, and what cannot be seen is removed', async (t) => {
  const { page, type } = await formToType(t);
  for (const email of ['ｔａｒｏ＠ｃｌｉｎｉｃ．example', '\u200btaro@\u00adclinic.\ufeffexample\u200e ']) {
    await type(email);
    assert.equal(await field(page, 'email').inputValue(), 'taro@clinic.example');
  }
});

test('the look-up is asked for the domain alone; what gets no mail is hinted at', async (t) => {
  const { page, type } = await formToType(t);
  const asked = [];
  await page.route('**/register/domain?*', (route) => {
    const domain = new URL(route.request().url()).searchParams.get('name');
    asked.push(route.request().url());
    const mail = { 'nomail.example': 'no', 'mail.example': 'yes' }[domain] ?? 'unknown';
    route.fulfill({ json: { domain, mail } });
  });
  const hint = page.getByRole('status').filter({ hasText: 'メールを届けられないようです' });
  await type('taro@nomail.example');
  await hint.getByText('nomail.example').waitFor();
  for (const domain of ['mail.example', 'other.example']) {
    await Promise.all([page.waitForResponse('**/register/domain?*'), type(`taro@${domain}`)]);
    await hint.waitFor({ state: 'detached' });
  }
  assert.equal(asked.length, 3);
  assert.ok(asked.every((url) => !url.includes('taro')), asked.join());
});

test('the look-up is given a second, and says nothing if it is away', async (t) => {
  const { page, type } = await formToType(t);
  const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('/register/domain'));
  await page.route('**/register/domain?*', () => {});  // never answered
  const start = Date.now();
  await type('taro@clinic.example');
  await failed;
  assert.ok(Date.now() - start < 3000, 'a second, and what a busy machine needs');
  assert.equal(await page.getByText('メールを届けられない').count(), 0);
});

test('one may go on with the address as it is', async (t) => {
  const page = await stage.visitor(t);
  await page.goto('/register');
  await fillIn(page, { ...kJudo, email: 'taro@gmail.co.jp' });
  await send(page);
  await page.waitForURL('**/register/confirm');
  assert.match(await page.locator('main').innerText(), /taro@gmail\.co\.jp/);
});
