// Prints the first contentful paint of pages on a slow phone and a slow line, run by run, and the
// medians; see tests/load/first_paint.
'use strict';

const { startPortal } = require('./portal.js');
const { kPhone, launch } = require('./stage.js');

const kRuns = 5;
const kEnough = 3500;  // ms
const kSlowness = 4;   // of the processor
// Puppeteer's 'Slow 3G': 400 kbit/s with 80 % of it left, and a latency of 400 ms five times.
const kSlow3G = { offline: false, latency: 2000, downloadThroughput: 50000, uploadThroughput: 50000 };

async function firstPaint(browser, url) {
  const context = await browser.newContext({ viewport: kPhone });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', kSlow3G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: kSlowness });
  await page.goto(url);
  const [paint] = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint'));
  await context.close();
  return Math.round(paint.startTime);
}

async function main() {
  const portal = await startPortal();
  const browser = await launch();
  try {
    for (const target of ['/', '/register', '/login']) {
      const times = [];
      for (let run = 0; run < kRuns; ++run) times.push(await firstPaint(browser, portal.url + target));
      const median = times.toSorted((a, b) => a - b)[Math.floor(kRuns / 2)];
      console.log(`${target}: ${times.join(' ')} ms, median ${median} ms`);
      if (median > kEnough) process.exitCode = 1;
    }
  } finally {
    await browser.close();
    await portal.stop();
  }
}

main();
