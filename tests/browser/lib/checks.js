// What must hold on whichever screen is shown. Each gives the objections, as lines to read.
'use strict';

const { execFile } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { promisify } = require('node:util');
const vnu = require('vnu-jar');

const kAxe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// axe-core: accessibility in general, or what these rules say. To be called with motion reduced.
async function axeObjections(page, rules = null) {
  await page.evaluate(`window.axe ?? ${kAxe}`);
  const options = rules ? { runOnly: rules } : { rules: { 'target-size': { enabled: true } } };
  const { violations } = await page.evaluate((chosen) => axe.run(document, chosen), options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));
}

// What stands out at the right, where the page scrolls sideways.
const tooWide = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > width)
    .map((element) => element.outerHTML.slice(0, 200));
});

// What is hard to hit with a finger: buttons, fields and links that stand by themselves.
const tooSmall = (page) => page.evaluate(() => {
  const isAlone = (element) => element.tagName !== 'A' || !element.closest('p, dd, li, dt, td')
    || element.closest('p, dd, li, dt, td').innerText.trim() === element.innerText.trim();
  return [...document.querySelectorAll('a, button, input, select, summary')]
    .map((element) => element.closest('label') ?? element)
    .filter((element) => isAlone(element) && element.checkVisibility()
      && !element.matches('.unseen, .skip, [type=hidden]'))
    .filter((element) => element.getBoundingClientRect().height < 44)
    .map((element) => `${element.getBoundingClientRect().height}: ${element.outerHTML}`);
});

// The Nu checker, on a folder of HTML files.
async function nuObjections(folder) {
  const check = promisify(execFile)('java', ['-jar', vnu, '--errors-only', folder]);
  const { stderr } = await check.catch((error) => error);
  return stderr.replaceAll(`file:${folder}/`, '').split('\n').filter(Boolean);
}

module.exports = { axeObjections, nuObjections, tooSmall, tooWide };
