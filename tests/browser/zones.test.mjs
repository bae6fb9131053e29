// The visitor's clock stands wherever he is: days and times are his own, both zones are named, and
// what is booked is the instant that was chosen, also in the nights when a clock changes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSignedInStack, dateIn, openHours, startupClaims, tokenFor } from '../gateway/stack.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

let database;
let gateway;
let browser;
/** The nights of the coming year in which Berlin's clock changes. */
let nights;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  await openHours(database, 'ada', { zone: 'Europe/Berlin' });
  const after = await dateIn(database, 2);
  nights = { spring: nextLastSunday(3, after), autumn: nextLastSunday(10, after) };
  await openNights('berlin', 'Europe/Berlin', '01:00', '05:00');
  await openNights('utc', 'UTC', '00:00', '03:00');
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

/** When the European Union's clocks change next in a month. */
function nextLastSunday(month, after) {
  for (let year = Number(after.slice(0, 4)); ; year += 1) {
    const last = new Date(Date.UTC(year, month, 0));
    last.setUTCDate(last.getUTCDate() - last.getUTCDay());
    const date = last.toISOString().slice(0, 10);
    if (date > after) return date;
  }
}

/** A mentor who is there in those nights alone. */
async function openNights(mentor, zone, opens, closes) {
  await database.admin.query(`INSERT INTO mentor_settings (mentor_id, time_zone, booking_horizon)
    VALUES ($1, $2, '2 years')`, [mentor, zone]);
  for (const night of Object.values(nights)) {
    await database.admin.query(`INSERT INTO mentor_availability
      (mentor_id, opens, closes, valid_from, valid_until) VALUES ($1, $2, $3, $4, $4)`,
    [mentor, opens, closes, night]);
  }
}

/** A visitor whose machine stands in a zone; nothing else tells the page of it. */
const visitorIn = (timezoneId, mentor, startup) => visit(browser, gateway,
  { mentor, timeZone: '', token: tokenFor(startupClaims(startup)) }, { timezoneId });

const written = (instant, timeZone, options) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(instant);
const dateOf = (instant, timeZone) => written(instant, timeZone,
  { year: 'numeric', month: '2-digit', day: '2-digit' }).split('/').reverse().join('-');
const timeOf = (instant, timeZone) => written(instant, timeZone,
  { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** The instant of a mentor's local time, as the database has it. */
async function instantOf(mentor, date, time) {
  const { rows: [{ starts_at: starts }] } = await database.admin.query(
    'SELECT starts_at FROM available_slots($1, $2, $2) WHERE session_time = $3', [mentor, date, time]);
  return starts;
}

const bookedBy = async (startup) => (await database.admin.query(
  'SELECT starts_at FROM mentor_startup_sessions WHERE startup_id = $1', [startup]))
  .rows.map(({ starts_at: starts }) => starts.toISOString());

/** Presses Book, and compares what came of it with the instant that was chosen. */
async function bookAndCompare(visitor, startup, instant) {
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.deepEqual(await bookedBy(startup), [new Date(instant).toISOString()]);
}

const labels = (visitor) => visitor.page.locator('[data-slot] .time').allInnerTexts();

const places = ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'America/New_York', 'Europe/Berlin'];
for (const [index, zone] of places.entries()) {
  test(`on a clock in ${zone} the days are the visitor's, and the instant is the mentor's`, async () => {
    const date = await dateIn(database, 3 + index);
    const startup = 100 + index;
    const instant = await instantOf('ada', date, '11:30');
    const visitor = await visitorIn(zone, 'ada', startup);
    const today = visitor.page.locator('[data-day][aria-current="date"]');
    await visitor.openMonth(dateOf(Date.now(), zone));
    assert.equal(await today.getAttribute('data-day'), dateOf(Date.now(), zone));

    await visitor.openDay(dateOf(instant, zone));
    const slot = visitor.slot(`${date}T11:30`);
    assert.equal(await slot.locator('.time').innerText(), timeOf(instant, zone));
    const isElsewhere = zone !== 'Europe/Berlin';
    assert.equal(await visitor.page.locator('.zones').getAttribute('data-zones'), isElsewhere ? 'two' : 'one');
    const name = written(instant, zone, { timeZoneName: 'longGeneric' }).split(', ')[1];
    const shown = await visitor.page.locator('.zones').innerText();
    assert.ok(shown.includes(name), `${name} in: ${shown}`);
    assert.ok(shown.includes('Central European Time'));

    await slot.click();
    await bookAndCompare(visitor, startup, instant);
    const told = await visitor.news.innerText();
    const day = (where) => written(instant, where, { day: 'numeric', month: 'long', year: 'numeric' });
    assert.ok(told.includes(day(zone)) && told.includes(timeOf(instant, zone)), told);
    assert.equal(/For your mentor: .*11:30/.test(told), isElsewhere);
    if (isElsewhere) assert.ok(told.split('For your mentor')[1].includes(day('Europe/Berlin')), told);
    assert.deepEqual(visitor.trouble, []);
    await visitor.leave();
  });
}

test('one time of the mentor\'s is on two dates at once, on both sides of the date line', async () => {
  const date = await dateIn(database, 9);
  const instant = await instantOf('ada', date, '11:30');
  const days = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((zone) => dateOf(instant, zone));
  assert.ok(days[0] > date && days[1] < date, `${days}`);
  const visitors = await Promise.all(places.slice(0, 2).map((zone, index) => visitorIn(zone, 'ada', 200 + index)));
  for (const [index, visitor] of visitors.entries()) {
    await visitor.openDay(days[index]);
    await visitor.slot(`${date}T11:30`).click();
  }
  await bookAndCompare(visitors[0], 200, instant);
  // The other hears of it where he is, by his own clock.
  assert.equal(await outcomeIn(visitors[1].refusal), 'slot_taken');
  assert.ok((await visitors[1].refusal.innerText()).includes(timeOf(instant, 'Pacific/Pago_Pago')));
  await Promise.all(visitors.map((visitor) => visitor.leave()));
});

for (const [mentor, startup] of [['berlin', 301], ['utc', 302]]) {
  test(`in spring the hour that Berlin's clock skips is not there, with a mentor in ${mentor}`, async () => {
    const visitor = await visitorIn('Europe/Berlin', mentor, startup);
    await visitor.openDay(nights.spring);
    const whole = ['01:00', '01:30', '03:00', '03:30', '04:00', '04:30'];
    assert.deepEqual(await labels(visitor), whole);
    await visitor.page.locator('[data-slot]', { hasText: '03:00' }).click();
    await bookAndCompare(visitor, startup, `${nights.spring}T01:00:00Z`);
    await visitor.leave();
  });
}

test('in spring a visitor elsewhere sees an unbroken row, and both clocks at each time', async () => {
  const visitor = await visitorIn('Asia/Kathmandu', 'berlin', 303);
  await visitor.openDay(nights.spring);
  assert.deepEqual(await labels(visitor), ['05:45', '06:15', '06:45', '07:15', '07:45', '08:15']);
  assert.match(await visitor.slot(`${nights.spring}T03:30`).locator('input').getAttribute('aria-label'),
    /07:15, Nepal Time, which is .*03:30 for the mentor, Central European Time/);
  await visitor.slot(`${nights.spring}T03:30`).click();
  await bookAndCompare(visitor, 303, `${nights.spring}T01:30:00Z`);
  await visitor.leave();
});

test('in autumn the hour that comes twice is named, and either of the two can be booked', async () => {
  for (const [startup, instant] of [[401, 'T00:30:00Z'], [402, 'T01:30:00Z']]) {
    const visitor = await visitorIn('Europe/Berlin', 'utc', startup);
    await visitor.openDay(nights.autumn);
    const all = await labels(visitor);
    assert.equal(all.length, 6);
    assert.equal(new Set(all).size, 6, `told apart: ${all}`);
    assert.deepEqual(all.map((label) => label.slice(0, 5)), ['02:00', '02:30', '02:00', '02:30', '03:00', '03:30']);
    assert.ok(all.slice(0, 4).every((label) => label.length > 5) && all.slice(4).every((label) => label.length === 5));
    const slot = visitor.slot(`${nights.autumn}${instant.slice(0, 6)}`);
    const name = await slot.locator('.time').innerText();
    await slot.click();
    assert.equal(await visitor.bookButton.innerText(), `Book ${name}`);
    await bookAndCompare(visitor, startup, `${nights.autumn}${instant}`);
    await visitor.leave();
  }
});

test('in autumn a mentor\'s own hour that comes twice is offered as the instant that is booked', async () => {
  const visitor = await visitorIn('Europe/Berlin', 'berlin', 403);
  await visitor.openDay(nights.autumn);
  const slot = visitor.slot(`${nights.autumn}T02:30`);
  assert.equal(await slot.count(), 1, 'its local time can be said once only');
  const instant = await instantOf('berlin', nights.autumn, '02:30');
  await slot.click();
  await bookAndCompare(visitor, 403, instant);
  await visitor.leave();
});
