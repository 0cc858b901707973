// Prints Lighthouse's scores, run by run, and their medians; see tests/load/lighthouse.
'use strict';

const { lighthouse } = require('./lighthouse.js');
const { startPortal } = require('./portal.js');

const kRuns = 5;
const kEnough = 98;

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function measure(portal, target) {
  const performance = [];
  for (let run = 1; run <= kRuns; ++run) {
    const { scores } = await lighthouse(portal.url + target);
    console.log(target, JSON.stringify(scores));
    performance.push(scores.performance);
  }
  console.log(`${target} performance, median of ${kRuns}: ${median(performance)}`);
  return median(performance);
}

async function main() {
  const portal = await startPortal();
  try {
    const medians = [await measure(portal, '/'), await measure(portal, '/register')];
    process.exitCode = Math.min(...medians) >= kEnough ? 0 : 1;
  } finally {
    await portal.stop();
  }
}

main();
