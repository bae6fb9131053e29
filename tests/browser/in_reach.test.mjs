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
