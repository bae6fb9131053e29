-- next_available_slots() is the available part of the list, over full months and years, and ends where
-- nothing comes.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';

CREATE FUNCTION testing.next(after timestamptz DEFAULT '2050-01-01', how_many int DEFAULT 3, lasting interval DEFAULT NULL)
    RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT string_agg(to_char(session_date + session_time, 'YYYY-MM-DD HH24:MI'), ', ' ORDER BY starts_at)
    FROM next_available_slots('anna', after, how_many, lasting)
    $$;

SELECT testing.open('anna', opens => '09:00', closes => '12:00');
SELECT testing.next();

-- All of a year but one time in May is taken.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
SELECT 'anna', 1, session_date, session_time
FROM available_slots('anna', '2050-01-01', '2050-12-31')
WHERE (session_date, session_time) <> ('2050-05-17', '10:30');
SELECT testing.next();

-- It is the list's.
SELECT count(*) AS differences
FROM (SELECT row_number() OVER (ORDER BY starts_at), starts_at FROM next_available_slots('anna', '2050-01-01', 1000)) AS next
FULL JOIN (SELECT row_number() OVER (ORDER BY starts_at), starts_at
           FROM (SELECT * FROM available_slots('anna', '2050-01-01', '2050-12-31')
                 UNION ALL SELECT * FROM available_slots('anna', '2051-01-01', '2051-12-31')) AS two_years
           WHERE state = 'available') AS listed USING (row_number, starts_at)
WHERE row_number <= 1000 AND (next IS NULL OR listed IS NULL);

-- Whoever wants longer, or keeps more room, comes later.
SELECT testing.next(lasting => '1 hour');
BEGIN;
UPDATE mentor_settings SET buffer_before = '5 minutes';
SELECT testing.next();
ROLLBACK;

-- A full day and a full week are passed over.
BEGIN;
UPDATE mentor_settings SET max_sessions_per_day = 5;
SELECT testing.next();
UPDATE mentor_settings SET max_sessions_per_day = 6, max_sessions_per_week = 1;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('anna', 1, '2051-01-03', '09:00');
SELECT testing.next();
ROLLBACK;

-- Where nothing comes, nothing is told: after the last hours, in time off without an end, in hours
-- that are too short, with a limit of none, and on a day that no calendar has.
BEGIN;
UPDATE mentor_availability SET valid_until = '2050-05-17';
SELECT testing.next();
SELECT testing.next(after => '2050-05-17 10:30');
ROLLBACK;
BEGIN;
INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES ('anna', '[2050-02-01,)', false);
SELECT testing.next();
ROLLBACK;
SELECT testing.next(lasting => '3 hours 1 second');
BEGIN;
UPDATE mentor_settings SET max_sessions_per_day = 0;
SELECT testing.next();
ROLLBACK;
BEGIN;
UPDATE mentor_availability SET rrule = 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30';
SELECT testing.next();
ROLLBACK;
SELECT testing.next(after => 'infinity'), testing.next(how_many => 0);
SELECT testing.next(after => '-infinity') IS NOT NULL AS from_now_on;

-- What the planner may do with the lists: they change nothing, and workers may ask them.
SELECT proname, provolatile, proparallel
FROM pg_proc
WHERE proname IN ('available_slots', 'next_available_slots', 'mentor_info') AND pronamespace = 'app'::regnamespace
ORDER BY 1;
SET force_parallel_mode TO on;
SELECT testing.next();
SELECT count(*) FROM available_slots('anna', '2050-05-17', '2050-05-17');

DROP SCHEMA app, testing CASCADE;
