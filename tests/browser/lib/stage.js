// What every scenario stands on: a portal and a Chromium for the whole file, and visitors, each a
// browser profile of its own. A visitor whose pages put an error on the console fails its test.
'use strict';

const assert = require('node:assert/strict');
const { after, before } = require('node:test');
const { chromium } = require('playwright-core');
const { startPortal } = require('./portal.js');

const kArguments = ['--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-smooth-scrolling'];  // what is to be clicked stands still

const kDesktop = { width: 1280, height: 900 };
const kPhone = { width: 375, height: 812 };

// An answer of 4xx or 503 that a test provokes is an error on the console, too.
const isProvoked = (message) => /^Failed to load resource: .* status of (4\d\d|503) /.test(message);

// With scrollbars that take room, as on most desktops: playwright would hide them.
function launch(more = []) {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: [...kArguments, ...more],
    ignoreDefaultArgs: ['--hide-scrollbars'] });
}

// To be called once in a file. `visitor` is for tests: (test context, context options) → page. `options` are quickstart's.
function setUp(options = []) {
  const stage = {};
  before(async () => {
    stage.portal = await startPortal(options);
    stage.browser = await launch();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.portal?.stop();
  });
  stage.visitor = async (t, options = {}) => {
    const context = await stage.browser.newContext(
      { baseURL: stage.portal.url, locale: 'ja-JP', viewport: kDesktop, ...options });
    context.setDefaultTimeout(60000);
    const complaints = [];
    context.on('console', (message) => {
      if (message.type() !== 'error' || isProvoked(message.text())) return;
      complaints.push(`${message.location().url}: ${message.text()}`);
    });
    context.on('weberror', (error) => complaints.push(String(error.error())));
    t.after(async () => {
      await context.close();
      assert.deepEqual(complaints, []);
    });
    return context.newPage();
  };
  // Who answers the telephone, logged in at the desk (--desk) as a supervisor.
  stage.agent = (t, more = {}) => {
    const { url, username, password } = stage.portal.desk;
    return stage.visitor(t, { baseURL: url, httpCredentials: { username, password }, ...more });
  };
  return stage;
}

module.exports = { kDesktop, kPhone, launch, setUp };
