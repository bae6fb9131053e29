-- Restored, replicated or written while the trigger was off: a rule that can't be followed is named
-- by whoever asks for hours, and keeps nobody else from anything.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
SELECT testing.open('anna', opens => '09:00', closes => '10:00');
SELECT testing.open('bert', opens => '09:00', closes => '10:00');
SET session_replication_role TO replica;
UPDATE mentor_availability SET rrule = 'FREQ=WEEKLY;BYDAY=1MO' WHERE mentor_id = 'anna';
RESET session_replication_role;

SELECT * FROM error_of($$SELECT FROM available_slots('anna', '2050-01-03', '2050-01-03')$$);
SELECT * FROM error_of($$SELECT FROM next_available_slots('anna', '2050-01-03')$$);
SELECT * FROM error_of($$SELECT FROM book_session('anna', 1, '2050-01-03', '09:00')$$);

-- What hours are not needed for goes on, and so do others.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('anna', 1, '2050-01-03', '09:00');
SELECT mentor_id, time_zone FROM mentor_info('anna');
SELECT testing.outcome_of('bert', 2, '2050-01-03', '09:00');
-- Before its first day, nothing is asked of the rule.
SELECT count(*) FROM available_slots('anna', '2024-01-01', '2024-12-01');

UPDATE mentor_availability SET rrule = 'FREQ=WEEKLY;BYDAY=MO' WHERE mentor_id = 'anna';
SELECT session_date, session_time, state FROM available_slots('anna', '2050-01-03', '2050-01-03');

DROP SCHEMA app, testing CASCADE;
