// Makes the README's pictures, tests/browser/pictures/*.webp, from a running portal of its own:
//
//   NODE_PATH=build/tests/browser/node_modules node tests/browser/pictures.js
//
// To be run by hand when a screen that they show has changed. PORTAL_PROGRAMS as in CMakeLists.txt.
'use strict';

const { execFile } = require('node:child_process');
const { mkdirSync, statSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { promisify } = require('node:util');
const { kPrograms, kTree, startPortal } = require('./lib/portal.js');
const { fillIn, kJudo, send } = require('./lib/registration.js');
const { launch } = require('./lib/stage.js');

const run = promisify(execFile);
const kFolder = path.join(__dirname, 'pictures');
const kMostBytes = 100 * 1024;
const kAddress = 'kikin01@clinic.example';

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

// What is to be seen of the page now, or an area of it.
async function take(page, name, { width, height } = page.viewportSize()) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot',
    { format: 'webp', quality: 82, clip: { x: 0, y: 0, width, height, scale: 1 } });
  const file = path.join(kFolder, `${name}.webp`);
  writeFileSync(file, Buffer.from(data, 'base64'));
  const { size } = statSync(file);
  console.log(`${path.relative(kTree, file)}: ${size} bytes`);
  if (size > kMostBytes) throw new Error(`${file} is too large`);
}

// A page with that HTML, as wide as its content is allowed to be and as high as it is.
async function takeHtml(browser, name, width, html) {
  const page = await browser.newPage({ viewport: { width, height: 600 } });
  await page.setContent(html);
  const height = await page.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
  await page.setViewportSize({ width, height });
  await take(page, name);
  await page.close();
}

async function takeMail(browser, portal) {
  const reader = path.join(kTree, 'tests/support/mail.py');
  const { stdout } = await run('python3', [reader, '--html', path.join(portal.site, 'mail'), kAddress]);
  const [, from, subject, html] = /^([^\n]*)\n([^\n]*)\n\n(.*)$/s.exec(stdout);
  await takeHtml(browser, 'mail', 680, html.replace(/<body[^>]*>/, `$&
    <div style="font: 14px/1.8 sans-serif; color: #444; border-bottom: 1px solid #ccc; padding: 8px 16px; margin: 0 0 16px">
    <b style="color: #000; font-size: 18px">${escaped(subject)}</b><br>${escaped(from)}</div>`));
}

async function takeTimeline(browser, portal) {
  const { stdout } = await run(path.join(kPrograms, 'portalctl'),
    ['--config', path.join(portal.site, 'portal.conf'), 'timeline', '契0123456-7-8']);
  await takeHtml(browser, 'timeline', 1000, `<!DOCTYPE html><body style="margin: 0; background: #1e1e1e; color: #ddd">
    <pre style="margin: 0; padding: 16px 20px; font: 13px/1.6 monospace; white-space: pre-wrap"><b style="color: #8ae234">$</b> ${
  escaped(`portalctl timeline 契0123456-7-8\n${stdout.trimEnd()}`)}</pre>`);
}

async function takeScreens(browser, portal) {
  const page = await browser.newPage({ baseURL: portal.url, locale: 'ja-JP', reducedMotion: 'reduce',
    viewport: { width: 1120, height: 1260 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setScrollbarsHidden', { hidden: true });
  await page.goto('/register');
  await fillIn(page, { ...kJudo, email: kAddress });
  await page.locator('#clinic_name', { hasText: '整骨院' }).waitFor();
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  await take(page, 'form');
  await send(page);
  await page.waitForURL('**/register/confirm');
  await page.setViewportSize({ width: 1120, height: 1100 });
  await take(page, 'confirm');
  await page.getByRole('button', { name: 'OK' }).click();
  await page.waitForURL('**/register/complete');
}

async function main() {
  mkdirSync(kFolder, { recursive: true });
  const portal = await startPortal();
  const browser = await launch();
  try {
    await takeScreens(browser, portal);
    await takeMail(browser, portal);
    await takeTimeline(browser, portal);
  } finally {
    await browser.close();
    await portal.stop();
  }
}

main();
