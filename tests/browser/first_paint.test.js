// The first answer is painted at once: the style sheet that is fetched holds nothing up, changes
// nothing that was already to be seen, and moves nothing. tests/load/first_paint measures the time.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { kDesktop, kPhone, setUp } = require('./lib/stage.js');

// Where people arrive for the first time.
const kPages = ['/', '/register', '/login', '/about', '/faq', '/terms', '/news', '/password/forgot',
  '/activate?token=unknown', '/nothing'];
const kLooks = {
  'desktop': { viewport: kDesktop },
  'desktop, dark': { viewport: kDesktop, colorScheme: 'dark' },
  'phone': { viewport: kPhone },
  'phone, forced colours': { viewport: kPhone, forcedColors: 'active' },
};

const stage = setUp();

// Holds portal.css back. To call what it resolves to lets it come.
async function holdStyleSheet(page) {
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  await page.route('**/portal.css', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

// What is to be seen of header and main, without the scrollbar.
async function seen(page) {
  const { height, y } = await page.locator('main').boundingBox();
  const { height: screen } = page.viewportSize();
  const width = await page.evaluate(() => document.body.getBoundingClientRect().width);
  return page.screenshot(
    { clip: { x: 0, y: 0, width, height: Math.min(screen, Math.floor(y + height)) } });
}

// Notes from now on what is moved in the page without the user having done anything.
const noteMoves = (page) => page.addInitScript(() => {
  window.moved = [];
  new PerformanceObserver((list) => window.moved.push(...list.getEntries()))
    .observe({ type: 'layout-shift', buffered: true });
});

const moves = (page) => page.evaluate(async () => {
  // What was moved in this frame is told before the second one after it.
  for (let i = 0; i < 3; ++i) await new Promise(requestAnimationFrame);
  return window.moved.flatMap(({ sources }) => sources.map(({ node }) => node?.outerHTML?.slice(0, 200)));
});

const firstPaint = (page) => page.waitForFunction(() =>
  performance.getEntriesByName('first-contentful-paint').length > 0);

for (const [look, options] of Object.entries(kLooks)) {
  for (const target of kPages) {
    test(`${target}, ${look}: painted without portal.css as with it`, async (t) => {
      const page = await stage.visitor(t, { ...options, javaScriptEnabled: false });
      const release = await holdStyleSheet(page);
      await page.goto(target, { waitUntil: 'commit' });
      await page.locator('main h1').waitFor();
      const before = await seen(page);
      release();
      await page.locator('footer').waitFor();
      const after = await seen(page);
      assert.ok(before.equals(after), 'what was painted changes when portal.css arrives');
    });
  }
}

for (const viewport of [kDesktop, kPhone]) {
  for (const target of ['/', '/register', '/login']) {
    test(`${target}, ${viewport.width} px: nothing blocks the first paint, nothing moves`, async (t) => {
      const page = await stage.visitor(t, { viewport });
      await noteMoves(page);
      const release = await holdStyleSheet(page);
      await page.goto(target, { waitUntil: 'commit' });
      await firstPaint(page);
      release();
      await page.waitForLoadState('networkidle');
      const blocking = await page.evaluate(() => performance.getEntriesByType('resource')
        .filter((one) => one.renderBlockingStatus === 'blocking').map((one) => one.name));
      const moved = await moves(page);
      assert.deepEqual(blocking, []);
      assert.deepEqual(moved, []);
    });
  }
}
