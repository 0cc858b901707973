// Lighthouse gives 100 for accessibility, best practices and SEO. Performance is a timing: it is
// only reported here, and measured by tests/load/lighthouse.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { lighthouse } = require('./lib/lighthouse.js');
const { startPortal } = require('./lib/portal.js');

let portal;
test.before(async () => { portal = await startPortal(['--desk']); });
test.after(() => portal.stop());

for (const target of ['/', '/register']) {
  test(target, async (t) => {
    const { scores, costly } = await lighthouse(portal.url + target);
    const { performance, ...rest } = scores;
    t.diagnostic(`performance of ${target}: ${performance}`);
    assert.deepEqual(rest, { 'accessibility': 100, 'best-practices': 100, 'seo': 100 },
      costly.join('\n'));
  });
}

// No search engine is to find the desk.
for (const target of ['', 'overview']) {
  test(`/desk/${target}`, async () => {
    const { url, username, password } = portal.desk;
    const { scores, costly } = await lighthouse(url + target, {
      extraHeaders: { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
      onlyCategories: ['accessibility', 'best-practices'],
    });
    assert.deepEqual(scores, { 'accessibility': 100, 'best-practices': 100 }, costly.join('\n'));
  });
}
