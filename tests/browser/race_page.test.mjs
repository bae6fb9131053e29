// The race page on the demo's gateway: what the two and the hundred are told is what the database
// holds, and the drawing says what the clocks said.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, test } from 'node:test';
import { createBookingDatabase, openHours, root, runScript, startGateway }
  from '../gateway/stack.mjs';
import { instantOf } from '../../web/page/race/demo_api.mjs';
import { countTold, median } from '../../web/page/race/storm_view.mjs';
import { tickStep } from '../../web/page/race/timeline.mjs';
import { launchBrowser, open } from './visitors.mjs';

let database;
let gateway;
let browser;

before(async () => {
  database = await createBookingDatabase();
  await runScript(database, 'web/server/signed_in_roles.sql');
  await openHours(database, 'ada', { zone: 'Europe/Berlin', opens: '09:00', closes: '17:00' });
  gateway = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') },
    'web/demo/gateway.mjs');
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});
beforeEach(() => database.admin.query(
  'DELETE FROM mentor_startup_sessions; DELETE FROM mentor_availability_overrides'));

const axe = await readFile(`${root}tests/node_modules/axe-core/axe.min.js`, 'utf8');

async function complaints({ page }) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

async function openRace(how = {}, locale = 'en-GB') {
  const visitor = await open(browser,
    `${gateway.url}/race?${new URLSearchParams({ locale, timeZone: 'UTC' })}`, how);
  await settled(visitor);
  return visitor;
}

/** All is told, and the next time is known. */
const settled = ({ page }) => page.locator('[data-action="race"][aria-disabled="false"]').waitFor();

const press = async (visitor, name) => {
  await visitor.page.locator(`[data-action="${name}"]`).click();
  await settled(visitor);
};

const outcomesOf = ({ page }) => page.locator('[data-visitor] [data-outcome]')
  .evaluateAll((told) => told.map(({ dataset }) => dataset.outcome));

const scheduled = async () => (await database.admin.query(
  `SELECT id::int, startup_id::int, session_date::text, session_time::text,
          (extract(epoch FROM created_at) * 1000)::float8 AS created
   FROM mentor_startup_sessions WHERE status = 'scheduled' ORDER BY starts_at`)).rows;

test('one button fires both: one has it, the other is told so with times nearby', async () => {
  const visitor = await openRace();
  await press(visitor, 'race');
  assert.deepEqual((await outcomesOf(visitor)).toSorted(), ['booked', 'slot_taken']);
  const [row, ...more] = await scheduled();
  assert.deepEqual(more, []);
  const winner = await visitor.page.locator('[data-visitor]:has([data-outcome="booked"])')
    .getAttribute('data-visitor');
  assert.equal(Number(winner), row.startup_id);
  const loser = visitor.page.locator('[data-visitor]:has([data-outcome="slot_taken"])');
  assert.ok(await loser.locator('[data-alternative]').count() > 0);
  assert.match(await visitor.page.getByRole('status').first().innerText(),
    /^(Kite Labs|Paper Boat) has the time\. (Kite Labs|Paper Boat) was told after/);
  assert.deepEqual(visitor.trouble, []);
  await visitor.leave();
});

test('the row that is shown is the database\'s, and the only one at that time', async () => {
  const visitor = await openRace();
  await press(visitor, 'race');
  const [row] = await scheduled();
  const shown = visitor.page.locator('table.rows tbody tr');
  assert.equal(await shown.count(), 1);
  assert.deepEqual((await shown.locator('td').allInnerTexts()).slice(0, 5),
    [row.id, row.startup_id, row.session_date, row.session_time, 'scheduled'].map(String));
  assert.equal(await visitor.page.locator('[data-rows]').getAttribute('data-rows'), '1');
  await visitor.leave();
});

test('each is answered in a language of their own, and can be answered in another', async () => {
  const visitor = await openRace();
  await press(visitor, 'race');
  const [first, second] = [11, 12].map((startup) =>
    visitor.page.locator(`[data-visitor="${startup}"] [data-outcome]`));
  assert.equal(await first.getAttribute('lang'), 'en');
  assert.equal(await second.getAttribute('lang'), 'de');
  const before = await second.innerText();
  await visitor.page.locator('[data-visitor="12"] select').selectOption('en');
  await visitor.page.locator('[data-visitor="12"] [data-outcome][lang="en"]').waitFor();
  assert.notEqual(await second.innerText(), before);
  await visitor.leave();
});

test('a card is in one language, and writes times by the clock that the visitor has', async () => {
  const visitor = await openRace();
  await press(visitor, 'race');
  const german = visitor.page.locator('[data-visitor="12"] p[lang="de"]').first();
  assert.match(await german.innerText(), /\d{1,2}\. \p{L}+ \d{4}/u);
  await visitor.page.locator('[data-visitor="12"] select').selectOption('en');
  await visitor.page.locator('[data-visitor="12"] [data-outcome][lang="en"]').waitFor();
  const said = (await visitor.page.locator('[data-visitor]').allInnerTexts()).join(' ');
  assert.doesNotMatch(said, /\d\s[AP]M/i);
  assert.match(said, /\d\d:\d\d/);
  await visitor.leave();
});

test('the drawing has both lanes and the moment, and its table has their times', async () => {
  const visitor = await openRace();
  await press(visitor, 'race');
  const drawing = visitor.page.locator('svg.timeline');
  assert.equal(await drawing.getAttribute('role'), 'img');
  assert.ok((await drawing.getAttribute('aria-label')).length > 40);
  assert.deepEqual((await drawing.locator('.lane').evaluateAll((lanes) =>
    lanes.map(({ dataset }) => dataset.outcome))).toSorted(), ['booked', 'slot_taken']);
  const rows = await visitor.page.locator('table').first().locator('tbody tr').allInnerTexts();
  assert.deepEqual(rows.map((row) => row.split('\t')[0]),
    ['Pressed', 'Request sent', 'The database decides', 'Answered']);
  await visitor.leave();
});

test('the moment of decision lies between the winner\'s request and answer', async () => {
  const visitor = await openRace();
  for (let i = 0; i < 3; i += 1) {
    await press(visitor, 'race');
    const [lane] = await numbers(visitor, '.lane[data-outcome="booked"]');
    const [{ decided }] = await numbers(visitor, 'svg .decision');
    const [{ margin }] = await numbers(visitor, '[data-margin]');
    assert.ok(margin > 0 && margin < 1000);
    assert.ok(decided > lane.sent - margin, `${decided} ms, and ${lane.sent} ms sent`);
    assert.ok(decided < lane.answered + margin, `${decided} ms, and ${lane.answered} ms answered`);
  }
  await visitor.leave();
});

const numbers = ({ page }, selector) => page.locator(selector).evaluateAll((found) =>
  found.map(({ dataset }) => Object.fromEntries(
    Object.entries(dataset).map(([name, value]) => [name, Number(value)]))));

test('a race can be run again, each time for the next free time', async () => {
  const visitor = await openRace();
  for (let i = 1; i <= 3; i += 1) {
    await press(visitor, 'race');
    assert.deepEqual((await outcomesOf(visitor)).toSorted(), ['booked', 'slot_taken']);
    assert.equal((await scheduled()).length, i);
  }
  await visitor.leave();
});

test('of a hundred one is told that it is booked, and there is one row', async () => {
  const visitor = await openRace();
  await press(visitor, 'storm');
  const told = await visitor.page.locator('[data-told]').evaluateAll((lines) =>
    lines.map(({ dataset }) => [dataset.told, dataset.count]));
  assert.deepEqual(told, [['booked', '1'], ['slot_taken', '99']]);
  assert.equal((await scheduled()).length, 1);
  assert.equal(await visitor.page.locator('[data-rows]').getAttribute('data-rows'), '1');
  assert.match(await visitor.page.getByRole('status').nth(1).innerText(),
    /^All had their answer after .*s, half of them within .*s\.\s+1 visitor was told: .+\s+99 visitors were told: /);
  assert.deepEqual(visitor.trouble, []);
  await visitor.leave();
});

test('what the page has booked it cancels, also after a reload, and nothing else', async () => {
  const visitor = await openRace();
  await database.admin.query(`SELECT book_session('ada', 77, session_date, session_time)
    FROM next_available_slots('ada', now() + interval '3 days', 1)`);
  await press(visitor, 'race');
  await press(visitor, 'storm');
  await visitor.page.reload();
  await settled(visitor);
  assert.equal((await scheduled()).length, 3);
  await press(visitor, 'tidy');
  assert.deepEqual((await scheduled()).map((row) => row.startup_id), [77]);
  assert.match(await visitor.page.getByRole('status').last().innerText(),
    /^2 sessions are cancelled/);
  await visitor.leave();
});

test('what was cancelled is shown no more as booked', async () => {
  const visitor = await openRace();
  await press(visitor, 'race');
  await press(visitor, 'storm');
  await press(visitor, 'tidy');
  assert.deepEqual(await visitor.page.locator('[data-rows]').allInnerTexts(),
    Array(2).fill('No row shares this time.'));
  assert.equal(await visitor.page.locator('[data-session]').count(), 0);
  await visitor.leave();
});

test('where no time is free it says so, and tidying up brings some back', async () => {
  const visitor = await openRace();
  await press(visitor, 'race');
  await database.admin.query(`INSERT INTO mentor_availability_overrides
    (mentor_id, during, available) VALUES ('ada', tstzrange(now(), NULL), false)`);
  const button = visitor.page.locator('[data-action="race"]');
  await visitor.page.reload();
  await visitor.page.getByText('ada has no free time left.').waitFor();
  assert.equal(await button.getAttribute('aria-disabled'), 'true');
  await button.dispatchEvent('click');
  assert.equal((await scheduled()).length, 1);
  await database.admin.query('DELETE FROM mentor_availability_overrides');
  await press(visitor, 'tidy');
  assert.equal(await button.getAttribute('aria-disabled'), 'false');
  await visitor.leave();
});

test('where somebody else was faster than both, both are told', async () => {
  const visitor = await openRace();
  await database.admin.query(`SELECT book_session('ada', 77, session_date, session_time)
    FROM next_available_slots('ada', now(), 1)`);
  await press(visitor, 'race');
  assert.deepEqual(await outcomesOf(visitor), ['slot_taken', 'slot_taken']);
  assert.match(await visitor.page.getByRole('status').first().innerText(), /^Neither has the time/);
  assert.equal(await visitor.page.locator('.decision line').count(), 0);
  assert.equal(await visitor.page.locator('[data-rows]').getAttribute('data-rows'), '1');
  await visitor.leave();
});

test('without an answer it says so, and goes on once there is one', async () => {
  const visitor = await openRace();
  await visitor.page.context().setOffline(true);
  await visitor.page.locator('[data-action="race"]').click();
  await visitor.page.getByRole('alert').getByText('The demo does not answer').waitFor();
  await visitor.page.context().setOffline(false);
  await press(visitor, 'retry');
  await press(visitor, 'race');
  assert.equal(await visitor.page.getByRole('alert').innerText(), '');
  assert.deepEqual((await outcomesOf(visitor)).toSorted(), ['booked', 'slot_taken']);
  await visitor.leave();
});

test('all of it can be done with the keyboard, and the focus stays where it was', async () => {
  const visitor = await openRace();
  for (const name of ['race', 'storm', 'tidy']) {
    const focused = () => visitor.page.evaluate(() => document.activeElement.dataset.action);
    for (let i = 0; i < 12 && await focused() !== name; i += 1) {
      await visitor.page.keyboard.press('Tab');
    }
    assert.equal(await focused(), name);
    await visitor.page.keyboard.press('Enter');
    await settled(visitor);
    assert.equal(await focused(), name);
  }
  assert.deepEqual(await scheduled(), []);
  await visitor.leave();
});

test('an instant of the database\'s keeps its microseconds', () => {
  const second = Date.UTC(2026, 10, 25, 22, 51, 54);
  for (const [fraction, milliseconds] of [['', 0], ['.1', 100], ['.110437', 110.437],
    ['.1104', 110.4], ['.000007', 0.007]]) {
    const instant = instantOf(`2026-11-25T22:51:54${fraction}+00:00`);
    assert.ok(Math.abs(instant - second - milliseconds) < 0.0005, fraction);
  }
});

test('what many were told is counted, the rarest first, errors by their code', () => {
  const told = [...Array(3).fill({ outcome: 'slot_taken' }), { outcome: 'booked' },
    { outcome: null, code: 'PGRST003' }, { outcome: null, code: 'PGRST003' }];
  assert.deepEqual(countTold(told), [['booked', 1], ['PGRST003', 2], ['slot_taken', 3]]);
  assert.equal(median([5, 1, 3]), 3);
  assert.equal(median([4, 1, 3, 2]), 2.5);
});

test('the ticks of the drawing are round, and no more than fit', () => {
  const steps = [[10, 5], [101, 5], [6.8, 4], [0.9, 3]].map(([span, most]) => tickStep(span, most));
  assert.deepEqual(steps, [2, 50, 2, 0.5]);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing, before and after all has run, in ${colorScheme}`, async () => {
    const visitor = await openRace({ colorScheme, reducedMotion: 'reduce' });
    assert.deepEqual(await complaints(visitor), []);
    await press(visitor, 'race');
    await press(visitor, 'storm');
    assert.deepEqual(await complaints(visitor), []);
    await visitor.leave();
  });
}

test('nothing is cut off on a screen of 320 pixels', async () => {
  const visitor = await openRace({ viewport: { width: 320, height: 640 } }, 'de');
  await press(visitor, 'race');
  await press(visitor, 'storm');
  const { scrollWidth, clientWidth } = await visitor.page.evaluate(() => {
    const { documentElement: { scrollWidth, clientWidth } } = document;
    return { scrollWidth, clientWidth };
  });
  assert.equal(scrollWidth, clientWidth);
  const cutOff = await visitor.page.locator('svg.timeline text').evaluateAll((texts) => {
    const { left, right } = document.querySelector('svg.timeline').getBoundingClientRect();
    return texts.filter((text) => {
      const box = text.getBoundingClientRect();
      return box.left < left - 1 || box.right > right + 1;
    }).map((text) => text.textContent);
  });
  assert.deepEqual(cutOff, []);
  await visitor.leave();
});
