// What whoever uses the keyboard, or listens, comes upon: Enter never does more than it says, one
// place is in the order of Tab, old words go, and what moves is told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSignedInStack, dateIn, openHours, startupClaims, tokenFor } from '../gateway/stack.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

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

async function looking(startup, date, how) {
  const visitor = await visit(browser, gateway,
    { mentor: 'ada', token: tokenFor(startupClaims(startup)) }, how);
  await visitor.openDay(date);
  await visitor.page.locator('.age[hidden]').waitFor({ state: 'attached' });
  return visitor;
}

const insert = (date, time) => database.admin.query(`INSERT INTO mentor_startup_sessions
  (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 900, $1, $2)`, [date, time]);
const spoken = ({ page }) => page.locator('.spoken[aria-live]');
const placeOf = async (part) => (await part.boundingBox()).y;

test('Enter on a time chooses it and goes on to the form: it books nothing', async () => {
  const date = await dateIn(database, 1);
  const visitor = await looking(1, date);
  let calls = 0;
  visitor.page.on('request', (request) => { calls += request.url().endsWith('/rpc/book_session'); });
  assert.match(await visitor.focused(), /09:00.*available$/, 'an unchosen time');
  await visitor.page.keyboard.press('Enter');
  assert.ok(await visitor.slot(`${date}T09:00`).locator('input').isChecked());
  assert.ok(await visitor.note.evaluate((note) => note.getRootNode().activeElement === note));
  await visitor.slot(`${date}T09:00`).locator('input').focus();
  await visitor.page.keyboard.press('Enter');
  assert.ok(await visitor.note.evaluate((note) => note.getRootNode().activeElement === note));
  assert.equal(await visitor.refusal.innerText(), '');
  assert.equal(calls, 0);
  await visitor.leave();
});

test('what was said of no time, or of one that is gone, goes once another is chosen', async () => {
  const date = await dateIn(database, 2);
  const visitor = await looking(2, date);
  await visitor.bookButton.click();
  await visitor.refusal.locator('h3').waitFor();
  await visitor.slot(`${date}T10:00`).click();
  assert.equal(await visitor.refusal.innerText(), '');
  await insert(date, '10:00');
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  assert.match(await visitor.refusal.innerText(), /5 free times nearby are listed below/);
  const { page } = visitor;
  assert.match(await visitor.alternatives.first().getAttribute('aria-description'), /day/);
  await visitor.slot(`${date}T11:00`).click();
  assert.equal(await visitor.refusal.innerText(), '');
  assert.equal(await page.locator('[data-alternative]').count(), 0);
  await visitor.leave();
});

test('the words of a hold go with it, and come again with the next one', async () => {
  const date = await dateIn(database, 3);
  const visitor = await looking(3, date);
  await visitor.slot(`${date}T10:00`).click();
  const before = await placeOf(visitor.bookButton);
  await visitor.note.focus();
  await spoken(visitor).getByText(/^This time is held for you for 5 more minutes/).waitFor();
  assert.equal(await placeOf(visitor.bookButton), before, 'the button has not moved');
  await visitor.slot(`${date}T11:00`).click();
  assert.equal(await spoken(visitor).innerText(), '');
  await visitor.note.focus();
  await spoken(visitor).getByText(/^This time is held for you for 5 more minutes/).waitFor();
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.equal(await spoken(visitor).innerText(), '');
  await visitor.leave();
});

test('after any key one day is in the order of Tab: the one that the keyboard stands on', async () => {
  const date = await dateIn(database, 8);
  const visitor = await looking(4, date);
  const { page } = visitor;
  await page.locator(`[data-day="${date}"]`).focus();
  for (const key of ['End', 'Home', 'ArrowDown', 'PageDown', 'ArrowUp', 'PageUp']) {
    await page.keyboard.press(key);
    const inReach = page.locator('[data-day][tabindex="0"]');
    assert.equal(await inReach.count(), 1, key);
    assert.equal(await inReach.getAttribute('data-day'),
      await page.locator('[data-day]:focus').getAttribute('data-day'), key);
  }
  await visitor.leave();
});

test('a move is told, is left by Escape, and the keyboard goes back to where it began', async () => {
  const date = await dateIn(database, 4);
  const visitor = await looking(5, date);
  const { page } = visitor;
  await visitor.slot(`${date}T09:00`).click();
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  const move = page.locator('[data-session] [data-action="move"]');
  for (const leave of ['Escape', 'keep']) {
    await move.click();
    await spoken(visitor).getByText(/^You are moving your session of .*09:00/).waitFor();
    assert.equal(await page.locator('.times').getAttribute('aria-describedby'), 'moving');
    await visitor.slot(`${date}T10:00`).locator('input').focus();
    await page.keyboard.press('Enter');
    assert.equal(await visitor.focused(), 'Move to 10:00', 'Enter moves nothing yet');
    if (leave === 'Escape') await page.keyboard.press('Escape');
    else await page.locator('[data-action="keep"]').click();
    await page.locator('[data-action="book"]').waitFor();
    assert.ok(await move.evaluate((button) => button.getRootNode().activeElement === button), leave);
    assert.equal(await page.getByText(/^You are moving/).count(), 0);
  }
  await visitor.leave();
});

test('what is told does not push the keyboard\'s place off the screen', async () => {
  const date = await dateIn(database, 5);
  const visitor = await looking(6, date, { viewport: { width: 1000, height: 700 } });
  await visitor.slot(`${date}T10:00`).click();
  await visitor.bookButton.focus();
  await visitor.bookButton.evaluate((button) => button.scrollIntoView({ block: 'end' }));
  await insert(date, '10:00');
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  const { y, height } = await visitor.bookButton.boundingBox();
  assert.ok(y >= 0 && y + height <= 700, `${y}`);
  await visitor.leave();
});

test('the list of zones is as wide before it is filled as after, and nothing beside it moves', async () => {
  const date = await dateIn(database, 6);
  const visitor = await looking(7, date);
  const clock = visitor.page.locator('#clock');
  const before = await clock.boundingBox();
  await visitor.page.locator('#time-zone').focus();
  await visitor.page.locator('#time-zone option').nth(100).waitFor({ state: 'attached' });
  assert.deepEqual(await clock.boundingBox(), before);
  await visitor.leave();
});

test('another month, another length and a saved file are told to whoever listens', async () => {
  const date = await dateIn(database, 7);
  const visitor = await looking(8, date);
  const { page } = visitor;
  await visitor.slot(`${date}T09:00`).click();
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await page.locator('[data-session] [data-action="calendar"]').click();
  await spoken(visitor).getByText(`The calendar file is saved as session-${date}.ics.`).waitFor();
  await page.getByLabel('60 minutes').check();
  await spoken(visitor).getByText(/^\w+day,? \d+ \w+ \d+, \d free times$/).waitFor();
  await page.locator('[data-action="next-month"]').click();
  await spoken(visitor).getByText(/^\w+ \d+\. Shown: \w+day,? \d+ \w+ \d+, \d free times$/).waitFor();
  await visitor.leave();
});

test('a time of another day that is taken opens that day', async () => {
  const [date, next] = [await dateIn(database, 9), await dateIn(database, 10)];
  for (const time of ['09:00', '09:30', '10:00', '11:00', '11:30']) await insert(date, time);
  const visitor = await looking(9, date);
  await visitor.slot(`${date}T10:30`).click();
  await visitor.page.route('**/rpc/book_session', async (route) => {
    await insert(date, '10:30');
    await route.continue();
  }, { times: 1 });
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  await visitor.page.locator(`[data-alternative^="${next}"]`).first().click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await visitor.page.locator(`[data-day="${next}"][aria-pressed="true"]`).waitFor();
  await visitor.page.locator(`[data-slot^="${next}"][data-state="booked"]`).waitFor();
  await visitor.leave();
});

test('a cancellation that nobody answered says of which session', async () => {
  const date = await dateIn(database, 11);
  const visitor = await looking(10, date);
  await visitor.slot(`${date}T09:30`).click();
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await visitor.page.route('**/rpc/cancel_session', (route) => route.abort());
  await visitor.page.locator('[data-session] [data-action="cancel"]').click();
  await visitor.page.locator('[data-action="confirm-cancel"]').click();
  await visitor.refusal.getByText(/Trying again is safe/).waitFor();
  assert.match(await visitor.refusal.innerText(), /day.*09:30/);
  await visitor.leave();
});

test('how the visitor reads is kept over a reload, and English is his own English', async () => {
  const date = await dateIn(database, 12);
  const visitor = await looking(11, date, { locale: 'en-GB' });
  const { page } = visitor;
  const heading = page.locator('.day-heading');
  const british = await heading.innerText();
  await page.locator('#language').selectOption('de');
  await page.locator('.booking[lang="de"]').waitFor();
  await page.locator('#language').selectOption('en');
  await page.locator('.booking[lang="en"]').waitFor();
  assert.equal(await heading.innerText(), british);
  await page.locator('#language').selectOption('de');
  await page.locator('#clock').selectOption('h12');
  await page.locator('#time-zone').focus();
  await page.locator('#time-zone').selectOption('Asia/Tokyo');
  await page.reload();
  await visitor.listShown();
  const values = await page.locator('.preference select').evaluateAll((all) => all.map(({ value }) => value));
  assert.deepEqual(values, ['Asia/Tokyo', 'h12', 'de']);
  await visitor.leave();
});
