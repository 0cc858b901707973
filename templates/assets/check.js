// What is missing or wrong in the form, shown as the server would, so that nothing is sent in vain
// and no password is lost. The server decides: where a rule here is not the whole rule, it is the
// weaker one, and the form is sent.

import { all, byId, fold, foldAddress, foldPhone, make, showField } from './portal.js';
import { findNumber, kKinds, kNumbers } from './number.js';

// ---- The rules: a value → its problems, each the end of its message's code, and what it found ----

const length = (text) => [...text].length;
const when = (problem, isSo) => (isSo ? [problem] : []);
const required = (rest = () => []) => (value, form) =>
  (value === '' ? ['missing'] : rest(value, form));

const kPassword = {
  too_short: (value) => length(value) < 8,
  too_long: (value) => length(value) > 100,
  no_upper: (value) => !/[A-Z]/.test(value),
  no_lower: (value) => !/[a-z]/.test(value),
  no_digit: (value) => !/[0-9]/.test(value),
};
export const passwordProblems = (value) =>
  Object.keys(kPassword).filter((problem) => kPassword[problem](value));

// The server names a character that cannot be seen by itself; none of them is typed.
const wrongCharacter = (problem, [character]) =>
  when(`${problem} ${character}`, /[\p{L}\p{N}\p{P}\p{S}]/u.test(character));

// At most one problem, in the server's order.
const addressProblems = required((address) => {
  const [local, domain, ...more] = address.split('@');
  if (length(address) > 254) return ['too_long'];
  if (/\s/.test(address)) return ['space'];
  const inLocal = /[^\w.!#$%&'*+/=?^`{|}~-]/u.exec(local);
  if (inLocal) return wrongCharacter('character', inLocal);
  if (domain === undefined) return ['no_at'];
  if (more.length > 0) return ['two_ats'];
  const inDomain = /[^a-zA-Z\d.-]/u.exec(domain);
  if (inDomain) return wrongCharacter('character_of_domain', inDomain);
  if (!local || !domain) return ['format'];
  if (!domain.includes('.')) return ['no_dot'];
  return when('domain', /^[.-]|[.-]$|\.\.|-\.|\.-|[^.]{64}/.test(domain));
});

const nameProblems = required((name) => when('too_long', length(name) > 40));
const digits = (count) => [fold, required((value) =>
  when('format', !new RegExp(`^[0-9]{${count}}$`).test(value)))];
const asTyped = (value) => value;
const tidy = (value) => value.normalize().trim();

// By field: what becomes of the value first, and its rule.
const kRules = {
  family_name: [tidy, nameProblems],
  given_name: [tidy, nameProblems],
  institution: [asTyped, required()],
  ...Object.fromEntries(Object.entries(kKinds).flatMap(([code, kind]) => [
    [`${code}_agreement`, [asTyped, required()]],
    [`${code}_number`, digits(kind.digits)],
    [`${code}_suffix1`, digits(1)],
    [`${code}_suffix2`, digits(1)],
  ])),
  phone: [foldPhone, required((value) => when('format', !/^0[0-9]{9,10}$/.test(value)))],
  email: [foldAddress, addressProblems],
  password: [asTyped, required(passwordProblems)],
  password_confirmation: [asTyped, required((value, form) =>
    when('mismatch', value !== form.elements.password.value))],
  terms: [asTyped, required()],
};

// Both passwords left empty, and not required: those that were entered before.
const keepsPassword = (form) => ['password', 'password_confirmation'].every((name) =>
  form.elements[name].value === '' && !form.elements[name].required);

// A whole number left in the field of its long part, the digits after it left out: the server reads it.
function isInOneField(form, kind) {
  const values = kNumbers[kind].map((name) => form.elements[name].value);
  const found = values.slice(-2).join('') === '' && findNumber(values.join(''), true);
  return found?.kind === kind && Object.values(found.parts).every(Boolean);
}

export function problemsOf(form, name) {
  const kind = Object.keys(kNumbers).find((one) => kNumbers[one].includes(name));
  if (kind && isInOneField(form, kind)) return [];
  const [normal, rule] = kRules[name] ?? [asTyped, () => []];
  if (/^password/.test(name) && keepsPassword(form)) return [];
  const field = form.elements[name];
  return rule(field.type === 'checkbox' && !field.checked ? '' : normal(field.value), form);
}

// ---- Shown as the server shows them ----

const kTitleError = 'エラー：';
const idOf = (line) => line.querySelector('a').hash.slice(1);

// Where an error of the field is marked: a group of radio buttons has it as a whole.
const marked = (field) => (field.type === 'radio' ? field.closest('fieldset') : field);

function describe(field, change) {
  const ids = (marked(field).getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
  const changed = change(ids.filter((id) => id !== `${field.id}_error`));
  if (changed.length > 0) marked(field).setAttribute('aria-describedby', changed.join(' '));
  else marked(field).removeAttribute('aria-describedby');
}

function clear(field) {
  marked(field).removeAttribute('aria-invalid');
  byId(`${field.id}_error`)?.remove();
  describe(field, (ids) => ids);
}

function mark(field, messages) {
  marked(field).setAttribute('aria-invalid', 'true');
  describe(field, (ids) => [...ids, `${field.id}_error`]);
  field.closest('.field').append(make('div', { className: 'error', id: `${field.id}_error` },
    ...messages.map((message) => make('p', {}, message))));
}

function retitle(isError) {
  document.title = (isError ? kTitleError : '') + document.title.replace(kTitleError, '');
}

// The messages come with the page, in a summary that has all of them.
export function addCheck(form) {
  const possible = byId('possible').content.querySelector('.summary');
  const lines = all('li', possible);
  const isAsked = (name) => Object.entries(kNumbers).every(([kind, names]) =>
    !names.includes(name) || kind === form.elements.institution.value);
  // The line as it applies now, if it does.
  const apply = (line) => {
    const problems = isAsked(idOf(line)) ? problemsOf(form, idOf(line)) : [];
    const found = problems.find((problem) => problem.split(' ')[0] === line.dataset.problem);
    if (!found) return [];
    const shown = line.cloneNode(true);
    delete shown.dataset.problem;
    const link = shown.querySelector('a');
    link.textContent = link.textContent.replace('{}', found.split(' ')[1]);
    return [shown];
  };
  const current = () => lines.flatMap(apply);

  // What only the server finds holds until the field, or the number that it belongs to, changes.
  const valueOf = (name) => {
    const names = Object.values(kNumbers).find((some) => some.includes(name)) ?? [name];
    return names.map((one) => form.elements[one].value).join(' ');
  };
  const known = lines.map((line) => line.textContent);
  const served = all('.summary li', form).filter((line) => !known.includes(line.textContent))
    .map((line) => ({ line, value: valueOf(idOf(line)) }));
  const holds = ({ line, value }) => isAsked(idOf(line)) && valueOf(idOf(line)) === value;

  const show = (found) => {
    const fields = [...form.elements].map(({ id }) => id);
    const sorted = [...found, ...served.filter(holds).map(({ line }) => line)]
      .sort((a, b) => fields.indexOf(idOf(a)) - fields.indexOf(idOf(b)));
    const summary = possible.cloneNode(true);
    summary.querySelector('ul').replaceChildren(...sorted.map((line) => line.cloneNode(true)));
    form.querySelector('.summary')?.remove();
    form.querySelector('h1').after(summary);
    all('[aria-invalid]', form).forEach((element) =>
      clear(element.tagName === 'FIELDSET' ? element.querySelector('input') : element));
    for (const id of new Set(sorted.map(idOf))) {
      mark(byId(id), sorted.filter((line) => idOf(line) === id).map((line) => line.textContent));
    }
    retitle(true);
    showField(byId(idOf(sorted[0])));
  };

  // What has been put right is taken back.
  const settle = () => {
    if (!form.querySelector('.summary')) return;
    const open = current().map((line) => line.textContent);
    for (const line of all('.summary li', form)) {
      const own = served.find((one) => one.line.textContent === line.textContent);
      if (own ? holds(own) : open.includes(line.textContent)) continue;
      const field = byId(idOf(line));
      line.remove();
      const rest = all('.summary li', form).filter((one) => idOf(one) === field.id);
      clear(field);
      if (rest.length > 0) mark(field, rest.map((one) => one.textContent));
    }
    if (form.querySelector('.summary ul:empty')) {
      form.querySelector('.summary').remove();
      retitle(false);
    }
  };

  form.addEventListener('submit', (event) => {
    const found = current();
    if (found.length === 0) return;
    event.preventDefault();
    show(found);
  });
  for (const type of ['input', 'change']) form.addEventListener(type, settle);
}
