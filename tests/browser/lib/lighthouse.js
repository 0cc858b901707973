// Lighthouse on a page, as on a phone: { accessibility, 'best-practices', seo, performance } from 0
// to 100, and the audits that cost points.
'use strict';

const { pathToFileURL } = require('node:url');
const { freePort } = require('./portal.js');
const { launch } = require('./stage.js');

const kTries = 3;

// Lighthouse's report, from a Chromium of its own. `options`: more of Lighthouse's flags.
async function reportOn(url, options) {
  const { default: measure } = await import(pathToFileURL(require.resolve('lighthouse')));
  const port = await freePort();
  const browser = await launch([`--remote-debugging-port=${port}`]);
  try {
    return (await measure(url, { port, logLevel: 'error', ...options })).lhr;
  } finally {
    await browser.close();
  }
}

// On a busy machine Lighthouse may miss what it waits for: an audit then has no score but an error,
// and says nothing about the page.
const failures = ({ audits }) => Object.values(audits).filter(({ errorMessage }) => errorMessage)
  .map(({ id, errorMessage }) => `${id}: ${errorMessage}`);

async function lighthouse(url, options = {}) {
  let report = await reportOn(url, options);
  for (let tries = 1; failures(report).length > 0; ++tries) {
    if (tries === kTries) throw new Error(`Lighthouse: ${failures(report).join('; ')}`);
    report = await reportOn(url, options);
  }
  const scores = Object.values(report.categories)
    .map(({ id, score }) => [id, Math.round(score * 100)]);
  const costly = Object.values(report.audits).filter(({ score }) => score !== null && score < 1)
    .map(({ id, title, displayValue = '' }) => `${id}: ${title} ${displayValue}`);
  return { scores: Object.fromEntries(scores), costly };
}

module.exports = { lighthouse };
