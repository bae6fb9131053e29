// Losing in each language that there is: told in one's own words, with nothing of another language
// left on the page, and mirrored where one reads from right to left.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { createSignedInStack, dateIn, openHours, root, rpc, signedIn, startupClaims, tokenFor }
  from '../gateway/stack.mjs';
import { scrollsSideways, textsOf } from './seen.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

const zones = { visitor: 'Europe/Berlin', mentor: 'America/New_York' };
const names = (await readdir(`${root}wasm/languages`)).filter((name) => name.endsWith('.json'));
const languages = await Promise.all(names.map(async (name) =>
  JSON.parse(await readFile(`${root}wasm/languages/${name}`, 'utf8'))));

let database;
let gateway;
let browser;

before(async () => {
  // Without events, so that who comes second has not heard of it before he presses.
  ({ database, gateway } = await createSignedInStack({ SLOTGUARD_EVENTS: 'off' }));
  for (const { language } of languages) await openHours(database, `mx-${language}`, { zone: zones.mentor });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

const latinWords = (text) => text.toLowerCase().match(/\p{Script=Latin}[\p{Script=Latin}\p{M}]*/gu) ?? [];

/** All that Intl may write in a language, of what the page shows. */
function textsOfIntl(language) {
  const write = (date, options) => new Intl.DateTimeFormat(language, options).format(date);
  const days = Array.from({ length: 366 }, (_, day) => new Date(Date.UTC(2026, 0, 1 + day, day % 24)));
  const styles = ['full', 'long', 'medium'].map((dateStyle) => ({ dateStyle, timeStyle: 'short' }));
  const more = [{ weekday: 'short' }, { month: 'long', year: 'numeric' }, { month: 'long' },
    ...Object.values(zones).map((timeZone) => ({ timeZone, timeZoneName: 'longGeneric' }))];
  return [
    ...days.flatMap((day) => [...styles, ...more].map((options) => write(day, options))),
    ...[1, 2, 5, 30, 60, 90].map((minutes) => new Intl.NumberFormat(language,
      { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(minutes)),
  ];
}

const phrasesIn = (part) => (typeof part === 'string' ? [part] : Object.values(part).flatMap(phrasesIn));

/** The words that may stand on a page in a language: those of its file, and Intl's. */
function wordsOf({ language, outcomes, states, slots, page }) {
  const phrases = [outcomes, states, slots, page].flatMap(phrasesIn)
    .map((phrase) => phrase.replace(/\{\w+\}/g, ' '));
  return new Set([`mx ${language}`, ...phrases, ...textsOfIntl(language)].flatMap(latinWords));
}

/** What stands on the page, or is said of it, in words that are none of its language's. */
async function leftovers(visitor, file) {
  const known = wordsOf(file);
  const texts = await textsOf(visitor.page);
  assert.ok(texts.length > 60, 'the whole page is read');
  return texts.filter((text) => latinWords(text).some((word) => !known.has(word)));
}

/** Nothing is further to the side than the page is wide, and reading begins on the right side. */
async function assertDirection({ page }, direction) {
  assert.equal(await scrollsSideways(page), false);
  const { order, border, columns } = await page.evaluate(() => {
    const base = document.querySelector('slotguard-booking').shadowRoot;
    const left = (selector, index = 0) => base.querySelectorAll(selector)[index].getBoundingClientRect().left;
    const { borderLeftWidth, borderRightWidth } = getComputedStyle(base.querySelector('.message[data-tone]'));
    return {
      order: [left('th', 0) < left('th', 6), left('[data-slot]', 0) < left('[data-slot]', 1),
        left('.turn', 0) < left('.turn', 1)],
      border: parseFloat(borderLeftWidth) > parseFloat(borderRightWidth),
      columns: left('fieldset.lengths') < left('fieldset.times'),
    };
  });
  const isForward = direction === 'ltr';
  assert.deepEqual({ order, border, columns },
    { order: [isForward, isForward, isForward], border: isForward, columns: isForward });
}

for (const [index, file] of languages.entries()) {
  const { language, direction, outcomes, page: phrases } = file;
  test(`in ${language} who comes second is told in that language alone, and takes another time`, async () => {
    const mentor = `mx-${language}`;
    const date = await dateIn(database, 2);
    const [first, second] = [1000 + index, 2000 + index];
    const visitor = await visit(browser, gateway, { mentor, locale: language,
      timeZone: zones.visitor, token: tokenFor(startupClaims(second)) }, { viewport: { width: 320, height: 800 } });
    const { page } = visitor;
    await visitor.openDay(date);
    await visitor.slot(`${date}T10:00`).click();
    assert.deepEqual(await leftovers(visitor, file), [], 'before');

    const won = await rpc(gateway, 'book_session',
      { mentor_id: mentor, startup_id: first, session_date: date, session_time: '10:00' },
      signedIn(startupClaims(first)));
    assert.equal(won.body.outcome, 'booked');
    await visitor.bookButton.click();
    assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
    assert.equal(await visitor.focused(), 'alert');
    const { title, body } = outcomes.slot_taken;
    assert.equal(await visitor.refusal.locator('h3').innerText(), title);
    assert.ok((await visitor.refusal.locator('p').allInnerTexts()).includes(body));
    assert.equal(await page.getByRole('group', { name: phrases.alternatives }).count(), 1);
    await visitor.listShown();

    const spoken = (element) => element.evaluate((node) => [node.lang, node.dir]);
    assert.deepEqual(await spoken(page.locator('html')), [language, direction]);
    assert.deepEqual(await spoken(page.locator('.booking')), [language, direction]);
    // What is put into a phrase of the other direction is kept apart by marks that nobody sees.
    assert.equal((await page.title()).replace(/[\u2066-\u2069]/g, ''), phrases.title.replace('{mentor}', mentor));
    assert.deepEqual(await leftovers(visitor, file), [], 'after the refusal');
    assert.equal(await scrollsSideways(page), false, 'at 320 pixels');
    await page.setViewportSize({ width: 1280, height: 800 });
    await assertDirection(visitor, direction);

    await page.locator(`[data-alternative="${date}T10:30"]`).click();
    assert.equal(await outcomeIn(visitor.news), 'booked');
    assert.equal(await visitor.news.locator('h3').innerText(), outcomes.booked.title);
    await page.locator('[data-session]').waitFor();
    assert.deepEqual(await leftovers(visitor, file), [], 'once it is booked');
    const { rows } = await database.admin.query(`SELECT startup_id::int, to_char(session_time, 'HH24:MI') AS time
      FROM mentor_startup_sessions WHERE mentor_id = $1 ORDER BY session_time`, [mentor]);
    assert.deepEqual(rows, [{ startup_id: first, time: '10:00' }, { startup_id: second, time: '10:30' }]);
    assert.deepEqual(visitor.trouble, []);
    await visitor.leave();
  });
}
