// What a phone on a slow line has to fetch: small pages, no third party, assets kept for ever.
'use strict';

const assert = require('node:assert/strict');
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const { gzipSync } = require('node:zlib');
const { kTree } = require('./lib/portal.js');
const { send } = require('./lib/registration.js');
const { setUp } = require('./lib/stage.js');

// Without the style sheet within it, for which tests/unit/view has a limit.
// 6 KB of it are the messages of what a browser finds by itself; an incomplete form sends nothing.
const kPage = 19 * 1024;
const kPageWithErrors = 23 * 1024;  // each message stands twice: in the summary and at its field
// As they are sent.
const kAssets = 14 * 1024;  // of every page
const kFormScripts = 14 * 1024;  // of the form
const kAssetsFolder = path.join(kTree, 'templates/assets');

const kOfForm = ['register.js', 'check.js', 'number.js', 'address.js'];

const stage = setUp();

const sizeOf = async (response) =>
  Buffer.byteLength((await response.text()).replace(/<style>.*?<\/style>/s, ''));

// Visits a page: what was asked for, and the size of the page before compression.
async function fetched(t, target) {
  const page = await stage.visitor(t);
  const responses = [];
  page.on('response', (response) => responses.push(response));
  await page.goto(target, { waitUntil: 'networkidle' });
  const html = await sizeOf(responses[0]);
  return { page, responses, html };
}

test('the blank form is small, and the web server and the browser may keep it', async (t) => {
  const { responses, html } = await fetched(t, '/register');
  t.diagnostic(`/register: ${html} bytes`);
  assert.ok(html <= kPage, `${html} bytes`);
  assert.match(responses[0].headers()['cache-control'], /^public, max-age=[1-9]/);
});

test('the form with every error is small', async (t) => {
  const page = await stage.visitor(t, { javaScriptEnabled: false });
  await page.goto('/register');
  await page.locator('[value=judo]').check();
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST'), send(page)]);
  const html = await sizeOf(response);
  t.diagnostic(`/register with errors: ${html} bytes`);
  assert.ok(html <= kPageWithErrors, `${html} bytes`);
});

test('all CSS and JavaScript together is small', (t) => {
  const sent = (name) => gzipSync(readFileSync(path.join(kAssetsFolder, name)), { level: 9 }).length;
  const sum = (names) => names.reduce((bytes, name) => bytes + sent(name), 0);
  const files = readdirSync(kAssetsFolder).filter((name) => /\.(css|js)$/.test(name));
  const [every, form] = [files.filter((name) => !kOfForm.includes(name)), kOfForm].map(sum);
  t.diagnostic(`${every} bytes on every page, ${form} more on the form`);
  assert.ok(every <= kAssets && form <= kFormScripts, `${every}, ${form} bytes`);
});

for (const target of ['/', '/register']) {
  test(`${target}: everything comes from the portal, no font; assets are kept for ever`, async (t) => {
    const { responses } = await fetched(t, target);
    const assets = responses.slice(1);
    assert.ok(assets.length >= 2);
    for (const response of assets) {
      const { origin, pathname } = new URL(response.url());
      assert.equal(origin, stage.portal.url);
      assert.match(pathname, /^\/assets\/[0-9a-f]{8,}\//);
      assert.notEqual(response.request().resourceType(), 'font');
      assert.match(response.headers()['cache-control'], /max-age=31536000, immutable/, pathname);
    }
  });
}
