-- A mentor changes hours, settings or zone while sessions are booked: they stay as they are, can be
-- cancelled, and check_booking() lists those that the rules would now refuse.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';

CREATE FUNCTION testing.advice() RETURNS SETOF text
    LANGUAGE sql
    AS $$ SELECT detail FROM check_booking() WHERE check_name LIKE 'advice:%' AND ok $$;

SELECT testing.open('anna', opens => '09:00', closes => '12:00');
SELECT startup_id, outcome
FROM (VALUES (1, time '09:00'), (2, '10:00'), (3, '11:30')) AS wish (startup, start),
    book_session('anna', startup, '2050-03-07', start);
SELECT * FROM testing.advice();

-- Each change is taken back.
BEGIN;
UPDATE mentor_availability SET opens = '09:30';
SELECT * FROM testing.advice();
SELECT session_time, state FROM available_slots('anna', '2050-03-07', '2050-03-07');
SELECT outcome FROM cancel_session(1);
SELECT * FROM testing.advice();
ROLLBACK;

BEGIN;
INSERT INTO mentor_availability_overrides (mentor_id, during, available)
VALUES ('anna', '[2050-03-07 10:15+00, 2050-03-07 10:20+00)', false);
SELECT * FROM testing.advice();
ROLLBACK;

BEGIN;
UPDATE mentor_settings SET slot_duration = '1 hour';
SELECT * FROM testing.advice();
ROLLBACK;

BEGIN;
UPDATE mentor_settings SET buffer_after = '45 minutes';
SELECT * FROM testing.advice();
ROLLBACK;

BEGIN;
UPDATE mentor_settings SET booking_horizon = '1 year';
SELECT * FROM testing.advice();
ROLLBACK;

-- All sessions of a day that has more than the limit, and none where there are just as many.
BEGIN;
UPDATE mentor_settings SET max_sessions_per_day = 3, max_sessions_per_week = 2;
SELECT * FROM testing.advice();
UPDATE mentor_settings SET max_sessions_per_day = 2;
SELECT * FROM testing.advice();
UPDATE mentor_settings SET max_sessions_per_day = NULL, max_sessions_per_week = 3;
SELECT * FROM testing.advice();
ROLLBACK;

-- A mentor who moves takes the hours along, and leaves the sessions where they are.
BEGIN;
UPDATE mentor_settings SET time_zone = 'Asia/Kathmandu';
SELECT * FROM testing.advice();
SELECT session_date, session_time, time_zone, starts_at FROM mentor_startup_sessions ORDER BY starts_at;
ROLLBACK;

-- The hours of a mentor who deletes them all bind nobody any more.
BEGIN;
DELETE FROM mentor_availability;
SELECT * FROM testing.advice();
ROLLBACK;

-- What has come too near to be booked is no matter; nor is what is past, or not scheduled.
BEGIN;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('anna', 4, CURRENT_DATE + 30, '10:00');
UPDATE mentor_settings SET minimum_notice = '1 year';
UPDATE mentor_startup_sessions SET status = 'completed' WHERE startup_id = 1;
UPDATE mentor_availability SET opens = '09:30';
SELECT * FROM testing.advice();
ROLLBACK;

-- A session at the end of all calendars hides nothing of the others.
BEGIN;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('anna', 5, '294276-12-30', '10:00');
SELECT * FROM testing.advice();
SELECT outcome FROM book_session('anna', 6, '294276-12-30', '12:00');
SELECT outcome FROM book_session('anna', 6, '4714-11-24 BC', '12:00');
ROLLBACK;

-- A rule that got past the trigger can't be followed, and hides nothing about other mentors.
BEGIN;
SELECT testing.open('bert', opens => '09:00', closes => '12:00');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('bert', 4, '2050-03-07', '08:00');
ALTER TABLE mentor_availability DISABLE TRIGGER hours_are_understood;
UPDATE mentor_availability SET rrule = 'FREQ=SOMETIMES' WHERE mentor_id = 'anna';
SELECT check_name, detail FROM check_booking() WHERE NOT ok OR check_name LIKE 'advice:%';
ROLLBACK;

DROP SCHEMA app, testing CASCADE;
