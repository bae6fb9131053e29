SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
SELECT testing.open('ada', 'Europe/Berlin', opens => '10:00', closes => '12:00');
SELECT (book_session('ada', 1, '2050-03-07', '10:00')).outcome;

-- Triggers call the extension's functions, so that is said before they go.
\set VERBOSITY terse
DROP EXTENSION slotguard;
\set VERBOSITY default
DROP EXTENSION slotguard CASCADE;
SELECT mentor_id, startup_id, session_time, time_zone, starts_at, status FROM mentor_startup_sessions;
SELECT count(*) FROM mentor_availability;

-- The unique index goes on deciding.
SELECT code, message FROM error_of($$
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone, starts_at, ends_at)
        VALUES ('ada', 2, '2050-03-07', '10:00', 'UTC', now(), now()) $$);

-- Back again, it finds everything where it was.
CREATE EXTENSION slotguard SCHEMA app;
SELECT count(*) FILTER (WHERE action = 'created') AS created, count(*) FILTER (WHERE action = 'added') > 0 AS added
FROM setup_booking();
SELECT (book_session('ada', 2, '2050-03-07', '10:00')).outcome;
SELECT session_time, state FROM available_slots('ada', '2050-03-07', '2050-03-07');

DROP SCHEMA app, testing CASCADE;
