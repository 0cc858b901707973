// Every screen of the desk, reached once: lib/looks.js says what holds of each, and nothing is on the console. None has a
// script, and nothing is asked for elsewhere; printed, the search box and the menu are left out.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { kDeskScreens } = require('./lib/desk_screens.js');
const { testScreens } = require('./lib/looks.js');
const { setUp } = require('./lib/stage.js');

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
