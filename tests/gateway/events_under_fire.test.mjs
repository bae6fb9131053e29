// The stream of events where much happens at once, or something breaks: what listeners know in the
// end is what the list says, however they came to know it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { JournalReader } from '../../web/server/events/journal_reader.mjs';
import { EventStream, listen } from './event_stream.mjs';
import { createBookingDatabase, createDatabase, cuttableWayTo, dateIn, openClients, openHours, rpc,
  runScript, startGateway } from './stack.mjs';

let database;
let settings;
let gateway;
const days = [];

before(async () => {
  database = await createBookingDatabase();
  settings = { DATABASE_URL: database.urlFor('slotguard_web'), SLOTGUARD_EVENTS_INTERVAL: '10' };
  gateway = await startGateway(settings);
  for (let n = 0; n < 60; n += 1) days.push(await dateIn(database, n));
});
after(async () => {
  await gateway.stop();
  await database.drop();
});

const query = (text, values) => database.admin.query(text, values);
const book = (mentor, startup, date, time) =>
  query('SELECT book_session($1, $2, $3, $4)', [mentor, startup, date, time]);
const listed = async (mentor, from, to) => (await rpc(gateway, 'available_slots',
  { mentor_id: mentor, from_date: from, to_date: to })).body;

/** Books, cancels, holds and moves by chance; now and then it thinks better of it. */
async function write(client, startup, changes) {
  const some = (list) => list[Math.floor(Math.random() * list.length)];
  const times = ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'];
  for (let n = 0; n < changes; n += 1) {
    await client.query('BEGIN');
    const [date, time] = [some(days.slice(1, 8)), some(times)];
    await client.query(...some([
      ["SELECT book_session('busy', $1, $2, $3)", [startup, date, time]],
      ["SELECT hold_slot('busy', $1, $2, $3, hold_for => '1 second')", [startup, date, time]],
      [`SELECT cancel_session(id) FROM mentor_startup_sessions
        WHERE startup_id = $1 AND status = 'scheduled' LIMIT 1`, [startup]],
      [`SELECT reschedule_session(id, $2, $3) FROM mentor_startup_sessions
        WHERE startup_id = $1 AND status = 'scheduled' LIMIT 1`, [startup, date, time]],
    ]));
    await client.query(Math.random() < 0.2 ? 'ROLLBACK' : 'COMMIT');
  }
}

test('under sixteen writers nothing is lost, for who stays and for who comes back', async () => {
  await openHours(database, 'busy');
  const [stays, comes] = [await listen(gateway, 'busy'), await listen(gateway, 'busy')];
  const clients = await openClients(database, 16);
  let isWriting = true;
  const coming = (async () => {
    for (; isWriting; comes.close()) {
      await comes.next();
      if (!comes.isOpen) await comes.open();
    }
    await comes.open();
  })();
  await Promise.all(clients.map((client, n) => write(client, 100 + n, 60)));
  isWriting = false;
  await Promise.all(clients.map((client) => client.end()));
  // Somebody's change that comes after all others, which also wakes who waits for one.
  await book('busy', 1, days[20], '09:00');
  await coming;
  await query(`DO $$ BEGIN
    WHILE EXISTS (SELECT FROM slot_holds WHERE expires_at > clock_timestamp()) LOOP
      PERFORM pg_sleep(0.01);
    END LOOP; END $$`);
  await book('busy', 1, days[20], '10:00');
  const expected = Map.groupBy(await listed('busy', days[1], days[30]), (row) => row.session_date);
  assert.ok([...expected.values()].flat().some((row) => row.state === 'booked'));
  for (const stream of [stays, comes]) {
    await stream.until(() => days.slice(1, 31).every((date) =>
      JSON.stringify(stream.days.get(date)) === JSON.stringify(expected.get(date))));
    stream.close();
  }
});

test('a thousand who listen are all told', async () => {
  await query("INSERT INTO mentor_availability (mentor_id, opens, closes, valid_until) VALUES "
    + "('famous', '09:00', '12:00', CURRENT_DATE + 5)");
  const streams = [];
  for (let n = 0; n < 20; n += 1) {
    streams.push(...await Promise.all(Array.from({ length: 50 }, () => listen(gateway, 'famous'))));
  }
  await book('famous', 2, days[2], '09:00');
  const told = await Promise.all(streams.map((stream) => stream.next()));
  assert.equal(told.length, 1000);
  for (const { dates } of told) assert.deepEqual(dates, [days[2]]);
  for (const stream of streams) stream.close();
});

test('a reader whose connection is killed goes on where it was', async () => {
  await openHours(database, 'cut');
  const stream = await listen(gateway, 'cut');
  for (const time of ['09:00', '10:00', '11:00']) {
    await query(`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
      WHERE application_name = 'slotguard gateway: events' AND datname = current_database()`);
    await book('cut', 3, days[3], time);
    await stream.until(() => stream.stateOf(days[3], time) === 'booked');
  }
  assert.ok(gateway.log.length > 0, 'and says so');
  stream.close();
});

test('while the database is gone streams stay, and are told once it is back', async () => {
  await openHours(database, 'gone');
  const way = await cuttableWayTo(database, 'slotguard_web');
  const other = await startGateway({ ...settings, DATABASE_URL: way.url });
  const stream = await listen(other, 'gone');
  await way.cut();
  await book('gone', 4, days[3], '09:00');
  while (other.log.length === 0) await new Promise(setImmediate);
  await assert.rejects(new EventStream(other, 'gone').open(), { status: 503 });
  assert.equal(stream.isOpen, true);
  await way.mend();
  await stream.until(() => stream.stateOf(days[3], '09:00') === 'booked');
  await listen(other, 'gone');
  await other.stop();
  await way.remove();
});

test('a reader notices that events were pruned, or that the journal is another one', async () => {
  await openHours(database, 'pruned');
  const configuration = { databaseUrl: database.urlFor('slotguard_web'), schema: 'public',
    connectionTimeout: 5_000, statementTimeout: 5_000 };
  const reader = new JournalReader(configuration);
  await reader.open();
  assert.deepEqual(await reader.read(), { events: [], isLast: true, isLost: false });
  await book('pruned', 5, days[3], '09:00');
  await book('pruned', 5, days[3], '10:00');
  await query("SELECT prune_booking_events(now() + interval '1 hour')");
  assert.deepEqual([(await reader.read()).isLost, (await reader.read()).isLost], [true, false]);
  reader.cursor = '999999-848962091283597';
  assert.deepEqual([(await reader.read()).isLost, (await reader.read()).isLost], [true, false]);
  reader.close();
});

test('who does not read is cut, and nobody waits for him', async () => {
  // So many slots that what they are does not fit into the system's own buffers.
  await openHours(database, 'dense', { opens: '00:00', closes: '00:00' });
  const { port } = new URL(gateway.url);
  const slow = net.connect(Number(port), '127.0.0.1');
  slow.on('error', () => {});
  slow.write('GET /events?mentor_id=dense HTTP/1.1\r\nHost: here\r\n\r\n');
  await once(slow, 'readable');
  const stream = await listen(gateway, 'dense');
  for (const length of ['10 minutes', '11 minutes', '12 minutes', '13 minutes']) {
    await query('UPDATE mentor_settings SET slot_duration = $1 WHERE mentor_id = $2',
      [length, 'dense']);
    await stream.next();
  }
  stream.close();
  slow.resume();
  await once(slow, 'close');
});

test('a mentor whose key is a uuid is told of, however it is spelled', async () => {
  const uuids = await createDatabase();
  await uuids.admin.query(`CREATE EXTENSION slotguard;
    CREATE TABLE mentor_startup_sessions (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      mentor_id uuid NOT NULL, startup_id bigint NOT NULL, session_date date NOT NULL,
      session_time time NOT NULL, status text NOT NULL DEFAULT 'scheduled');
    SELECT setup_booking()`);
  await runScript(uuids, 'web/server/api_role.sql');
  const key = 'abcdefab-1111-4111-8111-111111111111';
  await openHours(uuids, key);
  const other = await startGateway({ ...settings, DATABASE_URL: uuids.urlFor('slotguard_web') });
  const stream = await listen(other, key.toUpperCase());
  await uuids.admin.query("SELECT book_session($1, 1, $2, '09:00')", [key, days[3]]);
  await stream.until(() => stream.stateOf(days[3], '09:00') === 'booked');
  await assert.rejects(new EventStream(other, 'no uuid').open(), { status: 400 });
  await other.stop();
  await uuids.drop();
});
