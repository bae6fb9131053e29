-- A mentor's clock reads what AT TIME ZONE reads: every zone, in an order that no memory of the last
-- question can help, at midnights and noons near and far from changes of the clock.
SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';

CREATE TABLE testing.asked AS
SELECT row_number() OVER (ORDER BY md5(z.name || t::text)) AS n, z.name AS zone, t AS local
FROM pg_timezone_names z,
    (SELECT timestamp '1900-01-01 00:30' + n * interval '1 year 3 months 5 days 7 hours' FROM generate_series(0, 90) n
     UNION ALL SELECT timestamp '2027-03-01 02:30' + n * interval '1 day' FROM generate_series(0, 45) n
     UNION ALL SELECT timestamp '2027-09-20 01:30' + n * interval '1 day' FROM generate_series(0, 45) n
     UNION ALL SELECT timestamp '9999-12-01 12:00') AS times (t)
WHERE z.name !~ '^(posix|right)/' -- What is an abbreviation as well is refused.
    AND upper(z.name) NOT IN (SELECT upper(abbrev) FROM pg_timezone_abbrevs);
SELECT count(*) > 50000 AS many FROM asked;

INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone)
SELECT 'mentor ' || n, n, local::date, local::time, zone
FROM asked
WHERE timezone(zone, timezone(zone, local)) = local -- a skipped time is refused
ORDER BY n;
-- And in an order in which each question is near the one before.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone, status)
SELECT 'mentor ' || n, n, local::date, local::time, zone, 'cancelled'
FROM asked
WHERE timezone(zone, timezone(zone, local)) = local
ORDER BY asked.zone, asked.local;
SELECT count(*) > 100000 AS many FROM mentor_startup_sessions;
SELECT count(*) AS wrong FROM mentor_startup_sessions
WHERE starts_at <> timezone(time_zone, session_date + session_time) OR ends_at <> starts_at + duration;

DROP SCHEMA app, testing CASCADE;
