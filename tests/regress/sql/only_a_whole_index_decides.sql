SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin

CREATE TABLE app.mentor_startup_sessions (
    id bigserial PRIMARY KEY, mentor_id text, startup_id bigint, session_date date, session_time time,
    status text DEFAULT 'scheduled');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 1, '2050-03-07', '10:00'), ('ada', 2, '2050-03-07', '10:00');

-- An index that was not built to its end guards nothing, and is not kept.
\set VERBOSITY terse
CREATE UNIQUE INDEX CONCURRENTLY unique_mentor_time_slot
    ON app.mentor_startup_sessions (mentor_id, session_date, session_time) WHERE status = 'scheduled';
\set VERBOSITY default
UPDATE mentor_startup_sessions SET status = 'cancelled' WHERE startup_id = 2;
SELECT * FROM error_of('SELECT * FROM setup_booking()') \gx

-- Neither is one of that name with another meaning.
DROP INDEX unique_mentor_time_slot;
CREATE UNIQUE INDEX unique_mentor_time_slot
    ON mentor_startup_sessions (mentor_id, session_date, session_time, startup_id) WHERE status = 'scheduled';
SELECT code, message, hint FROM error_of('SELECT * FROM setup_booking()') \gx
DROP INDEX unique_mentor_time_slot;
CREATE INDEX unique_mentor_time_slot
    ON mentor_startup_sessions (mentor_id, session_date, session_time) WHERE status = 'scheduled';
SELECT code FROM error_of('SELECT * FROM setup_booking()');
DROP INDEX unique_mentor_time_slot;
CREATE UNIQUE INDEX unique_mentor_time_slot
    ON mentor_startup_sessions (mentor_id, session_date, session_time) WHERE status = 'completed';
SELECT code FROM error_of('SELECT * FROM setup_booking()');
DROP INDEX unique_mentor_time_slot;

-- The founding index is: it is kept, whoever made it.
CREATE UNIQUE INDEX unique_mentor_time_slot
    ON mentor_startup_sessions (mentor_id, session_date, session_time) WHERE status = 'scheduled';
SELECT action FROM setup_booking() WHERE object = 'unique_mentor_time_slot';

-- Without it no call decides anything.
SELECT testing.open('ada');
SELECT (book_session('ada', 3, '2050-03-07', '11:00')).outcome;
DROP INDEX unique_mentor_time_slot;
SELECT * FROM error_of($$SELECT book_session('ada', 4, '2050-03-07', '11:30')$$) \gx
SELECT code FROM error_of($$SELECT available_slots('ada', '2050-03-07', '2050-03-07')$$);
CREATE UNIQUE INDEX unique_mentor_time_slot
    ON mentor_startup_sessions (mentor_id, session_date) WHERE status = 'scheduled' AND startup_id > 5;
SELECT code FROM error_of($$SELECT book_session('ada', 4, '2050-03-07', '11:30')$$);
DROP INDEX unique_mentor_time_slot;
CREATE UNIQUE INDEX unique_mentor_time_slot
    ON mentor_startup_sessions (mentor_id, session_date, session_time) WHERE status = 'completed';
SELECT code FROM error_of($$SELECT book_session('ada', 4, '2050-03-07', '11:30')$$);
DROP INDEX unique_mentor_time_slot;
SELECT action FROM setup_booking() WHERE object = 'unique_mentor_time_slot';
SELECT (book_session('ada', 4, '2050-03-07', '11:00')).outcome;

DROP SCHEMA app, testing CASCADE;
