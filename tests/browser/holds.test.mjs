// A time that somebody is just booking: seen as such, never chosen, and kindly refused to whoever
// pressed a moment later.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createBookingDatabase, dateIn, openHours, startGateway } from '../gateway/stack.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

let database;
let gateway;
let browser;
let tomorrow;

before(async () => {
  database = await createBookingDatabase();
  for (const mentor of ['ada', 'bert', 'carl']) await openHours(database, mentor);
  tomorrow = await dateIn(database, 1);
  gateway = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

const call = async (statement, values) => {
  const { rows: [answer] } = await database.admin.query(statement, values);
  return answer;
};
const hold = (mentor, startup, time) => call(
  'SELECT outcome, hold_token FROM hold_slot($1, $2, $3, $4)', [mentor, startup, tomorrow, time]);
const release = (token) => call('SELECT outcome FROM release_hold($1)', [token]);
const book = (mentor, startup, time) => call(
  'SELECT outcome FROM book_session($1, $2, $3, $4)', [mentor, startup, tomorrow, time]);

/** What of a slot is seen, as the browser has worked it out. */
const looks = (slot) => slot.evaluate((label) => {
  const { backgroundColor, color, cursor } = getComputedStyle(label);
  return { backgroundColor, color, cursor };
});

for (const [locale, seen, heard] of [
  ['en-GB', 'being booked', 'being booked right now'],
  ['de', 'wird gebucht', 'wird gerade gebucht'],
]) {
  test(`a held time is grey, says so in words and cannot be chosen, in ${locale}`, async () => {
    await hold('ada', 900, '09:30');
    await book('ada', 901, '10:00');
    const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 1, locale });
    await visitor.openDay(tomorrow);
    const held = visitor.slot(`${tomorrow}T09:30`);
    assert.equal(await held.getAttribute('data-state'), 'held');
    assert.equal(await held.locator('small').innerText(), seen);
    assert.ok((await held.locator('input').getAttribute('aria-label')).endsWith(`, ${heard}`));
    assert.deepEqual(await looks(held), await looks(visitor.slot(`${tomorrow}T10:00`)));
    await held.click({ force: true });
    assert.ok(!(await held.locator('input').isChecked()));
    assert.equal(await visitor.page.locator(`[data-day="${tomorrow}"]`).getAttribute('data-free'), '4');
    assert.deepEqual(visitor.trouble, []);
    await visitor.leave();
  });
}

test('whoever presses while another holds the time is told so, and books one nearby', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'bert', startup: 2 });
  await visitor.openDay(tomorrow);
  await visitor.slot(`${tomorrow}T10:00`).click();
  await hold('bert', 900, '10:00');
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.refusal), 'slot_held');
  assert.match(await visitor.refusal.innerText(), /Someone else is booking this time slot right now\./);
  await visitor.listShown();
  assert.equal(await visitor.slot(`${tomorrow}T10:00`).getAttribute('data-state'), 'held');
  assert.ok(await visitor.alternatives.count() > 0);
  await visitor.alternatives.first().click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await visitor.leave();
});

test('a time that was held is there to book once it is released', async () => {
  const { hold_token: token } = await hold('carl', 900, '11:00');
  const visitor = await visit(browser, gateway, { mentor: 'carl', startup: 3 });
  await visitor.openDay(tomorrow);
  assert.ok(await visitor.slot(`${tomorrow}T11:00`).locator('input').isDisabled());
  assert.equal((await release(token)).outcome, 'released');
  await visitor.page.reload();
  await visitor.listShown();
  await visitor.openDay(tomorrow);
  await visitor.slot(`${tomorrow}T11:00`).click();
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await visitor.leave();
});
