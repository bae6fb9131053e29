// Who may listen to the stream of events, what that costs, and how it ends.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { EventStream, listen } from './event_stream.mjs';
import { createBookingDatabase, dateIn, openHours, runScript, startGateway } from './stack.mjs';

const mentor = 'ada';

let database;
let settings;
let gateway;
let day;

before(async () => {
  database = await createBookingDatabase();
  settings = { DATABASE_URL: database.urlFor('slotguard_web'), SLOTGUARD_EVENTS_INTERVAL: '20',
    SLOTGUARD_ALLOWED_ORIGINS: 'https://book.example' };
  gateway = await startGateway(settings);
  day = await dateIn(database, 2);
  await openHours(database, mentor);
});
after(async () => {
  await gateway.stop();
  await database.drop();
});

const query = (text, values) => database.admin.query(text, values);

test('a site that is listed may listen from a browser', async () => {
  const stream = await listen(gateway, mentor, { Origin: 'https://book.example' });
  assert.equal(stream.response.headers['access-control-allow-origin'], 'https://book.example');
  assert.equal(stream.response.headers.vary, 'Origin, Accept-Encoding');
  stream.close();
});

test('who takes gzip is told the same, in a tenth of the bytes', async () => {
  const [plain, packed] = [await listen(gateway, mentor),
    await listen(gateway, mentor, { 'Accept-Encoding': 'deflate, gzip;q=1.0' })];
  assert.equal(packed.response.headers['content-encoding'], 'gzip');
  assert.equal(packed.response.headers.vary, 'Origin, Accept-Encoding');
  assert.deepEqual(packed.first, plain.first);
  assert.ok(packed.size < plain.size / 10, `${packed.size} of ${plain.size} bytes`);
  for (const time of ['10:00', '11:00']) {
    await query('SELECT book_session($1, 8, $2, $3)', [mentor, day, time]);
    assert.deepEqual(await packed.next(), await plain.next());
  }
  assert.equal(packed.stateOf(day, '11:00'), 'booked');
  plain.close();
  packed.close();
});

test('without a mentor it is 400', async () => {
  const response = await fetch(`${gateway.url}/events`);
  assert.deepEqual([response.status, (await response.json()).message],
    [400, 'mentor_id is missing']);
});

test('a mentor of whom nothing is known has an empty list, and is told of hours', async () => {
  const stream = await listen(gateway, 'nobody yet');
  assert.deepEqual(stream.first.slots, []);
  await openHours(database, 'nobody yet');
  await stream.until(() => stream.stateOf(day, '09:00') === 'available');
  stream.close();
});

test('where it is switched off there is no such path', async () => {
  const other = await startGateway({ ...settings, SLOTGUARD_EVENTS: 'off' });
  const response = await fetch(`${other.url}/events?mentor_id=ada`);
  await other.stop();
  assert.deepEqual([response.status, (await response.json()).code], [404, 'PGRST125']);
});

test('one mentor more than it follows is 503, until somebody leaves', async () => {
  const other = await startGateway({ ...settings, SLOTGUARD_EVENTS_MENTORS: '2' });
  for (const name of ['a', 'b']) await openHours(database, name);
  const [one] = await Promise.all(['a', 'b'].map((name) => listen(other, name)));
  await assert.rejects(new EventStream(other, 'c').open(), { status: 503 });
  await listen(other, 'a');
  await listen(other, 'b');
  await other.stop();
  assert.equal(one.isOpen, false);
});

test('a name that somebody made up takes no place from a mentor', async () => {
  const other = await startGateway({ ...settings, SLOTGUARD_EVENTS_MENTORS: '2' });
  const made = await Promise.all(['made up 1', 'made up 2'].map((name) => listen(other, name)));
  for (const name of ['a', 'b']) await listen(other, name);
  while (made.some((stream) => stream.isOpen)) await new Promise((done) => { setTimeout(done, 10); });
  await assert.rejects(new EventStream(other, 'made up 3').open(), { status: 503 });
  await other.stop();
});

test('a quiet stream stays open where calls are given little time', async () => {
  const other = await startGateway({ ...settings, SLOTGUARD_REQUEST_TIMEOUT: '100',
    SLOTGUARD_CONNECTION_TIMEOUT: '300', SLOTGUARD_STATEMENT_TIMEOUT: '1000' });
  const stream = await listen(other, 'nobody');
  const idle = net.connect(Number(new URL(other.url).port), '127.0.0.1').resume();
  await once(idle, 'close');
  assert.equal(stream.isOpen, true);
  await other.stop();
});

test('nobody reads the journal while nobody listens', async () => {
  const other = await startGateway({ ...settings, SLOTGUARD_EVENTS_INTERVAL: '1' });
  const readers = async () => (await query(`SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'slotguard gateway: events'`))
    .rows.length;
  const others = await readers();
  const stream = await listen(other, mentor);
  assert.equal(await readers(), others + 1);
  stream.close();
  while (await readers() > others) ;
  const again = await listen(other, mentor);
  await query("SELECT book_session($1, 1, $2, '09:00')", [mentor, day]);
  await again.until(() => again.stateOf(day, '09:00') === 'booked');
  await other.stop();
});

test('a gateway that is told to end ends its streams, and with 0', async () => {
  const other = await startGateway(settings);
  const streams = await Promise.all([1, 2].map(() => listen(other, mentor)));
  assert.equal(await other.stop(), 0);
  for (const stream of streams) assert.equal(await stream.next(), undefined);
  assert.deepEqual(other.log, []);
});

test('a role that may not read the journal is 503, and said in the log', async () => {
  await query('REVOKE USAGE ON SCHEMA public FROM PUBLIC, slotguard_journal');
  const other = await startGateway(settings);
  try {
    await assert.rejects(new EventStream(other, mentor).open(), { status: 503 });
    assert.match(other.log[0], /events: "permission denied for schema public"/);
  } finally {
    await other.stop();
    await runScript(database, 'web/server/api_role.sql');
  }
});
