// The mentor's page on the real stack: the week as it is, and sessions that are called off.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSignedInStack, dateIn, mentorClaims, openHours } from '../gateway/stack.mjs';
import { mentorAddress, openMentor, says } from './mentors.mjs';
import { launchBrowser, open } from './visitors.mjs';

let database;
let gateway;
let browser;
let tomorrow;
let adasSession;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  tomorrow = await dateIn(database, 1);
  await openHours(database, 'ada', { zone: 'Europe/Berlin' });
  adasSession = await book('ada', 7, tomorrow, '09:30', 'How do we price it?');
  await database.admin.query('SELECT cancel_session($1)', [await book('ada', 8, tomorrow, '10:30')]);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

const book = async (mentor, startup, date, time, note) => {
  const { rows: [{ outcome, session_id: booked }] } = await database.admin.query(
    `SELECT outcome, session_id FROM book_session($1, $2, $3, $4, visitor_note => $5)`,
    [mentor, startup, date, time, note]);
  assert.equal(outcome, 'booked');
  return booked;
};
const sessionRow = async (id) => (await database.admin.query(
  'SELECT status, cancellation_reason AS reason FROM mentor_startup_sessions WHERE id = $1', [id])).rows[0];

test('the week shows who comes when and why, over the open hours, and nothing that was called off', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  await mentor.showWeekOf(tomorrow);
  const day = mentor.day(tomorrow);
  assert.match(await day.locator('[data-kind="open"]').innerText(), /09:00.*12:00/);
  const sessions = day.locator('[data-session]');
  assert.equal(await sessions.count(), 1);
  assert.equal(await sessions.getAttribute('data-session'), String(adasSession));
  await sessions.click();
  const said = await mentor.dialog.innerText();
  assert.match(said, /Startup 7/);
  assert.match(said, /9:30.*10:00/);
  assert.match(said, /How do we price it\?/);
  assert.deepEqual(mentor.trouble, []);
  await mentor.leave();
});

test('a screen reader reads a list for each day, under a heading that names it', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  await mentor.showWeekOf(tomorrow);
  const week = await mentor.page.locator('#week').ariaSnapshot();
  assert.equal(week.match(/heading "[^"]*\d{4}" \[level=3\]/g)?.length, 7, week);
  const region = await mentor.day(tomorrow).ariaSnapshot();
  assert.match(region, /region "(Today|Tomorrow), .+ \d{4}"/);
  assert.match(region, /- list:\n\s+- listitem: "?Open: 09:00.*12:00"?\n\s+- listitem:\n\s+- button "Startup 7 .*9:30.*10:00.*"/);
  await mentor.leave();
});

test('weeks are turned back and forth, and "this week" leads home', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  const first = () => mentor.page.locator('#week [data-date]').first().getAttribute('data-date');
  const home = await first();
  const turn = async (button, expected) => {
    await mentor.page.locator(button).click();
    await mentor.page.locator(`#week [data-date="${expected}"]`).waitFor();
    assert.equal(await first(), expected);
    assert.equal(await mentor.page.evaluate(() => document.activeElement.id), button.slice(1));
  };
  const weekFrom = (days) => new Date(Date.parse(home) + days * 86_400_000).toISOString().slice(0, 10);
  await turn('#next-week', weekFrom(7));
  await turn('#next-week', weekFrom(14));
  await turn('#previous-week', weekFrom(7));
  await turn('#this-week', home);
  await turn('#previous-week', weekFrom(-7));
  await mentor.leave();
});

test('a session is called off with a reason, its time is free again, and the keyboard keeps a place', async () => {
  await openHours(database, 'bert');
  const id = await book('bert', 9, tomorrow, '10:00');
  const mentor = await openMentor(browser, gateway, 'bert');
  await mentor.showWeekOf(tomorrow);
  await mentor.page.locator(`[data-session="${id}"]`).press('Enter');
  const reason = mentor.dialog.getByRole('textbox', { name: 'Reason for cancelling (optional)' });
  assert.match(await mentor.dialog.innerText(), /The startup can read it/);
  await reason.fill('I am ill');
  await mentor.accept();
  await says(mentor.news, 'The session is cancelled');
  assert.equal(await mentor.news.getAttribute('data-outcome'), 'cancelled');
  assert.deepEqual(await sessionRow(id), { status: 'cancelled', reason: 'I am ill' });
  assert.equal(await mentor.page.locator(`[data-session="${id}"]`).count(), 0);
  assert.equal(await mentor.dialog.count(), 0);
  assert.equal(await mentor.page.evaluate(() => document.activeElement.id), 'week-heading');
  await book('bert', 8, tomorrow, '10:00');
  await mentor.leave();
});

test('whoever closes the session again changes nothing, and is where he was', async () => {
  await openHours(database, 'carl');
  const id = await book('carl', 10, tomorrow, '10:00');
  const mentor = await openMentor(browser, gateway, 'carl');
  await mentor.showWeekOf(tomorrow);
  const session = mentor.page.locator(`[data-session="${id}"]`);
  for (const leave of [() => mentor.page.keyboard.press('Escape'),
    () => mentor.dialog.locator('[data-action="dismiss"]').click()]) {
    await session.press('Enter');
    await mentor.dialog.waitFor();
    await leave();
    assert.equal(await mentor.dialog.count(), 0);
    assert.ok(await session.evaluate((button) => button === document.activeElement));
  }
  assert.equal((await sessionRow(id)).status, 'scheduled');
  await mentor.leave();
});

test('a session that the startup has called off meanwhile is told of, not called off twice', async () => {
  await openHours(database, 'dora');
  const id = await book('dora', 11, tomorrow, '10:00');
  const mentor = await openMentor(browser, gateway, 'dora');
  await mentor.showWeekOf(tomorrow);
  await mentor.page.locator(`[data-session="${id}"]`).click();
  await database.admin.query('SELECT cancel_session($1)', [id]);
  await mentor.accept();
  await mentor.page.locator('#message [data-outcome="already_cancelled"]').waitFor();
  await mentor.leave();
});

test('a failure is said inside the dialog, keeps what was typed, and can be tried again', async () => {
  await openHours(database, 'emil');
  const id = await book('emil', 12, tomorrow, '10:00');
  const mentor = await openMentor(browser, gateway, 'emil');
  await mentor.showWeekOf(tomorrow);
  await mentor.page.locator(`[data-session="${id}"]`).click();
  await mentor.fill('reason', 'On a train');
  await mentor.page.route('**/rpc/cancel_session', (route) => route.abort(), { times: 1 });
  await mentor.accept();
  await says(mentor.dialog.getByRole('alert'), /does not answer/);
  assert.equal(await mentor.dialog.locator('[name="reason"]').inputValue(), 'On a train');
  await mentor.accept();
  await says(mentor.news, 'The session is cancelled');
  assert.equal((await sessionRow(id)).reason, 'On a train');
  await mentor.leave();
});

test('in German everything is German, by the clock of the mentor', async () => {
  const mentor = await openMentor(browser, gateway, 'ada',
    { parameters: { locale: 'de' }, how: { timezoneId: 'Asia/Tokyo' } });
  await mentor.showWeekOf(tomorrow);
  assert.equal(await mentor.page.locator('html').getAttribute('lang'), 'de');
  assert.match(await mentor.page.locator('#zone').innerText(), /Mitteleuropäische/);
  assert.match(await mentor.day(tomorrow).locator('[data-kind="open"]').innerText(), /09:00.*12:00/);
  assert.equal(await mentor.page.locator('#add-hours').innerText(), 'Zeiten eintragen');
  await mentor.leave();
});

test('language and clock are chosen on the page, and the keyboard stays at the choice', async () => {
  const mentor = await openMentor(browser, gateway, 'ada', { parameters: { locale: 'en-GB' } });
  const choose = async (label, value) => {
    await mentor.page.getByRole('combobox', { name: label, exact: true }).selectOption(value);
    await mentor.page.waitForFunction((wanted) => document.activeElement.value === wanted
      && document.querySelector('#page[aria-busy="false"]') !== null
      && new URLSearchParams(location.search).size > 0, value);
    await mentor.showWeekOf(tomorrow);
    return mentor.day(tomorrow).locator('[data-kind="open"]').innerText();
  };
  await mentor.page.getByRole('combobox', { name: 'Clock', exact: true }).waitFor();
  assert.match(await choose('Language', 'de'), /Geöffnet: 09:00.*12:00/);
  assert.equal(await mentor.page.evaluate(() => document.activeElement.name), 'locale');
  assert.match(await choose('Uhr', 'h12'), /9:00.*12:00\sPM/);
  await mentor.page.reload();
  await mentor.page.locator('html[lang="de"]').waitFor();
  await mentor.leave();
});

test('links at the top lead the keyboard to hours, time off and settings, and nobody is signed out', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  await mentor.page.keyboard.press('Tab');
  for (const [name, heading] of [['Weekly hours', 'hours-heading'],
    ['Time off and extra hours', 'overrides-heading'], ['Settings', 'settings-heading']]) {
    await mentor.page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name }).press('Enter');
    await mentor.page.waitForFunction((id) => document.activeElement.id === id, heading);
  }
  assert.equal(await mentor.page.locator('#page[aria-busy="false"]').count(), 1);
  await mentor.leave();
});

test('what is over is said to be over', async () => {
  const mentor = await openMentor(browser, gateway, 'gina');
  await mentor.page.locator('#previous-week').click();
  const nothing = mentor.page.locator('#week .nothing');
  await nothing.getByText('This day is over').nth(6).waitFor();
  await mentor.leave();
});

test('where nothing answers the page says so, and loads when asked again', async () => {
  const context = await open(browser, 'about:blank');
  const { page } = context;
  await page.route('**/mentor_availability?*', (route) => route.abort(), { times: 1 });
  await page.goto(mentorAddress(gateway, mentorClaims('ada')));
  await says(page.locator('#message [role="alert"]'), /does not answer/);
  await page.locator('[data-action="retry"]').press('Enter');
  await page.locator('#hours li').waitFor();
  await page.locator('#week-heading:focus').waitFor();
  await context.leave();
});
