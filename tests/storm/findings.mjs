// What must not be, asked of the table in plain SQL that knows nothing of the extension.

// Two sessions of one mentor keep both buffers between them; a startup has none.
const scheduled = `
  SELECT s.id, s.mentor_id, s.startup_id, s.starts_at, s.ends_at,
         s.ends_at + coalesce(m.buffer_before + m.buffer_after, '0') AS free_at
  FROM mentor_startup_sessions s LEFT JOIN mentor_settings m USING (mentor_id)
  WHERE s.status = 'scheduled'`;

// Of two that overlap, one begins in the other; of two that begin together, each in the other.
const overlaps = `
  SELECT format('sessions %s and %s of mentor %s overlap: %s to %s, and from %s', a.id, b.id,
                a.mentor_id, a.starts_at, a.ends_at, b.starts_at) AS finding
  FROM scheduled a JOIN scheduled b
    ON a.mentor_id = b.mentor_id AND a.id <> b.id
      AND a.starts_at <= b.starts_at AND b.starts_at < a.free_at
  UNION ALL
  SELECT format('sessions %s and %s of startup %s overlap: %s to %s, and from %s', a.id, b.id,
                a.startup_id, a.starts_at, a.ends_at, b.starts_at)
  FROM scheduled a JOIN scheduled b
    ON a.startup_id = b.startup_id AND a.id <> b.id
      AND a.starts_at <= b.starts_at AND b.starts_at < a.ends_at`;

// Where only calls write, no date and no week has more sessions than its mentor takes.
const overfull = ['day', 'week'].map((span) => `
  SELECT format('%s sessions of mentor %s in the ${span} of %s', count(*), mentor_id, first) AS finding
  FROM mentor_startup_sessions JOIN mentor_settings USING (mentor_id),
       LATERAL (SELECT date_trunc('${span}', starts_at AT TIME ZONE mentor_settings.time_zone)::date
                  AS first) AS span
  WHERE status <> 'cancelled'
  GROUP BY mentor_id, first, max_sessions_per_${span}
  HAVING count(*) > max_sessions_per_${span}`).join(' UNION ALL ');

const wrongInstants = `
  SELECT format('session %s, %s %s for %s in %s, is stored as %s to %s', id, session_date,
                session_time, duration, time_zone, starts_at, ends_at) AS finding
  FROM mentor_startup_sessions
  WHERE starts_at IS DISTINCT FROM (session_date + session_time) AT TIME ZONE time_zone
    OR ends_at IS DISTINCT FROM starts_at + duration`;

const findingsOf = async (client, query) =>
  (await client.query(query)).rows.map(({ finding }) => finding);

/** In tables of its own, which stay quick with many sessions, whatever indexes there are. */
export async function findOverlaps(client) {
  await client.query(`
    CREATE TEMPORARY TABLE scheduled AS ${scheduled};
    CREATE INDEX ON scheduled (mentor_id, starts_at);
    CREATE INDEX ON scheduled (startup_id, starts_at);
    ANALYZE scheduled`);
  const found = await findingsOf(client, overlaps);
  await client.query('DROP TABLE scheduled');
  return found;
}
export const findWrongInstants = (client) => findingsOf(client, wrongInstants);

/** What the extension itself says of its guard and data, where that is anything. */
export const findWhatCheckTells = (client) => findingsOf(client,
  "SELECT check_name || ': ' || detail AS finding FROM check_booking() WHERE NOT ok");

/**
 * Looks for overlaps and for too many over and over, since one may come and go with a cancellation.
 * @returns {{ stop(): Promise<{ looks: number, overlaps: string[] }> }}
 */
export function watchForOverlaps(client) {
  const query = `WITH scheduled AS (${scheduled}) ${overlaps} UNION ALL ${overfull}`;
  const seen = new Set();
  let looks = 0;
  let isOver = false;
  const watching = (async () => {
    for (; !isOver; looks += 1)
      for (const finding of await findingsOf(client, query)) seen.add(finding);
  })();
  return {
    async stop() {
      isOver = true;
      await watching;
      return { looks, overlaps: [...seen] };
    },
  };
}

/** Deadlocks that the server has counted in this database, by all of its clients so far. */
export async function countDeadlocks(database, clients) {
  // A backend keeps its counts to itself for a while, unless it is told to hand them over.
  for (const client of clients) await client.query('SELECT pg_stat_force_next_flush()');
  const { rows: [{ deadlocks }] } = await database.admin.query(
    'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()');
  return deadlocks;
}
