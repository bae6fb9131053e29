// A mentor's day or week that fills up while the visitor looks: told as a refusal, in the visitor's
// language, with times of other days or weeks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createBookingDatabase, dateIn, openHours, startGateway } from '../gateway/stack.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

let database;
let gateway;
let browser;

before(async () => {
  database = await createBookingDatabase();
  // Without events, so that nobody hears of it before the press.
  gateway = await startGateway(
    { DATABASE_URL: database.urlFor('slotguard_web'), SLOTGUARD_EVENTS: 'off' });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

const weekOf = async (date) => (await database.admin.query(
  "SELECT to_char($1::date, 'IYYY-IW') AS week", [date])).rows[0].week;
const dateOf = async (date) => date;

for (const [index, { limit, locale, title, body, period, free }] of [
  { limit: 'day', locale: 'en-GB', title: 'No more sessions', free: /available/, period: dateOf,
    body: 'The mentor takes no more sessions on this day.' },
  { limit: 'week', locale: 'en-GB', title: 'No more sessions', free: /available/, period: weekOf,
    body: 'The mentor takes no more sessions in this week.' },
  { limit: 'day', locale: 'de', title: 'Keine weiteren Termine', free: /frei/, period: dateOf,
    body: 'Die Mentorin oder der Mentor nimmt an diesem Tag keine Termine mehr an.' },
  { limit: 'week', locale: 'de', title: 'Keine weiteren Termine', free: /frei/, period: weekOf,
    body: 'Die Mentorin oder der Mentor nimmt in dieser Woche keine Termine mehr an.' },
].entries()) {
  test(`a ${limit} that is full by now is told in ${locale}, with times of another ${limit}`, async () => {
    const mentor = `${limit} ${locale}`;
    const date = await dateIn(database, 2);
    await openHours(database, mentor);
    await database.admin.query(
      `UPDATE mentor_settings SET max_sessions_per_${limit} = 1 WHERE mentor_id = $1`, [mentor]);
    const visitor = await visit(browser, gateway, { mentor, startup: 100 + index, locale });
    await visitor.openDay(date);
    await visitor.slot(`${date}T09:00`).click();
    await database.admin.query(`INSERT INTO mentor_startup_sessions
      (mentor_id, startup_id, session_date, session_time) VALUES ($1, $2, $3, '11:00')`, [mentor, 200 + index, date]);

    await visitor.bookButton.click();
    assert.equal(await outcomeIn(visitor.refusal), 'limit_reached');
    assert.equal(await visitor.focused(), 'alert');
    assert.equal(await visitor.page.locator('[data-tone]').getAttribute('data-tone'), 'warning');
    const lines = await visitor.refusal.locator('h3, p').allInnerTexts();
    // Below it stands how many other times are offered.
    assert.deepEqual([lines.at(0), lines.at(-2)], [title, body]);

    const offered = await visitor.alternatives.evaluateAll((buttons) =>
      buttons.map(({ dataset, textContent }) => [dataset.alternative.slice(0, 10), textContent]));
    assert.equal(offered.length, 5);
    for (const [day, label] of offered) {
      assert.notEqual(await period(day), await period(date));
      assert.match(label, new RegExp(`\\b${Number(day.slice(8))}\\b.*\\d\\d:\\d\\d`), 'it names its day');
    }

    await visitor.page.locator(`[data-day="${date}"][data-free="0"]`).waitFor();
    assert.equal(await visitor.slot(`${date}T09:00`).getAttribute('data-state'), 'closed');
    assert.equal(await visitor.page.getByRole('radio', { name: free }).count(), 0);
    await visitor.alternatives.first().click();
    assert.equal(await outcomeIn(visitor.news), 'booked');
    assert.deepEqual(visitor.trouble, []);
    await visitor.leave();
  });
}
