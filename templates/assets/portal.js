// What saves work on the screens. Every page works without it: nothing here is needed to register.
// Loaded as a module, so browsers too old for the syntax below leave it alone.

import { kKinds } from './number.js';
import './signed_in.js';

const byId = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// ---- Rules of the form, as far as a hint needs them; the server decides ----

const ofKinds = (make) => Object.fromEntries(
  Object.entries(kKinds).map(([code, kind]) => [code, make(code, kind)]));

const kNumbers = ofKinds((code, { agreements }) => [
  ...(agreements ? ['agreement'] : []), 'number', 'suffix1', 'suffix2',
].map((part) => `${code}_${part}`));

const kWhole = ofKinds((_, { before, agreements, digits }) => new RegExp(
  `^${before}${agreements && `([${agreements}])?`}([0-9]{${digits}})([0-9])([0-9])$`));

const kPolicy = [
  ['大文字', /[A-Z]/],
  ['小文字', /[a-z]/],
  ['数字', /[0-9]/],
  ['8文字以上100文字以内', /^.{8,100}$/su],
];

const kComplete = {
  ...Object.fromEntries(Object.entries(kKinds).flatMap(([code, { digits }]) => [
    [`${code}_number`, new RegExp(`^[0-9]{${digits}}$`)],
    [`${code}_suffix1`, /^[0-9]$/],
    [`${code}_suffix2`, /^[0-9]$/],
  ])),
  phone: /^0\d{9,10}$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
};

// Full-width digits become half-width; spaces and every kind of hyphen are dropped.
const fold = (text) => text
  .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  .replace(/[\s\p{Pd}\u00ad\u2043\u2212\u2500\u2501\u30fc\uff70]/gu, '');

// ---- 表示: passwords ----

function addReveal(input) {
  const button = make('button', { type: 'button', className: 'plain', textContent: '表示' });
  const name = input.labels[0].firstChild.textContent.trim();
  const show = (shown) => {
    input.type = shown ? 'text' : 'password';
    button.textContent = shown ? '隠す' : '表示';
    button.setAttribute('aria-label', `${name}を${shown ? '隠す' : '表示'}`);
  };
  button.addEventListener('click', () => show(input.type === 'password'));
  // A browser offers to keep the password, and types it in, only if the field is one.
  input.form.addEventListener('submit', () => show(false));
  const row = make('div', { className: 'reveal' });
  input.replaceWith(row);
  row.append(input, button);
  show(false);
}

// ---- Lists that are ticked off ----

function tick(item, done) {
  item.classList.toggle('done', done);
  const words = item.querySelector('.unseen') ?? make('span', { className: 'unseen' });
  words.textContent = done ? '（済み）' : '（未入力）';
  (item.querySelector('a') ?? item).append(words);
}

function addPolicy(password) {
  const items = kPolicy.map(([name]) => make('li', {}, name));
  byId('password_help').append(make('ul', { className: 'ticks' }, ...items));
  return () => kPolicy.forEach(([, rule], index) => tick(items[index], rule.test(password.value)));
}

function isFilled(form, id) {
  const field = byId(id);
  if (field.type === 'checkbox') return field.checked;
  if (field.type === 'radio') return form.elements[field.name].value !== '';
  if (id === 'password') return kPolicy.every(([, rule]) => rule.test(field.value));
  if (id === 'password_confirmation') {
    return field.value !== '' && field.value === form.elements.password.value;
  }
  const rule = kComplete[id];
  if (!rule) return field.value.trim() !== '';
  return rule.test(id === 'email' ? field.value.trim() : fold(field.value));
}

function addTodo(form) {
  const items = all('.todo li', form);
  const todo = form.querySelector('.todo');
  // On a phone it stands above 登録, folded.
  const wide = matchMedia('(min-width: 60rem)');
  const unfold = () => { todo.open = wide.matches; };
  wide.addEventListener('change', unfold);
  unfold();
  const rest = make('span');
  byId('todo').append(rest);
  const follow = (event) => {
    const field = byId(event.target.closest('a')?.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.closest('.field').scrollIntoView({ block: 'center' });
  };
  todo.addEventListener('click', follow);
  return () => {
    // Of the kinds' entries those of the chosen one count; to ask what is shown would cost a layout.
    const other = `.kind:not(.${form.elements.institution.value || 'none'})`;
    for (const item of items) tick(item, isFilled(form, item.firstChild.hash.slice(1)));
    const left = items.filter((item) => !item.matches(`.done, ${other}`)).length;
    rest.textContent = left ? `（残り${left}件）` : '（入力済み）';
  };
}

// ---- The clinic's number: pasted as a whole, and its name looked up ----

function spread(form, kind, text) {
  const digits = fold(text.normalize('NFKC')).replace(/[【】「」[\]()]/g, '');
  const parts = kWhole[kind].exec(digits)?.slice(1);
  if (!parts) return false;
  kNumbers[kind].forEach((name, index) => {
    if (parts[index]) form.elements[name].value = parts[index];
  });
  form.dispatchEvent(new Event('input', { bubbles: true }));
  return true;
}

function addPaste(form) {
  for (const [kind, names] of Object.entries(kNumbers)) {
    const last = form.elements[names.at(-1)];
    const paste = (event) => {
      if (!spread(form, kind, event.clipboardData.getData('text'))) return;
      event.preventDefault();
      last.focus();
    };
    for (const name of names) form.elements[name].addEventListener('paste', paste);
  }
  form.querySelector('.number [role=status]').before(make('p', { className: 'help' },
    '登録記号番号をコピーして入力欄に貼り付けると、全体がそれぞれの欄に入ります。'));
}

const kUnreachable = 'ただいま自動入力できません。このまま「登録」へ進んでいただけます。';

async function clinicOf(query, signal) {
  const response = await fetch(`/register/clinic?${query}`,
    { signal, headers: { Accept: 'application/json' } });
  const answer = await response.json();
  return response.ok ? answer : { message: answer.message };
}

function addLookup(form) {
  const number = byId('clinic_number');
  const name = byId('clinic_name');
  let asked = null;  // what is shown or under way
  let running = new AbortController();

  const show = ({ registration_number = '', clinic_name = '', message = '' }) => {
    number.textContent = registration_number;
    name.textContent = clinic_name || message;
    name.classList.toggle('problem', message !== '');
  };

  const ask = async (query) => {
    running.abort();
    const mine = running = new AbortController();
    try {
      show(await clinicOf(query, mine.signal));
    } catch {
      if (mine.signal.aborted) return;
      asked = null;  // the next key press tries again
      show({ message: kUnreachable });
    }
  };

  return () => {
    const kind = form.elements.institution.value;
    const names = kNumbers[kind] ?? [];
    const entries = names.map((field) => [field, fold(form.elements[field].value)]);
    const complete = names.length > 0 && names.every((field) => isFilled(form, field));
    const query = complete
      ? new URLSearchParams([['institution', kind], ...entries]).toString() : '';
    if (query === asked) return;
    // What the server filled in stays until a part of the number changes.
    if (asked === null && query === '' && name.textContent === '') return;
    asked = query;
    if (query) {
      ask(query);
    } else {
      running.abort();
      show({});
    }
  };
}

// ---- A likely slip in the address's domain: offered, never imposed ----

const kDomains = ['gmail.com', 'yahoo.co.jp', 'ymail.ne.jp', 'icloud.com', 'me.com', 'outlook.com',
  'outlook.jp', 'hotmail.com', 'hotmail.co.jp', 'live.jp', 'docomo.ne.jp', 'ezweb.ne.jp',
  'au.com', 'softbank.ne.jp', 'i.softbank.jp', 'ymobile.ne.jp', 'rakuten.jp', 'nifty.com',
  'biglobe.ne.jp', 'ocn.ne.jp', 'so-net.ne.jp', 'plala.or.jp'];

// Domains that exist on their own, though one letter away from a common one.
const kOwnRight = ['ymail.com', 'gmx.com', 'mail.com', 'yahoo.com', 'live.com', 'outlook.co.jp'];

const kSlips = { 'gmail.co.jp': 'gmail.com', 'gmail.jp': 'gmail.com', 'gmail.ne.jp': 'gmail.com',
  'yahoo.jp': 'yahoo.co.jp', 'yahoo.ne.jp': 'yahoo.co.jp', 'docomo.co.jp': 'docomo.ne.jp',
  'docomo.ne': 'docomo.ne.jp', 'icloud.co.jp': 'icloud.com', 'softbank.co.jp': 'softbank.ne.jp',
  'ezweb.co.jp': 'ezweb.ne.jp' };

// One letter wrong, missing, too many, or two swapped (optimal string alignment distance 1).
function isNear(typed, meant) {
  let head = 0;
  while (head < typed.length && typed[head] === meant[head]) head++;
  const rest = typed.slice(head);
  const aim = meant.slice(head);
  return rest.slice(1) === aim.slice(1) || rest.slice(1) === aim || rest === aim.slice(1)
    || (rest[0] === aim[1] && rest[1] === aim[0] && rest.slice(2) === aim.slice(2));
}

function domainMeant(domain) {
  if (kDomains.includes(domain) || kOwnRight.includes(domain)) return null;
  return kSlips[domain] ?? kDomains.find((known) => known.length > 5 && isNear(domain, known));
}

function addDomainHint(email) {
  const hint = make('p', { className: 'help' });
  hint.setAttribute('role', 'status');
  email.after(hint);
  const check = () => {
    hint.replaceChildren();
    const [, local, domain] = /^(.+)@([^@]+)$/.exec(email.value.trim()) ?? [];
    const meant = domain && domainMeant(domain.toLowerCase());
    if (!meant) return;
    const button = make('button',
      { type: 'button', className: 'plain', textContent: `${meant} に直す` });
    button.addEventListener('click', () => {
      email.value = `${local}@${meant}`;
      hint.replaceChildren(`${meant} に直しました。`);
      email.dispatchEvent(new Event('input', { bubbles: true }));
      email.focus();
    });
    hint.append(`${domain}？ ${meant} のことですか。`, button);
  };
  email.addEventListener('change', check);
}

// ---- What was typed is kept until it is handed on; never a password ----

const kKept = 'register';
// By name: a password that is shown is a text field.
const isKept = (field) => field.name && !/^password/.test(field.name);
const isBox = (field) => /^(radio|checkbox)$/.test(field.type);

// Storage that the browser forbids is as good as empty.
function stored(work) {
  try {
    return work(sessionStorage);
  } catch {
    return null;
  }
}

// In this tab, with the entry of the history that it belongs to. An entry that a POST made is asked
// for by GET from then on: a reload sends nothing again, and Back does not ask whether to.
const keep = (form) => {
  const entries = [...form.elements].filter(isKept)
    .filter((field) => !isBox(field) || field.checked)
    .map((field) => [field.name, field.value]);
  stored((storage) => storage.setItem(kKept, JSON.stringify({ page: history.state, entries })));
};

// After a reload or Back what was typed last; else only into a form that came blank: what the server
// filled in is newer.
function restore(form) {
  const { page, entries = [] } = stored((storage) => JSON.parse(storage.getItem(kKept))) ?? {};
  const fields = [...form.elements].filter(isKept);
  const isBlank = !fields.some((field) => (isBox(field) ? field.checked : field.value));
  if (!isBlank && page !== history.state) return;
  for (const [name, value] of entries) {
    const field = form.elements[name];
    if (field?.type === 'checkbox') field.checked = true;
    else if (field) field.value = value;
  }
}

function addFolding(form) {
  const names = [...Object.values(kNumbers).flat(), 'phone'];
  // Browsers that fill the form in change fields that never had the focus.
  form.addEventListener('change', ({ target }) => {
    if (target.tagName !== 'INPUT' || !names.includes(target.name)) return;
    target.value = fold(target.value);
    // They may write the number as from abroad, too.
    if (target.name === 'phone') target.value = target.value.replace(/^[+＋]81\(?0?\)?/, '0');
  });
}

function setUpRegistration(form) {
  all('[type=password]', form).forEach(addReveal);
  addPaste(form);
  addFolding(form);
  addDomainHint(form.elements.email);
  const updates = [addPolicy(form.elements.password), addTodo(form), addLookup(form)];
  const update = () => updates.forEach((one) => one());
  restore(form);
  history.replaceState(history.state ?? Date.now(), '');
  for (const type of ['input', 'change']) form.addEventListener(type, update);
  addEventListener('pagehide', () => keep(form));
  addEventListener('pageshow', update);  // Back: the browser has put the entries in again
  update();
}

// ---- The other screens ----

// A second click while the first is under way sends nothing.
function sendOnce(form) {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
    all('button:not([type=button])', form).forEach((button) => button.setAttribute('aria-disabled', 'true'));
  });
  addEventListener('pageshow', () => {
    sent = false;
    all('[aria-disabled]', form).forEach((button) => button.removeAttribute('aria-disabled'));
  });
}

function countDown(note) {
  const left = note.querySelector('span');
  const end = Date.now() + Number(note.dataset.seconds) * 1000;
  const timer = setInterval(() => {
    const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    left.textContent = seconds;
    if (seconds > 0) return;
    clearInterval(timer);
    note.remove();
  }, 1000);
}

// A link to an answer, by its id or one of its message codes, opens it.
function openAnswer() {
  const name = CSS.escape(location.hash.slice(1));
  const answer = name && document.querySelector(`details#${name}, details[data-codes~="${name}"]`);
  if (!answer) return;
  answer.open = true;
  answer.scrollIntoView();
}

const registration = byId('registration');
if (registration) setUpRegistration(registration);
else all('[type=password]').forEach(addReveal);
// Beyond the form the server has what was typed.
if (location.pathname.startsWith('/register/')) {
  addEventListener('pageshow', () => stored((storage) => storage.removeItem(kKept)));
}
all('form[method=post]').forEach(sendOnce);
if (byId('wait')) countDown(byId('wait'));
addEventListener('hashchange', openAnswer);
openAnswer();
