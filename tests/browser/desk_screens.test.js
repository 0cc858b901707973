// Every screen of the desk, reached once: lib/looks.js says what holds of each, and nothing is on the console. None has a
// script, and nothing is asked for elsewhere; printed, the search box, the menu and what can only be pressed are left out.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { kDeskScreens } = require('./lib/desk_screens.js');
const { testScreens } = require('./lib/looks.js');
const { kPhone, setUp } = require('./lib/stage.js');

const stage = setUp(['--desk']);
testScreens(stage, kDeskScreens, (t, options) => stage.agent(t, options));

test('it needs no script, and asks nobody else', async (t) => {
  const page = await stage.agent(t, { javaScriptEnabled: false });
  const asked = [];
  page.on('request', (request) => asked.push(request));
  await page.goto('/desk/');
  const { origin } = new URL(stage.portal.desk.url);
  assert.deepEqual(asked.map((request) => new URL(request.url()).origin).filter((one) => one !== origin), []);
  assert.deepEqual(asked.filter((request) => request.resourceType() === 'script'), []);
});

test('on paper there is no heading or column of what can only be pressed', async (t) => {
  const page = await stage.agent(t);
  const expectGone = async (...things) => {
    for (const thing of things) assert.ok(await thing.isVisible());
    await page.emulateMedia({ media: 'print' });
    for (const thing of things) assert.ok(!await thing.isVisible());
    assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
    await page.emulateMedia({ media: 'screen' });
  };
  await kDeskScreens['desk-pending'](page, stage);
  await expectGone(page.getByRole('heading', { name: 'できること' }), page.locator('.box'), page.getByRole('navigation'));
  await kDeskScreens['desk-hits'](page);
  await expectGone(page.getByRole('columnheader', { name: '選ぶ' }));
});

test('several hits on a phone: each begins with a line of its own, and shows nothing that it does not have', async (t) => {
  const page = await stage.agent(t, { viewport: kPhone });
  await kDeskScreens['desk-hits'](page);
  const rows = await page.locator('.hits tbody tr').evaluateAll((all) => all.map((row) => ({
    line: Number.parseFloat(getComputedStyle(row).borderTopWidth),
    empty: [...row.cells].filter((cell) => cell.checkVisibility() && !cell.innerText.trim()).length,
  })));
  assert.ok(rows.length > 1);
  for (const row of rows) assert.deepEqual({ line: row.line > 0, empty: row.empty }, { line: true, empty: 0 });
});

test('検索 stands beside its field, also when an error stands below', async (t) => {
  const page = await stage.agent(t);
  await kDeskScreens['desk-start-empty'](page);
  const field = await page.getByRole('searchbox').boundingBox();
  const button = await page.getByRole('button', { name: '検索' }).boundingBox();
  assert.equal(button.y, field.y);
  assert.ok(button.x > field.x + field.width);
});
