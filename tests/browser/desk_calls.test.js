// The five typical calls: each begins with the desk's search box and ends with the caller helped, and takes four clicks at
// most. A search by Enter counts as one, and so does a double click for the audit.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { boxHasFocus } = require('./lib/desk_screens.js');
const { kAhaki, kJudo, newAddress, toComplete, toConfirm } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const kMostClicks = 4;
const kMinute = 60;
const stage = setUp(['--desk']);

// An agent with the desk's first page open. It counts the clicks; what is typed is no click.
class Call {
  constructor(t, page) {
    Object.assign(this, { t, page, clicks: 0 });
  }

  async follow(act) {
    ++this.clicks;
    await Promise.all([this.page.waitForEvent('load'), act()]);
  }

  // The box has the focus: typed as the caller says it, and Enter.
  async search(words) {
    await boxHasFocus(this.page);
    await this.page.keyboard.insertText(words);
    await this.follow(() => this.page.keyboard.press('Enter'));
    assert.ok(!decodeURIComponent(this.page.url()).includes(words), 'no personal data in a URL');
  }

  press(name, of = this.page) {
    return this.follow(() => of.getByRole('button', { name }).or(of.getByRole('link', { name })).first().click());
  }

  // The page to check: why, and 実行する.
  async carryOut(button = '実行する') {
    await this.page.getByLabel('理由').fill('ご本人から電話');
    await this.press(button);
  }

  verdict() { return this.page.locator('main').innerText(); }

  end() {
    this.t.diagnostic(`${this.t.name}: ${this.clicks} clicks`);
    assert.ok(this.clicks <= kMostClicks, `${this.clicks} clicks`);
  }
}

async function call(t, words) {
  const page = await stage.agent(t);
  await page.goto('/desk/');
  const one = new Call(t, page);
  await one.search(words);
  return one;
}

// Somebody registers, in a browser of his own, with an address of his own.
async function register(t, entries) {
  const page = await stage.visitor(t);
  const address = entries.email ?? newAddress();
  await toComplete(page, { ...entries, email: address });
  return { page, address };
}

async function registerAndActivate(t, entries) {
  const one = await register(t, entries);
  await one.page.goto(await stage.portal.linkTo(one.address));
  await one.page.getByText('ユーザー登録が完了いたしました。').waitFor();
  return one;
}

// Whom it was sent to opens the link elsewhere and has the password that was chosen.
async function activate(t, link) {
  const page = await stage.visitor(t);
  await page.goto(link);
  await page.locator('#password').fill(kJudo.password);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '登録を完了する' }).click()]);
  await page.getByText('ユーザー登録が完了いたしました。').waitFor();
}

const age = (address, seconds) => stage.portal.sql(`UPDATE outbox SET created_at = created_at - ${seconds}
  WHERE recipient = '${address}'`);

test('a double click on 検索 is one look-up', async (t) => {
  const page = await stage.agent(t);
  await page.goto('/desk/');
  await page.getByLabel(/メールアドレス・登録記号番号/).fill('nobody@clinic.example');
  const button = page.getByRole('button', { name: '検索' });
  await button.dblclick();
  await page.getByRole('heading', { name: '見つかりませんでした' }).waitFor();
  await Promise.all([page.waitForEvent('load'), button.click()]);  // the page was quicker than the second click
  assert.equal(await stage.portal.sql("SELECT count(*) FROM audit WHERE event = 'searched'"), '1');
  assert.equal(await stage.portal.sql("SELECT tries FROM throttle WHERE key LIKE 'desk%'"), '1');
});

test('no mail came', async (t) => {
  const { address } = await register(t, kAhaki);
  await stage.portal.linkTo(address);
  await age(address, 10 * kMinute);
  const desk = await call(t, address);
  assert.match(await desk.verdict(), /迷惑メール/, 'what to tell the caller');
  await desk.press('登録用リンクのメールを再送する');
  await desk.carryOut();
  await activate(t, await stage.portal.linkTo(address, 2));
  desk.end();
});

test('the address was mistyped', async (t) => {
  const right = newAddress();
  const { address } = await register(t, { ...kJudo, judo_agreement: '協', email: right.replace('@clinic', '@clinc') });
  const desk = await call(t, '協 ０１２３４５６－７－８');
  await desk.press('メールアドレスを直す');
  await desk.page.getByLabel('正しいメールアドレス').fill(right);
  await desk.carryOut('確認へ進む');
  assert.ok((await desk.verdict()).includes(right), 'the new address, to be read out');
  await desk.press('実行する');
  await activate(t, await stage.portal.linkTo(right));
  assert.equal(await stage.portal.sql(`SELECT count(*) FROM account WHERE email = '${right}'`), '1');
  assert.equal(await stage.portal.sql(`SELECT count(*) FROM outbox WHERE recipient = '${address}'`), '1',
    'one mail to the wrong address, before it was put right');
  desk.end();
});

test('the clinic was registered by somebody else', async (t) => {
  await registerAndActivate(t, kJudo);
  const desk = await call(t, '契0123456-7-8');
  await desk.press('施術所の登録を解除する');
  await desk.carryOut();
  const page = await stage.visitor(t);
  await toConfirm(page, { ...kJudo, email: newAddress() });
  desk.end();
});

test('the address was forgotten', async (t) => {
  const { address } = await registerAndActivate(t, { ...kJudo, judo_number: '1300001', judo_suffix1: '0', judo_suffix2: '0' });
  const desk = await call(t, '髙﨑接骨院');
  assert.ok(!(await desk.page.content()).includes(address), 'masked until it is asked for');
  await desk.press(/^表示/);
  assert.ok((await desk.verdict()).includes(address), 'the agent can say it');
  desk.end();
});

test('the link has expired', async (t) => {
  const { address } = await register(t, { ...kAhaki, ahaki_number: '13000001', ahaki_suffix1: '0', ahaki_suffix2: '1' });
  const link = await stage.portal.linkTo(address);
  await stage.portal.sql('UPDATE activation_link SET sent_at = sent_at - 3601');
  await age(address, 61 * kMinute);
  const desk = await call(t, address);
  assert.match(await desk.verdict(), /期限|1時間/, 'what to tell the caller');
  await desk.press('登録用リンクのメールを再送する');
  await desk.carryOut();
  const fresh = await stage.portal.linkTo(address, 2);
  assert.notEqual(fresh, link);
  await activate(t, fresh);
  desk.end();
});
