// Every recurring hour that available_slots() lists is one of RFC 5545's, and none is missing.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { createDatabase } from '../gateway/stack.mjs';
import { Random } from '../storm/random.mjs';
import { datesByLibrary } from './library.mjs';
import { randomHours } from './random_rules.mjs';

const seed = Number(process.env.RECURRENCE_SEED ?? 5545);
const howMany = Number(process.env.RECURRENCE_RULES ?? 1200);
const first = '2050-01-01';
const last = '2051-12-31';

let database;
before(async () => {
  database = await createDatabase();
  await database.admin.query('CREATE EXTENSION slotguard');
  await database.admin.query('SELECT FROM setup_booking()');
});
after(() => database?.drop());

async function write(hours) {
  const values = (...fields) => fields.map((field) => hours.map((one) => one[field]));
  // The check of a time zone reads the files of all zones, for each row.
  await database.admin.query('SET session_replication_role TO replica');
  await database.admin.query(`
    INSERT INTO mentor_settings (mentor_id, time_zone)
    SELECT number, zone FROM unnest($1::text[]) WITH ORDINALITY AS zones (zone, number)`, values('zone'));
  await database.admin.query('RESET session_replication_role');
  await database.admin.query(`
    INSERT INTO mentor_availability (mentor_id, rrule, opens, closes, valid_from)
    SELECT number, rrule, opens, opens + '30 minutes', valid_from
    FROM unnest($1::text[], $2::time[], $3::date[]) WITH ORDINALITY AS hours (rrule, opens, valid_from, number)`,
  values('rrule', 'opens', 'validFrom'));
}

/** Lists of dates, each worked out anew for a year: half of them for the later year first. */
async function listed(howManyMentors) {
  const { rows } = await database.admin.query(`
    SELECT array(
      SELECT to_char(session_date, 'YYYY-MM-DD')
      FROM (SELECT year FROM unnest('{2050,2051}'::int[]) year ORDER BY year * (-1) ^ mentor) years,
        available_slots(mentor::text, make_date(year, 1, 1), make_date(year, 12, 31))
      ORDER BY starts_at) AS dates
    FROM generate_series(1, $1) mentor`, [howManyMentors]);
  return rows.map(({ dates }) => dates);
}

test(`${howMany} rules by chance open on the days that RFC 5545 names`, async () => {
  const random = new Random(seed);
  const hours = Array.from({ length: howMany }, () => randomHours(random));
  await write(hours);
  const lists = await listed(howMany);
  const wrong = hours
    .map((one, index) => ({ ...one, listed: lists[index], should: datesByLibrary(one, first, last) }))
    .filter(({ listed: ours, should }) => ours.join() !== should.join());
  const told = wrong.slice(0, 5).map(({ rrule, validFrom, opens, zone, listed: ours, should }) => [
    `${rrule} from ${validFrom} ${opens} ${zone}`, `listed ${ours.slice(0, 8)}`, `should ${should.slice(0, 8)}`,
  ].join('\n  '));
  assert.equal(wrong.length, 0, `${wrong.length} of ${howMany} rules (RECURRENCE_SEED=${seed})\n${told.join('\n')}`);
});
