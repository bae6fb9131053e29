SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
\set VERBOSITY terse

-- What a table's owner asks of every row binds the rows that calls write, from when it is asked until it is
-- asked no more.
SELECT testing.open('ada');
ALTER TABLE mentor_startup_sessions
    ADD CONSTRAINT not_before_nine CHECK (session_time >= '09:00'),
    ADD CONSTRAINT of_known_startups CHECK (startup_id < 100);
SELECT outcome FROM book_session('ada', 14, '2050-03-07', '11:00');
SELECT book_session('ada', 14, '2050-03-07', '08:00');
SELECT book_session('ada', 100, '2050-03-07', '12:00');

-- Another one of the same name.
ALTER TABLE mentor_startup_sessions DROP CONSTRAINT of_known_startups;
ALTER TABLE mentor_startup_sessions ADD CONSTRAINT of_known_startups CHECK (startup_id < 200);
SELECT outcome FROM book_session('ada', 100, '2050-03-07', '12:00');
SELECT book_session('ada', 200, '2050-03-07', '13:00');

-- A domain can change without the table's knowing.
CREATE DOMAIN testing.early AS time CONSTRAINT is_early CHECK (VALUE < '13:00');
ALTER TABLE mentor_startup_sessions ADD CONSTRAINT early CHECK (session_time::testing.early IS NOT NULL);
SELECT outcome FROM book_session('ada', 15, '2050-03-07', '12:30');
SELECT book_session('ada', 15, '2050-03-07', '13:00');
ALTER DOMAIN testing.early DROP CONSTRAINT is_early;
SELECT outcome FROM book_session('ada', 15, '2050-03-07', '13:00');

-- And holds.
ALTER TABLE slot_holds ADD CONSTRAINT not_at_four CHECK (session_time <> '16:00');
SELECT hold_slot('ada', 16, '2050-03-07', '16:00');
ALTER TABLE slot_holds DROP CONSTRAINT not_at_four;
SELECT outcome FROM hold_slot('ada', 16, '2050-03-07', '16:00');

DROP SCHEMA app, testing CASCADE;
