// Who follows a link to a field sees its label, not only the field: from the summary of errors, and from
// 修正する on the confirmation screen, on a phone that is short, with and without JavaScript.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { kScreens } = require('./lib/screens.js');
const { setUp } = require('./lib/stage.js');

const kShort = { width: 375, height: 560 };
const kWithErrors = ['form-errors-empty', 'form-errors-judo', 'form-errors-ahaki', 'login-empty',
  'account-errors'];

const stage = setUp();

// Of the label (or legend) and the field that has the focus: what is not in sight.
const hidden = (page) => page.evaluate(() => {
  const field = document.activeElement;
  const label = field.type === 'radio'
    ? field.closest('fieldset').querySelector('legend') : field.labels?.[0];
  return [label ?? document.body, field].filter((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top < 0 || bottom > innerHeight;
  }).map((element) => `${element.outerHTML.slice(0, 100)} at ${element.getBoundingClientRect().top}`);
});

const toTheEnd = (page) => page.evaluate(() => scrollTo(0, document.body.scrollHeight));

for (const name of kWithErrors) {
  test(name, async (t) => {
    const page = await stage.visitor(t, { reducedMotion: 'reduce' });
    await kScreens[name](page, stage);
    await page.setViewportSize(kShort);
    const links = await page.locator('.summary a').all();
    assert.ok(links.length > 0);
    for (const link of links) {
      await toTheEnd(page);
      const id = (await link.getAttribute('href')).slice(1);
      await link.click();
      await page.waitForFunction((field) => document.activeElement.id === field, id);
      assert.deepEqual(await hidden(page), [], `#${id}`);
    }
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`修正する, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const page = await stage.visitor(t, { javaScriptEnabled, viewport: kShort });
    await kScreens['confirm-judo'](page, stage);
    const targets = await page.locator('.answers a[href^="/register#"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    assert.ok(targets.length >= 5);
    for (const target of new Set(targets)) {
      await page.goto('/register/confirm');
      await page.locator(`.answers a[href="${target}"]`).first().click();
      await page.waitForURL(`**${target}`);
      await page.waitForFunction((id) => document.activeElement.id === id, target.split('#')[1]);
      assert.deepEqual(await hidden(page), [], target);
    }
  });
}
