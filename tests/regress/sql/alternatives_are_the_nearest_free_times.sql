SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
CREATE FUNCTION testing.offered(answer booking_result) RETURNS text
    LANGUAGE sql
    AS $$
    SELECT string_agg(format('%s %s', a ->> 'session_date', left(a ->> 'session_time', 5)), ', ' ORDER BY n)
    FROM jsonb_array_elements(answer.alternatives) WITH ORDINALITY AS t (a, n)
    $$;
-- Whether each one offered can be booked, at the instants that it says.
CREATE FUNCTION testing.keeps_its_word(answer booking_result) RETURNS boolean
    LANGUAGE sql
    AS $$
    SELECT bool_and(b.outcome = 'booked' AND b.starts_at = (a ->> 'starts_at')::timestamptz
                    AND b.ends_at = (a ->> 'ends_at')::timestamptz)
    FROM jsonb_array_elements(answer.alternatives) AS t (a),
        testing.answer_to(answer.mentor_id, answer.startup_id, (a ->> 'session_date')::date,
                          (a ->> 'session_time')::time,
                          (a ->> 'ends_at')::timestamptz - (a ->> 'starts_at')::timestamptz) AS b
    $$;

SELECT testing.open('ada', 'Europe/Berlin', opens => '10:00', closes => '12:00');
SELECT (book_session('ada', 1, '2050-03-07', '11:00')).outcome;
SELECT outcome, testing.offered(a), testing.keeps_its_word(a) FROM book_session('ada', 2, '2050-03-07', '11:00') a;
-- The earlier one of two that are as near, and nothing that is taken.
SELECT (book_session('ada', 1, '2050-03-07', '10:30')).outcome;
SELECT outcome, testing.offered(a), testing.keeps_its_word(a) FROM book_session('ada', 2, '2050-03-07', '11:00') a;
SELECT outcome, testing.offered(a), testing.keeps_its_word(a) FROM book_session('ada', 2, '2050-03-07', '10:45') a;
SELECT outcome, testing.offered(a), testing.keeps_its_word(a) FROM book_session('ada', 2, '2050-03-07', '20:00') a;
-- As long as was asked for.
SELECT outcome, testing.offered(a), testing.keeps_its_word(a), a.alternatives -> 0
FROM book_session('ada', 2, '2050-03-07', '10:30', '1 hour') a;
-- Of a skipped time too, and of one that is past: then the nearest that can still be booked.
SELECT outcome, testing.offered(a), testing.keeps_its_word(a) FROM book_session('ada', 2, '2050-03-27', '02:30') a;
SELECT outcome, jsonb_array_length(alternatives), testing.keeps_its_word(a)
FROM book_session('ada', 2, CURRENT_DATE - 3, '10:00') a;
UPDATE mentor_settings SET booking_horizon = '30 days';
SELECT outcome, jsonb_array_length(alternatives), testing.keeps_its_word(a)
FROM book_session('ada', 2, '2050-03-07', '10:00') a;
UPDATE mentor_settings SET booking_horizon = '100 years';

-- Fewer where there are fewer, none where there is none, and never NULL.
SELECT testing.open('bob');
INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES ('bob', '[2050-03-07 10:00,2050-03-07 11:00)', true);
SELECT outcome, testing.offered(a), testing.keeps_its_word(a) FROM book_session('bob', 2, '2050-03-07', '09:00') a;
INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES ('bob', '[2050-03-07 10:00,)', false);
SELECT outcome, alternatives FROM book_session('bob', 2, '2050-03-07', '09:00');
SELECT testing.open('free');
SELECT outcome, alternatives FROM book_session('free', 1, '2050-03-08', '10:00');
SELECT outcome, alternatives FROM book_session('free', 2, '2050-03-08', '10:00');
SELECT outcome, alternatives FROM book_session('ada', 1, '2050-03-07', '10:30');

-- Weeks away where nothing is nearer.
SELECT testing.open('dora', opens => '10:00', closes => '10:30');
INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES ('dora', '[2050-03-01,2050-04-01)', false);
SELECT outcome, testing.offered(a), testing.keeps_its_word(a) FROM book_session('dora', 2, '2050-03-16', '10:00') a;

-- Sessions that overlap, written past the guard, lead no search in a circle.
SELECT testing.open('gina', opens => '09:00', closes => '13:00');
SELECT (book_session('gina', 20, '2050-03-07', '09:00')).outcome;
SET session_replication_role TO replica;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration, time_zone, starts_at, ends_at)
VALUES ('gina', 21, '2050-03-07', '10:00', '2 hours', 'UTC', '2050-03-07 10:00Z', '2050-03-07 12:00Z'),
    ('gina', 22, '2050-03-07', '10:30', '30 minutes', 'UTC', '2050-03-07 10:30Z', '2050-03-07 11:00Z');
RESET session_replication_role;
SELECT outcome, jsonb_array_length(alternatives) FROM book_session('gina', 23, '2050-03-07', '10:30');

DROP SCHEMA app, testing CASCADE;
