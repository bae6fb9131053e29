// A hot standby lists what the primary has booked, and books nothing.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { ask, eventually, setUp, startServer } from './servers.mjs';

let primary;
let standby;
before(async () => {
  primary = await startServer('primary');
  standby = await startServer('standby', { standbyOf: primary });
});
after(async () => {
  await standby?.stop();
  await primary?.stop();
});

test('a standby lists sessions and holds, and refuses to write', async () => {
  const writer = await primary.connect();
  await setUp(writer);
  await writer.query("INSERT INTO mentor_availability (mentor_id, opens, closes) VALUES ('ada', '09:00', '11:00')");
  await writer.query("INSERT INTO mentor_settings (mentor_id, buffer_after) VALUES ('ada', '10 minutes')");
  assert.equal(await ask(writer, "SELECT outcome FROM hold_slot('ada', 2, current_date + 8, '10:00')"), 'held');
  assert.equal(await ask(writer, "SELECT outcome FROM book_session('ada', 1, current_date + 7, '09:30')"), 'booked');

  const reader = await standby.connect();
  await eventually('the booking arrives', async () => (await ask(reader,
    "SELECT to_regclass('mentor_startup_sessions') IS NOT NULL")) && Number(await ask(reader,
    'SELECT count(*) FROM mentor_startup_sessions')) === 1);
  const statesOf = async (days) => (await reader.query(
    'SELECT session_time, state FROM available_slots($1, current_date + $2::int, current_date + $2::int)', ['ada', days],
  )).rows.map(({ session_time: start, state }) => `${start} ${state}`);
  assert.deepEqual(await statesOf(7), ['09:00:00 closed', '09:30:00 booked', '10:00:00 closed', '10:30:00 available']);
  assert.deepEqual(await statesOf(8), ['09:00:00 available', '09:30:00 closed', '10:00:00 held', '10:30:00 closed']);
  assert.equal(await ask(reader,
    "SELECT count(*) FROM next_available_slots('ada', how_many => 3)"), '3');
  assert.equal(await ask(reader, 'SELECT count(*) FROM check_booking() WHERE NOT ok'), '0');
  const calendarFile = 'SELECT session_ics(1)';
  assert.equal(await ask(reader, calendarFile), await ask(writer, calendarFile));
  const token = "'00000000-0000-0000-0000-000000000001'";
  for (const call of ["book_session('ada', 2, current_date + 7, '10:30')", 'cancel_session(1)',
    "reschedule_session(1, current_date + 7, '10:00')", "hold_slot('ada', 2, current_date + 7, '10:30')",
    `release_hold(${token})`]) {
    await assert.rejects(reader.query(`SELECT ${call}`), { code: '25006' }, call);
  }
  // Which events may yet come before others, only the primary knows.
  for (const call of ['booking_events_after()', 'latest_booking_cursor()', 'prune_booking_events(now())']) {
    await assert.rejects(reader.query(`SELECT ${call}`), { code: '25006' }, call);
  }
  assert.equal(await ask(reader, "SELECT count(*) FROM booking_events WHERE event = 'booked'"), '1');
});
