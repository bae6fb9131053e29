SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
\set SHOW_CONTEXT never

CREATE FUNCTION testing.bytes_of(VARIADIC names text[]) RETURNS numeric
    LANGUAGE sql
    AS 'SELECT coalesce(sum(total_bytes), 0) FROM pg_backend_memory_contexts WHERE name = ANY (names)';

-- PostgreSQL keeps each time zone that it has loaded until the backend ends, 24 KB of each, and there are
-- endlessly many texts that name one in the notation of POSIX. None of them is loaded for a caller.
SELECT session_date FROM preview_hours('FREQ=DAILY', '09:00', '10:00', '2050-03-07', how_many => 1, time_zone => 'Etc/GMT+5');
SELECT bytes_of('Timezones') AS before \gset
SELECT code, message, hint, count(*)
FROM generate_series(1, 2000) i,
    error_of(format('SELECT FROM preview_hours(%L, %L, %L, how_many => 1, time_zone => %L)', 'FREQ=DAILY', '09:00', '10:00',
                    '<' || translate(i::text, '0123456789', 'abcdefghij') || 'xx>5')) e
WHERE i = 7 OR e.code IS DISTINCT FROM '22023'
GROUP BY 1, 2, 3;
SELECT (error_of('INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone)'
                 ' VALUES (''ada'', 1, ''2050-03-07'', ''10:00'', ''XYZ+5'')')).*;
-- Nor from a row that somebody with the right to insert one has written.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, idempotency_key, booked_as)
    VALUES ('ada', 1, '2050-03-07', '10:00', 'k',
            '{"mentor_id": "ada", "startup_id": 1, "session_date": "2050-03-07", "session_time": "10:00", "duration": "00:30",
              "starts_at": "2050-03-07 10:00 aaab+5", "ends_at": "2050-03-07 10:30 aaab+5", "time_zone": "UTC"}');
SELECT (error_of($$SELECT app.book_session('ada', 1, '2050-03-07', '10:00', idempotency_key => 'k')$$)).*;
SELECT bytes_of('Timezones') - :before AS grown_by;

-- What a backend remembers of mentors is bounded by its bytes, however many are asked for and however much
-- is worked out of each.
INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from)
    SELECT 'mentor ' || i, '09:00', '09:30', '2050-01-01' FROM generate_series(1, 3000) i;
SELECT count(*) FROM generate_series(1, 3000) i, available_slots('mentor ' || i, '2050-01-01', '2051-02-04');
SELECT bytes_of('slotguard mentors', 'slotguard mentor') < 17 * 1024 * 1024 AS is_bounded;
SELECT count(*) FROM generate_series(1, 40000) i, mentor_info('nobody ' || i);
SELECT bytes_of('slotguard mentors', 'slotguard mentor') < 17 * 1024 * 1024 AS is_bounded;

-- What is remembered is read once, and DDL on other tables makes a backend forget nothing.
CREATE FUNCTION testing.scans() RETURNS bigint
    LANGUAGE sql
    AS $$ SELECT pg_stat_get_xact_numscans('app.mentor_settings_pkey'::regclass) $$;
BEGIN;
SELECT time_zone FROM mentor_info('ada');
SELECT scans() AS before \gset
CREATE TABLE testing.another (id int);
DROP TABLE testing.another;
SELECT time_zone FROM mentor_info('ada');
SELECT scans() - :before AS read_again;
INSERT INTO mentor_settings (mentor_id, time_zone) VALUES ('ada', 'Europe/Berlin');
SELECT time_zone FROM mentor_info('ada');
COMMIT;
SELECT time_zone FROM mentor_info('ada');
DROP SCHEMA app, testing CASCADE;
