// What saves work on the screens. Every page works without it: nothing here is needed to register.
// Loaded as a module, so browsers too old for the syntax below leave it alone. The registration form
// has scripts of its own beside this one, which begin with register.js.

import './signed_in.js';

export const byId = (id) => document.getElementById(id);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

export const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// Puts the focus into a field, with its label in sight, and all that is between the two.
export function showField(field) {
  field.focus({ preventScroll: true });
  const label = field.type === 'radio' ? field.closest('fieldset').firstElementChild : field.labels[0];
  const height = field.getBoundingClientRect().bottom - label.getBoundingClientRect().top;
  label.scrollIntoView({ block: height > innerHeight / 2 ? 'start' : 'center' });
  return true;
}

// ---- What is typed, as the server reads it, or more forgivingly ----

// Every kind of hyphen, and what is typed as one.
export const kDashes = '\\p{Pd}\\u00ad\\u00af\\u02d7\\u2043\\u207b\\u208b\\u2212\\u2500\\u2501\\u2796\\u30fc\\uff70';
const kDropped = new RegExp(`[\\s\\x85\\p{Cf}\\p{DI}\\p{Ps}\\p{Pe}<>＜＞${kDashes}`
  + '.\\uff0e\\ufe52\\u2024\\u3002\\uff61\\u30fb\\uff65\\xb7\\u2022\\u2219\\u22c5]', 'gu');
const withoutDropped = (text) => text.replace(kDropped, '');

// Numbers: full-width digits become half-width; spaces, hyphens, brackets and dots are dropped.
export const fold = (text) => withoutDropped(withoutDropped(text).normalize('NFKC'));

// Phone numbers may be written as from abroad, too.
export const foldPhone = (text) => fold(text).replace(/^(?:\+81|0081(?=\d{8}))0?/, '0');

// Addresses: full-width letters and signs become half-width; what cannot be seen is dropped.
export const foldAddress = (text) => text
  .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
  .replace(/[\p{DI}\ufff9-\ufffb]/gu, '').trim();

// ---- What was typed into the registration form, kept in this tab ----

export const kKept = 'register';

// Storage that the browser forbids is as good as empty.
export function stored(work) {
  try {
    return work(sessionStorage);
  } catch {
    return null;
  }
}

// Once the server has it, and when somebody logs out, it is forgotten: the next person at this screen finds
// nothing. From then on `mayKeep` is false, until something is typed again.
export const kept = { mayKeep: true };
function forget() {
  kept.mayKeep = false;
  stored((storage) => storage.removeItem(kKept));
}

// ---- 表示: passwords ----

const kShown = new Map();  // password field → how to show it, or hide it

function addReveal(input) {
  const button = make('button', { type: 'button', className: 'plain', textContent: '表示' });
  const name = input.labels[0].firstChild.textContent.trim();
  const show = (shown) => {
    input.type = shown ? 'text' : 'password';
    button.textContent = shown ? '隠す' : '表示';
    button.setAttribute('aria-label', `${name}を${shown ? '隠す' : '表示'}`);
  };
  button.addEventListener('click', () => show(input.type === 'password'));
  const row = make('div', { className: 'reveal' });
  input.replaceWith(row);
  row.append(input, button);
  kShown.set(input, show);
  show(false);
}

// ---- Clicks ----

// A click begins in the field that it leaves, whose `change` then comes before the button is up. What
// appeared at that moment would push away what is being clicked.
let isPressed = false;
const press = (pressed) => () => { isPressed = pressed; };
addEventListener('pointerdown', press(true), true);
for (const type of ['pointerup', 'pointercancel']) addEventListener(type, press(false), true);

export function afterClick(act) {
  if (!isPressed) act();
  else addEventListener('pointerup', () => setTimeout(act), { once: true });
}

// ---- Sending: once, and with patience ----

const kPatience = 8000;
const kSoon = 400;  // what is sent by then needs no words
const kSending = '送信しています。しばらくお待ちください。';
const kSlow = '送信に時間がかかっています。画面が変わらないときは、もう一度ボタンを押してください。';

const kUnderWay = new Map();  // form → how to give its buttons back, with a word
let isLoading = false;  // as far as this page knows, also after a button was given back
let superseded = 0;  // sends that ended because a later one began

function begin(form, button) {
  const buttons = [...form.elements].filter(({ type }) => type === 'submit');
  const note = make('p', { className: 'sending' });
  note.setAttribute('role', 'status');
  const say = (words) => { note.textContent = words; };
  all('.sending', form).forEach((old) => old.remove());
  if (button) button.after(note);
  else form.append(note);
  buttons.forEach((one) => one.setAttribute('aria-disabled', 'true'));
  const timers = [setTimeout(() => say(kSending), kSoon), setTimeout(() => release(kSlow), kPatience)];
  const release = (words) => {
    timers.forEach(clearTimeout);
    buttons.forEach((one) => one.removeAttribute('aria-disabled'));
    kUnderWay.delete(form);
    say(words);
  };
  kUnderWay.set(form, release);
  if (isLoading) superseded += 1;
  isLoading = true;
}

// A second click while the first is under way sends nothing. Comes last: a form that others held
// back was not sent.
function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (kUnderWay.has(form)) {
    event.preventDefault();
    return;
  }
  // A browser offers to keep the password, and types it in, only if the field is one.
  for (const [input, show] of kShown) if (input.form === form) show(false);
  begin(form, event.submitter ?? [...form.elements].find(({ type }) => type === 'submit'));
}

// Stopped by the user, or come back to: at once.
const releaseAll = () => [...kUnderWay.values()].forEach((release) => release(''));

function onNavigationError() {
  if (superseded > 0) {
    superseded -= 1;
    return;
  }
  isLoading = false;
  releaseAll();
}

// ---- The other screens ----

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

all('[type=password]').forEach(addReveal);
addEventListener('submit', onSubmit);
addEventListener('keydown', ({ key }) => { if (key === 'Escape') releaseAll(); });
addEventListener('pageshow', releaseAll);
window.navigation?.addEventListener('navigateerror', onNavigationError);
if (location.pathname === '/register/complete') addEventListener('pageshow', forget);
addEventListener('submit', ({ target }) => {
  if (target.getAttribute('action') === '/logout') forget();
});
if (byId('wait')) countDown(byId('wait'));
addEventListener('hashchange', openAnswer);
openAnswer();
