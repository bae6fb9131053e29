// One press is one booking, however often its answer is lost on the way: another try of it bears
// the same key, and the database answers it as it did.
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
  // Without events, so that nobody hears of it before the press.
  gateway = await startGateway(
    { DATABASE_URL: database.urlFor('slotguard_web'), SLOTGUARD_EVENTS: 'off' });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

const sessionsOf = async (startup) => (await database.admin.query(
  'SELECT idempotency_key FROM mentor_startup_sessions WHERE startup_id = $1', [startup])).rows;

/** A visitor who has chosen a time, and the keys and answers of the bookings that he asks for. */
async function chosen(mentor, startup, time, how = {}) {
  const visitor = await visit(browser, gateway, { mentor, startup, ...how });
  const keys = [];
  visitor.page.on('request', (request) => {
    if (request.url().endsWith('/rpc/book_session')) keys.push(request.postDataJSON().idempotency_key);
  });
  await visitor.openDay(tomorrow);
  await visitor.slot(`${tomorrow}T${time}`).click();
  return { visitor, keys };
}

const lostOnTheWay = (route) => route.abort('connectionreset');
const lostInTheMiddle = (route) => route.fulfill({ status: 503,
  json: { code: 'PGRST001', details: null, hint: null, message: 'Database client error.' } });
const garbled = (route, response) => route.fulfill({ response, body: '{"outcome": "boo' });

for (const [what, startup, time, lose] of [
  ['whose answer was lost on the way', 1, '09:00', lostOnTheWay],
  ['that was answered with 503 though it is done', 2, '09:30', lostInTheMiddle],
  ['whose answer broke off', 3, '10:00', garbled],
]) {
  test(`a booking ${what} is told as booked at another try, and is one row`, async () => {
    const { visitor, keys } = await chosen('ada', startup, time);
    // The real gateway books, twice; only its first two answers never reach the page.
    await visitor.page.route('**/rpc/book_session', async (route) => {
      const response = await route.fetch();
      assert.equal((await response.json()).outcome, 'booked');
      await lose(route, response);
    }, { times: 2 });
    for (const press of [visitor.bookButton, visitor.retryButton]) {
      await press.click();
      await visitor.page.locator('[data-action="book"][aria-disabled="false"]').waitFor();
      assert.equal(await visitor.refusal.getAttribute('data-problem'), 'no-answer');
    }
    const answered = visitor.page.waitForResponse('**/rpc/book_session');
    await visitor.retryButton.click();
    assert.equal(await outcomeIn(visitor.news), 'booked');
    assert.equal((await (await answered).json()).replayed, true);
    assert.equal(new Set(keys).size, 1);
    assert.deepEqual(await sessionsOf(startup), [{ idempotency_key: keys[0] }]);
    await visitor.leave();
  });
}

test('a booking that was cancelled before its answer came is told with what became of it', async () => {
  const { visitor } = await chosen('carl', 6, '10:00');
  await visitor.page.route('**/rpc/book_session', async (route) => {
    const { session_id: id } = await (await route.fetch()).json();
    await database.admin.query('SELECT cancel_session($1)', [id]);
    await route.abort('connectionreset');
  }, { times: 1 });
  await visitor.bookButton.click();
  await visitor.retryButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.match(await visitor.news.innerText(), /The session has been cancelled since\./);
  await visitor.leave();
});

test('after an answer each press is a wish of its own, with a key of its own', async () => {
  const { visitor, keys } = await chosen('bert', 4, '09:00');
  await database.admin.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time) VALUES ('bert', 900, $1, '09:00')`, [tomorrow]);
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  await visitor.alternatives.first().click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await visitor.listShown();
  await visitor.slot(`${tomorrow}T11:00`).click();
  await visitor.bookButton.click();
  await visitor.news.getByText(/11:00.*11:30/).waitFor();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys).size, 3);
  assert.deepEqual((await sessionsOf(4)).map((row) => row.idempotency_key).sort(),
    keys.slice(1).sort());
  await visitor.leave();
});

test('a page that came by plain http books with a key too', async () => {
  const { port } = new URL(gateway.url);
  const plain = { ...gateway, url: `http://plain.test:${port}` };
  const visitor = await visit(browser, plain, { mentor: 'carl', startup: 5 });
  assert.equal(await visitor.page.evaluate(() => globalThis.isSecureContext), false);
  await visitor.openDay(tomorrow);
  await visitor.slot(`${tomorrow}T09:00`).click();
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  const [{ idempotency_key: key }] = await sessionsOf(5);
  assert.match(key, /^\d+-\d+$/);
  await visitor.leave();
});
