-- The rules bind the calls: a plain writer may step over a hold. check_booking() tells that as advice, with what it
-- means for whoever holds the slot, and no call leaves anything to tell.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';

CREATE VIEW testing.advice AS SELECT check_name, ok, detail FROM app.check_booking() WHERE check_name LIKE 'advice:%' OR NOT ok;
SELECT testing.open('anna', 'Europe/Paris'), testing.open('bert');
-- A copy of a hold, for another startup, so much later.
CREATE PROCEDURE testing.copy_hold(startup bigint, later interval) LANGUAGE sql AS $$
    INSERT INTO app.slot_holds (mentor_id, startup_id, session_date, session_time, duration, time_zone, starts_at, ends_at, expires_at)
    SELECT mentor_id, startup, session_date, session_time + later, duration, time_zone, starts_at + later, ends_at + later, expires_at
    FROM app.slot_holds WHERE startup_id = 1 AND mentor_id = 'anna'
$$;

-- Calls alone: holds that touch, one that is confirmed, one's own that overlaps one's own session, another mentor's.
SELECT outcome FROM hold_slot('anna', 1, '2050-03-07', '10:00')
UNION ALL SELECT outcome FROM hold_slot('anna', 2, '2050-03-07', '10:30')
UNION ALL SELECT outcome FROM hold_slot('bert', 3, '2050-03-07', '10:00')
UNION ALL SELECT outcome FROM book_session('anna', 2, '2050-03-07', '10:30')
UNION ALL SELECT outcome FROM book_session('bert', 4, '2050-03-07', '10:30');
SELECT * FROM testing.advice;

-- Two startups hold one time.
BEGIN;
CALL testing.copy_hold(5, '-10 minutes');
SELECT * FROM testing.advice;
SELECT outcome FROM book_session('anna', 1, '2050-03-07', '10:00')
UNION ALL SELECT outcome FROM book_session('anna', 5, '2050-03-07', '09:50');
-- Until one of them is over.
UPDATE slot_holds SET expires_at = clock_timestamp() WHERE startup_id = 5;
SELECT * FROM testing.advice;
ROLLBACK;
-- One startup that holds overlapping times is in nobody's way.
BEGIN;
CALL testing.copy_hold(1, '-10 minutes');
SELECT * FROM testing.advice;
ROLLBACK;

-- A session over somebody's hold.
BEGIN;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('anna', 6, '2050-03-07', '09:45');
SELECT * FROM testing.advice;
SELECT outcome FROM book_session('anna', 1, '2050-03-07', '10:00');
UPDATE mentor_startup_sessions SET status = 'cancelled' WHERE startup_id = 6;
SELECT * FROM testing.advice;
ROLLBACK;

-- Whoever may not see holds is told that, and nothing by halves.
CREATE ROLE onlooker;
GRANT SELECT ON ALL TABLES IN SCHEMA app TO onlooker;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA app TO onlooker;
REVOKE SELECT ON slot_holds FROM onlooker;
SET ROLE onlooker;
SELECT code, message FROM testing.error_of('SELECT * FROM app.check_booking()');
RESET ROLE;

DROP SCHEMA app, testing CASCADE;
DROP ROLE onlooker;
