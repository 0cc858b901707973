// The mails as a mail program shows them: on a desktop, a phone and a narrow one, light and dark.
'use strict';

const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const test = require('node:test');
const { tooWide } = require('./lib/checks.js');
const { kJudo, newAddress, toComplete } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

const stage = setUp();
const kAxe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const kLooks = [900, 390, 320].flatMap((width) =>
  ['light', 'dark'].map((colorScheme) => ({ viewport: { width, height: 800 }, colorScheme })));

// WCAG alone: a mail is no page with landmarks.
async function objections(page) {
  await page.evaluate(kAxe);
  const { violations } = await page.evaluate(() =>
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.failureSummary}`));
}

async function looksRight(t, html, words, link) {
  for (const look of kLooks) {
    const name = `${words} at ${look.viewport.width}, ${look.colorScheme}`;
    const page = await stage.visitor(t, look);
    await page.setContent(html);
    await page.addStyleTag({ content: 'html { background: Canvas }' });  // axe takes it for white
    assert.deepEqual(await objections(page), [], name);
    assert.deepEqual(await tooWide(page), [], name);
    const button = page.getByRole('link', { name: words, exact: true });
    assert.equal(await button.getAttribute('href'), link, name);
    const box = await button.boundingBox();
    assert.ok(box.height >= 44 && box.width >= 150, `${name}: ${box.width} × ${box.height}`);
    const url = await page.getByText(link, { exact: true }).boundingBox();
    assert.ok(url.y >= box.y + box.height, `${name}: the URL is not below the button`);
    await page.context().close();
  }
}

test('every mail is read on every screen', async (t) => {
  const page = await stage.visitor(t);
  const email = newAddress();
  await toComplete(page, { ...kJudo, email });
  const link = await stage.portal.linkTo(email);
  const activation = await stage.portal.htmlMailTo(email);
  await looksRight(t, activation, '有効化用リンク', link);
  const shown = activation.replace(/<[^>]*>/g, '');
  for (const words of [`${kJudo.family_name} ${kJudo.given_name} 様`, '施術所名：みなと整骨院',
    '登録記号番号：契0123456-7-8']) {
    assert.ok(shown.includes(words), words);
  }

  await page.goto(link);
  await page.getByText('ユーザー登録が完了いたしました。').waitFor();
  await page.goto('/password/forgot');
  await page.locator('[name=email]').fill(email);
  await page.locator('main').getByRole('button').first().click();
  await page.waitForURL('**/password/forgot?sent=1');
  await looksRight(t, await stage.portal.htmlMailTo(email, 2), 'パスワード再設定用リンク',
    await stage.portal.linkTo(email, 2));

  // The address has an account now: another clinic's registration gets the notice.
  await toComplete(page, { ...kJudo, judo_agreement: '協', email });
  await looksRight(t, await stage.portal.htmlMailTo(email, 3), 'ログインはこちら',
    `${stage.portal.url}/login`);
});
