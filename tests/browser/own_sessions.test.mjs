// One's own sessions, signed in: seen after a reload too, put into a calendar, moved and cancelled;
// and nobody else's.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { createSignedInStack, dateIn, openHours, startupClaims, tokenFor } from '../gateway/stack.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

let database;
let gateway;
let browser;
let tomorrow;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  await openHours(database, 'ada');
  tomorrow = await dateIn(database, 1);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

const signedIn = (startup, how) => visit(browser, gateway,
  { mentor: 'ada', token: tokenFor(startupClaims(startup)) }, how);

/** A visitor who has booked a time. */
async function booked(startup, date, time, note = '') {
  const visitor = await signedIn(startup);
  await visitor.openDay(date);
  await visitor.slot(`${date}T${time}`).click();
  if (note) await visitor.note.fill(note);
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await visitor.page.locator('[data-session]').first().waitFor();
  return visitor;
}

const confirmation = ({ page }) => page.locator('.message[data-tone="success"]');
const sessionsOf = async (startup) => (await database.admin.query(
  `SELECT status, session_date::text AS date, to_char(session_time, 'HH24:MI') AS time,
     visitor_note AS note, cancellation_reason AS reason
   FROM mentor_startup_sessions WHERE startup_id = $1`, [startup])).rows;

test('the page takes the token out of the address, and books what was written with it', async () => {
  const visitor = await booked(1, tomorrow, '09:00', 'About our first customers');
  assert.ok(!visitor.page.url().includes('token'));
  assert.match(await visitor.news.innerText(), /You wrote: About our first customers/);
  const [{ note, status }] = await sessionsOf(1);
  assert.deepEqual({ note, status }, { note: 'About our first customers', status: 'scheduled' });
  assert.deepEqual(visitor.trouble, []);
  await visitor.leave();
});

test('a session is there after a reload, and no other startup sees it', async () => {
  const visitor = await booked(2, tomorrow, '09:30');
  await visitor.page.reload();
  await visitor.listShown();
  const own = visitor.page.locator('[data-session]');
  assert.equal(await own.count(), 1);
  assert.match(await own.innerText(), /09:30/);
  const other = await signedIn(3);
  assert.equal(await other.page.locator('[data-session]').count(), 0);
  assert.ok(!(await other.page.getByText('Your sessions').isVisible()));
  await Promise.all([visitor.leave(), other.leave()]);
});

test('the calendar file is the database\'s, under a name with its date', async () => {
  const visitor = await booked(4, tomorrow, '10:00');
  const downloading = visitor.page.waitForEvent('download');
  await confirmation(visitor).locator('[data-action="calendar"]').click();
  const file = await downloading;
  assert.equal(file.suggestedFilename(), `session-${tomorrow}.ics`);
  const text = await readFile(await file.path(), 'utf8');
  assert.match(text, /^BEGIN:VCALENDAR\r\n/);
  assert.match(text, new RegExp(`DTSTART.*:${tomorrow.replaceAll('-', '')}T100000`));
  await visitor.leave();
});

test('a session is moved to another time, and is the same session', async () => {
  const visitor = await booked(5, tomorrow, '10:30');
  await confirmation(visitor).locator('[data-action="move"]').click();
  await visitor.page.locator('.moving').getByText(/You are moving your session/).waitFor();
  assert.match(await visitor.focused(), /available$/, 'the focus goes to the times');
  await visitor.slot(`${tomorrow}T11:00`).click();
  const move = visitor.page.locator('[data-action="confirm-move"]');
  assert.equal(await move.innerText(), 'Move to 11:00');
  await move.click();
  assert.equal(await outcomeIn(visitor.news, 'booked'), 'rescheduled');
  assert.equal(await visitor.focused(), 'status');
  await visitor.page.locator('[data-session]').getByText(/11:00/).waitFor();
  const rows = await sessionsOf(5);
  assert.deepEqual(rows.map(({ time, status }) => [time, status]), [['11:00', 'scheduled']]);
  assert.ok(await visitor.bookButton.isVisible(), 'then one books again');
  await visitor.leave();
});

test('a move that comes second keeps the old time, and one of the nearest is one press away', async () => {
  const date = await dateIn(database, 2);
  const visitor = await booked(6, date, '09:00');
  await visitor.page.locator('[data-session] [data-action="move"]').click();
  await visitor.slot(`${date}T10:00`).click();
  // A plain writer, in the moment before the press.
  await visitor.page.route('**/rpc/reschedule_session', async (route) => {
    await database.admin.query(`INSERT INTO mentor_startup_sessions
      (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 900, $1, '10:00')`, [date]);
    await route.continue();
  }, { times: 1 });
  await visitor.page.locator('[data-action="confirm-move"]').click();
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  assert.match(await visitor.refusal.innerText(), /Your session stays where it is: .*09:00/);
  assert.deepEqual((await sessionsOf(6)).map(({ time }) => time), ['09:00']);
  await visitor.page.locator(`[data-alternative="${date}T10:30"]`).click();
  assert.equal(await outcomeIn(visitor.news, 'booked'), 'rescheduled');
  assert.deepEqual((await sessionsOf(6)).map(({ time }) => time), ['10:30']);
  await visitor.leave();
});

test('whoever thinks better of a move keeps the session, and books as before', async () => {
  const date = await dateIn(database, 3);
  const visitor = await booked(7, date, '09:00');
  await visitor.page.locator('[data-session] [data-action="move"]').click();
  await visitor.slot(`${date}T11:00`).click();
  await visitor.page.locator('[data-action="keep"]').click();
  assert.equal(await visitor.bookButton.innerText(), 'Book');
  assert.ok(!(await visitor.page.getByText(/You are moving/).isVisible()));
  assert.deepEqual((await sessionsOf(7)).map(({ time }) => time), ['09:00']);
  await visitor.leave();
});

test('a session is cancelled with a reason, after it was asked once', async () => {
  const date = await dateIn(database, 4);
  const visitor = await booked(8, date, '09:00');
  const cancel = visitor.page.locator('[data-session] [data-action="cancel"]');
  await cancel.click();
  const dialog = visitor.page.getByRole('dialog', { name: 'Cancel this session?' });
  await dialog.locator('[data-action="keep-session"]').click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await visitor.focused(), 'Cancel', 'back where it was asked from');
  await cancel.click();
  await dialog.getByRole('textbox').fill('We found the answer');
  await dialog.locator('[data-action="confirm-cancel"]').click();
  assert.equal(await outcomeIn(visitor.news, 'booked'), 'cancelled');
  assert.equal(await visitor.focused(), 'status');
  await visitor.page.locator('[data-session]').waitFor({ state: 'detached' });
  await visitor.page.locator(`[data-slot="${date}T09:00"][data-state="available"]`).waitFor();
  const [{ status, reason }] = await sessionsOf(8);
  assert.deepEqual({ status, reason }, { status: 'cancelled', reason: 'We found the answer' });
  await visitor.leave();
});

test('a change whose answer was lost is asked for again, without harm', async () => {
  const date = await dateIn(database, 5);
  const visitor = await booked(9, date, '09:00');
  await visitor.page.route('**/rpc/cancel_session', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  }, { times: 1 });
  await visitor.page.locator('[data-session] [data-action="cancel"]').click();
  await visitor.page.locator('[data-action="confirm-cancel"]').click();
  await visitor.refusal.getByText(/Trying again is safe/).waitFor();
  await visitor.retryButton.click();
  assert.equal(await outcomeIn(visitor.news, 'booked'), 'already_cancelled');
  await visitor.leave();
});

test('who is not signed in lists, is told kindly to sign in, and is offered nobody\'s sessions', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 10 });
  const date = await dateIn(database, 6);
  await visitor.openDay(date);
  await visitor.slot(`${date}T09:00`).click();
  await visitor.bookButton.click();
  await visitor.refusal.getByText('Please sign in').waitFor();
  assert.equal(await visitor.refusal.getAttribute('data-problem'), 'refused');
  assert.deepEqual(await sessionsOf(10), []);
  await visitor.leave();
});

test('a token of one startup books for that one, whatever the address says', async () => {
  const date = await dateIn(database, 7);
  const visitor = await visit(browser, gateway,
    { mentor: 'ada', startup: 12, token: tokenFor(startupClaims(11)) });
  await visitor.openDay(date);
  await visitor.slot(`${date}T09:00`).click();
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.deepEqual([(await sessionsOf(11)).length, (await sessionsOf(12)).length], [1, 0]);
  await visitor.leave();
});
