-- Triggers, constraints and defaults of the table's owner do what they do for an INSERT, and a call
-- never tells of a session that was not written as it was asked for.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
CREATE EXTENSION slotguard;
SELECT count(*) > 0 AS is_set_up FROM setup_booking();
INSERT INTO mentor_settings (mentor_id, booking_horizon) VALUES ('anna', '100 years'), ('bert', '100 years');
\set SHOW_CONTEXT never

-- One that changes the session, one that drops it: an error, and nothing is written.
CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.startup_id = 666 THEN NEW.mentor_id := 'bert'; END IF;
    IF NEW.startup_id = 667 THEN NEW.session_time := NULL; END IF;
    IF NEW.startup_id = 668 THEN RETURN NULL; END IF;
    IF NEW.startup_id = 669 THEN NEW.duration := '1 hour'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER meddle BEFORE INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION meddle();
SELECT outcome FROM book_session('anna', 666, '2050-01-03', '10:00');
\set VERBOSITY terse
SELECT outcome FROM book_session('anna', 667, '2050-01-03', '10:00');
\set VERBOSITY default
SELECT outcome FROM book_session('anna', 668, '2050-01-03', '10:00');
SELECT outcome FROM book_session('anna', 669, '2050-01-03', '10:00');
SELECT count(*) FROM mentor_startup_sessions;
SELECT outcome, session_id FROM book_session('anna', 1, '2050-01-03', '10:00');

-- One that books another session while this one is being written: each answer has its own id.
CREATE TABLE told (startup_id bigint, outcome text, session_id bigint);
CREATE FUNCTION book_the_next_too() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.startup_id = 2 THEN
        INSERT INTO told SELECT 2, outcome, session_id FROM book_session('bert', 3, NEW.session_date, NEW.session_time);
        BEGIN
            PERFORM book_session('anna', 666, NEW.session_date, '23:00');
        EXCEPTION WHEN object_not_in_prerequisite_state THEN
            INSERT INTO told VALUES (666, 'refused', NULL);
        END;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER book_the_next_too AFTER INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION book_the_next_too();
INSERT INTO told SELECT 1, outcome, session_id FROM book_session('anna', 2, '2050-01-03', '10:30');
SELECT t.startup_id AS told_by, t.outcome, s.mentor_id, s.startup_id, s.session_time
FROM told t LEFT JOIN mentor_startup_sessions s ON s.id = t.session_id ORDER BY 1;
DROP TRIGGER meddle ON mentor_startup_sessions;
DROP TRIGGER book_the_next_too ON mentor_startup_sessions;

-- Statement triggers with and without the new rows, keys, checks, generated columns, defaults.
CREATE TABLE log (word text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log VALUES (TG_NAME);
    RETURN NULL;
END $$;
CREATE FUNCTION count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log SELECT 'new ' || count(*) FROM new_rows;
    RETURN NULL;
END $$;
CREATE TRIGGER before_all BEFORE INSERT ON mentor_startup_sessions EXECUTE FUNCTION note();
CREATE TRIGGER after_all AFTER INSERT ON mentor_startup_sessions EXECUTE FUNCTION note();
CREATE TRIGGER after_each AFTER INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION note();
SELECT outcome FROM book_session('anna', 1, '2050-01-03', '11:00');
CREATE TRIGGER counted AFTER INSERT ON mentor_startup_sessions
    REFERENCING NEW TABLE AS new_rows EXECUTE FUNCTION count_new();
SELECT outcome FROM book_session('anna', 1, '2050-01-03', '11:30');
TABLE log;
DROP TRIGGER counted ON mentor_startup_sessions;

CREATE TABLE startups (id bigint PRIMARY KEY);
INSERT INTO startups VALUES (1), (2), (3);
ALTER TABLE mentor_startup_sessions
    ADD FOREIGN KEY (startup_id) REFERENCES startups,
    ADD COLUMN room text DEFAULT 'blue',
    ADD COLUMN day text GENERATED ALWAYS AS (mentor_id || ' ' || startup_id) STORED,
    ADD CONSTRAINT not_at_night CHECK (session_time >= '06:00') NOT VALID;
SELECT outcome FROM book_session('anna', 1, '2050-01-03', '12:00');
SELECT outcome FROM book_session('anna', 4, '2050-01-03', '12:30');
\set VERBOSITY terse
SELECT outcome FROM book_session('anna', 1, '2050-01-03', '05:00');
\set VERBOSITY default
CREATE FUNCTION next_room() RETURNS text LANGUAGE sql AS $$ SELECT 'green'::text $$;
ALTER TABLE mentor_startup_sessions ALTER COLUMN room SET DEFAULT next_room(), DROP CONSTRAINT not_at_night;
SELECT outcome FROM book_session('anna', 1, '2050-01-03', '05:00');
ALTER TABLE mentor_startup_sessions ADD COLUMN floor int NOT NULL DEFAULT 3, DROP COLUMN room;
SELECT outcome FROM book_session('anna', 1, '2050-01-03', '05:30');
ALTER TABLE mentor_startup_sessions ALTER COLUMN floor DROP DEFAULT;
\set VERBOSITY terse
SELECT outcome FROM book_session('anna', 1, '2050-01-03', '06:00');
\set VERBOSITY default
SELECT session_time, day, floor FROM mentor_startup_sessions WHERE session_time IN ('12:00', '05:00', '05:30') ORDER BY id;

-- A default is the one of now, also where it hides behind a function or a domain.
CREATE FUNCTION region() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'eu' $$;
CREATE DOMAIN seats AS int DEFAULT 1;
ALTER TABLE mentor_startup_sessions ALTER COLUMN floor SET DEFAULT 1,
    ADD COLUMN region text DEFAULT region(), ADD COLUMN seats seats;
SELECT outcome FROM book_session('anna', 1, '2050-01-03', '08:00');
CREATE OR REPLACE FUNCTION region() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'us' $$;
ALTER DOMAIN seats SET DEFAULT 7;
SELECT outcome FROM book_session('anna', 1, '2050-01-03', '08:30');
SELECT session_time, region, seats FROM mentor_startup_sessions WHERE session_time IN ('08:00', '08:30') ORDER BY id;

-- What a trigger read of a mentor who was never written is forgotten with it.
CREATE FUNCTION read_and_fail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is refused', (mentor_info(NEW.mentor_id)).slot_duration;
END $$;
CREATE TRIGGER read_and_fail AFTER INSERT ON mentor_settings FOR EACH ROW EXECUTE FUNCTION read_and_fail();
INSERT INTO mentor_settings (mentor_id, slot_duration) VALUES ('zoe', '5 hours');
SELECT slot_duration FROM mentor_info('zoe');
DROP TRIGGER read_and_fail ON mentor_settings;

-- One that would fire after ours could change what was answered: no call is made then.
CREATE TRIGGER zzz_meddle BEFORE INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION meddle();
SELECT outcome FROM book_session('anna', 1, '2050-01-03', '09:00');
DROP TRIGGER zzz_meddle ON mentor_startup_sessions;
SELECT outcome FROM book_session('anna', 1, '2050-01-03', '09:00');

-- Without its own trigger the table is not as it should be: told, not ignored.
ALTER TABLE mentor_startup_sessions DISABLE TRIGGER zz_prepare_session;
SELECT outcome FROM book_session('anna', 1, '2050-01-03', '07:00');
SELECT check_name, detail FROM check_booking() WHERE NOT ok;

SET client_min_messages TO warning;
DROP EXTENSION slotguard CASCADE;
DROP TABLE mentor_startup_sessions, mentor_settings, mentor_availability, mentor_availability_overrides, slot_holds, booking_events, told, log, startups;
DROP FUNCTION meddle(), book_the_next_too(), note(), count_new(), next_room(), region(), read_and_fail();
DROP DOMAIN seats;
