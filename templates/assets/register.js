// The registration form. Every page works without it: nothing here is needed to register.

import { addAddressHints } from './address.js';
import { addCheck, passwordProblems, problemsOf } from './check.js';
import { addLookup, addMoving, kNumbers } from './number.js';
import { all, byId, fold, foldAddress, foldPhone, kept, kKept, make, showField, stored } from './portal.js';

// ---- Lists that are ticked off ----

function tick(item, done) {
  item.classList.toggle('done', done);
  const words = item.querySelector('.unseen') ?? make('span', { className: 'unseen' });
  words.textContent = done ? '（済み）' : '（未入力）';
  (item.querySelector('a') ?? item).append(words);
}

const kPolicy = {  // what is to be met: the problems that it excludes
  '大文字': ['no_upper'],
  '小文字': ['no_lower'],
  '数字': ['no_digit'],
  '8文字以上100文字以内': ['too_short', 'too_long'],
};

function addPolicy(password) {
  const items = Object.keys(kPolicy).map((name) => make('li', {}, name));
  byId('password_help').append(make('ul', { className: 'ticks' }, ...items));
  return () => {
    const problems = passwordProblems(password.value);
    Object.values(kPolicy).forEach((excluded, index) =>
      tick(items[index], !excluded.some((problem) => problems.includes(problem))));
  };
}

function addTodo(form, isFilled) {
  const items = all('.todo li', form);
  const todo = form.querySelector('.todo');
  // On a phone it stands above 登録, folded.
  const wide = matchMedia('(min-width: 60rem)');
  const unfold = () => { todo.open = wide.matches; };
  wide.addEventListener('change', unfold);
  unfold();
  const rest = make('span');
  byId('todo').append(rest);
  return () => {
    // Of the kinds' entries those of the chosen one count; to ask what is shown would cost a layout.
    const other = `.kind:not(.${form.elements.institution.value || 'none'})`;
    for (const item of items) tick(item, isFilled(item.firstChild.hash.slice(1)));
    const left = items.filter((item) => !item.matches(`.done, ${other}`)).length;
    rest.textContent = left ? `（残り${left}件）` : '（入力済み）';
  };
}

// ---- What was typed is kept until the registration is complete; never a password ----

// By name: a password that is shown is a text field.
const isKept = (field) => field.name && !/^password/.test(field.name);
const isBox = (field) => /^(radio|checkbox)$/.test(field.type);
const isBlank = (fields) => !fields.some((field) => (isBox(field) ? field.checked : field.value));

// In this tab, with the entry of the history that it belongs to. An entry that a POST made is asked
// for by GET from then on: a reload sends nothing again, and Back does not ask whether to.
function keep(form) {
  if (!kept.mayKeep) return;
  const fields = [...form.elements].filter(isKept);
  const entries = fields.filter((field) => !isBox(field) || field.checked)
    .map((field) => [field.name, field.value]);
  stored((storage) => storage.setItem(kKept, JSON.stringify({ page: history.state, entries })));
}

// Back to this page from one that has forgotten what was kept, browsers show the entries again: they are kept
// no more than before, unless something is typed.
const isAnythingKept = () => stored((storage) => storage.getItem(kKept)) !== null;
function onReturn({ persisted }) {
  if (persisted) kept.mayKeep = isAnythingKept();
}

// After a reload or Back what was typed last; else only into a form that came blank, which says so:
// what the server filled in is newer.
function restore(form) {
  const { page, entries = [] } = stored((storage) => JSON.parse(storage.getItem(kKept))) ?? {};
  const cameBlank = isBlank([...form.elements].filter(isKept));
  if (entries.length === 0 || (!cameBlank && page !== history.state)) return;
  for (const [name, value] of entries) {
    const field = form.elements[name];
    if (field?.type === 'checkbox') field.checked = true;
    else if (field) field.value = value;
  }
  if (cameBlank) {
    addNote(form, 'restored', 'このブラウザに残っていた入力内容を表示しています。パスワードは、もう一度ご入力ください。');
  }
}

function addNote(form, id, ...content) {
  const top = form.querySelector('.summary') ?? form.querySelector('h1');
  top.after(make('div', { id, className: 'note' }, ...content));
}

// Without cookies the next screen would know of nothing: better to know that now.
function warnOfCookies(form) {
  if (navigator.cookieEnabled) return;
  addNote(form, 'no_cookies', make('h2', {}, 'Cookie（クッキー）が使えない設定です'),
    make('p', {}, 'このままでは、入力内容を確認画面へ引き継げず、ご登録いただけません。お手数ですが、ブラウザの設定でこのサイトの Cookie を許可してから、この画面を開き直してください。'));
}

// ---- As the server reads it: shown while one can still look at it ----

function addFolding(form) {
  const folds = { phone: foldPhone, email: foldAddress,
    ...Object.fromEntries(Object.values(kNumbers).flat().map((name) => [name, fold])) };
  // Browsers that fill the form in change fields that never had the focus.
  form.addEventListener('change', ({ target }) => {
    if (target.tagName !== 'INPUT' || target.form !== form || !folds[target.name]) return;
    const folded = folds[target.name](target.value);
    if (folded !== target.value) target.value = folded;
  });
}

// ---- All of it ----

function setUp(form) {
  const isFilled = (name) => problemsOf(form, name).length === 0;
  const updates = [];
  const update = () => updates.forEach((one) => one());
  addMoving(form, isFilled, update);  // before folding, which takes the hyphens
  addFolding(form);
  addAddressHints(form.elements.email);
  updates.push(addPolicy(form.elements.password), addTodo(form, isFilled), addLookup(form, isFilled));
  restore(form);
  warnOfCookies(form);
  addCheck(form);
  history.replaceState(history.state ?? Date.now(), '');
  for (const type of ['input', 'change']) form.addEventListener(type, update);
  kept.mayKeep = isAnythingKept();
  addEventListener('pageshow', onReturn);
  form.addEventListener('input', () => { kept.mayKeep = true; });
  addEventListener('pagehide', () => keep(form));
  addEventListener('visibilitychange', () => keep(form));  // phones end pages without a word
  addEventListener('pageshow', update);  // Back: the browser has put the entries in again
  update();

  // Enter acts as 登録 in every field; browsers see to it in all but lists.
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.target.tagName !== 'SELECT') return;
    event.preventDefault();
    form.requestSubmit();
  });

  // A link to a field shows its label, too; 修正する leads here from another page.
  const follow = (hash) => {
    const field = byId(hash.slice(1));
    return field?.form === form && showField(field);
  };
  form.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && follow(link.hash)) event.preventDefault();
  });
  if (location.hash) {
    follow(location.hash);
    // Browsers scroll to the field itself once all is there.
    addEventListener('load', () => requestAnimationFrame(() => follow(location.hash)));
  }
}

setUp(byId('registration'));
