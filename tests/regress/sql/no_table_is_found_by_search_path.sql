SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin

-- Decoys of everything, in the way of whoever looks by name.
CREATE SCHEMA decoy;
CREATE TABLE decoy.mentor_startup_sessions (mentor_id text, startup_id bigint, session_date date, session_time time, status text);
CREATE TABLE decoy.mentor_settings (mentor_id text, time_zone text);
CREATE FUNCTION decoy.loud() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'decoy'; RETURN NEW; END $$;
CREATE FUNCTION decoy.now() RETURNS timestamptz LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'decoy'; RETURN '2000-01-01'; END $$;
CREATE FUNCTION decoy.format(text, VARIADIC "any") RETURNS text LANGUAGE internal AS 'text_format';
CREATE FUNCTION decoy.format(text, name) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'decoy'; RETURN 'decoy'; END $$;
CREATE FUNCTION decoy.lower(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'decoy'; RETURN 'decoy'; END $$;
CREATE FUNCTION decoy.setup_table(name, name) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'decoy'; RETURN false; END $$;
CREATE FUNCTION decoy.texteq(text, text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'decoy'; RETURN true; END $$;
CREATE OPERATOR decoy.= (LEFTARG = text, RIGHTARG = text, FUNCTION = decoy.texteq);
CREATE OPERATOR decoy.= (LEFTARG = name, RIGHTARG = name, FUNCTION = pg_catalog.namelt);
-- Functions in the schema of the tables that bear the names of steps.
CREATE FUNCTION app.setup_columns(name, name) RETURNS TABLE (object text, action text) LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'decoy'; END $$;
CREATE FUNCTION app.setup_column(name, name, name) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'decoy'; RETURN false; END $$;
CREATE FUNCTION app.setup_constraint(name, name) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'decoy'; RETURN false; END $$;
CREATE FUNCTION app.setup_index(name, name) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'decoy'; RETURN false; END $$;
CREATE FUNCTION app.format(text, name) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'decoy'; RETURN 'decoy'; END $$;
CREATE TABLE decoy.pg_class (oid oid, relname name);
CREATE TEMP TABLE mentor_startup_sessions (mentor_id text);
CREATE TEMP TABLE mentor_settings (mentor_id text);
CREATE TEMP TABLE pg_attribute (attrelid oid);
SET search_path TO pg_temp, decoy, pg_catalog;

SELECT count(*) AS created FROM app.setup_booking() WHERE action OPERATOR(pg_catalog.=) 'created';
INSERT INTO app.mentor_settings (mentor_id, time_zone) VALUES ('ada', 'Europe/Berlin');
INSERT INTO app.mentor_availability (mentor_id, opens, closes) VALUES ('ada', '10:00', '11:00');
SELECT outcome, session_id, time_zone FROM app.book_session('ada', 1, CURRENT_DATE + 7, '10:00');
SELECT outcome, jsonb_array_length(alternatives) FROM app.book_session('ada', 2, CURRENT_DATE + 7, '10:00');
SELECT session_time, state FROM app.available_slots('ada', CURRENT_DATE + 7, CURRENT_DATE + 7);
SELECT count(*) FROM app.next_available_slots('ada');
SELECT time_zone FROM app.mentor_info('ada');
SELECT outcome FROM app.cancel_session(1);
INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 1, '2050-07-04', '10:00');
SELECT starts_at FROM app.mentor_startup_sessions WHERE session_date OPERATOR(pg_catalog.=) '2050-07-04';
SELECT count(*) AS not_kept FROM app.setup_booking() WHERE action OPERATOR(pg_catalog.<>) 'kept';
SELECT count(*) FROM decoy.mentor_startup_sessions;
SELECT count(*) FROM pg_temp.mentor_startup_sessions;

RESET search_path;
DROP TABLE pg_temp.mentor_startup_sessions, pg_temp.mentor_settings, pg_temp.pg_attribute;
DROP SCHEMA app, testing, decoy CASCADE;
