// Mentors change their settings while others ask for lists, next slots and alternatives: a backend
// forgets what it remembers of all of them at any moment, and must not answer from what it forgot.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { createBookingDatabase, openClients } from '../gateway/stack.mjs';

const askers = 3;
const rounds = 400;
let database;
let clients;

before(async () => {
  database = await createBookingDatabase();
  clients = await openClients(database, askers + 1);
  // Full for weeks but for a few times at the end, so that a refusal has to look again and again.
  await database.admin.query(`
    INSERT INTO mentor_availability (mentor_id, rrule, opens, closes)
    SELECT 'full', 'FREQ=WEEKLY;BYDAY=' || day, '00:00', '00:00'
    FROM unnest('{MO,TU,WE,TH,FR,SA,SU}'::text[]) AS day, generate_series(1, 3);
    INSERT INTO mentor_settings (mentor_id) VALUES ('busy'), ('full');
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    SELECT 'full', 1, session_date, session_time
    FROM available_slots('full', current_date, current_date + 40) WHERE state = 'available'`);
});
after(async () => {
  await Promise.all((clients ?? []).map((client) => client.end()));
  await database?.drop();
});

// The others whom a backend remembers lie between, so that what is forgotten is soon written over.
const questions = `
  SELECT (SELECT count(*) FROM generate_series(1, 40) AS i, mentor_info('mentor ' || i)) AS others,
         (SELECT jsonb_agg(a ->> 'starts_at') FROM jsonb_array_elements(
             (book_session('full', 2, current_date + 5, '10:00')).alternatives) AS a) AS alternatives,
         (SELECT json_agg(starts_at) FROM next_available_slots('full', now() + interval '1 day')) AS next,
         (SELECT count(*) FROM available_slots('full', current_date + 39, current_date + 45)
          WHERE state = 'available') AS listed`;

test('whoever asks while mentors change is answered as if nobody had', async () => {
  const [changer, ...others] = clients;
  await Promise.all(clients.map((client) => client.query("SET timezone TO 'UTC'")));
  const { rows: [expected] } = await database.admin.query("SET timezone TO 'UTC'").then(
    () => database.admin.query(questions),
  );
  assert.equal(expected.alternatives.length, 5);
  let asking = true;
  const changes = (async () => {
    for (let length = 20; asking; length = length === 20 ? 30 : 20) {
      await changer.query("UPDATE mentor_settings SET slot_duration = $1 WHERE mentor_id = 'busy'", [`${length} min`]);
    }
  })();
  await Promise.all(others.map(async (client) => {
    for (let round = 0; round < rounds; round += 1) {
      const { rows: [answer] } = await client.query(questions);
      assert.deepEqual(answer, expected);
    }
  })).finally(() => { asking = false; });
  await changes;
});
