-- What can't be adopted is refused by name, and nothing is changed.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
CREATE SCHEMA app;
CREATE EXTENSION slotguard SCHEMA app;
\set SHOW_CONTEXT never

-- Double bookings: how many, the first ten, what to do.
CREATE TABLE app.mentor_startup_sessions (
    id bigserial PRIMARY KEY,
    mentor_id text,
    startup_id bigint,
    session_date date,
    session_time time,
    status text
);
INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status)
SELECT 'anna', startup, date '2050-01-03' + day, '10:00', 'scheduled'
FROM generate_series(1, 12) day, generate_series(1, 2) startup;
SELECT * FROM app.setup_booking();
\d app.mentor_startup_sessions
SELECT to_regclass('app.mentor_settings');
UPDATE app.mentor_startup_sessions SET status = 'cancelled' WHERE startup_id = 2;

-- A status that is none, a NULL in a key.
UPDATE app.mentor_startup_sessions SET status = 'pending' WHERE id = 1;
SELECT * FROM app.setup_booking();
UPDATE app.mentor_startup_sessions SET status = 'scheduled', session_time = NULL WHERE id = 1;
SELECT * FROM app.setup_booking();
DELETE FROM app.mentor_startup_sessions WHERE id = 1;

-- Columns of other types.
ALTER TABLE app.mentor_startup_sessions ADD COLUMN duration integer;
SELECT * FROM app.setup_booking();
ALTER TABLE app.mentor_startup_sessions DROP COLUMN duration;
ALTER TABLE app.mentor_startup_sessions ALTER COLUMN startup_id TYPE text;
SELECT * FROM app.setup_booking();
ALTER TABLE app.mentor_startup_sessions ALTER COLUMN startup_id TYPE bigint USING startup_id::bigint;
ALTER TABLE app.mentor_startup_sessions ALTER COLUMN mentor_id TYPE integer USING 1;
SELECT * FROM app.setup_booking();
ALTER TABLE app.mentor_startup_sessions ALTER COLUMN mentor_id TYPE text;
ALTER TABLE app.mentor_startup_sessions RENAME COLUMN session_time TO at;
SELECT * FROM app.setup_booking();
ALTER TABLE app.mentor_startup_sessions RENAME COLUMN at TO session_time;

-- An index of that name that was not built to its end.
INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status)
VALUES ('bert', 1, '2050-01-03', '10:00', 'scheduled'), ('bert', 2, '2050-01-03', '10:00', 'scheduled');
CREATE UNIQUE INDEX CONCURRENTLY unique_mentor_time_slot
    ON app.mentor_startup_sessions (mentor_id, session_date, session_time) WHERE status = 'scheduled';
SELECT * FROM app.setup_booking();
DROP TABLE app.mentor_startup_sessions;

-- Partitions, children and views.
CREATE TABLE app.mentor_startup_sessions (
    id bigint, mentor_id text, startup_id bigint, session_date date, session_time time, status text
) PARTITION BY RANGE (session_date);
SELECT * FROM app.setup_booking();
DROP TABLE app.mentor_startup_sessions;
CREATE TABLE app.parent (id bigint, mentor_id text, startup_id bigint, session_date date, session_time time, status text);
CREATE TABLE app.mentor_startup_sessions () INHERITS (app.parent);
SELECT * FROM app.setup_booking();
DROP TABLE app.parent CASCADE;
CREATE VIEW app.mentor_startup_sessions AS SELECT 1::bigint AS id, 'anna'::text AS mentor_id;
SELECT * FROM app.setup_booking();
DROP VIEW app.mentor_startup_sessions;
CREATE VIEW app.mentor_settings AS SELECT 'anna'::text AS mentor_id;
SELECT * FROM app.setup_booking();
DROP VIEW app.mentor_settings;

-- Tables of other people's that bear the names of ours: nothing could be found or numbered in them.
CREATE TABLE app.slot_holds (hold_token uuid);
CREATE TABLE app.booking_events (event_id bigint PRIMARY KEY, event text);
SELECT * FROM app.setup_booking();
CREATE UNIQUE INDEX ON app.slot_holds (hold_token);
SELECT * FROM app.setup_booking();
DROP TABLE app.slot_holds, app.booking_events;

SET client_min_messages TO warning;
DROP EXTENSION slotguard CASCADE;
DROP SCHEMA app CASCADE;
