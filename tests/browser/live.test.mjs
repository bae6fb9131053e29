// What others do while one looks: it greys in place, whoever wanted that very time is told at once,
// and keyboard and text stay where they are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSignedInStack, dateIn, openHours, startGateway, startupClaims, tokenFor }
  from '../gateway/stack.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

let database;
let gateway;
let browser;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  for (const mentor of ['ada', 'bert', 'carl', 'dora']) await openHours(database, mentor);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

/** A visitor who has opened a day, and hears of what happens by now. */
async function looking(mentor, startup, date) {
  const visitor = await visit(browser, gateway, { mentor, token: tokenFor(startupClaims(startup)) });
  await visitor.openDay(date);
  await visitor.page.locator('.age[hidden]').waitFor({ state: 'attached' });
  return visitor;
}

const insert = (mentor, date, time, startup = 900) => database.admin.query(
  `INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
   VALUES ($1, $2, $3, $4)`, [mentor, startup, date, time]);
const stateOf = (visitor, key, state) =>
  visitor.page.locator(`[data-slot="${key}"][data-state="${state}"]`).waitFor();
/** Where days and times are on the page, and how far it is scrolled. */
const places = (visitor) => visitor.page.locator('[data-slot], [data-day]').evaluateAll((all) => ({
  scrolled: scrollY,
  all: all.map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [x, y + scrollY, width, height];
  }),
}));

test('a time that is taken elsewhere greys in place, and nothing moves', async () => {
  const date = await dateIn(database, 1);
  const visitor = await looking('ada', 1, date);
  await visitor.slot(`${date}T09:00`).click();
  const before = await places(visitor);
  await insert('ada', date, '10:00');
  await stateOf(visitor, `${date}T10:00`, 'booked');
  assert.deepEqual(await places(visitor), before);
  await visitor.page.locator(`[data-day="${date}"][data-free="5"]`).waitFor();
  assert.ok(await visitor.slot(`${date}T09:00`).locator('input').isChecked());
  assert.equal(await visitor.refusal.innerText(), '', 'it was not his, so nothing is said');
  await visitor.leave();
});

test('whoever has chosen the time that goes is told at once, where he is, with the nearest', async () => {
  const date = await dateIn(database, 2);
  const visitor = await looking('ada', 2, date);
  await visitor.slot(`${date}T10:00`).click();
  // Without the hold that filling in begins: a plain writer steps over it anyway.
  await visitor.note.fill('What we have written so far');
  const before = await places(visitor);
  await insert('ada', date, '10:00');
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  assert.equal(await visitor.focused(), '', 'the keyboard stays in the text');
  assert.equal(await visitor.note.inputValue(), 'What we have written so far');
  assert.deepEqual((await places(visitor)).all, before.all);
  assert.ok(await visitor.note.evaluate((note) => note.getBoundingClientRect().bottom <= innerHeight),
    'what is typed stays in sight');
  assert.equal(await visitor.bookButton.innerText(), 'Book', 'what is gone is not chosen any more');
  const offered = await visitor.alternatives.evaluateAll((all) => all.map((one) => one.dataset.alternative));
  assert.deepEqual(offered.slice(0, 2).sort(), [`${date}T09:30`, `${date}T10:30`]);
  await visitor.page.locator(`[data-alternative="${date}T10:30"]`).click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  const { rows } = await database.admin.query(
    'SELECT visitor_note FROM mentor_startup_sessions WHERE startup_id = 2');
  assert.deepEqual(rows, [{ visitor_note: 'What we have written so far' }]);
  await visitor.leave();
});

test('a time that the news offers keeps the length that it was offered for', async () => {
  const date = await dateIn(database, 5);
  const visitor = await looking('ada', 15, date);
  await visitor.page.getByText('60 minutes').click();
  await visitor.slot(`${date}T09:00`).click();
  await insert('ada', date, '09:00', 902);
  await visitor.alternatives.first().waitFor();
  await visitor.page.getByText('30 minutes').click();
  await visitor.page.locator(`[data-alternative="${date}T09:30"]`).click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  const { rows } = await database.admin.query(
    'SELECT duration::text FROM mentor_startup_sessions WHERE startup_id = 15');
  assert.deepEqual(rows, [{ duration: '01:00:00' }]);
  await visitor.leave();
});

test('a page that nobody sees keeps no stream open, and is up to date when it is seen again', async () => {
  const date = await dateIn(database, 3);
  const visitor = await looking('ada', 14, date);
  const { page } = visitor;
  const seen = (state) => page.evaluate((visibilityState) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibilityState });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
  const isStream = (request) => request.url().includes('/events?');
  const closed = page.waitForEvent('requestfailed', isStream);
  await seen('hidden');
  await closed;
  await insert('ada', date, '11:00', 901);
  const opened = page.waitForRequest(isStream);
  await seen('visible');
  await opened;
  await stateOf(visitor, `${date}T11:00`, 'booked');
  await visitor.leave();
});

test('a press that comes after the news is answered by the news, and sends nothing', async () => {
  const date = await dateIn(database, 4);
  const visitor = await looking('ada', 13, date);
  await visitor.slot(`${date}T10:00`).click();
  await insert('ada', date, '10:00');
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  let calls = 0;
  visitor.page.on('request', (request) => { calls += request.url().endsWith('/rpc/book_session'); });
  await visitor.bookButton.click();
  assert.equal(await visitor.focused(), 'alert');
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  assert.ok(await visitor.alternatives.count() > 0);
  assert.equal(calls, 0);
  await visitor.leave();
});

test('the keyboard stays on a time that goes while it stands there', async () => {
  const date = await dateIn(database, 3);
  const visitor = await looking('ada', 3, date);
  await visitor.slot(`${date}T10:00`).locator('input').focus();
  await visitor.page.keyboard.press('Space');
  await insert('ada', date, '10:00');
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  assert.match(await visitor.focused(), /10:00.*already booked$/);
  assert.ok(!(await visitor.slot(`${date}T10:00`).locator('input').isChecked()));
  await visitor.page.keyboard.press('Tab');
  assert.ok(await visitor.slot(`${date}T10:00`).locator('input').isDisabled());
  await visitor.leave();
});

test('filling in the form holds the time: others see it, and it is not taken from oneself', async () => {
  const date = await dateIn(database, 1);
  const [visitor, other] = [await looking('bert', 4, date), await looking('bert', 5, date)];
  await visitor.slot(`${date}T09:30`).click();
  assert.equal(await other.slot(`${date}T09:30`).getAttribute('data-state'), 'available', 'not by choosing');
  await visitor.note.focus();
  await stateOf(other, `${date}T09:30`, 'held');
  await visitor.page.getByText(/^Held for you for [45]:\d\d$/).waitFor();
  // This visitor's page has heard of it too by the time that it hears of what came after.
  await insert('bert', date, '11:30');
  await stateOf(visitor, `${date}T11:30`, 'booked');
  assert.equal(await visitor.slot(`${date}T09:30`).getAttribute('data-state'), 'available');
  assert.ok(await visitor.slot(`${date}T09:30`).locator('input').isChecked());
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await stateOf(other, `${date}T09:30`, 'booked');
  assert.ok(!(await visitor.page.getByText(/^Held for you/).isVisible()));
  await Promise.all([visitor.leave(), other.leave()]);
});

test('a hold is given back when another time is chosen, and when the page is left', async () => {
  const date = await dateIn(database, 2);
  const [visitor, other] = [await looking('bert', 6, date), await looking('bert', 7, date)];
  await visitor.slot(`${date}T09:00`).click();
  await visitor.note.focus();
  await stateOf(other, `${date}T09:00`, 'held');
  await visitor.slot(`${date}T10:00`).click();
  await stateOf(other, `${date}T09:00`, 'available');
  await visitor.note.focus();
  await stateOf(other, `${date}T10:00`, 'held');
  await visitor.page.goto('about:blank');
  await stateOf(other, `${date}T10:00`, 'available');
  await Promise.all([visitor.leave(), other.leave()]);
});

test('who fills in the form for a time that another fills in for is told so, and keeps the text', async () => {
  const date = await dateIn(database, 3);
  const [first, second] = [await looking('bert', 8, date), await looking('bert', 9, date)];
  for (const visitor of [first, second]) await visitor.slot(`${date}T11:00`).click();
  await first.note.focus();
  assert.equal(await outcomeIn(second.refusal), 'slot_held', 'told before anything was typed in vain');
  await Promise.all([first.leave(), second.leave()]);
});

test('the hours that a mentor adds and takes away are there without a reload', async () => {
  const date = await dateIn(database, 2);
  const visitor = await looking('carl', 10, date);
  const slots = visitor.page.locator('[data-slot]');
  assert.equal(await slots.count(), 6);
  await database.admin.query(`INSERT INTO mentor_availability (mentor_id, opens, closes)
    VALUES ('carl', '14:00', '15:00')`);
  await visitor.slot(`${date}T14:30`).waitFor();
  assert.equal(await slots.count(), 8);
  await visitor.slot(`${date}T14:00`).click();
  await database.admin.query("DELETE FROM mentor_availability WHERE mentor_id = 'carl' AND opens = '14:00'");
  assert.equal(await outcomeIn(visitor.refusal), 'mentor_unavailable');
  await visitor.slot(`${date}T14:00`).waitFor({ state: 'detached' });
  await visitor.leave();
});

test('a list of another length is renewed too', async () => {
  const date = await dateIn(database, 2);
  const visitor = await looking('dora', 11, date);
  await visitor.page.getByLabel('60 minutes').check();
  await visitor.listShown();
  await visitor.slot(`${date}T09:30`).waitFor();
  await insert('dora', date, '10:00', 901);
  await stateOf(visitor, `${date}T09:30`, 'booked');
  await stateOf(visitor, `${date}T10:00`, 'booked');
  assert.equal(await visitor.slot(`${date}T10:30`).getAttribute('data-state'), 'available');
  await visitor.leave();
});

test('where there are no events the list says how old it is', async () => {
  const plain = await startGateway(
    { DATABASE_URL: database.urlFor('slotguard_web'), SLOTGUARD_EVENTS: 'off' });
  const visitor = await visit(browser, plain, { mentor: 'ada', startup: 12 });
  await visitor.page.getByText(/Changes are not shown by themselves/).waitFor();
  assert.deepEqual(visitor.trouble, []);
  await visitor.leave();
  await plain.stop();
});
