// The mentor and a visitor side by side: what one does the other sees, without a reload.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSignedInStack, dateIn, openHours } from '../gateway/stack.mjs';
import { openMentor, says } from './mentors.mjs';
import { launchBrowser, visit } from './visitors.mjs';

// Less than the page takes between two looks where there is no stream.
const atOnce = { timeout: 8_000 };

let database;
let gateway;
let browser;
let date;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  date = await dateIn(database, 2);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

/** A mentor with hours, at her page, and a visitor who looks at the same day. */
async function sideBySide(name) {
  await openHours(database, name);
  const mentor = await openMentor(browser, gateway, name);
  const visitor = await visit(browser, gateway, { mentor: name, startup: 7 });
  await visitor.openDay(date);
  await visitor.slot(`${date}T09:00`).waitFor();
  return { mentor, visitor, async leave() {
    await mentor.leave();
    await visitor.leave();
  } };
}

test('hours that are added are there to book on a page that is open, and gone when they are removed', async () => {
  const { mentor, visitor, leave } = await sideBySide('ada');
  const slot = visitor.slot(`${date}T15:00`);
  assert.equal(await slot.count(), 0);
  await mentor.page.locator('#add-hours').click();
  for (const box of await mentor.dialog.getByRole('checkbox').all()) await box.check();
  await mentor.fill('opens', '15:00');
  await mentor.fill('closes', '16:00');
  await mentor.accept();
  await slot.waitFor(atOnce);
  assert.equal(await slot.getAttribute('data-state'), 'available');
  await mentor.page.getByRole('button', { name: /^Remove: Every day, 15:00/ }).click();
  await mentor.accept();
  await slot.waitFor({ ...atOnce, state: 'detached' });
  await leave();
});

test('time off takes a time from a page that is open, and gives it back', async () => {
  const { mentor, visitor, leave } = await sideBySide('bert');
  const slot = visitor.slot(`${date}T10:00`);
  await mentor.page.locator('#add-time-off').click();
  await mentor.dialog.getByRole('checkbox', { name: 'All day' }).uncheck();
  for (const [name, value] of [['from_date', date], ['from_time', '10:00'], ['to_date', date],
    ['to_time', '10:30']]) await mentor.fill(name, value);
  await mentor.accept();
  await slot.waitFor({ ...atOnce, state: 'detached' });
  assert.equal(await visitor.slot(`${date}T10:30`).getAttribute('data-state'), 'available');
  await mentor.page.getByRole('button', { name: /^Remove: Time off/ }).click();
  await mentor.accept();
  await slot.waitFor(atOnce);
  await leave();
});

test('another length of sessions is another grid on a page that is open', async () => {
  const { mentor, visitor, leave } = await sideBySide('carl');
  await mentor.setting('slot_duration').fill('20');
  await mentor.save();
  await says(mentor.news, 'Settings saved');
  await visitor.slot(`${date}T09:20`).waitFor(atOnce);
  await leave();
});

test('a session that is booked elsewhere appears in the week, and one that is moved or cancelled goes', async () => {
  await openHours(database, 'dora');
  const mentor = await openMentor(browser, gateway, 'dora');
  await mentor.showWeekOf(date);
  const { rows: [{ id }] } = await database.admin.query(
    "SELECT (book_session('dora', 9, $1, '10:00')).session_id AS id", [date]);
  const session = mentor.page.locator(`[data-session="${id}"]`);
  await session.waitFor(atOnce);
  await session.focus();
  await database.admin.query("SELECT reschedule_session($1, $2, '11:00')", [id, date]);
  await session.getByText(/11:00/).waitFor(atOnce);
  assert.ok(await session.evaluate((button) => button === document.activeElement),
    'the keyboard stays at the session that moved');
  await database.admin.query('SELECT cancel_session($1)', [id]);
  await session.waitFor({ ...atOnce, state: 'detached' });
  assert.equal(await mentor.page.evaluate(() => document.activeElement.id), 'week-heading');
  await mentor.leave();
});

test('a dialog that is open stays as it is, whatever happens meanwhile', async () => {
  await openHours(database, 'emil');
  const mentor = await openMentor(browser, gateway, 'emil');
  await mentor.showWeekOf(date);
  await mentor.page.locator('#add-time-off').click();
  await mentor.fill('reason', 'Half typed');
  const { rows: [{ id }] } = await database.admin.query(
    "SELECT (book_session('emil', 11, $1, '10:00')).session_id AS id", [date]);
  await mentor.page.locator(`[data-session="${id}"]`).waitFor(atOnce);
  assert.equal(await mentor.dialog.locator('[name="reason"]').inputValue(), 'Half typed');
  assert.equal(await mentor.page.evaluate(() => document.activeElement.name), 'reason');
  await mentor.page.keyboard.press('Escape');
  assert.equal(await mentor.page.evaluate(() => document.activeElement.id), 'add-time-off');
  await mentor.leave();
});
