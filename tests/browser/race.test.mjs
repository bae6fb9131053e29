// The founding race, on the real stack: two browsers, one slot.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createBookingDatabase, dateIn, openHours, startGateway } from '../gateway/stack.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

let database;
let gateway;
let browser;

before(async () => {
  database = await createBookingDatabase();
  await openHours(database, 'ada');
  // Without events, so that who comes second has not heard of it before he presses.
  gateway = await startGateway(
    { DATABASE_URL: database.urlFor('slotguard_web'), SLOTGUARD_EVENTS: 'off' });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

/** Two visitors who both see the same slot as free, and have chosen it. */
async function twoWhoWant(date, time) {
  const key = `${date}T${time}`;
  const visitors = [];
  for (const startup of [4711, 8150]) {
    const visitor = await visit(browser, gateway, { mentor: 'ada', startup });
    await visitor.openDay(date);
    assert.equal(await visitor.slot(key).getAttribute('data-state'), 'available');
    await visitor.slot(key).click();
    visitors.push(visitor);
  }
  return { key, visitors };
}

const scheduledAt = async (date, time) => (await database.admin.query(
  "SELECT startup_id::int FROM mentor_startup_sessions WHERE mentor_id = 'ada' "
  + "AND session_date = $1 AND session_time = $2 AND status = 'scheduled'", [date, time]))
  .rows.map((row) => row.startup_id);

test('who comes second is told kindly, and books a neighbouring time', async () => {
  const date = await dateIn(database, 1);
  const { key, visitors: [first, second] } = await twoWhoWant(date, '10:00');
  await second.page.getByText('30 minutes').click();
  await second.slot(key).click();

  await first.bookButton.click();
  assert.equal(await outcomeIn(first.news), 'booked');
  await second.bookButton.click();
  assert.equal(await outcomeIn(second.refusal), 'slot_taken');
  assert.match(await second.refusal.innerText(),
    /This time slot is no longer available\. Please select another time\./);
  assert.equal(await second.focused(), 'alert', 'the focus is on the message');

  const slot = second.slot(key);
  await second.page.locator(`[data-slot="${key}"][data-state="booked"]`).waitFor();
  assert.match(await slot.innerText(), /booked/);
  assert.ok(await slot.locator('input').isDisabled());
  assert.equal(await slot.locator('.time').evaluate((time) =>
    getComputedStyle(time).textDecorationLine), 'line-through');
  assert.ok(!(await second.page.locator('.booking').innerHTML()).includes('4711'), 'nobody learns who was faster');

  assert.equal(await second.page.locator('[data-day][aria-pressed="true"]').getAttribute('data-day'), date);
  assert.ok(await second.page.getByLabel('30 minutes').isChecked());
  assert.equal(await second.page.locator('[name="slot"]:checked').count(), 0);

  const offered = await second.alternatives.evaluateAll((buttons) =>
    buttons.map((button) => button.dataset.alternative));
  assert.ok(offered.includes(`${date}T09:30`) && offered.includes(`${date}T10:30`));
  await second.page.locator(`[data-alternative="${date}T10:30"]`).click();
  assert.equal(await outcomeIn(second.news), 'booked');
  assert.match(await second.news.innerText(), /10:30/);
  assert.equal(await second.focused(), 'status');
  assert.equal(await second.alternatives.count(), 0);
  await second.page.locator(`[data-slot="${date}T10:30"][data-state="booked"]`).waitFor();

  assert.deepEqual(await scheduledAt(date, '10:00'), [4711]);
  assert.deepEqual(await scheduledAt(date, '10:30'), [8150]);
  assert.deepEqual([...first.trouble, ...second.trouble], []);
  await Promise.all([first.leave(), second.leave()]);
});

test('of two who press in the same moment exactly one wins, and both can go on', async () => {
  const date = await dateIn(database, 2);
  const { visitors } = await twoWhoWant(date, '09:00');
  await Promise.all(visitors.map((visitor) => visitor.bookButton.click()));
  const outcomes = await Promise.all(visitors.map(async ({ page }) => {
    const told = page.locator('[data-outcome]');
    await told.waitFor();
    return told.getAttribute('data-outcome');
  }));
  assert.deepEqual(outcomes.toSorted(), ['booked', 'slot_taken']);
  assert.equal((await scheduledAt(date, '09:00')).length, 1);

  const loser = visitors[outcomes.indexOf('slot_taken')];
  await loser.alternatives.first().click();
  assert.equal(await outcomeIn(loser.news), 'booked');
  await Promise.all(visitors.map((visitor) => visitor.leave()));
});

test('the list that is fetched anew is the database\'s, not the page\'s guess', async () => {
  const date = await dateIn(database, 3);
  const { key, visitors: [first, second] } = await twoWhoWant(date, '09:00');
  await database.admin.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 1, $1, '09:00'), ('ada', 2, $1, '11:00')`, [date]);
  await first.bookButton.click();
  assert.equal(await outcomeIn(first.refusal), 'slot_taken');
  for (const time of ['09:00', '11:00']) {
    await first.page.locator(`[data-slot="${date}T${time}"][data-state="booked"]`).waitFor();
  }
  assert.equal(await second.slot(key).getAttribute('data-state'), 'available');
  await Promise.all([first.leave(), second.leave()]);
});

test('whoever books what is his already is told so, without alarm', async () => {
  const date = await dateIn(database, 4);
  const { visitors: [first] } = await twoWhoWant(date, '09:30');
  await database.admin.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 4711, $1, '09:30')`, [date]);
  await first.bookButton.click();
  assert.equal(await outcomeIn(first.news), 'already_yours');
  assert.match(await first.news.innerText(), /You have already booked this time slot\./);
  assert.equal(await first.refusal.innerText(), '');
  await first.leave();
});

test('a double click books once', async () => {
  const date = await dateIn(database, 5);
  const { visitors: [first] } = await twoWhoWant(date, '09:00');
  let calls = 0;
  first.page.on('request', (request) => { calls += request.url().endsWith('/rpc/book_session'); });
  await first.bookButton.dblclick();
  assert.equal(await outcomeIn(first.news), 'booked');
  await first.listShown();
  assert.equal(calls, 1);
  await first.leave();
});
