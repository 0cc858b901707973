// Who is signed in. Pages that are the same for everybody say ログイン in their header; the own pages say
// マイページ and ログアウト, and with that this browser remembers that there may be a session. Whether it
// still lives only the server knows: it is asked before the header says anything, by a HEAD, which
// keeps no session alive. Who never signed in asks nothing.

const kMaySay = 'signed_in';
const kOwnPage = '/account';

// Storage that the browser forbids is as good as empty.
function remembered(work) {
  try {
    return work(localStorage);
  } catch {
    return null;
  }
}

const login = document.querySelector('.bar .login[href]');
const ofSignedIn = document.querySelector('.bar template');
let shown = [login];

function show(elements) {
  shown[0].before(...elements);
  shown.forEach((element) => element.remove());
  shown = elements;
}

async function showWhoIsSignedIn() {
  if (shown[0] !== login) show([login]);  // Back: what was true then
  if (!remembered((storage) => storage.getItem(kMaySay))) return;
  const answer = await fetch(kOwnPage, { method: 'HEAD', redirect: 'manual', cache: 'no-store' })
    .catch(() => null);  // no line: ログイン stays
  if (answer?.type === 'opaqueredirect') remembered((storage) => storage.removeItem(kMaySay));
  if (answer?.ok) show([...ofSignedIn.content.cloneNode(true).children]);
}

if (login) addEventListener('pageshow', showWhoIsSignedIn);
else remembered((storage) => storage.setItem(kMaySay, '1'));
