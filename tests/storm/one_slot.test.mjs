// Twenty clients, one slot, at once: the founding race, counted afterwards.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { after, before } from 'node:test';

import { createBookingDatabase, openClients } from '../gateway/stack.mjs';

const visitors = 20;
const rounds = 25;
let database;
let clients;

before(async () => {
  database = await createBookingDatabase();
  clients = await openClients(database, visitors);
});
after(async () => {
  await Promise.all((clients ?? []).map((client) => client.end()));
  await database?.drop();
});

const serverLog = () => readFile(process.env.SLOTGUARD_SERVER_LOG, 'utf8');

/** Every client asks for the same slot at once; gives what each was told. */
async function race(day) {
  const answers = await Promise.all(clients.map((client, startup) => client.query(
    'SELECT * FROM book_session($1, $2, current_date + $3::int, $4)',
    ['wanted by all', startup, day, '10:00'],
  )));
  return answers.map(({ rows: [answer] }) => answer);
}

for (const isolation of ['read committed', 'repeatable read', 'serializable']) {
  test(`of twenty callers one wins, and the others cost nothing (${isolation})`, async () => {
    await Promise.all(clients.map((client) => client.query(
      `SET default_transaction_isolation TO '${isolation}'`,
    )));
    await database.admin.query('DELETE FROM mentor_startup_sessions');
    const { rows: [{ last_value: first }] } = await database.admin.query(
      "SELECT nextval('mentor_startup_sessions_id_seq') AS last_value",
    );
    const logged = await serverLog();

    for (let day = 1; day <= rounds; day += 1) {
      const answers = await race(day);
      const outcomes = answers.map(({ outcome }) => outcome).sort();
      assert.deepEqual(outcomes, ['booked', ...Array(visitors - 1).fill('slot_taken')]);
      const winner = answers.findIndex(({ outcome }) => outcome === 'booked');
      const { rows } = await database.admin.query(
        'SELECT id, startup_id FROM mentor_startup_sessions WHERE session_date = current_date + $1::int',
        [day],
      );
      assert.deepEqual(rows, [{ id: answers[winner].session_id, startup_id: String(winner) }]);
    }

    const { rows: [{ last_value: last }] } = await database.admin.query(
      "SELECT nextval('mentor_startup_sessions_id_seq') AS last_value",
    );
    assert.equal(Number(last) - Number(first) - 1, rounds, 'one sequence value for each row');
    assert.equal(await serverLog(), logged, 'no line in the server\'s log');
  });
}
