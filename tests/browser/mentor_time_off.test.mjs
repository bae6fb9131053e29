// Time off and extra hours at the mentor's page: what is written, and what is said of it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createSignedInStack, dateIn, openHours } from '../gateway/stack.mjs';
import { openMentor, says } from './mentors.mjs';
import { launchBrowser } from './visitors.mjs';

let database;
let gateway;
let browser;
let today;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  today = await dateIn(database, 0);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});
beforeEach(() => database.admin.query(
  'TRUNCATE mentor_settings, mentor_availability, mentor_availability_overrides'));

const overridesOf = async (mentor) => (await database.admin.query(
  `SELECT lower(during) AS from, upper(during) AS to, available, reason
   FROM mentor_availability_overrides WHERE mentor_id = $1 ORDER BY id`, [mentor])).rows;
const focusedText = (mentor) => mentor.page.evaluate(() => document.activeElement.textContent);
const instants = ({ from, to }) => [from.toISOString(), to.toISOString()];

test('whole days off begin and end at the mentor’s midnight, and are drawn over the hours', async () => {
  await openHours(database, 'ada', { zone: 'America/New_York' });
  const date = await dateIn(database, 3);
  const mentor = await openMentor(browser, gateway, 'ada', { how: { timezoneId: 'Asia/Tokyo' } });
  await mentor.page.locator('#add-time-off').click();
  await mentor.fill('from_date', date);
  await mentor.fill('to_date', date);
  await mentor.fill('reason', 'Conference');
  await mentor.accept();
  await says(mentor.news, 'Time off added');
  const { rows: [{ from, to }] } = await database.admin.query(
    `SELECT $1::date::timestamp AT TIME ZONE 'America/New_York' AS from,
            ($1::date + 1)::timestamp AT TIME ZONE 'America/New_York' AS to`, [date]);
  const [written] = await overridesOf('ada');
  assert.deepEqual(written, { from, to, available: false, reason: 'Conference' });
  assert.match(await mentor.overrides.innerText(), /Time off\s+.*all day\s+Conference/s);
  await mentor.showWeekOf(date);
  assert.equal(await mentor.day(date).locator('[data-kind="off"]').innerText()
    .then((text) => text.replace(/\s+/g, ' ')), 'Time off: all day Conference');
  assert.equal(await mentor.day(date).locator('[data-kind="open"]').count(), 0);
  const remove = mentor.page.getByRole('button', { name: /^Remove: Time off/ });
  await remove.press('Enter');
  assert.equal(await focusedText(mentor), 'Remove this time off');
  assert.match(await mentor.dialog.innerText(), /Time off, .*all day/);
  await mentor.dialog.getByRole('button', { name: 'Leave it as it is' }).click();
  assert.equal((await overridesOf('ada')).length, 1);
  assert.ok(await remove.evaluate((button) => button === document.activeElement));
  await remove.press('Enter');
  await mentor.accept();
  await says(mentor.news, 'Removed');
  assert.deepEqual(await overridesOf('ada'), []);
  assert.equal(await mentor.page.evaluate(() => document.activeElement.id), 'add-time-off');
  await mentor.leave();
});

test('however much time off is over, what is to come is listed', async () => {
  await database.admin.query(`INSERT INTO mentor_availability_overrides (mentor_id, during, available, source)
    SELECT 'ada', tstzrange(now() - interval '1 day' * n, now() - interval '1 day' * n + interval '1 hour'),
      false, 'calendar' FROM generate_series(1, 1000) AS n
    UNION ALL SELECT 'ada', tstzrange(now() + interval '1 day', now() + interval '2 days'), false, NULL`);
  const mentor = await openMentor(browser, gateway, 'ada');
  assert.equal(await mentor.overrides.count(), 1);
  await mentor.leave();
});

test('the last day is the first one until it is chosen, however the first one is typed', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  const valueOf = (name) => mentor.dialog.locator(`[name="${name}"]`).inputValue();
  await mentor.page.locator('#add-time-off').click();
  for (const day of ['2031-12-27', '2031-12-04']) {
    await mentor.fill('from_date', day);
    assert.equal(await valueOf('to_date'), day);
  }
  await mentor.fill('to_date', '2031-12-05');
  for (const day of ['2031-12-02', '2031-12-27', '2031-12-04']) await mentor.fill('from_date', day);
  assert.equal(await valueOf('to_date'), '2031-12-05');
  await mentor.page.keyboard.press('Escape');
  for (const [button, name] of [['#add-time-off', 'to_date'], ['#add-hours', 'valid_until']]) {
    await mentor.page.locator(button).click();
    await mentor.dialog.locator(`[name="${name}"]`).pressSequentially('110312026');
    assert.ok((await valueOf(name)).length <= 10, await valueOf(name));
    assert.equal(await mentor.dialog.locator(`[name="${name}"]`).getAttribute('max'), '9999-12-31');
    await mentor.page.keyboard.press('Escape');
  }
  await mentor.leave();
});

test('time off is told with its days, and with the sessions that stay booked in it', async () => {
  await openHours(database, 'ada', { zone: 'UTC' });
  const [first, last] = [await dateIn(database, 4), await dateIn(database, 5)];
  const add = async () => {
    await mentor.page.locator('#add-time-off').click();
    await mentor.fill('from_date', first);
    await mentor.fill('to_date', last);
    await mentor.accept();
    await says(mentor.news, 'Time off added');
    return mentor.news.innerText();
  };
  const mentor = await openMentor(browser, gateway, 'ada');
  const dayOf = (date) => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
    .format(Date.parse(date));
  const alone = await add();
  assert.match(alone, new RegExp(`${dayOf(first)}.*–.*${dayOf(last)}`));
  assert.doesNotMatch(alone, /booked in this time/);
  await mentor.page.getByRole('button', { name: /^Remove: Time off/ }).press('Enter');
  await mentor.accept();
  await says(mentor.news, 'Removed');
  const { rows: booked } = await database.admin.query(
    `SELECT (book_session('ada', startup, day, time)).session_id AS id FROM (VALUES (7, $1::date, '09:30'::time),
       (8, $2::date, '10:00'), (9, $2::date, '11:00'), (10, $2::date + 1, '09:00')) AS _ (startup, day, time)`, [first, last]);
  await database.admin.query('SELECT cancel_session($1)', [booked[2].id]);
  assert.match(await add(), /2 sessions are booked in this time, and stay booked/);
  await mentor.leave();
});

test('a time that the clock skips, and one that it shows twice, is what PostgreSQL takes it for', async () => {
  await openHours(database, 'ada', { zone: 'Europe/Berlin' });
  const mentor = await openMentor(browser, gateway, 'ada');
  await mentor.page.locator('#add-extra-hours').click();
  await mentor.fill('from_date', '2031-03-30');
  await mentor.fill('from_time', '02:30');
  await mentor.fill('to_date', '2031-10-26');
  await mentor.fill('to_time', '02:30');
  await mentor.accept();
  await says(mentor.news, 'Extra hours added');
  const [written] = await overridesOf('ada');
  assert.deepEqual(instants(written), ['2031-03-30T01:30:00.000Z', '2031-10-26T01:30:00.000Z']);
  assert.match(await mentor.overrides.innerText(), /30 March 2031, 03:30/);
  await mentor.leave();
});

test('time off within a day is said with its date once; what is over is not listed', async () => {
  await openHours(database, 'ada', { zone: 'UTC' });
  await database.admin.query(
    `INSERT INTO mentor_availability_overrides (mentor_id, during, available, reason, source)
     VALUES ('ada', '[2020-01-01 10:00+00, 2020-01-01 12:00+00)', false, 'long ago', NULL),
            ('ada', '[2031-01-01 10:00+00, 2031-01-01 12:00+00)', false, NULL, 'work.ics'),
            ('ada', '[2031-06-01 00:00+00,)', false, 'sabbatical', NULL)`);
  const mentor = await openMentor(browser, gateway, 'ada');
  const said = (await mentor.overrides.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
  assert.equal(said.length, 2);
  assert.match(said[0], /^Time off Wednesday,? 1 January 2031, 10:00.*12:00 From the calendar work\.ics/);
  assert.match(said[1], /From Sunday,? 1 June 2031, 00:00 on sabbatical/);
  await mentor.page.locator('#add-time-off').click();
  await mentor.dialog.getByRole('checkbox', { name: 'All day' }).uncheck();
  await mentor.fill('from_date', today);
  await mentor.fill('from_time', '12:00');
  await mentor.fill('to_date', today);
  await mentor.fill('to_time', '12:00');
  await mentor.accept();
  await says(mentor.dialog, 'The end has to come after the beginning.');
  assert.equal((await overridesOf('ada')).length, 3);
  await mentor.leave();
});

test('on the night when the clock is put back, an hour that comes twice is drawn twice', async () => {
  await openHours(database, 'ada', { zone: 'Europe/Berlin', opens: '01:00', closes: '05:00' });
  const { rows: [{ date }] } = await database.admin.query(
    `SELECT max(day)::date::text AS date FROM generate_series(date_trunc('year', now()) + '1 year 9 months',
      date_trunc('year', now()) + '1 year 10 months -1 day', '1 day') AS day WHERE extract(dow FROM day) = 0`);
  await database.admin.query("UPDATE mentor_settings SET booking_horizon = '3 years'");
  // PostgreSQL takes a time that comes twice for the second one, as AT TIME ZONE does.
  await database.admin.query("SELECT book_session('ada', 7, $1, '02:00')", [date]);
  const mentor = await openMentor(browser, gateway, 'ada');
  await mentor.showWeekOf(date);
  const edge = await mentor.page.locator('#week .hours').evaluate((hours) => hours.textContent);
  assert.match(edge, /01:0002:0002:00 again03:00/);
  const saturday = new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
  const edges = (day, kind) => mentor.day(day).locator(`[data-kind="${kind}"]`).evaluateAll((items) => {
    const boxes = items.map((item) => item.getBoundingClientRect());
    return [boxes.at(0).top, boxes.at(-1).bottom].map(Math.round);
  });
  assert.deepEqual(await edges(date, 'open'), await edges(saturday, 'open'), 'both are from 1 to 5');
  const again = await mentor.page.getByText('02:00 again').evaluate((tick) => {
    const { top, bottom } = tick.getBoundingClientRect();
    return (top + bottom) / 2;
  });
  const [top] = await edges(date, 'session');
  assert.ok(Math.abs(top - again) < 3, `a session at the second 2:00 begins there: ${top}, ${again}`);
  assert.equal(await mentor.day(date).locator('.missing').count(), 0);
  assert.equal(await mentor.day(saturday).locator('.missing').count(), 1);
  await mentor.leave();
});
