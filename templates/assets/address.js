// A likely slip in the domain of a mail address, and a domain that gets no mail: pointed out, never
// in the way.

import { afterClick, foldAddress, make } from './portal.js';

const kDomains = ['gmail.com', 'yahoo.co.jp', 'docomo.ne.jp', 'ezweb.ne.jp', 'icloud.com',
  'softbank.ne.jp', 'i.softbank.jp', 'au.com', 'ymobile.ne.jp', 'outlook.jp', 'outlook.com',
  'hotmail.com', 'hotmail.co.jp', 'live.jp', 'yahoo.com', 'ymail.ne.jp', 'me.com', 'rakuten.jp',
  'nifty.com', 'biglobe.ne.jp', 'ocn.ne.jp', 'so-net.ne.jp', 'plala.or.jp', 'example.jp',
  'example.com', 'example.co.jp', 'example.ne.jp'];

// Right by themselves, though close to one of those.
const kOwnRight = ['live.com', 'outlook.co.jp', 'softbank.jp', 'softbank.co.jp', 'softbank.com',
  'biglobe.jp', 'biglobe.co.jp', 'biglobe.com', 'ymobile.jp', 'ymobile1.ne.jp', 'y-mobile.ne.jp',
  'yahoo.net', 'docomo.com', 'example.org', 'example.net'];

// Names that nobody else has, so that a letter may be wrong.
const kWellKnown = ['gmail', 'yahoo', 'docomo', 'ezweb', 'icloud', 'softbank', 'ymobile', 'outlook',
  'hotmail', 'biglobe', 'example'];

// Names with mail in one place only, whichever of these endings was typed.
const kOnePlace = ['gmail', 'yahoo', 'docomo', 'ezweb', 'icloud', 'softbank', 'biglobe'];
const kMixedUp = ['jp', 'co.jp', 'ne.jp', 'or.jp', 'com.jp', 'co', 'ne', 'com', 'net'];

// Endings that do not exist, and what was meant. (A .jp domain has three letters or more, except
// those of a category such as .co.jp.)
const kEndings = [
  [/\.(?:c[ou]n|cmo|ocm|[vxd]om|c[ipl0]m|comm+|coom|come)$/, '.com'],
  [/\.(?:nett|ner|nte|met|ent)$/, '.net'],
  [/\.(?:orgg|ogr|rog)$/, '.org'],
  [/\.(co|ne|or|ac|go|lg|ed|gr|ad)\.(?:j|p|jo|pj|jjp|[hiknu]p|jp[a-z0-9])$/, '.$1.jp'],
  [/\.?(co|ne|or|ac|go|lg|ed|gr|ad)jp[a-z0-9]?$/, '.$1.jp'],
  [/\.(?:j|pj|jjp|[hi]p|jp[a-z0-9])$/, '.jp'],
  [/(\.[a-z0-9-]+)\.(?:[vxdf]o|c[pil0k]|oc|c)\.jp$/, '$1.co.jp'],
  [/^([a-z0-9-]+)\.(?:[vxdf]o|c[pil0k]|oc|c)\.jp$/, '$1.co.jp'],
  [/^([a-z0-9-]+)\.(?:n[rw3]|en|me|be|n)\.jp$/, '$1.ne.jp'],
  [/^([a-z0-9-]+)\.(?:o[te]|pr|ro)\.jp$/, '$1.or.jp'],
  [/^([a-z0-9-]+)(com|net|jp)$/, '$1.$2'],  // no dot at all
];

// One letter wrong, missing, too many, or two swapped (optimal string alignment distance 1).
function isNear(typed, meant) {
  let head = 0;
  while (head < typed.length && typed[head] === meant[head]) head++;
  const rest = typed.slice(head);
  const aim = meant.slice(head);
  return rest.slice(1) === aim.slice(1) || rest.slice(1) === aim || rest === aim.slice(1)
    || (rest[0] === aim[1] && rest[1] === aim[0] && rest.slice(2) === aim.slice(2));
}

// People rarely miss the first letter: email.com and ymail.com are not gmail.com.
const beginsAlike = (typed, meant) =>
  typed[0] === meant[0] || (typed[0] === meant[1] && typed[1] === meant[0]);

function isMeant(domain, known) {
  if (known.startsWith(`${domain}.`)) return true;  // docomo, yahoo.co
  const [name, ...rest] = domain.split('.');
  const [meant, ...more] = known.split('.');
  const ending = rest.join('.');
  const right = more.join('.');
  const isName = name === meant
    || (kWellKnown.includes(meant) && beginsAlike(name, meant) && isNear(name, meant));
  if (!isName) return kWellKnown.includes(meant) && beginsAlike(domain, known) && isNear(domain, known);
  return isNear(ending, right) || right.startsWith(`${ending}.`) || !ending
    || (kOnePlace.includes(meant) && kMixedUp.includes(ending));
}

// What a domain may have been meant to be; null if it can be right as it is.
export function domainMeant(typed) {
  const clean = typed.toLowerCase().replace(/[,、。･・;:]/g, '.').replace(/\s/g, '')
    .replace(/\.{2,}/g, '.').replace(/^\.|\.$/g, '');
  const isRight = (domain) => kDomains.includes(domain) || kOwnRight.includes(domain);
  const ended = kEndings.reduce((domain, [slip, right]) =>
    (isRight(domain) ? domain : domain.replace(slip, right)), clean);
  const meant = isRight(ended) ? ended
    : kDomains.find((known) => isMeant(clean, known)) ?? kDomains.find((known) => isMeant(ended, known))
      ?? ended;
  return meant === typed.toLowerCase() ? null : meant;
}

// ---- Whether mail can reach a domain at all ----

const kAtMost = 1000;

async function getsNoMail(domain, signal) {
  try {
    const response = await fetch(`/register/domain?name=${encodeURIComponent(domain)}`,
      { signal, headers: { Accept: 'application/json' } });
    return response.ok && (await response.json()).mail === 'no';
  } catch {
    return false;  // nobody knows: not worth a word
  }
}

export function addAddressHints(email) {
  const hint = make('p', { className: 'help' });
  hint.setAttribute('role', 'status');
  email.after(hint);
  let asking = new AbortController();

  const offer = (local, domain, meant) => {
    const button = make('button',
      { type: 'button', className: 'plain', textContent: `${meant} に直す` });
    button.addEventListener('click', () => {
      email.value = `${local}@${meant}`;
      email.dispatchEvent(new Event('change', { bubbles: true }));
      hint.replaceChildren(`${meant} に直しました。`);
      email.focus();
    });
    hint.append(`${domain}？ ${meant} のことですか。`, button);
  };

  const ask = async (domain) => {
    const mine = asking = new AbortController();
    const timer = setTimeout(() => mine.abort(), kAtMost);
    const isInVain = await getsNoMail(domain, mine.signal);
    clearTimeout(timer);
    if (!isInVain || mine !== asking) return;
    hint.append(`「${domain}」には、メールを届けられないようです。「@」より後ろのつづりをご確認ください。`);
  };

  email.addEventListener('change', () => afterClick(() => {
    hint.replaceChildren();
    asking.abort();
    asking = new AbortController();
    const [, local, domain] = /^([^@]+)@([^@]+)$/.exec(foldAddress(email.value)) ?? [];
    if (!domain) return;
    const meant = domainMeant(domain);
    if (meant) offer(local, domain, meant);
    else if (/^[a-z0-9.-]+\.[a-z0-9-]+$/i.test(domain)) ask(domain);
  }));
}
