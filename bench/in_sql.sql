-- in_sql: the mentors of bench/calendars.sql once more, in the tables of a developer who writes the list
-- in SQL (bench/calendars.cpp), with the indexes that such a list needs.
\set ON_ERROR_STOP on
CREATE SCHEMA in_sql;
CREATE TABLE in_sql.mentors (
    mentor_id text PRIMARY KEY,
    time_zone text NOT NULL,
    slot_duration interval NOT NULL,
    minimum_notice interval NOT NULL,
    booking_horizon interval NOT NULL
);
CREATE TABLE in_sql.hours (
    mentor_id text NOT NULL,
    weekday integer NOT NULL, -- 1: Monday
    opens time NOT NULL,
    closes time NOT NULL
);
CREATE INDEX hours_by_mentor ON in_sql.hours (mentor_id, weekday);
CREATE TABLE in_sql.overrides (
    mentor_id text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    available boolean NOT NULL
);
CREATE INDEX overrides_by_mentor ON in_sql.overrides (mentor_id, starts_at);
CREATE TABLE in_sql.sessions (
    id bigint PRIMARY KEY,
    mentor_id text NOT NULL,
    startup_id bigint NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    status text NOT NULL
);
CREATE INDEX sessions_by_mentor ON in_sql.sessions (mentor_id, starts_at) WHERE status = 'scheduled';

INSERT INTO in_sql.mentors
SELECT mentor_id, time_zone, slot_duration, minimum_notice, booking_horizon
FROM mentor_settings JOIN calendars USING (mentor_id, time_zone);
INSERT INTO in_sql.hours
SELECT mentor_id, array_position('{MO,TU,WE,TH,FR,SA,SU}', weekday), opens, closes
FROM mentor_availability JOIN calendars USING (mentor_id),
    regexp_split_to_table(substring(rrule FROM 'BYDAY=(.*)'), ',') weekday;
INSERT INTO in_sql.overrides
SELECT mentor_id, lower(during), upper(during), available
FROM mentor_availability_overrides JOIN calendars USING (mentor_id);
INSERT INTO in_sql.sessions
SELECT id, mentor_id, startup_id, starts_at, ends_at, status
FROM mentor_startup_sessions JOIN calendars USING (mentor_id);

-- The list as a good developer writes it: hours, cut into slots, unless time off stands against them.
-- No session lasts longer than a day, which keeps the look for one short. PostgreSQL puts the statement
-- in the place of the call, so it is planned as if it stood there. It does not join hours that touch, and
-- would list a repeated local time twice: where hours lie apart and nobody works while the clock is
-- changed, as here, that is all the same.
CREATE FUNCTION in_sql.list(mentor text, from_date date, to_date date)
    RETURNS TABLE (session_date date, session_time time, starts_at timestamptz, ends_at timestamptz,
                   state text)
    LANGUAGE sql STABLE AS $$
    SELECT local::date, local::time, slot.starts_at, slot.ends_at,
        CASE WHEN slot.starts_at < now() + m.minimum_notice
                 OR slot.starts_at > now() + m.booking_horizon THEN 'closed'
             WHEN EXISTS (SELECT FROM in_sql.sessions s
                          WHERE s.mentor_id = mentor AND s.status = 'scheduled'
                              AND s.starts_at < slot.ends_at AND s.ends_at > slot.starts_at
                              AND s.starts_at > slot.starts_at - interval '1 day') THEN 'booked'
             ELSE 'available' END
    FROM in_sql.mentors m
    CROSS JOIN LATERAL (
        SELECT (day + h.opens) AT TIME ZONE m.time_zone, (day + h.closes) AT TIME ZONE m.time_zone
        FROM generate_series(from_date::timestamp, to_date::timestamp, interval '1 day') day
        JOIN in_sql.hours h ON h.mentor_id = mentor AND h.weekday = extract(isodow FROM day)
        UNION ALL
        SELECT o.starts_at, o.ends_at
        FROM in_sql.overrides o
        WHERE o.mentor_id = mentor AND o.available
            AND o.starts_at >= from_date::timestamp AT TIME ZONE m.time_zone
            AND o.starts_at < (to_date + 1)::timestamp AT TIME ZONE m.time_zone
    ) AS hours (opens, closes)
    CROSS JOIN LATERAL generate_series(opens, closes - m.slot_duration, m.slot_duration) start
    CROSS JOIN LATERAL (
        SELECT start, start + m.slot_duration, start AT TIME ZONE m.time_zone
    ) AS slot (starts_at, ends_at, local)
    WHERE m.mentor_id = mentor
        AND NOT EXISTS (SELECT FROM in_sql.overrides o
                        WHERE o.mentor_id = mentor AND NOT o.available
                            AND o.starts_at < slot.ends_at AND o.ends_at > slot.starts_at)
    ORDER BY slot.starts_at
$$;

-- The same by one who knows that PostgreSQL can gather ranges, and look into them by halves.
CREATE FUNCTION in_sql.list_by_ranges(mentor text, from_date date, to_date date)
    RETURNS TABLE (session_date date, session_time time, starts_at timestamptz, ends_at timestamptz,
                   state text)
    LANGUAGE sql STABLE AS $$
    WITH days AS (
        SELECT m.*, from_date::timestamp AT TIME ZONE time_zone AS begin,
               (to_date + 1)::timestamp AT TIME ZONE time_zone AS finish
        FROM in_sql.mentors m WHERE m.mentor_id = mentor
    ), busy AS MATERIALIZED (
        SELECT coalesce(range_agg(tstzrange(s.starts_at, s.ends_at)), '{}') AS times
        FROM days, in_sql.sessions s
        WHERE s.mentor_id = mentor AND s.status = 'scheduled'
            AND s.starts_at > begin - interval '1 day' AND s.starts_at < finish + interval '1 day'
    ), time_off AS MATERIALIZED (
        SELECT coalesce(range_agg(tstzrange(o.starts_at, o.ends_at)), '{}') AS times
        FROM days, in_sql.overrides o
        WHERE o.mentor_id = mentor AND NOT o.available
            AND o.starts_at < finish + interval '1 day' AND o.ends_at > begin
    )
    SELECT local::date, local::time, slot.starts_at, slot.ends_at,
        CASE WHEN slot.starts_at < now() + d.minimum_notice
                 OR slot.starts_at > now() + d.booking_horizon THEN 'closed'
             WHEN busy.times && during THEN 'booked'
             ELSE 'available' END
    FROM busy, time_off, days d
    CROSS JOIN LATERAL (
        SELECT (day + h.opens) AT TIME ZONE d.time_zone, (day + h.closes) AT TIME ZONE d.time_zone
        FROM generate_series(from_date::timestamp, to_date::timestamp, interval '1 day') day
        JOIN in_sql.hours h ON h.mentor_id = mentor AND h.weekday = extract(isodow FROM day)
        UNION ALL
        SELECT o.starts_at, o.ends_at
        FROM in_sql.overrides o
        WHERE o.mentor_id = mentor AND o.available AND o.starts_at >= begin AND o.starts_at < finish
    ) AS hours (opens, closes)
    CROSS JOIN LATERAL generate_series(opens, closes - d.slot_duration, d.slot_duration) start
    CROSS JOIN LATERAL (
        SELECT start, start + d.slot_duration, tstzrange(start, start + d.slot_duration),
               start AT TIME ZONE d.time_zone
    ) AS slot (starts_at, ends_at, during, local)
    WHERE NOT time_off.times && during
    ORDER BY slot.starts_at
$$;

-- Compiling such a statement takes ten times as long as running it: the developer has noticed.
SELECT format('ALTER DATABASE %I SET jit = off', current_database()) \gexec
VACUUM ANALYZE;
