// Where the torture takes place: few mentors, few startups and few hours, so that everybody is in
// everybody's way; with buffers, with limits, with hours.
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { root, setUp } from '../faults/servers.mjs';

// The gateway's own copy of pg: the tests need no other.
const pg = createRequire(join(root, 'web/package.json'))('pg');

/** Buffers in minutes; only calls take time of those with limits, whose clocks show UTC. */
export const mentors = [
  { id: 'anna', zone: 'Asia/Kathmandu' },
  { id: 'bert', zone: 'America/New_York', before: 10, after: 5 },
  { id: 'emma', zone: 'UTC', perDay: 3, perWeek: 5 },
  { id: 'gita', zone: 'Europe/Paris', hasHours: true },
];
export const startups = [1, 2, 3, 4, 5, 6, 7];
export const minutes = [15, 30, 45, 60];

// Four hours about noon on a weekend of the year after, each quarter of an hour; three days, each hour,
// of those with limits.
const places = `
  SELECT m.mentor_id, (start AT TIME ZONE m.time_zone)::date::text AS session_date,
         (start AT TIME ZONE m.time_zone)::time::text AS session_time,
         extract(epoch FROM start)::float8 AS starts_at
  FROM mentor_settings m, generate_series(0, 2) day,
       LATERAL (SELECT (date_trunc('week', date_trunc('year', now()) + '1 year 70 days')
                        + make_interval(days => 5 + day, hours => 10)) AS first) AS morning,
       generate_series(first, first + interval '3 hours 45 minutes', '15 minutes') start
  WHERE CASE WHEN max_sessions_per_day IS NULL THEN day = 0 ELSE extract(minute FROM start) = 0 END`;

/** Numbers as numbers: no id and no count of ours is beyond what JavaScript can tell apart. */
const types = {
  getTypeParser: (oid, format) => (oid === 20 ? Number : pg.types.getTypeParser(oid, format)),
};

/** A connection of its own to a database of the server, wherever the server is by now. */
export async function connectTo(server, database) {
  const url = server.url.replace('///postgres?', `///${database}?`);
  const client = new pg.Client({ connectionString: url, types });
  // Whoever asks something on it is told when it breaks.
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function addMentor(client, { id, zone, before = 0, after = 0, perDay, perWeek, hasHours }) {
  await client.query(
    `INSERT INTO mentor_settings (mentor_id, time_zone, slot_duration, booking_horizon, buffer_before,
       buffer_after, max_sessions_per_day, max_sessions_per_week)
     VALUES ($1, $2, '15 minutes', '3 years', $3 * interval '1 minute', $4 * interval '1 minute', $5, $6)`,
    [id, zone, before, after, perDay, perWeek]);
  if (hasHours)
    await client.query(
      "INSERT INTO mentor_availability (mentor_id, opens, closes) VALUES ($1, '00:00', '00:00')", [id]);
}

let databases = 0;

/** A new database with mentors in it; gives its name and the places that can be wished for. */
export async function openScene(server) {
  const name = `torture_${databases += 1}`;
  const admin = await connectTo(server, 'postgres');
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const client = await connectTo(server, name);
  await setUp(client);
  for (const mentor of mentors) await addMentor(client, mentor);
  const { rows } = await client.query(places);
  await client.end();
  return { name, places: rows };
}

export async function closeScene(server, { name }) {
  const admin = await connectTo(server, 'postgres');
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await admin.end();
}
