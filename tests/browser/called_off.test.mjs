// What a mentor does to a session while its startup looks on, or before it comes back: it is told,
// with the reason, and nothing on the page says otherwise.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSignedInStack, dateIn, openHours, startupClaims, tokenFor } from '../gateway/stack.mjs';
import { launchBrowser, open, outcomeIn, pageAddress, visit } from './visitors.mjs';

let database;
let gateway;
let browser;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  await openHours(database, 'ada');
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

/** A visitor who has booked nine o'clock, sees so in the list, and hears of changes. */
async function booked(startup, date, time = '09:00') {
  const visitor = await visit(browser, gateway,
    { mentor: 'ada', token: tokenFor(startupClaims(startup)) });
  await book(visitor, date, time);
  // What comes and goes between two looks of the gateway is told to nobody: it has seen the booking
  // once it tells of another.
  await database.admin.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time) VALUES ('ada', $1, $2, '09:30')`,
  [900 + startup, date]);
  await visitor.page.locator(`[data-slot="${date}T09:30"][data-state="booked"]`).waitFor();
  return visitor;
}

async function book(visitor, date, time) {
  await visitor.openDay(date);
  await visitor.slot(`${date}T${time}`).click();
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await visitor.page.locator('[data-session]').waitFor();
}

const callOff = (startup, reason) => database.admin.query(
  'SELECT cancel_session(id, $2) FROM mentor_startup_sessions WHERE startup_id = $1', [startup, reason]);
const problem = (visitor, name) =>
  visitor.page.locator(`[role="alert"][data-problem="${name}"] h3`).waitFor();

test('who looks on while the session is called off is told so, with the reason', async () => {
  const date = await dateIn(database, 1);
  const visitor = await booked(1, date);
  await visitor.page.locator('[data-session] [data-action="move"]').focus();
  await callOff(1, 'I am ill');
  await problem(visitor, 'session-cancelled');
  assert.match(await visitor.refusal.innerText(), /Your session was cancelled[^]*09:00[^]*I am ill/);
  assert.equal(await visitor.news.innerText(), '', 'nothing says that it is booked');
  assert.equal(await visitor.focused(), 'alert', 'the button that the keyboard stood on is gone');
  assert.equal(await visitor.page.locator('[data-session]').count(), 0);
  await visitor.page.reload();
  await visitor.listShown();
  const card = visitor.page.locator('[data-cancelled]');
  assert.match(await card.innerText(), /09:00[^]*was cancelled[^]*I am ill/);
  assert.equal(await card.locator('button').count(), 0);
  assert.deepEqual(visitor.trouble, []);
  await visitor.leave();
});

test('a session that is called off before the first event comes is told of by that event', async () => {
  const date = await dateIn(database, 7);
  const { promise: heard, resolve: listen } = Promise.withResolvers();
  const visitor = await open(browser, 'about:blank');
  await visitor.page.route('**/events?*', async (route) => {
    await heard;
    await route.continue();
  });
  await visitor.page.goto(pageAddress(gateway, { mentor: 'ada', token: tokenFor(startupClaims(8)) }));
  await visitor.listShown();
  await book(visitor, date, '09:00');
  await callOff(8, 'I am ill');
  listen();
  await problem(visitor, 'session-cancelled');
  await visitor.leave();
});

test('who is writing when the session is called off keeps his place', async () => {
  const date = await dateIn(database, 2);
  const visitor = await booked(2, date);
  await visitor.slot(`${date}T11:00`).click();
  await visitor.note.fill('Another one');
  await callOff(2, null);
  await problem(visitor, 'session-cancelled');
  assert.equal(await visitor.focused(), '');
  assert.equal(await visitor.note.inputValue(), 'Another one');
  await visitor.leave();
});

test('whose session is moved by somebody else is told its new time', async () => {
  const date = await dateIn(database, 3);
  const visitor = await booked(3, date);
  await database.admin.query(`SELECT reschedule_session(id, $1, '10:30')
    FROM mentor_startup_sessions WHERE startup_id = 3`, [date]);
  await problem(visitor, 'session-moved');
  assert.match(await visitor.refusal.innerText(), /10:30[^]*It was [^]*09:00[^]* before/);
  assert.match(await visitor.page.locator('[data-session]').innerText(), /10:30/);
  await visitor.leave();
});

test('a move of a session that is called off meanwhile ends, and claims nothing', async () => {
  const date = await dateIn(database, 4);
  const visitor = await booked(4, date);
  await visitor.page.locator('[data-session] [data-action="move"]').click();
  await visitor.slot(`${date}T10:00`).click();
  await visitor.page.route('**/rpc/reschedule_session', async (route) => {
    await callOff(4, 'A clash');
    await route.continue();
  }, { times: 1 });
  await visitor.page.locator('[data-action="confirm-move"]').click();
  assert.equal(await outcomeIn(visitor.refusal), 'already_cancelled');
  const told = await visitor.refusal.innerText();
  assert.match(told, /A clash/);
  assert.ok(!/stays where it is/.test(told), told);
  assert.ok(await visitor.bookButton.isVisible());
  assert.ok(!(await visitor.page.getByText(/You are moving/).isVisible()));
  await visitor.leave();
});

test('one\'s own move and cancellation are no news of somebody else\'s', async () => {
  const date = await dateIn(database, 5);
  const visitor = await booked(5, date);
  await visitor.page.locator('[data-session] [data-action="move"]').click();
  await visitor.slot(`${date}T10:00`).click();
  await visitor.page.locator('[data-action="confirm-move"]').click();
  assert.equal(await outcomeIn(visitor.news, 'booked'), 'rescheduled');
  assert.match(await visitor.news.innerText(), /10:00[^]*It was [^]*09:00[^]* before/);
  await visitor.page.locator('[data-session] [data-action="cancel"]').click();
  await visitor.page.getByRole('dialog').getByRole('textbox').fill('No need any more');
  await visitor.page.locator('[data-action="confirm-cancel"]').click();
  assert.equal(await outcomeIn(visitor.news, 'rescheduled'), 'cancelled');
  assert.match(await visitor.news.innerText(), /The reason: No need any more/);
  // A later change of the day has been taken in, and with it whatever was told before.
  await database.admin.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 900, $1, '11:30')`, [date]);
  await visitor.page.locator(`[data-slot="${date}T11:30"][data-state="booked"]`).waitFor();
  assert.equal(await visitor.refusal.innerText(), '');
  assert.equal(await visitor.page.locator('[data-cancelled]').count(), 0);
  await visitor.leave();
});
