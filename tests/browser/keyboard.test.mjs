// Everything that a pointer can do, a keyboard can, and the focus is always where the news is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createBookingDatabase, dateIn, openHours, rpc, startGateway } from '../gateway/stack.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

let database;
let gateway;
let browser;

before(async () => {
  database = await createBookingDatabase();
  await openHours(database, 'ada');
  gateway = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

test('from the first key to the booked session, past a refusal', async () => {
  const date = await dateIn(database, 2);
  const taken = { mentor_id: 'ada', startup_id: 1, session_date: date };
  await rpc(gateway, 'book_session', { ...taken, session_time: '09:30' });
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 2 });
  const press = (key) => visitor.page.keyboard.press(key);
  const tabTo = async (selector) => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await visitor.page.locator(`${selector}:focus`).count() === 1) return;
      await press('Tab');
    }
    assert.fail(`${selector} is out of the keyboard's reach`);
  };

  await tabTo('[data-day]');
  const tomorrow = await visitor.page.locator('[data-day]:focus').getAttribute('data-day');
  for (let day = tomorrow; day < date; day = nextDay(day)) await press('ArrowRight');
  assert.match(await visitor.focused(), /^\w+day,? \d+ \w+ \d+, 5 free times$/);
  await press('Enter');
  assert.match(await visitor.focused(), /09:00, Coordinated Universal Time, available$/, 'on to the times');
  await press('ArrowRight');
  assert.match(await visitor.focused(), /10:00/, 'the arrows pass over what is booked');

  await tabTo('[data-action="book"]');
  assert.match(await visitor.focused(), /10:00/, 'the button says what it books');
  // On the way through the form it was held: a plain writer may step over that.
  await database.admin.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 1, $1, '10:00')`, [date]);
  await press('Enter');
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  assert.equal(await visitor.focused(), 'alert');

  await press('Tab');
  assert.match(await visitor.focused(), /\d\d:\d\d/, 'the next stop is the nearest free time');
  await press('Enter');
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.equal(await visitor.focused(), 'status');
  await visitor.leave();
});

test('without a choice the button asks for one, and sends nothing', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 2 });
  let calls = 0;
  visitor.page.on('request', (request) => { calls += request.method() === 'POST'; });
  await visitor.bookButton.press('Enter');
  await visitor.refusal.locator('h3').waitFor();
  assert.match(await visitor.refusal.innerText(), /choose one of the free times/);
  assert.equal(await visitor.focused(), 'alert');
  assert.equal(calls, 0);
  await visitor.leave();
});

test('other months take neither the place of the keyboard nor the chosen time', async () => {
  const date = await dateIn(database, 3);
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 4 });
  await visitor.openDay(date);
  await visitor.slot(`${date}T11:00`).click();
  await visitor.page.locator('[data-action="next-month"]').focus();
  for (let months = 0; months < 3; months += 1) {
    const before = await visitor.page.locator('[data-day]').first().getAttribute('data-day');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.locator(`[data-day="${before}"]`).waitFor({ state: 'detached' });
    await visitor.listShown();
    assert.equal(await visitor.focused(), 'Next month');
    assert.ok(await visitor.slot(`${date}T11:00`).locator('input').isChecked());
    assert.equal(await visitor.bookButton.innerText(), 'Book 11:00');
  }
  await visitor.bookButton.press('Enter');
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await visitor.leave();
});

test('the arrows go from day to day, over the ends of weeks and months, and no further than one can book', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 7 });
  const { page } = visitor;
  const today = await dateIn(database, 0);
  const at = () => page.locator('[data-day]:focus').getAttribute('data-day');
  const goTo = async (date) => {
    await visitor.openMonth(date);
    await page.locator(`[data-day="${date}"]`).focus();
  };
  const [year, month] = today.split('-').map(Number);
  const dayOf = (months, day) => new Date(Date.UTC(year, month - 1 + months, day)).toISOString().slice(0, 10);
  const last = dayOf(2, 0);
  await goTo(last);
  for (const [key, date] of [
    ['ArrowRight', dayOf(2, 1)], ['ArrowLeft', last], ['ArrowDown', dayOf(2, 7)],
    ['PageDown', dayOf(3, 7)], ['PageUp', dayOf(2, 7)], ['ArrowUp', last],
  ]) {
    await page.keyboard.press(key);
    assert.equal(await at(), date, key);
  }
  await goTo(dayOf(1, 14));
  const weekday = async (key, name) => {
    await page.keyboard.press(key);
    assert.match(await visitor.focused(), name, key);
  };
  await weekday('Home', /^Monday/);
  await weekday('End', /^Sunday/);
  await goTo(today);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await at(), today, 'no day is before today');
  assert.equal(await page.locator('[data-day][tabindex="0"]').count(), 1, 'one day is in the order of Tab');
  await visitor.leave();
});

test('whoever goes on while the list is fetched keeps his place in the new one', async () => {
  const date = await dateIn(database, 4);
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 5 });
  await visitor.openDay(date);
  for (const place of [visitor.slot(`${date}T10:00`).locator('input'),
    visitor.page.locator(`[data-day="${date}"]`)]) {
    const [asked, letPass] = await heldList(visitor);
    await visitor.page.getByRole('radio', { name: /minutes/, checked: false }).first().check();
    await asked;
    await place.focus();
    const before = await visitor.focused();
    const fetched = visitor.page.waitForResponse('**/rpc/available_slots');
    await letPass();
    await fetched;
    await visitor.listShown();
    const spoken = (text) => text.replace(/, (no|\d+) free times?$/, '');
    assert.equal(spoken(await visitor.focused()), spoken(before));
  }
  await visitor.leave();
});

/** @param {string} date */
function nextDay(date) {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
}

/** Holds the next list back: when it has been asked for, and how to let it pass. */
async function heldList({ page }) {
  let letPass;
  let ask;
  const asked = new Promise((resolve) => { ask = resolve; });
  await page.route('**/rpc/available_slots', (route) => {
    letPass = () => route.continue();
    ask();
  }, { times: 1 });
  return [asked, () => letPass()];
}
