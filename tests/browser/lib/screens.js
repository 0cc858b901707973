// Every screen that a user can meet, with the way there. Each is reached once in a file, in this
// order, by a visitor of its own.
'use strict';

const { rename, mkdir } = require('node:fs/promises');
const path = require('node:path');
const { fillIn, kAhaki, kJudo, newAddress, send, toComplete, toConfirm } =
  require('./registration.js');

const kTaken = { ...kJudo, judo_agreement: '協' };  // the clinic that has an account
const kBothShort = { password: 'short', password_confirmation: 'other' };

const at = (target) => (page) => page.goto(target);
const judo = () => ({ ...kJudo, email: newAddress() });
const ahaki = () => ({ ...kAhaki, email: newAddress() });

// Sends a form that no screen of ours has. From an empty page it comes from another site.
const sendFrom = (start, action, text, enctype = 'application/x-www-form-urlencoded') =>
  async (page, { portal }) => {
    await page.goto(start);
    await Promise.all([page.waitForEvent('load'), page.evaluate(([to, value, type]) => {
      const form = Object.assign(document.createElement('form'),
        { method: 'post', action: to, enctype: type });
      const entry = Object.assign(document.createElement('textarea'), { name: 'family_name', value });
      form.append(entry);
      document.body.append(form);
      form.submit();
    }, [portal.url + action, text, enctype])]);
  };

async function shownPassword(page) {
  await toConfirm(page, judo());
  await page.locator('#password').getByRole('button', { name: '表示' }).click();
  await page.locator('#password').getByRole('link', { name: '隠す' }).waitFor();
}

// In another tab something else was entered meanwhile.
async function changedDraft(page) {
  await toConfirm(page, judo());
  const other = await page.context().newPage();
  await toConfirm(other, ahaki());
  await other.close();
  await page.getByRole('button', { name: 'OK' }).click();
  await page.waitForURL('**/register/confirm?changed=1');
}

// Another has registered the same clinic since the form was checked.
async function takenMeanwhile(page, stage) {
  await toConfirm(page, { ...kTaken, email: newAddress() });
  await activateElsewhere(stage, { ...kTaken, email: newAddress() });
  await page.getByRole('button', { name: 'OK' }).click();
  await page.getByRole('heading', { level: 1, name: 'この施術所はすでに登録されています' }).waitFor();
}

// `age`: seconds since the mail was asked for.
async function resend(page, { portal }, age) {
  await toComplete(page, judo());
  await portal.sql(`UPDATE outbox SET created_at = created_at - ${age}`);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '再送' }).click()]);
}

// The mail came back, for a reason of core/mail/mail_fault.h.
async function undelivered(page, { portal }, fault, domain = 'test.example') {
  const entries = judo();
  entries.email = entries.email.replace(/@.*/, `@${domain}`);
  await toComplete(page, entries);
  await portal.sql(`UPDATE outbox SET state = 'bounced', fault = '${fault}'
    WHERE recipient = '${entries.email}'`);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'メールを届けられませんでした' }).waitFor();
}

// The relay refuses the portal.
async function late(page, { portal }) {
  const entries = judo();
  await toComplete(page, entries);
  await portal.sql(`UPDATE outbox SET state = 'queued', fault = 'ours', next_attempt_at = 4000000000
    WHERE recipient = '${entries.email}'`);
  await page.reload();
  await page.getByText('ただいま、メールの送信に時間がかかっています。').waitFor();
}

// The link of a new registration.
async function link(page, { portal }, entries = judo()) {
  await toComplete(page, entries);
  return portal.linkTo(entries.email);
}

async function activateElsewhere(stage, entries) {
  const context = await stage.browser.newContext({ baseURL: stage.portal.url });
  const page = await context.newPage();
  await page.goto(await link(page, stage, entries));
  await context.close();
}

// Opens the link where nobody registered, and tries wrong passwords.
async function guess(page, stage, times) {
  const target = await link(page, stage);
  await page.context().clearCookies();
  await page.goto(target);
  for (let i = 0; i < times; ++i) {
    await page.locator('#password').fill(`Wrong${i}word`);
    await Promise.all([page.waitForEvent('load'),
      page.getByRole('button', { name: '登録を完了する' }).click()]);
  }
}

async function expired(page, stage) {
  const target = await link(page, stage);
  await stage.portal.sql('UPDATE activation_link SET sent_at = sent_at - 3601');
  await page.goto(target);
}

const press = (page, name) => Promise.all([page.waitForEvent('load'),
  page.getByRole('button', { name, exact: true }).click()]);

async function logIn(page, email, password = kJudo.password) {
  await page.goto('/login');
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(password);
  await press(page, 'ログイン');
}

// The link 「心当たりがない」 of a new registration, whose other link may be followed before.
const kStranger = { ...kJudo, judo_number: '0200002', judo_suffix1: '3', judo_suffix2: '6' };
async function stopLink(page, stage, entries = judo(), activated = false) {
  await toComplete(page, entries);
  if (activated) await page.goto(await stage.portal.linkTo(entries.email));
  return stage.portal.stopLinkTo(entries.email);
}

async function stopped(page, stage) {
  await page.goto(await stopLink(page, stage));
  await press(page, '心当たりがないので、取り消してメールを止める');
}

// A member of the third clinic, made when first needed; every later screen logs in anew.
const kMember = { ...kJudo, judo_number: '1300001', judo_suffix1: '0', judo_suffix2: '0',
  email: 'member@clinic.example' };
let member;
async function toAccount(page, stage) {
  member ??= activateElsewhere(stage, kMember);
  await member;
  await logIn(page, kMember.email);
  await page.waitForURL('**/account');
}

async function resetLink(page, stage, number) {
  await toAccount(page, stage);
  await page.goto('/password/forgot');
  await page.locator('#email').fill(kMember.email);
  await press(page, 'メールを送る');
  return stage.portal.linkTo(kMember.email, number);
}

// The database is away while `work` is done.
async function withoutDatabase({ portal }, work) {
  const away = path.join(portal.scratch, 'away');
  const files = ['portal.db', 'portal.db-wal', 'portal.db-shm'];
  const move = (from, to) => Promise.all(files.map((file) =>
    rename(path.join(from, file), path.join(to, file)).catch((error) => {
      if (error.code !== 'ENOENT') throw error;  // SQLite removes the helpers when nobody reads
    })));
  await mkdir(away, { recursive: true });
  await move(portal.site, away);
  await work();
  await move(away, portal.site);
}

async function filled(page, entries, sent) {
  await page.goto('/register');
  await fillIn(page, entries);
  if (sent) await Promise.all([page.waitForEvent('load'), send(page)]);
}

// Sent although something is missing, as without scripts: what is wrong says the server.
async function refused(page, entries) {
  await filled(page, entries, false);
  await Promise.all([page.waitForEvent('load'),
    page.evaluate(() => document.getElementById('registration').submit())]);
}

async function answered(page, entries) {
  await filled(page, entries, false);
  await page.locator('#clinic_name').filter({ hasText: /./ }).waitFor();
}

// A clinic that has just opened.
const kNew = { ...kJudo, judo_number: '9999999' };
const kTellMe = '掲載されたらメールで知らせる';
async function waiting(page, email) {
  await filled(page, { ...kNew, email: newAddress() }, true);
  await page.locator('#waiting_email').fill(email);
  await press(page, kTellMe);
}

const kScreens = {
  'top': at('/'),
  'about': at('/about'),
  'preparation': at('/preparation'),
  'manuals': at('/manuals'),
  'news': at('/news'),
  'news-item': async (page) => {
    await page.goto('/news');
    await page.locator('main .news a').first().click();
    await page.waitForURL('**/news/*');
  },
  'faq': at('/faq'),
  'faq-opened': async (page) => {
    await page.goto('/faq');
    for (const question of await page.locator('summary').all()) await question.click();
  },
  'contact': at('/contact'),
  'terms': at('/terms'),
  'privacy': at('/privacy'),
  'links': at('/links'),

  'form': at('/register'),
  'form-judo': (page) => answered(page, { ...judo(), email: 'taro@gmail.co.jp' }),
  'form-ahaki': (page) => answered(page, ahaki()),
  'form-not-in-roster': (page) => answered(page, { ...judo(), judo_number: '9999999' }),
  'form-waiting': (page) => filled(page, { ...kNew, email: newAddress() }, true),
  'waiting-wrong': (page) => waiting(page, 'taro@'),
  'waiting-done': async (page) => {
    await waiting(page, newAddress());
    await page.waitForURL('**/register/waiting?token=*');
  },
  'waiting-withdrawn': async (page) => {
    await waiting(page, newAddress());
    await press(page, 'お知らせを取りやめる');
  },
  'form-errors-empty': async (page) => {
    await page.goto('/register');
    await send(page);
    await page.locator('.summary').waitFor();
  },
  'form-errors-judo': (page) => refused(page, { ...kJudo, family_name: '', judo_number: '12',
    judo_suffix1: 'x', judo_suffix2: '', phone: '1', email: 'a@', ...kBothShort }),
  'form-errors-ahaki': (page) => refused(page, { ...kAhaki, given_name: '', ahaki_number: '12',
    ahaki_suffix1: 'x', ahaki_suffix2: '', phone: '', email: '', ...kBothShort }),
  'form-errors-roster': (page) => filled(page, { ...judo(), judo_number: '9999999' }, true),
  'form-corrected': async (page) => {
    await toConfirm(page, judo());
    await page.getByRole('link', { name: '修正する', exact: true }).click();
    await page.waitForURL('**/register');
  },
  'form-busy': async (page, stage) => {
    await filled(page, judo(), false);
    await withoutDatabase(stage, () => Promise.all([page.waitForEvent('load'), send(page)]));
  },

  'confirm-judo': (page) => toConfirm(page, judo()),
  'confirm-ahaki': (page) => toConfirm(page, ahaki()),
  'confirm-password-shown': shownPassword,
  'confirm-changed': changedDraft,
  'taken': takenMeanwhile,
  'form-errors-taken': (page) => filled(page, { ...kTaken, email: newAddress() }, true),
  'complete': (page) => toComplete(page, judo()),
  'complete-resent': (page, stage) => resend(page, stage, 3600),
  'complete-wait': (page, stage) => resend(page, stage, 0),
  'complete-late': late,
  'complete-undelivered': (page, stage) => undelivered(page, stage, 'unclear'),
  'complete-unknown': (page, stage) => undelivered(page, stage, 'unknown_user'),
  'complete-unknown-docomo': (page, stage) =>
    undelivered(page, stage, 'unknown_user', 'docomo.ne.jp'),
  'complete-mailbox-full': (page, stage) => undelivered(page, stage, 'mailbox_full'),
  'complete-filtered': (page, stage) =>
    undelivered(page, stage, 'recipient_filter', 'i.softbank.jp'),

  'activate-password': (page, stage) => guess(page, stage, 0),
  'activate-wrong': (page, stage) => guess(page, stage, 1),
  'activate-ended': (page, stage) => guess(page, stage, 5),
  'activate-expired': expired,
  'activate-unknown': at('/activate?token=unknown'),
  'activate-done': async (page, stage) => page.goto(await link(page, stage, ahaki())),

  'mailstop': async (page, stage) => page.goto(await stopLink(page, stage)),
  'mailstop-done': stopped,
  'mailstop-activated': async (page, stage) => {
    await page.goto(await stopLink(page, stage, { ...kStranger, email: newAddress() }, true));
    await press(page, 'メールを止める');
  },
  'mailstop-resumed': async (page, stage) => {
    await stopped(page, stage);
    await press(page, 'メールの停止を解除する');
  },
  'mailstop-unknown': at('/mail/stop?token=unknown'),
  'mailstop-ended': async (page, stage) => {
    const target = await stopLink(page, stage);
    await stage.portal.sql('UPDATE stop_link SET sent_at = sent_at - 2592000');
    await page.goto(target);
  },

  'login': at('/login'),
  'login-empty': async (page) => {
    await page.goto('/login');
    await press(page, 'ログイン');
  },
  'login-refused': (page) => logIn(page, 'nobody@clinic.example'),
  'login-not-activated': async (page) => {
    const entries = judo();
    await toComplete(page, entries);
    await logIn(page, entries.email);
  },
  'login-wait': async (page) => {
    // The waits double; on a slow machine the first ones are over before the next try.
    const pause = page.getByRole('heading', { level: 1, name: 'しばらくお待ちください' });
    for (let i = 0; i < 12 && !await pause.isVisible(); ++i) {
      await logIn(page, 'guessed@clinic.example', `Wrong${i}word`);
    }
    await pause.waitFor();
  },
  'account': toAccount,
  'account-errors': async (page, stage) => {
    await toAccount(page, stage);
    await press(page, 'パスワードを変更する');
  },
  'account-email-link': async (page, stage) => {
    await toAccount(page, stage);
    const address = newAddress();
    await page.locator('#email').fill(address);
    await page.locator('#current_password_email').fill(kJudo.password);
    await press(page, '確認のメールを送る');
    await page.goto(await stage.portal.linkTo(address));
  },
  'forgot': at('/password/forgot'),
  'forgot-sent': at('/password/forgot?sent=1'),
  'reset': async (page, stage) => page.goto(await resetLink(page, stage, 2)),
  'reset-errors': async (page, stage) => {
    await page.goto(await resetLink(page, stage, 3));
    await press(page, 'パスワードを設定する');
  },
  'reset-unknown': at('/password/reset?token=unknown'),

  'error-400': at('/activate?token=%'),
  'error-403': sendFrom('about:blank', '/register', 'a'),
  'error-404': at('/nothing'),
  'error-405': sendFrom('/about', '/about', 'a'),
  'error-413': sendFrom('/about', '/register', 'a'.repeat(70000)),
  'error-413-nginx': sendFrom('/about', '/register', 'a'.repeat(140000)),
  'error-415': sendFrom('/about', '/register', 'a', 'text/plain'),
  'error-503-database': (page, stage) => withoutDatabase(stage, () => page.goto(`/activate?token=${'A'.repeat(43)}`)),
  'error-503-nginx': async (page, { portal }) => {
    await portal.end('confirm');
    await page.goto('/register/confirm');
  },
};

module.exports = { kScreens, withoutDatabase };
