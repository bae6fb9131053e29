-- A founding table that exists is adopted with its rows, keys, policies and extra columns.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
CREATE SCHEMA app;
CREATE EXTENSION slotguard SCHEMA app;

-- Keys of text and bigint, a policy, a trigger that must not fire, a row of 02:30 that never was.
CREATE TABLE app.mentor_startup_sessions (
    id bigserial PRIMARY KEY,
    mentor_id text NOT NULL,
    startup_id bigint NOT NULL,
    session_date date NOT NULL,
    session_time time NOT NULL,
    status character varying(20) DEFAULT 'scheduled',
    topic text
);
ALTER TABLE app.mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody ON app.mentor_startup_sessions USING (true);
CREATE FUNCTION app.never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'fired'; END $$;
INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status, topic)
VALUES ('anna', 1, '2050-01-03', '10:00', 'scheduled', 'money'), ('anna', 2, '2050-01-03', '10:00', 'cancelled', 'people');
CREATE TRIGGER never BEFORE INSERT OR UPDATE ON app.mentor_startup_sessions
    FOR EACH ROW EXECUTE FUNCTION app.never();
SELECT * FROM app.setup_booking() WHERE object LIKE '%sessions%' OR object LIKE '%slot%';
SELECT * FROM app.setup_booking() WHERE action <> 'kept';
SELECT * FROM app.check_booking() WHERE NOT ok;
DROP TRIGGER never ON app.mentor_startup_sessions;
SELECT id, mentor_id, startup_id, session_date, session_time, status, topic, duration, time_zone, starts_at, ends_at
FROM app.mentor_startup_sessions ORDER BY id;
SELECT polname FROM pg_policy WHERE polrelid = 'app.mentor_startup_sessions'::regclass;
INSERT INTO app.mentor_settings (mentor_id, booking_horizon) VALUES ('anna', '100 years');
SELECT outcome, session_id FROM app.book_session('anna', 1, '2050-01-03', '10:00');
SELECT outcome, session_id FROM app.book_session('anna', 3, '2050-01-03', '10:30');
-- The mentor's zone, told afterwards.
UPDATE app.mentor_settings SET time_zone = 'asia/kathmandu';
UPDATE app.mentor_startup_sessions SET time_zone = 'Asia/Kathmandu';
SELECT session_time, time_zone, starts_at FROM app.mentor_startup_sessions ORDER BY id;
DROP TABLE app.mentor_startup_sessions, app.mentor_settings, app.mentor_availability, app.mentor_availability_overrides, app.slot_holds, app.booking_events;

-- Keys of uuid and int, an id of uuid: session_id is added. Settings that exist give the zone.
CREATE TABLE app.mentor_startup_sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    mentor_id uuid NOT NULL,
    startup_id integer NOT NULL,
    session_date date NOT NULL,
    session_time time NOT NULL,
    status text NOT NULL
);
INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status)
VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 1, '2050-07-04', '10:00', 'scheduled');
CREATE TABLE app.mentor_settings (mentor_id uuid PRIMARY KEY, time_zone text NOT NULL, favourite_colour text);
INSERT INTO app.mentor_settings VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'Europe/Berlin', 'green');
SELECT * FROM app.setup_booking() WHERE object LIKE '%sessions%' OR object LIKE '%settings.%';
SELECT session_id, startup_id, time_zone, starts_at, ends_at FROM app.mentor_startup_sessions;
UPDATE app.mentor_settings SET booking_horizon = '100 years';
SELECT outcome, session_id, mentor_id FROM app.book_session('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 1, '2050-07-04', '10:00');
SELECT outcome, session_id FROM app.book_session('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 2, '2050-07-04', '10:30');
SELECT outcome FROM app.cancel_session(2);
SELECT outcome FROM app.book_session('anna', 2, '2050-07-04', '10:30');
SELECT outcome FROM app.book_session('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 3000000000, '2050-07-04', '11:00');
SELECT * FROM app.check_booking() WHERE NOT ok;
DROP TABLE app.mentor_startup_sessions, app.mentor_settings, app.mentor_availability, app.mentor_availability_overrides, app.slot_holds, app.booking_events;

-- An id of int and a startup of smallint; the columns in another order, one dropped.
CREATE TABLE app.mentor_startup_sessions (
    status text DEFAULT 'scheduled',
    gone text,
    session_time time,
    session_date date,
    startup_id smallint,
    mentor_id text COLLATE "C",
    id serial PRIMARY KEY
);
ALTER TABLE app.mentor_startup_sessions DROP COLUMN gone;
INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('anna', 1, '2050-07-04', '10:00');
SELECT * FROM app.setup_booking() WHERE object LIKE '%session_id%';
SELECT * FROM app.setup_booking() WHERE action <> 'kept';
INSERT INTO app.mentor_settings (mentor_id, booking_horizon) VALUES ('anna', '100 years');
SELECT outcome, session_id FROM app.book_session('anna', 1, '2050-07-04', '10:00');
SELECT outcome, session_id FROM app.book_session('anna', 2, '2050-07-04', '10:30');
SELECT outcome, session_id FROM app.book_session('anna', 40000, '2050-07-04', '11:00');
SELECT id, session_id, mentor_id, startup_id, session_time FROM app.mentor_startup_sessions ORDER BY id;
SELECT * FROM app.check_booking() WHERE NOT ok;

SET client_min_messages TO warning;
DROP EXTENSION slotguard CASCADE;
DROP SCHEMA app CASCADE;
