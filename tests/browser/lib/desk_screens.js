// Every screen of the desk, with the way there. Each is reached once, in this order, by an agent of its own, who is a
// supervisor unless the way makes him somebody else.
'use strict';

const { kAhaki, kJudo, newAddress, toComplete } = require('./registration.js');
const { withoutDatabase } = require('./screens.js');

const at = (target) => (page) => page.goto(target);
const press = (page, name) => Promise.all([page.waitForEvent('load'),
  page.getByRole('main').getByRole('button', { name }).or(page.getByRole('main').getByRole('link', { name })).first().click()]);

// A browser gives it a moment after it has loaded the page.
const boxHasFocus = (page) => page.waitForFunction(() => document.activeElement.name === 'q');

// Searches as an agent does: the box has the focus.
async function find(page, words) {
  await page.goto('/desk/');
  await boxHasFocus(page);
  await page.keyboard.insertText(words);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}

// Somebody with a browser of his own.
async function elsewhere(stage, act) {
  const context = await stage.browser.newContext({ baseURL: stage.portal.url });
  try {
    return await act(await context.newPage());
  } finally {
    await context.close();
  }
}

// Whose link was not opened yet; resolves to the address.
async function pending(stage, entries = kAhaki) {
  const address = newAddress();
  await elsewhere(stage, (page) => toComplete(page, { ...entries, email: address }));
  await stage.portal.linkTo(address);
  return address;
}

async function account(stage, entries) {
  const address = newAddress();
  await elsewhere(stage, async (page) => {
    await toComplete(page, { ...entries, email: address });
    await page.goto(await stage.portal.linkTo(address));
  });
  return address;
}

async function toAction(page, stage, button) {
  await find(page, await pending(stage));
  await press(page, button);
}

async function resendMeanwhile(page, stage) {
  const address = await pending(stage);
  await find(page, address);
  await press(page, '登録用リンクのメールを再送する');
  await stage.portal.sql(`DELETE FROM activation_link WHERE registration_id IN
    (SELECT id FROM registration WHERE email = '${address}')`);
  await stage.portal.sql(`DELETE FROM registration WHERE email = '${address}'`);
  await page.getByLabel('理由').fill('確認');
  await press(page, '実行する');
}

const become = async (page, credentials) => {
  await page.context().setHTTPCredentials(credentials);
};

const kDeskScreens = {
  'desk-start': at('/desk/'),
  'desk-start-empty': (page) => find(page, ' '),
  'desk-start-short': (page) => find(page, '院'),
  'desk-nothing': (page) => find(page, 'nobody@clinic.example'),
  'desk-hits': (page) => find(page, '接骨院'),
  'desk-clinic': (page) => find(page, '協0123456-7-8'),
  'desk-pending': async (page, stage) => find(page, await pending(stage)),
  'desk-account': async (page, stage) => find(page, await account(stage, kJudo)),
  'desk-account-shown': async (page) => {
    await find(page, '契0123456-7-8');
    await press(page, /^表示/);
  },
  'desk-resend': (page, stage) => toAction(page, stage, '登録用リンクのメールを再送する'),
  'desk-resend-errors': async (page, stage) => {
    await toAction(page, stage, '登録用リンクのメールを再送する');
    await press(page, '実行する');
  },
  'desk-correct': (page, stage) => toAction(page, stage, 'メールアドレスを直す'),
  'desk-correct-errors': async (page, stage) => {
    await toAction(page, stage, 'メールアドレスを直す');
    await page.getByLabel('正しいメールアドレス').fill('taro@');
    await press(page, '確認へ進む');
  },
  'desk-correct-read-out': async (page, stage) => {
    await toAction(page, stage, 'メールアドレスを直す');
    await page.getByLabel('正しいメールアドレス').fill('a-rather-long-address-of-somebody@mail.clinic.example');
    await page.getByLabel('理由').fill('打ちまちがい');
    await press(page, '確認へ進む');
  },
  'desk-hindered': resendMeanwhile,
  'desk-release': async (page) => {
    await find(page, '契0123456-7-8');
    await press(page, '施術所の登録を解除する');
  },
  'desk-disabled': async (page) => {
    await find(page, '契0123456-7-8');
    await press(page, 'アカウントを停止する');
    await page.getByLabel('理由').fill('ご本人の希望');
    await press(page, '実行する');
  },
  'desk-overview': at('/desk/overview'),
  'desk-overview-days': at('/desk/overview?days=7'),
  'desk-ended': at(`/desk/found?search=${'A'.repeat(43)}`),
  'desk-404': at('/desk/nothing'),
  'desk-503-database': (page, stage) => withoutDatabase(stage, () => page.goto('/desk/')),
  'desk-limit': async (page, stage) => {
    await find(page, 'nobody@clinic.example');
    await stage.portal.sql('UPDATE throttle SET tries = 1000000');
    await find(page, 'nobody@clinic.example');
    await stage.portal.sql('DELETE FROM throttle');
  },
  'desk-staff': async (page, stage) => {
    await become(page, await stage.portal.deskUser('staff'));
    await find(page, '契0123456-7-8');
  },
  'desk-above-you': async (page, stage) => {
    await become(page, await stage.portal.deskUser('staff'));
    await page.goto('/desk/action?do=release&search=x&record=x');
  },
  'desk-unlisted': async (page, stage) => {
    await become(page, await stage.portal.deskUser('nobody'));
    await page.goto('/desk/');
  },
  'desk-login': async (page) => {
    await become(page, { username: 'staff', password: 'mistyped' });
    await page.goto('/desk/');
  },
};

module.exports = { boxHasFocus, kDeskScreens };
