// A mentor's sessions as a calendar that a program subscribes to, read back by ical.js.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ICAL from 'ical.js';
import { calendarClaims, createSignedInStack, dateIn, mentorClaims, openHours, startGateway, startupClaims,
  tokenFor } from './stack.mjs';

let database;
let gateway;
const sessions = {};

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  await openHours(database, 'ada', { zone: 'America/New_York' });
  await openHours(database, 'bert');
  const date = await dateIn(database, 3);
  const book = async (name, ...args) => {
    const { rows: [row] } = await database.admin.query(
      `SELECT (book_session($1, $2, $3, $4, visitor_note => $5)).*`, args);
    assert.equal(row.outcome, 'booked');
    sessions[name] = row;
  };
  await book('kept', 'ada', 7, date, '09:00', 'Pricing; and\nhiring');
  await book('moved', 'ada', 8, date, '10:00', null);
  await book('cancelled', 'ada', 9, date, '11:00', null);
  await book('of another', 'bert', 7, date, '09:00', null);
  const { rows: [moved] } = await database.admin.query(
    'SELECT (reschedule_session($1, $2, $3)).*', [sessions.moved.session_id, date, '10:30']);
  sessions.moved = moved;
  await database.admin.query('SELECT cancel_session($1)', [sessions.cancelled.session_id]);
});
after(async () => {
  await gateway.stop();
  await database.drop();
});

async function feed(mentor, claims, query = claims && `?token=${tokenFor(claims)}`) {
  const response = await fetch(`${gateway.url}/calendar/${encodeURIComponent(mentor)}.ics${query ?? ''}`);
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type'), text };
}

test('a mentor’s calendar has his coming sessions, where they are now, and nobody else’s', async () => {
  const { status, type, text } = await feed('ada', calendarClaims('ada'));
  assert.equal(status, 200, text);
  assert.match(type, /^text\/calendar; charset=utf-8$/);
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
    .map((event) => new ICAL.Event(event));
  assert.deepEqual(events.map((event) => event.summary),
    ['Session with startup 7', 'Session with startup 8']);
  const instants = (one) => [one.startDate.toJSDate(), one.endDate.toJSDate()];
  assert.deepEqual(events.map(instants), [sessions.kept, sessions.moved].map(
    ({ starts_at: starts, ends_at: ends }) => [starts, ends]));
  assert.deepEqual(events.map((event) => event.sequence), [0, 1]);
  assert.equal(events[0].description, 'Pricing; and\nhiring');
  const { rows: [{ file }] } = await database.admin.query(
    'SELECT session_ics($1) AS file', [sessions.kept.session_id]);
  assert.ok(file.includes(`UID:${events[0].uid}`), 'it is the same event as in the session’s own file');
});

test('a calendar without sessions is one all the same', async () => {
  const { status, text } = await feed('nobody yet', calendarClaims('nobody yet'));
  assert.equal(status, 200);
  assert.equal(new ICAL.Component(ICAL.parse(text)).getFirstPropertyValue('x-wr-calname'), 'nobody yet');
});

test('who is not that mentor is refused, and told why', async () => {
  for (const [claims, status, said] of [
    [null, 401, /token/], [calendarClaims('bert'), 403, /not yours/], [startupClaims(7), 403, /not yours/],
    [{ ...calendarClaims('ada'), exp: 1 }, 401, /JWT expired/],
    [{ mentor_id: 'ada' }, 403, /for the calendar alone/],
  ]) {
    const answer = await feed('ada', claims);
    assert.equal(answer.status, status, answer.text);
    assert.match(answer.text, said);
  }
});

test('the token in an address reads a calendar and does nothing else', async () => {
  const refused = await feed('ada', mentorClaims('ada'));
  assert.equal(refused.status, 403, 'a mentor’s own token could do all that he may');
  assert.match(refused.text, /slotguard_calendar/);
  const headers = { Authorization: `Bearer ${tokenFor(calendarClaims('ada'))}`, 'Content-Type': 'application/json' };
  const ask = async (method, path, body) => {
    const response = await fetch(`${gateway.url}${path}`, { method, headers, body: body && JSON.stringify(body) });
    return [response.status, (await response.json()).code];
  };
  for (const [method, path, body] of [
    ['PATCH', '/mentor_settings?mentor_id=eq.ada', { time_zone: 'UTC' }], ['GET', '/mentor_settings'],
    ['POST', '/mentor_availability', { mentor_id: 'ada', opens: '09:00', closes: '10:00' }],
    ['DELETE', '/mentor_availability_overrides?mentor_id=eq.ada'],
    ['POST', '/rpc/cancel_session', { session_id: sessions.kept.session_id }],
    ['POST', '/rpc/reschedule_session', { session_id: sessions.kept.session_id, session_date: '2050-01-01', session_time: '10:00' }],
    ['POST', '/rpc/book_session', { mentor_id: 'ada', startup_id: 7, session_date: '2050-01-01', session_time: '10:00' }],
    ['POST', '/rpc/hold_slot', { mentor_id: 'ada', startup_id: 7, session_date: '2050-01-01', session_time: '10:00' }],
  ]) assert.deepEqual(await ask(method, path, body), [403, '42501'], `${method} ${path}`);
  const others = await fetch(`${gateway.url}/mentor_startup_sessions?mentor_id=eq.bert`, { headers });
  assert.deepEqual(await others.json(), []);
  // Without an address nobody keeps the token, so a mentor's own is as good.
  const own = await fetch(`${gateway.url}/calendar/ada.ics`,
    { headers: { Authorization: `Bearer ${tokenFor(mentorClaims('ada'))}` } });
  assert.equal(own.status, 200);
});

test('lines have 75 octets at most, and the name of the calendar is escaped', async () => {
  const mentor = `a,b;c\\d ${'é日😀'.repeat(20)}`;
  await openHours(database, mentor);
  const { rows: [{ outcome }] } = await database.admin.query('SELECT outcome FROM book_session($1, 70, $2, $3, visitor_note => $4)',
    [mentor, await dateIn(database, 3), '09:00', `${'日é😀x'.repeat(90)}`]);
  assert.equal(outcome, 'booked');
  const { text } = await feed(mentor, calendarClaims(mentor));
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  assert.ok(text.replaceAll('\r\n ', '').includes(`:a\\,b\\;c\\\\d é日😀`), text);
  assert.equal(new ICAL.Component(ICAL.parse(text)).getFirstPropertyValue('x-wr-calname'), mentor);
});

test('a token in an address is told in no log', async (t) => {
  const unset = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') });
  t.after(() => unset.stop());
  const response = await fetch(
    `${unset.url}/calendar/ada.ics?token=${tokenFor(calendarClaims('ada'))}&more=1`);
  assert.equal((await response.json()).code, 'PGRST300');
  assert.match(unset.log.join('\n'), /GET \/calendar\/ada\.ics 500 PGRST300/);
});
