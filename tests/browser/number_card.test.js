// The clinic's number is one card: its parts stand in one row as in the notice, labels above, help
// and example below; where they do not fit they wrap in reading order. What the number says of the
// clinic appears in the same card and is announced with its names.
'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');
const { field, fillIn, kAhaki, kJudo } = require('./lib/registration.js');
const { kPhone, setUp } = require('./lib/stage.js');

const stage = setUp();

const kParts = {  // kind → field → what stands below it, as in the manual
  judo: {
    judo_agreement: '上記例【契0123456-7-8】の「契」に該当する箇所から、協または契をお選びください。',
    judo_number: '上記例【契0123456-7-8】の「0123456」部分に該当する数字7桁をご入力ください。\n例) 0123456',
    judo_suffix1: '上記例【契0123456-7-8】の「7」部分に該当する数字1桁をご入力ください。\n例) 7',
    judo_suffix2: '上記例【契0123456-7-8】の「8」部分に該当する数字1桁をご入力ください。\n例) 8',
  },
  ahaki: {
    ahaki_number: '上記例【01234567-8-9】の「01234567」部分に該当する数字8桁をご入力ください。\n例) 01234567',
    ahaki_suffix1: '上記例【01234567-8-9】の「8」部分に該当する数字1桁をご入力ください。\n例) 8',
    ahaki_suffix2: '上記例【01234567-8-9】の「9」部分に該当する数字1桁をご入力ください。\n例) 9',
  },
};
const kWaits = { judo: 'できるまで1か月程度お時間を要する', ahaki: 'できるまで最大1か月程度お時間を要する' };

async function card(t, kind, options) {
  const page = await stage.visitor(t, options);
  await page.goto('/register');
  await page.locator(`[name=institution][value=${kind}]`).check();
  return page;
}

// Of each part: the boxes of its label, field and help.
async function boxes(page, kind) {
  return Promise.all(Object.keys(kParts[kind]).map(async (name) => ({
    name,
    label: await page.locator(`label[for=${name}]`).boundingBox(),
    input: await field(page, name).boundingBox(),
    help: await page.locator(`#${name}_help`).boundingBox(),
  })));
}

const bottom = ({ y, height }) => y + height;

for (const kind of ['judo', 'ahaki']) {
  for (const javaScriptEnabled of [true, false]) {
    test(`${kind}: one row on a desktop, scripts ${javaScriptEnabled}`, async (t) => {
      const page = await card(t, kind, { javaScriptEnabled });
      const parts = await boxes(page, kind);
      for (const { name, label, input, help } of parts) {
        assert.equal(input.y, parts[0].input.y, name);
        assert.ok(bottom(label) <= input.y && bottom(input) <= help.y, `${name}: label, field, help`);
        assert.ok(label.x <= input.x && help.x <= input.x, `${name}: in its own column`);
      }
      for (let i = 1; i < parts.length; ++i) {
        assert.ok(parts[i].label.x > parts[i - 1].input.x + parts[i - 1].input.width, parts[i].name);
      }
    });
  }

  test(`${kind}: help and examples are the manual's, below their fields, and no placeholders`, async (t) => {
    const page = await card(t, kind);
    for (const [name, help] of Object.entries(kParts[kind])) {
      assert.equal(await page.locator(`#${name}_help`).innerText(), help);
      const described = await field(page, name).getAttribute('aria-describedby');
      assert.equal(described, `${name}_help`);
      assert.equal(await field(page, name).getAttribute('placeholder'), null);
    }
    const shown = await page.locator('.number').innerText();
    assert.ok(shown.includes(kWaits[kind]), shown);
    assert.ok(shown.includes('入力内容に応じて自動入力されます。'), shown);
    assert.equal(shown.match(/程度お時間を要する/g).length, 1);
  });

  for (const [where, viewport, size] of [['on a phone', kPhone, '100%'],
    ['320 px wide with text of 200 %', { width: 320, height: 800 }, '200%']]) {
    test(`${kind}: ${where} the parts wrap in reading order`, async (t) => {
      const page = await card(t, kind, { viewport });
      await page.evaluate((percent) => { document.documentElement.style.fontSize = percent; }, size);
      const parts = await boxes(page, kind);
      for (const [index, { name, label, input, help }] of parts.entries()) {
        assert.ok(bottom(label) <= input.y && bottom(input) <= help.y, `${name}: label, field, help`);
        assert.ok(input.x >= 0 && input.x + input.width <= viewport.width, name);
        const before = parts[index - 1];
        const follows = !before || label.y >= bottom(before.help)
          || (label.y === before.label.y && label.x > before.label.x);
        assert.ok(follows, `${name} comes after ${before?.name}`);
      }
      assert.ok(parts[1].label.y > parts[0].label.y, 'all in one row');
    });
  }
}

test('the clinic appears in the same card, and is announced with the names of its fields', async (t) => {
  for (const [kind, entries, words] of [
    ['judo', kJudo, /登録記号番号\s*契0123456-7-8\s*施術所名\s*みなと整骨院/],
    ['ahaki', kAhaki, /登録記号番号\s*01234567-8-9\s*施術所名\s*はりきゅうマッサージ つばさ/]]) {
    const page = await card(t, kind);
    await fillIn(page, entries);
    const status = page.locator('.number').getByRole('status');
    await status.filter({ hasText: words }).waitFor();
    assert.equal(await page.locator('[role=status] output').count(), 0, 'it would be said twice');
  }
});
