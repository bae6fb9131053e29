-- setup_booking() on an empty schema, and again: it makes what is missing and keeps what is there.
\set SHOW_CONTEXT never
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
CREATE SCHEMA app;
CREATE EXTENSION slotguard SCHEMA app;

-- Before it, a call says what to do.
SELECT outcome FROM app.book_session('anna', 1, current_date + 7, '10:00');
SELECT * FROM app.check_booking();

-- Decoys of other schemas are never found, whatever search_path says.
CREATE SCHEMA decoy;
CREATE TABLE decoy.mentor_startup_sessions (id int);
CREATE TABLE decoy.mentor_settings (id int);
CREATE FUNCTION decoy.format(text, VARIADIC "any") RETURNS text LANGUAGE internal AS 'text_format';
SET search_path TO decoy, app, pg_catalog;

SELECT * FROM app.setup_booking();
SELECT object, action FROM app.setup_booking() WHERE action <> 'kept';
SELECT count(*) AS kept FROM app.setup_booking();
SELECT outcome, session_id FROM app.book_session('anna', 1, current_date + 7, '10:00');
SELECT count(*) FROM decoy.mentor_startup_sessions;
SELECT * FROM app.check_booking() WHERE NOT ok;
RESET search_path;
DROP SCHEMA decoy CASCADE;

-- The table as callers see it.
\d app.mentor_startup_sessions
\d app.mentor_settings
\d app.mentor_availability
\d app.mentor_availability_overrides

-- What was broken is made again; what can't be kept is named.
ALTER TABLE app.mentor_startup_sessions DISABLE TRIGGER zz_prepare_session;
DROP TRIGGER hours_are_announced ON app.mentor_availability;
DROP INDEX app.mentor_availability_by_mentor;
ALTER TABLE app.mentor_settings DROP COLUMN minimum_notice;
SELECT * FROM app.check_booking() WHERE NOT ok;
SELECT * FROM app.setup_booking() WHERE action <> 'kept';
SELECT * FROM app.check_booking() WHERE NOT ok;
DROP INDEX app.unique_mentor_time_slot;
CREATE UNIQUE INDEX unique_mentor_time_slot ON app.mentor_startup_sessions (mentor_id, session_date);
SELECT * FROM app.check_booking() WHERE NOT ok;
SELECT outcome FROM app.book_session('anna', 2, current_date + 7, '10:00');
SELECT * FROM app.setup_booking();
DROP INDEX app.unique_mentor_time_slot;
CREATE UNIQUE INDEX unique_mentor_time_slot
    ON app.mentor_startup_sessions (mentor_id, session_date, session_time) WHERE status = 'never';
SELECT outcome FROM app.book_session('anna', 2, current_date + 7, '10:00');
DROP INDEX app.unique_mentor_time_slot;
CREATE UNIQUE INDEX unique_mentor_time_slot
    ON app.mentor_startup_sessions (mentor_id text_pattern_ops, session_date, session_time) WHERE status = 'scheduled';
SELECT outcome FROM app.book_session('anna', 2, current_date + 7, '10:00');
DROP INDEX app.unique_mentor_time_slot;
SELECT * FROM app.setup_booking() WHERE action <> 'kept';

-- DROP EXTENSION loses no booking, and the next CREATE EXTENSION finds it.
SET client_min_messages TO warning;
DROP EXTENSION slotguard CASCADE;
SELECT startup_id, session_time, status FROM app.mentor_startup_sessions;
CREATE EXTENSION slotguard SCHEMA app;
SELECT * FROM app.setup_booking() WHERE action <> 'kept';
SELECT outcome FROM app.book_session('anna', 2, current_date + 7, '10:00');
DROP EXTENSION slotguard CASCADE;
DROP SCHEMA app CASCADE;
