// What the screens have in common: steps that say how far one has come, one width for what is read, the
// list of what is missing where it helps, and one box for one thing that is wrong.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { fillIn, kJudo, newAddress } = require('./lib/registration.js');
const { kScreens } = require('./lib/screens.js');
const { kDesktop, kPhone, setUp } = require('./lib/stage.js');

const stage = setUp();

const kSteps = {
  'form': [['入力', true], ['確認'], ['メール送信'], ['登録完了']],
  'confirm-judo': [['入力（済み）'], ['確認', true], ['メール送信'], ['登録完了']],
  'complete': [['入力（済み）'], ['確認（済み）'], ['メール送信', true], ['登録完了']],
  'activate-done': [['入力（済み）'], ['確認（済み）'], ['メール送信（済み）'], ['登録完了（済み）', true]],
};

// It looks like success, and leads to login without scrolling.
async function expectSuccess(page) {
  await page.setViewportSize(kPhone);
  const box = page.locator('.success');
  assert.ok(await box.locator('svg').isVisible());
  assert.equal(await box.getByRole('heading', { level: 1 }).innerText(), 'ユーザー登録完了');
  const login = await box.getByRole('link', { name: 'ログイン' }).boundingBox();
  assert.ok(login.y + login.height < kPhone.height);
}

for (const [name, steps] of Object.entries(kSteps)) {
  test(`${name}: the steps say what is done, also to screen readers and in forced colours`, async (t) => {
    const page = await stage.visitor(t, { forcedColors: 'active' });
    await kScreens[name](page, stage);
    const shown = await page.locator('.steps li').evaluateAll((items) => items.map((item) => ({
      text: item.textContent,
      current: item.getAttribute('aria-current') === 'step',
      mark: getComputedStyle(item, '::before').content,
    })));
    assert.deepEqual(shown.map(({ text, current }) => [text, current]),
      steps.map(([text, current = false]) => [text, current]));
    for (const { text, mark } of shown) assert.equal(mark.includes('✓'), text.includes('済み'), text);
    if (name === 'activate-done') await expectSuccess(page);
  });
}

test('what is read has one width on all pages', async (t) => {
  const page = await stage.visitor(t, { viewport: kDesktop });
  const widths = new Set();
  for (const target of ['/about', '/preparation', '/manuals', '/news', '/faq', '/contact', '/terms', '/privacy',
    '/links', '/login', '/password/forgot', '/register', '/nothing']) {
    await page.goto(target);
    const found = await page.locator('main > *, main > section > *, .fields > *').evaluateAll((blocks) => blocks
      .filter((block) => block.checkVisibility() && !block.matches('.register, section, .tiles'))
      .map((block) => block.getBoundingClientRect())
      .map(({ left, width }) => ({ left: Math.round(left), width: Math.round(width) })));
    assert.equal(new Set(found.map(({ left }) => left)).size, 1, `${target}: one left edge`);
    widths.add(Math.max(...found.map(({ width }) => width)));
  }
  assert.deepEqual([...widths], [704]);  // 44rem
});

test('必須情報 stands above 登録 on a phone, folded, with the count of what is left', async (t) => {
  const page = await stage.visitor(t, { viewport: kPhone });
  await page.goto('/register');
  const todo = page.locator('.todo');
  const phone = todo.getByRole('link', { name: '電話番号' });
  assert.match(await todo.locator('summary').innerText(), /^必須情報（残り\d+件）$/);
  assert.ok(!await phone.isVisible());
  const button = await page.getByRole('button', { name: '登録', exact: true }).boundingBox();
  assert.ok((await todo.boundingBox()).y < button.y);
  await todo.locator('summary').click();
  await phone.click();
  await page.waitForFunction(() => document.activeElement.id === 'phone');
  await fillIn(page, { ...kJudo, email: newAddress() });
  assert.equal(await todo.locator('summary').innerText(), '必須情報（入力済み）');
});

for (const javaScriptEnabled of [true, false]) {
  test(`beside the form 必須情報 is open, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const page = await stage.visitor(t, { viewport: kDesktop, javaScriptEnabled });
    await page.goto('/register');
    const link = page.locator('.todo').getByRole('link', { name: '電話番号' });
    const button = await page.getByRole('button', { name: '登録', exact: true }).boundingBox();
    assert.ok((await link.boundingBox()).y > button.y);
    await link.click();
    await page.waitForFunction(() => document.activeElement.id === 'phone');
  });
}

test('a number that is not in the roster: one box says what is wrong and what can be done', async (t) => {
  const page = await stage.visitor(t);
  await kScreens['form-errors-roster'](page, stage);
  const boxes = await page.locator('.fields').evaluate((fields) => [...fields.querySelectorAll('div, p')]
    .filter((one) => one.checkVisibility() && Number.parseFloat(getComputedStyle(one).borderLeftWidth) >= 4)
    .map((one) => one.innerText));
  assert.equal(boxes.length, 1, boxes.join('\n---\n'));
  assert.match(boxes[0], /一覧にありません/);
  assert.match(boxes[0], /掲載されたらメールで知らせる/);
});

test('マイページ has the labels of the form in its order, and names the browser', async (t) => {
  const page = await stage.visitor(t, { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) '
    + 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1' });
  await kScreens.account(page, stage);
  const labels = await page.locator('section[aria-labelledby=profile] dt').allInnerTexts();
  assert.deepEqual(labels.slice(0, 5), ['姓名', '登録記号番号', '施術所名', '電話番号', 'メールアドレス']);
  const sessions = await page.locator('section[aria-labelledby=sessions]').innerText();
  assert.match(sessions, /iPhone の Safari/);
  assert.doesNotMatch(sessions, /Mozilla|AppleWebKit/);
});
