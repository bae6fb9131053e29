// Where the storm blows: few mentors, few startups, one night, so that everybody is in everybody's
// way. In that night Europe sets its clocks back, and most days change.
import { createBookingDatabase, openClients } from '../gateway/stack.mjs';

/** A session may be told in the mentor's zone or in the one next to it. */
export const mentors = [
  { id: 'anna', zone: 'UTC', otherZone: 'Europe/London', before: 0, after: 0 },
  { id: 'bert', zone: 'America/New_York', otherZone: 'America/Halifax', before: 10, after: 5 },
  { id: 'carl', zone: 'Asia/Kathmandu', otherZone: 'Asia/Kolkata', before: 0, after: 15 },
  { id: 'dora', zone: 'Europe/Paris', otherZone: 'Europe/London', before: 0, after: 0 },
];
/** Who changes zone now and then. */
export const traveller = mentors[3];
export const startups = [1, 2, 3, 4, 5, 6];
/** The trigger books for this one, and nobody else does. */
export const nextInLine = 99;

export const isolations = ['read committed', 'repeatable read', 'serializable'];

// Other people's triggers, as they may be on anybody's table. One counts the changes of a session,
// so that the table can be compared with what callers were told; one reports each change to the
// client who made it, whatever statement it was. Both are STABLE: a VOLATILE one would begin a new
// command, which is for the guard to do before it looks. The last one gives a cancelled slot to the
// next in line, in the same transaction. It books no other hours than those that the cancel has
// freed; so it leaves alone who travels, and sessions that are told in another zone.
const otherPeoplesTriggers = `
  ALTER TABLE mentor_startup_sessions ADD COLUMN revision integer NOT NULL DEFAULT 0;
  CREATE FUNCTION count_the_change() RETURNS trigger STABLE LANGUAGE plpgsql AS $$
  BEGIN
    NEW.revision := OLD.revision + 1;
    RETURN NEW;
  END $$;
  CREATE TRIGGER count_the_change BEFORE UPDATE ON mentor_startup_sessions
    FOR EACH ROW EXECUTE FUNCTION count_the_change();

  CREATE FUNCTION facts_of(session mentor_startup_sessions) RETURNS jsonb STABLE LANGUAGE sql
    RETURN jsonb_build_object(
      'id', session.id, 'revision', session.revision, 'status', session.status,
      'mentor_id', session.mentor_id, 'startup_id', session.startup_id,
      'session_date', session.session_date, 'session_time', session.session_time,
      'time_zone', session.time_zone, 'starts_at', extract(epoch FROM session.starts_at),
      'ends_at', extract(epoch FROM session.ends_at));
  CREATE FUNCTION report_the_change() RETURNS trigger STABLE LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' THEN
      RAISE NOTICE 'session %', facts_of(OLD) || '{"status": "gone"}';
    ELSE
      RAISE NOTICE 'session %', facts_of(NEW);
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER report_the_change AFTER INSERT OR UPDATE OR DELETE ON mentor_startup_sessions
    FOR EACH ROW EXECUTE FUNCTION report_the_change();

  CREATE FUNCTION give_to_the_next() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.time_zone = (SELECT time_zone FROM mentor_info(NEW.mentor_id)) THEN
      PERFORM book_session(NEW.mentor_id, ${nextInLine}, NEW.session_date, NEW.session_time,
                           NEW.duration);
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER give_to_the_next AFTER UPDATE ON mentor_startup_sessions
    FOR EACH ROW WHEN (OLD.status = 'scheduled' AND NEW.status = 'cancelled'
                       AND OLD.startup_id <> ${nextInLine} AND NEW.mentor_id <> '${traveller.id}')
    EXECUTE FUNCTION give_to_the_next();`;

// Every so many minutes, from an hour and a half before the day on which Europe sets its clocks
// back, as the clock on each mentor's wall shows them. What the traveller's means, the database knows.
const startsOf = (step, length, from = '-90 minutes') => `
  SELECT m.mentor_id, (start AT TIME ZONE m.time_zone)::date::text AS session_date,
         (start AT TIME ZONE m.time_zone)::time::text AS session_time,
         CASE WHEN m.mentor_id <> '${traveller.id}' THEN extract(epoch FROM start)::float END
           AS starts_at
  FROM mentor_settings m,
       (SELECT halloween - make_interval(days => extract(dow FROM halloween)::int)
          + interval '${from}' AS first
        FROM (SELECT date_trunc('year', now()) + '1 year 9 months 30 days' AS halloween) y) sunday,
       generate_series(first, first + '${length}', '${step} minutes') start`;

/** Five hours for four mentors: room for some dozens of sessions. */
export const night = {
  mentors,
  places: startsOf(5, '295 minutes'),
  minutes: [5, 15, 20, 30, 45, 60, 90, 120],
};

// PostgreSQL fills indexes in the order of their making. One that takes its time before ours leaves
// a row without its place in unique_mentor_time_slot for as long: then two who go for each other's
// places can both be on their way.
const slowIndex = [
  `CREATE FUNCTION slowly(id bigint) RETURNS bigint IMMUTABLE LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM pg_sleep(0.002);
     RETURN id;
   END $$`,
  'CREATE INDEX somebodys ON mentor_startup_sessions (slowly(id))',
  'REINDEX INDEX CONCURRENTLY unique_mentor_time_slot',
];

/** Two hours for two mentors: everybody meets everybody. */
export const rushHour = {
  changes: slowIndex,
  mentors: [mentors[0], mentors[2]],
  places: startsOf(30, '90 minutes'),
  minutes: [15, 30],
};

/** Four hours about the night from Sunday to Monday, with more room than the mentors take: what is
 *  scarce is the last place. Neighbours share half-hours with those who cancel. */
export const fullDays = {
  mentors: [
    { id: 'emma', zone: 'UTC', perDay: 3 },
    { id: 'finn', zone: 'Atlantic/Cape_Verde', perWeek: 4 },
    { id: 'gita', zone: 'Africa/Lagos', perDay: 3, perWeek: 4 },
  ],
  places: startsOf(15, '4 hours', '22 hours'),
  minutes: [15, 30],
};

/**
 * A database with mentors in it, and so many clients of all isolation levels.
 * @param {number} clientCount
 * @param {object} where
 * @param {object[]} where.mentors  their id, zone, buffers in minutes and limits
 * @param {string} where.places  a query for mentor_id, session_date, session_time; starts_at in
 *   seconds, where refusals are to be judged
 * @param {number[]} where.minutes  lengths to choose from
 * @param {string[]} [where.changes]  statements that somebody has run on the tables
 */
export async function openScene(clientCount, where) {
  const database = await createBookingDatabase();
  for (const change of [otherPeoplesTriggers, ...where.changes ?? []])
    await database.admin.query(change);
  for (const { id, zone = 'UTC', before = 0, after = 0, perDay, perWeek } of where.mentors)
    await database.admin.query(
      `INSERT INTO mentor_settings (mentor_id, time_zone, booking_horizon, buffer_before,
         buffer_after, max_sessions_per_day, max_sessions_per_week)
       VALUES ($1, $2, '3 years', $3 * interval '1 minute', $4 * interval '1 minute', $5, $6)`,
      [id, zone, before, after, perDay, perWeek]);
  const { rows: places } = await database.admin.query(where.places);
  const clients = await openClients(database, clientCount);
  for (const [i, client] of clients.entries()) {
    client.isolation = isolations[i % isolations.length];
    // A deadlock shows as soon as it is one, and not a second later.
    await client.query(`SET default_transaction_isolation TO '${client.isolation}';
                        SET deadlock_timeout TO '20ms'`);
  }
  return {
    database,
    clients,
    /** What somebody would like. */
    wish(random) {
      const place = random.pick(places);
      const length = random.pick(where.minutes);
      return { ...place, startup_id: random.pick(startups), duration: `${length} minutes`,
        ends_at: place.starts_at + 60 * length };
    },
    async close() {
      await Promise.all(clients.map((client) => client.end()));
      await database.drop();
    },
  };
}
