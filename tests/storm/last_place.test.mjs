// Twenty clients at once, each for a time of their own: the last place of a day, a week or a startup goes once,
// and so does the last hold of a mentor.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { createBookingDatabase, openClients } from '../gateway/stack.mjs';

const visitors = 20;
const rounds = 20;
let database;
let clients;
let monday; // a few days ahead

before(async () => {
  database = await createBookingDatabase();
  clients = await openClients(database, visitors);
  await database.admin.query(`
    INSERT INTO mentor_settings (mentor_id, max_sessions_per_day, max_sessions_per_week, max_sessions_per_startup, max_holds)
    VALUES ('daily', 2, NULL, NULL, NULL), ('weekly', NULL, 2, NULL, NULL), ('for each', NULL, NULL, 2, NULL),
           ('held', NULL, NULL, NULL, 2)`);
  ({ rows: [{ monday }] } = await database.admin.query(
    "SELECT (date_trunc('week', current_date) + interval '14 days')::date::text AS monday"));
});
after(async () => {
  await Promise.all((clients ?? []).map((client) => client.end()));
  await database?.drop();
});

const query = async (text, values) => (await database.admin.query(text, values)).rows;

/** One place is taken; then every client asks for another time at once. Gives the outcomes. */
async function race(mentor, week, dayOf) {
  const book = async (client, startup, day, halfHours) => (await client.query(
    `SELECT outcome FROM book_session($1, $2, $3::date + 7 * $4::int + $5::int,
                                      time '00:00' + $6 * interval '30 minutes')`,
    [mentor, startup, monday, week, day, halfHours])).rows[0].outcome;
  assert.equal(await book(database.admin, 100, 0, 0), 'booked');
  return Promise.all(clients.map((client, i) => book(client, i, dayOf(i), 2 + 2 * i)));
}

const limits = [
  { mentor: 'daily', of: 'day', dayOf: () => 0 },
  { mentor: 'weekly', of: 'week', dayOf: (i) => i % 7 },
];
for (const { mentor, of, dayOf } of limits)
  for (const isolation of ['read committed', 'repeatable read', 'serializable'])
    test(`of twenty callers for the last place of a ${of} one gets it (${isolation})`, async () => {
      await query('DELETE FROM mentor_startup_sessions');
      await Promise.all(clients.map((client) => client.query(
        `SET default_transaction_isolation TO '${isolation}'`)));
      for (let week = 0; week < rounds; week += 1) {
        const outcomes = await race(mentor, week, dayOf);
        assert.deepEqual(outcomes.toSorted(),
          ['booked', ...Array(visitors - 1).fill('limit_reached')]);
      }
      const written = await query(`SELECT count(*)::int FROM mentor_startup_sessions
        GROUP BY date_trunc('week', starts_at)`);
      assert.deepEqual(written, Array(rounds).fill({ count: 2 }));
    });

const calls = {
  'open session that a startup may have': { call: 'book_session', mentor: 'for each', startup: () => 7, told: 'booked' },
  'hold of a mentor': { call: 'hold_slot', mentor: 'held', startup: (i) => i, told: 'held' },
};
for (const [what, { call, mentor, startup, told }] of Object.entries(calls))
  for (const isolation of ['read committed', 'repeatable read', 'serializable'])
    test(`of twenty callers for the last ${what} one gets it (${isolation})`, async () => {
      const ask = async (client, i, halfHours) => (await client.query(
        `SELECT outcome FROM ${call}($1, $2, $3::date, time '00:00' + $4 * interval '30 minutes')`,
        [mentor, startup(i), monday, halfHours])).rows[0].outcome;
      await Promise.all(clients.map((client) => client.query(
        `SET default_transaction_isolation TO '${isolation}'`)));
      for (let round = 0; round < rounds; round += 1) {
        await query('DELETE FROM mentor_startup_sessions');
        await query('DELETE FROM slot_holds');
        assert.equal(await ask(database.admin, 100, 0), told);
        const outcomes = await Promise.all(clients.map((client, i) => ask(client, i, 2 + 2 * i)));
        assert.deepEqual(outcomes.toSorted(),
          [told, ...Array(visitors - 1).fill('limit_reached')].toSorted());
        assert.deepEqual(await query(`SELECT (SELECT count(*) FROM mentor_startup_sessions)::int
          + (SELECT count(*) FROM slot_holds)::int AS count`), [{ count: 2 }]);
      }
    });
