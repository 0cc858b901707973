// The clinic's number: found in whatever was pasted or typed, moved to its fields, and its clinic
// looked up.

import { all, byId, fold, kDashes, make } from './portal.js';

// The kinds of clinic: with what a number begins, and how many digits follow.
export const kKinds = {
  judo: { agreements: '協契', digits: 7 },
  ahaki: { agreements: '', digits: 8 },
};
const ofKinds = (make) => Object.fromEntries(
  Object.entries(kKinds).map(([code, kind]) => [code, make(code, kind)]));

export const kNumbers = ofKinds((code, { agreements }) => [
  ...(agreements ? ['agreement'] : []), 'number', 'suffix1', 'suffix2',
].map((part) => `${code}_${part}`));

// ---- A number in a text ----

const kHyphen = `[${kDashes}_~\u301c\u4e00]`;  // also 〜 and 一, which look like one
const long = (digits) => `\\d(?:\\s*\\d){${digits - 1}}`;
const kEnd = `(?!${kHyphen}?\\d)`;

// With hyphens as in the notice nothing else looks like it; nor with the agreement before it.
const kHyphened = ofKinds((_, { digits }) => new RegExp(
  `(^|[^\\d])(${long(digits)})\\s*${kHyphen}\\s*(\\d)\\s*${kHyphen}\\s*(\\d)${kEnd}`, 'u'));
// 協会, 協同組合 and the like are no agreements.
const kAgreements = ofKinds((_, { agreements }) =>
  agreements && new RegExp(`[${agreements}](?![会同議力和])`, 'gu'));
const kBetween = `(?:[^\\d\\p{L}]|${kHyphen}|[号番の])+`;
const kAgreed = ofKinds((kind, { agreements, digits }) => agreements && new RegExp(
  `(${kAgreements[kind].source})[^\\d${agreements}]{0,12}(${long(digits)})`
  + `(?:${kBetween}(\\d)${kBetween}(\\d)|(\\d)(\\d))${kEnd}`, 'u'));
// Without hyphens it is one only where a number is asked for.
const kBare = ofKinds((_, { digits }) => new RegExp(`^\\D*(\\d{${digits}})(\\d)(\\d)\\D*$`, 'u'));

// Character by character, so that what stands around the number can be left as it was typed.
// ① and the like are the fields' names, and no digits.
const plain = (character) => (/[\u2460-\u2473\u2776-\u2793\u24ea]/.test(character)
  ? ' ' : character.normalize('NFKC').replace(/\p{Cf}/gu, ''));

// The words beside a number that say what it is, and brackets.
const kLabel = '(?:登録|記号|番号|受領委任|通知書|柔整師?|柔|[協契第号は]|です|[\\s\\p{P}\\u2460-\\u2473])+';
const kLabelBefore = new RegExp(`${kLabel}$`, 'u');
const kLabelAfter = new RegExp(`^${kLabel}`, 'u');

function agreedIn(kind, text) {
  const match = kAgreed[kind] && kAgreed[kind].exec(text);
  if (!match) return null;
  const [all, agreement, ...digits] = match;
  return { kind, agreement, digits: digits.filter(Boolean), from: match.index,
    to: match.index + all.length };
}

// The only agreement in the text, wherever it stands: 0123456-7-8（契）.
function agreementIn(kind, text) {
  const found = (kAgreements[kind] && text.match(kAgreements[kind])) || [];
  return found.length === 1 ? found[0] : '';
}

function hyphenedIn(kind, text) {
  const match = kHyphened[kind].exec(text);
  if (!match) return null;
  const [all, before, ...digits] = match;
  const from = match.index + before.length;
  if (new RegExp(`\\d\\s*${kHyphen}\\s*$`, 'u').test(text.slice(0, from))) return null;
  return { kind, agreement: agreementIn(kind, text), digits, from, to: match.index + all.length };
}

// 03-1234-5678 is a phone number.
const kPhone = new RegExp(`\\d{2,4}${kHyphen}\\d{2,4}${kHyphen}\\d{4}`, 'u');

function bareIn(kind, text) {
  if (kPhone.test(text)) return null;
  const match = kBare[kind].exec(text.replace(new RegExp(`\\s|${kHyphen}`, 'gu'), ''));
  return match && { kind, agreement: agreementIn(kind, text), digits: match.slice(1), from: 0,
    to: text.length };
}

// { kind, parts by field, text as in the notice, rest of what was typed }, or null. `isAsked`: in a
// field that asks for a part of a number.
export function findNumber(typed, isAsked) {
  const characters = [...typed];
  const plains = characters.map(plain);
  const text = plains.join('');
  const kinds = Object.keys(kKinds);
  const found = [agreedIn, hyphenedIn, ...(isAsked ? [bareIn] : [])]
    .flatMap((find) => kinds.map((kind) => find(kind, text))).find(Boolean);
  if (!found) return null;
  let at = 0;
  let before = '';
  let after = '';
  characters.forEach((character, index) => {
    if (at < found.from) before += character;
    else if (at >= found.to) after += character;
    at += plains[index].length;
  });
  const digits = found.digits.map((part) => part.replace(/\s/g, ''));
  const values = kKinds[found.kind].agreements ? [found.agreement, ...digits] : digits;
  return {
    kind: found.kind,
    parts: Object.fromEntries(kNumbers[found.kind].map((name, index) => [name, values[index]])),
    text: `${found.agreement}${digits.join('-')}`,
    rest: `${before.replace(kLabelBefore, '')} ${after.replace(kLabelAfter, '')}`.trim(),
  };
}

// ---- Moved to its fields: said, and undone if that was not meant ----

const kPartNames = Object.values(kNumbers).flat();
const isText = (field) => field.matches('input:not([type=radio], [type=checkbox])')
  && !/^password/.test(field.name);  // by name: a password that is shown is a text field

// `isFilled`: whether a part is right as it is.
export function addMoving(form, isFilled, update) {
  const left = new Map();  // field → what was put back into it, and stays
  let note = null;

  // Where one looks at that moment. A region that was there before its words is read out. Said twice
  // it stays: the button in it may be under the finger just then.
  const say = (field, words, name, act) => {
    const about = `${field.id} ${words}`;
    if (note?.isConnected && note.about === about) return;
    note?.remove();
    note = make('p', { className: 'moved', about });
    note.setAttribute('role', 'status');
    const paper = field.closest('.paper');
    if (paper) paper.after(note);
    else field.closest('.field').append(note);
    const button = make('button', { type: 'button', className: 'plain', textContent: name });
    button.addEventListener('click', () => act());
    const mine = note;
    requestAnimationFrame(() => mine.append(`${words} `, button));
  };

  const choose = (kind) => {
    form.elements.institution.value = kind;
    if (!kind) all('[name=institution]', form).forEach((radio) => { radio.checked = false; });
  };

  const setEntries = (entries) => entries.forEach(([field, value]) => { field.value = value; });

  // `typed`: what stands in `field`, or would; `rest` is what stays.
  const move = (field, typed, rest, found) => {
    const chosen = form.elements.institution.value;
    const before = kPartNames.map((name) => [form.elements[name], form.elements[name].value]);
    const names = kNumbers[found.kind];
    choose(found.kind);
    if (isText(field)) field.value = rest;
    setEntries(names.filter((name) => found.parts[name])
      .map((name) => [form.elements[name], found.parts[name]]));
    update();
    const empty = names.find((name) => !form.elements[name].value);
    if (field === document.activeElement && field.closest('.paper')) {
      form.elements[empty ?? names.at(-1)].focus();
    }
    const isHidden = field.closest(`.kind:not(.${found.kind})`);
    const ask = empty ? '①は、協または契をお選びください。' : '';
    say(isHidden ? form.elements[names[0]] : field,
      `登録記号番号 ${found.text} を、それぞれの欄に入れました。${ask}`, '元に戻す', () => {
        choose(chosen);
        setEntries(before);
        if (isText(field)) field.value = typed;
        left.set(field, field.value);
        note.remove();
        update();
        field.focus();
      });
  };

  // A number of the kind that was not chosen.
  const offer = (field, typed, rest, found) => {
    const radio = form.querySelector(`[name=institution][value=${found.kind}]`);
    say(field, `${found.text} は、${radio.labels[0].textContent.trim()}の登録記号番号のようです。`,
      '所属機関を変えて入力する', () => move(field, typed, rest, found));
  };

  const take = (field, typed, rest, found) => {
    const chosen = form.elements.institution.value;
    (chosen && chosen !== found.kind ? offer : move)(field, typed, rest, found);
  };

  // A whole number in one field.
  const read = (field) => {
    const typed = field.value;
    if (left.get(field) === typed) return false;
    left.delete(field);
    const isPart = kPartNames.includes(field.name);
    const found = findNumber(typed, isPart);
    if (found) take(field, typed, isPart ? '' : found.rest, found);
    return Boolean(found);
  };

  // Spread over the fields otherwise than it should be.
  const readTogether = (field) => {
    const names = kNumbers[form.elements.institution.value] ?? [];
    if (!names.includes(field.name) || left.has(field) || names.every(isFilled)) return;
    const found = findNumber(names.map((name) => form.elements[name].value).join(''), true);
    if (found) take(field, field.value, '', found);
  };

  form.addEventListener('input', ({ target, isComposing }) => {
    if (!isComposing && target.form === form && isText(target)) read(target);
  });
  form.addEventListener('compositionend', ({ target }) => { if (isText(target)) read(target); });
  form.addEventListener('change', ({ target }) => {
    if (target.form === form && isText(target) && !read(target)) readTogether(target);
  });
  form.addEventListener('paste', (event) => {
    const { target: field, clipboardData } = event;
    const isPart = kPartNames.includes(field.name);
    if (field.form !== form || !(isPart || isText(field))) return;
    const pasted = clipboardData.getData('text');
    const found = findNumber(pasted, isPart);
    if (!found) return;
    const { value, selectionStart: from, selectionEnd: to } = field;  // null: an address has none
    const put = (text) =>
      value.slice(0, from ?? value.length) + text + value.slice(to ?? value.length);
    const chosen = form.elements.institution.value;
    if (!chosen || chosen === found.kind) event.preventDefault();
    take(field, put(pasted.replace(/[\r\n]+/g, '')), isPart ? '' : put(found.rest), found);
  });
  form.querySelector('.number [role=status]').before(make('p', { className: 'help' },
    '登録記号番号をコピーして入力欄に貼り付けると、全体がそれぞれの欄に入ります。'));
}

// ---- 登録記号番号 and 施術所名 fill themselves ----

const kUnreachable = 'ただいま自動入力できません。このまま「登録」へ進んでいただけます。';
const kPatience = 8000;

async function clinicOf(query, signal) {
  const response = await fetch(`/register/clinic?${query}`,
    { signal, headers: { Accept: 'application/json' } });
  const answer = await response.json();
  return response.ok ? answer : { message: answer.message };
}

// `isFilled`: as above.
export function addLookup(form, isFilled) {
  const number = byId('clinic_number');
  const name = byId('clinic_name');
  let asked = null;  // what is shown or under way
  let running = new AbortController();

  const show = ({ registration_number = '', clinic_name = '', message = '', waits = '' }) => {
    number.textContent = registration_number;
    name.textContent = clinic_name || message || waits;
    name.classList.toggle('problem', message !== '');
  };

  const ask = async (query, isKept) => {
    const mine = running = new AbortController();
    let isLate = false;
    const timer = setTimeout(() => { isLate = true; mine.abort(); }, kPatience);
    if (!isKept) show({ waits: '確認しています…' });
    try {
      const clinic = await clinicOf(query, mine.signal);
      if (mine === running) show(clinic);
    } catch {
      if (mine !== running || (mine.signal.aborted && !isLate)) return;
      asked = null;  // the next key press tries again
      show({ message: kUnreachable });
    } finally {
      clearTimeout(timer);
    }
  };

  return () => {
    const kind = form.elements.institution.value;
    const names = kNumbers[kind] ?? [];
    const entries = names.map((field) => [field, fold(form.elements[field].value)]);
    const query = names.length > 0 && names.every(isFilled)
      ? new URLSearchParams([['institution', kind], ...entries]).toString() : '';
    if (query === asked) return;
    // What the server filled in stays until a part of the number changes.
    if (asked === null && query === '' && name.textContent === '') return;
    const isKept = asked === null && name.textContent !== '' && !name.matches('.problem');
    asked = query;
    running.abort();
    if (query) ask(query, isKept);
    else show({});
  };
}
