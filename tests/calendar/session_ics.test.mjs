// session_ics() says what the table says, to a reader of calendar files that shares no code with it.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { createDatabase, openClients } from '../gateway/stack.mjs';
import { Random } from '../storm/random.mjs';
import { property, readCalendar } from './calendar_file.mjs';

const seed = Number(process.env.CALENDAR_SEED ?? 5545);
const howMany = Number(process.env.CALENDAR_SESSIONS ?? 3000);

let database;
const query = async (sql, values) => (await database.admin.query(sql, values)).rows;
before(async () => {
  database = await createDatabase();
  await query('CREATE EXTENSION slotguard');
  await query('SELECT FROM setup_booking()');
});
after(() => database?.drop());

/** Writes sessions of one each; what the clock skips is left out. Gives what table and file say. */
async function written(wishes) {
  const of = (field) => wishes.map((wish) => wish[field]);
  const ids = await query(`
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration, time_zone)
    SELECT gen_random_uuid(), nextval('startups'), local::date, local::time, duration, zone
    FROM unnest($1::text[], $2::timestamp[], $3::interval[]) AS wish (zone, local, duration)
    WHERE (local AT TIME ZONE zone) AT TIME ZONE zone = local
    RETURNING id`, [of('zone'), of('local'), of('duration')]);
  return query(`
    SELECT id, time_zone, session_ics(id) AS text, duration::text,
           to_char(session_date + session_time, 'YYYY-MM-DD"T"HH24:MI:SS') AS local,
           extract(epoch FROM starts_at)::float8 AS starts_at, extract(epoch FROM ends_at)::float8 AS ends_at
    FROM mentor_startup_sessions WHERE id = ANY ($1)`, [ids.map(({ id }) => id)]);
}

/** Whoever reads the file finds the instants of the table, and mostly the mentor's local time. */
function assertSameInstants(sessions, leastShareOfLocal) {
  const read = sessions.map((session) => ({ ...session, read: readCalendar(session.text) }));
  const wrong = read.filter(({ read: file, ...table }) => file.startsAt !== table.starts_at
    || file.endsAt !== table.ends_at || (file.hasZone && file.local !== table.local));
  assert.equal(wrong.length, 0, `${wrong.length} of ${read.length}, the first:\n${JSON.stringify(wrong[0], null, 2)}`);
  const local = read.filter(({ read: file }) => file.hasZone).length;
  assert.ok(local >= leastShareOfLocal * read.length, `${local} of ${read.length} are on the mentor's clock`);
}

test('a session about each change of the clock is read at its instants', async () => {
  await query('CREATE SEQUENCE startups');
  // Both hemispheres, half-hours, a Ramadan, a day that was left out, summer time below standard time.
  const changes = [
    ['Europe/Berlin', '2050-03-27'], ['Europe/Berlin', '2050-10-30'], ['America/New_York', '2027-03-14'],
    ['America/New_York', '2099-11-01'], ['Australia/Lord_Howe', '2027-04-04'], ['Australia/Lord_Howe', '2027-10-03'],
    ['America/Santiago', '2027-04-04'], ['Africa/Casablanca', '2027-02-07'], ['Africa/Casablanca', '2027-03-14'],
    ['Europe/Dublin', '2027-10-31'], ['Pacific/Apia', '2011-12-30'], ['Asia/Kathmandu', '1985-12-31'],
    ['America/St_Johns', '1970-04-26'], ['Africa/Monrovia', '1972-01-07'], ['Asia/Pyongyang', '2018-05-05'],
    ['Antarctica/Troll', '2027-03-28'], ['America/Nuuk', '2024-03-30'],
  ];
  const wishes = changes.flatMap(([zone, date]) => ['15 minutes', '3 hours', '24 hours'].flatMap((duration) =>
    Array.from({ length: 3 * 96 }, (_, quarter) => ({
      zone, duration, local: new Date(Date.parse(date) + (quarter - 96) * 900_000).toISOString().slice(0, 19),
    }))));
  const sessions = await written(wishes);
  assert.ok(sessions.length > 14_000);
  assertSameInstants(sessions, 0.8);
});

test(`${howMany} sessions by chance, from 1970 to 2099 in every zone, are read at their instants`, async () => {
  const random = new Random(seed);
  const zones = await query(`SELECT name FROM pg_timezone_names
    WHERE name NOT IN ('localtime', 'posixrules') AND name NOT LIKE 'posix/%' ORDER BY name`);
  const day = 86_400_000;
  const wishes = Array.from({ length: howMany }, () => ({
    zone: random.pick(zones).name,
    local: new Date(random.below(130 * 365) * day + random.below(86_400) * 1000).toISOString().slice(0, 19),
    duration: `${1 + random.below(86_400)} seconds`,
  }));
  assertSameInstants(await written(wishes), 0.98);
});

test('in UTC, and in a notation that is no name, times are written in UTC', async () => {
  const sessions = await written([{ zone: 'UTC', local: '2050-07-04T10:00:00', duration: '1 hour' }]);
  // The trigger takes names alone; a table that was adopted, or a replica, may hold such a row.
  for (const zone of ['<+05>-5', 'EST5EDT,M3.2.0,M11.1.0']) {
    await query('SET session_replication_role = replica');
    await query('UPDATE mentor_startup_sessions SET time_zone = $1 WHERE id = $2', [zone, sessions[0].id]);
    await query('RESET session_replication_role');
    const [{ text }] = await query('SELECT session_ics($1) AS text', [sessions[0].id]);
    sessions.push({ ...sessions[0], text });
  }
  assert.equal(sessions.length, 3);
  assertSameInstants(sessions, 0);
  for (const { text } of sessions) assert.match(text, /\r\nDTSTART:\d{8}T\d{6}Z\r\nDTEND:\d{8}T\d{6}Z\r\n/);
});

test('part of a second is not lost: the file covers the session', async () => {
  const [session] = await written([{ zone: 'UTC', local: '2050-07-05T10:00:00.25', duration: '0.5 seconds' }]);
  const { startsAt, endsAt } = readCalendar(session.text);
  assert.deepEqual([startsAt, endsAt], [Math.floor(session.starts_at), Math.ceil(session.ends_at)]);
});

test('whatever a mentor is called, and a visitor notes, is read as it was written, in lines of 75 octets', async () => {
  const names = ['Ada', 'comma, semicolon; colon: "quoted" back\\slash \\n \\\\,', 'two\nlines', 'a tab\there',
    'BEGIN:VEVENT\nUID:forged\nEND:VEVENT', 'é'.repeat(300), 'x'.repeat(300), '👩🏽‍💻'.repeat(100), `a${'漢'.repeat(299)}`,
    '\\'.repeat(300), ','.repeat(300), 'word '.repeat(60), ' ', '\n\n\n', ';'];
  const controls = [['\r', '\n'], ['a\r\nb\rc', 'a\nb\nc'], ['\b\f\v\u0001\u001f\u007f', '      ']];
  const called = [...names.map((name) => [name, name]), ...controls];
  const asMentor = (name) => [...name].slice(0, 255).join(''); // the most there can be; a note can be longer
  for (const [name, expected] of called) {
    const [{ text }] = await query(`
      INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone, visitor_note)
      VALUES ($1, nextval('startups'), '2050-07-04', '10:00', 'Europe/Paris', $2) RETURNING id`, [asMentor(name), name])
      .then(([{ id }]) => query('SELECT session_ics($1) AS text', [id]));
    const lines = Buffer.from(text).toString('latin1').split('\r\n').map((line) => Buffer.from(line, 'latin1'));
    assert.equal(lines.pop().length, 0, 'the last line is ended');
    for (const line of lines) {
      assert.ok(line.length <= 75, `${line.length} octets: ${line}`);
      assert.doesNotMatch(line.toString('latin1'), /[\r\n]/);
      new TextDecoder('utf-8', { fatal: true }).decode(line);
    }
    const { calendar, event } = readCalendar(text);
    assert.equal(calendar.getAllSubcomponents('vevent').length, 1);
    assert.equal(event.getFirstPropertyValue('summary'), `Session with ${asMentor(expected)}`);
    assert.equal(event.getFirstPropertyValue('description'), expected);
  }
});

test('the UID stays and the SEQUENCE grows as a session moves, is cancelled and comes back', async () => {
  const [{ id }] = await query(`
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', nextval('startups'), '2050-07-04', '10:00') RETURNING id`);
  const files = [];
  const keep = async () => files.push((await query('SELECT session_ics($1) AS text', [id]))[0].text);
  await keep();
  for (const change of ['session_time = \'11:00\'', 'status = \'cancelled\'', 'status = \'scheduled\'', 'status = \'completed\'']) {
    await query(`UPDATE mentor_startup_sessions SET ${change} WHERE id = $1`, [id]);
    await keep();
  }
  assert.equal(new Set(files.map((text) => property(text, 'uid'))).size, 1);
  assert.match(property(files[0], 'uid'), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(files.map((text) => property(text, 'sequence')), ['0', '1', '2', '3', '3']);
  assert.deepEqual(files.map((text) => property(text, 'status')),
    ['CONFIRMED', 'CONFIRMED', 'CANCELLED', 'CONFIRMED', 'CONFIRMED']);
  const [{ created, updated }] = await query(`
    SELECT extract(epoch FROM date_trunc('second', created_at))::float8 AS created,
           extract(epoch FROM date_trunc('second', updated_at))::float8 AS updated
    FROM mentor_startup_sessions WHERE id = $1`, [id]);
  const { event, calendar } = readCalendar(files.at(-1));
  assert.equal(event.getFirstPropertyValue('created').toUnixTime(), created);
  for (const name of ['dtstamp', 'last-modified']) assert.equal(event.getFirstPropertyValue(name).toUnixTime(), updated);
  assert.deepEqual(['version', 'method'].map((name) => calendar.getFirstPropertyValue(name)), ['2.0', 'PUBLISH']);
});

test('no two sessions share a UID, nor do those of two sites with one number', async () => {
  const [{ id }] = await query('SELECT min(id) AS id FROM mentor_startup_sessions');
  const uids = async () => (await query(`SELECT substring(session_ics(id) FROM 'UID:([^\\r]*)') AS uid
    FROM (SELECT id FROM mentor_startup_sessions ORDER BY id LIMIT 1000) AS first_ones`)).map(({ uid }) => uid);
  const ours = await uids();
  await query('UPDATE mentor_startup_sessions SET created_at = created_at + interval \'1 microsecond\' WHERE id = $1', [id]);
  const theirs = await uids();
  assert.equal(new Set([...ours, ...theirs]).size, ours.length + 1);
});

test('a database in another encoding writes what a database in UTF-8 does', async () => {
  const name = `slotguard_calendar_latin1_${process.pid}`;
  const mentor = `\n${'éü'.repeat(127)}`; // 255 characters, the most there can be
  const wish = `INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, visitor_note)
    VALUES ('${mentor}', 1, '2050-07-04', '10:00', '${mentor}')`;
  await query(`CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
  const [client] = await openClients({ name }, 1);
  try {
    await client.query('CREATE EXTENSION slotguard');
    await client.query('SELECT FROM setup_booking()');
    await client.query(wish);
    const { rows: [{ text }] } = await client.query('SELECT session_ics(1) AS text');
    assert.equal(property(text, 'summary'), `Session with ${mentor}`);
    assert.equal(property(text, 'description'), mentor);
    assert.ok(text.split('\r\n').every((line) => Buffer.from(line).length <= 75));
  } finally {
    await client.end();
    await query(`DROP DATABASE ${name}`);
  }
});
