SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers

-- Rows that overlap already are told before anything is changed: how many, the first ten, what to do.
CREATE FUNCTION testing.shape() RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws('; ',
        (SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute
         WHERE attrelid = to_regclass('app.mentor_startup_sessions') AND attnum > 0 AND NOT attisdropped),
        (SELECT string_agg(indexrelid::regclass::text, ',' ORDER BY indexrelid::regclass::text) FROM pg_index
         WHERE indrelid = to_regclass('app.mentor_startup_sessions')),
        (SELECT count(*) || ' triggers' FROM pg_trigger WHERE tgrelid = to_regclass('app.mentor_startup_sessions')),
        (SELECT count(*) || ' tables' FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'))
    $$;
CREATE TABLE app.mentor_startup_sessions (
    id bigserial PRIMARY KEY, mentor_id text, startup_id bigint, session_date date, session_time time,
    duration interval, status text DEFAULT 'scheduled');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
    SELECT 'ada', 1 + n % 2, '2050-03-07', time '08:00' + n * interval '30 minutes', '1 hour' FROM generate_series(0, 12) n;
SELECT shape() AS before \gset
SELECT * FROM error_of('SELECT setup_booking()') \gx
SELECT shape() = :'before' AS nothing_was_changed;

-- A long session and those that lie in it are pairs, though they are no neighbours.
DELETE FROM mentor_startup_sessions WHERE session_time NOT IN ('08:00', '09:00', '10:00');
UPDATE mentor_startup_sessions SET startup_id = id, duration = CASE session_time WHEN '08:00' THEN interval '3 hours' ELSE '30 minutes' END;
SELECT message, detail FROM error_of('SELECT setup_booking()') \gx
-- One pair is told in the singular, and once, also where mentor and startup are the same.
DELETE FROM mentor_startup_sessions WHERE session_time = '10:00';
UPDATE mentor_startup_sessions SET startup_id = 1;
SELECT message, detail FROM error_of('SELECT setup_booking()') \gx
UPDATE mentor_startup_sessions SET startup_id = 5, mentor_id = 'bob' WHERE session_time = '09:00';
SELECT code IS NULL AS is_set_up FROM error_of('SELECT setup_booking()');
DROP TABLE mentor_startup_sessions, mentor_settings, mentor_availability, mentor_availability_overrides, slot_holds, booking_events;

-- Founding rows have no length and no zone: each lasts as long as will be filled in, in its mentor's zone.
CREATE TABLE app.mentor_startup_sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), mentor_id text, startup_id integer, session_date date,
    session_time time, status varchar(20) DEFAULT 'scheduled');
CREATE TABLE app.mentor_settings (mentor_id text PRIMARY KEY, time_zone text NOT NULL DEFAULT 'UTC');
INSERT INTO mentor_settings VALUES ('berlin', 'Europe/Berlin');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES
    ('ada', 1, '2050-03-07', '10:00'), ('ada', 2, '2050-03-07', '10:15'), -- overlap by 15 minutes
    ('ada', 3, '2050-03-07', '10:45'),                                    -- touch
    ('berlin', 7, '2050-03-07', '15:10'), ('cyd', 7, '2050-03-07', '14:30'), -- 14:10 in UTC
    ('dan', 8, '2050-03-07', '23:45'), ('dan', 9, '2050-03-08', '00:10'); -- over midnight
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status) VALUES
    ('ada', 4, '2050-03-07', '10:20', 'cancelled'), ('ada', 5, '2050-03-07', '10:20', 'completed'), ('ada', 6, '2050-03-07', '10:20', 'no_show');
SELECT shape() AS before \gset
SELECT * FROM error_of('SELECT setup_booking()') \gx
SELECT shape() = :'before' AS nothing_was_changed;
-- The same start twice is the index's business, and told as that, first.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 11, '2050-03-07', '10:00');
SELECT code, message FROM error_of('SELECT setup_booking()') \gx
DELETE FROM mentor_startup_sessions WHERE startup_id = 11;
-- What the hint says mends it.
UPDATE mentor_startup_sessions SET status = 'cancelled' WHERE startup_id IN (2, 9) OR mentor_id = 'cyd';
SELECT object, action FROM setup_booking() WHERE object ~ 'overlap|by_mentor|by_startup|unique|zz_' ORDER BY object;
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
SELECT insert_of('ada', 12, '2050-03-07', '10:15') AS guarded, insert_of('ada', 12, '2050-03-07', '10:30', '15 minutes') AS free,
       insert_of('eve', 7, '2050-03-07', '14:20') AS busy;
-- Again: nothing to do.
SELECT object, action FROM setup_booking() WHERE action <> 'kept';

-- A guard that was off while sessions were written: it is not put back over an overlap, and check_booking()
-- names it meanwhile.
ALTER TABLE mentor_startup_sessions DISABLE TRIGGER no_overlapping_sessions;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 20, '2050-03-07', '10:50');
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
SELECT code, message, detail FROM error_of('SELECT setup_booking()') \gx
SELECT tgenabled FROM pg_trigger WHERE tgname = 'no_overlapping_sessions';
DELETE FROM mentor_startup_sessions WHERE startup_id = 20;
SELECT object, action FROM setup_booking() WHERE action <> 'kept';
SELECT overlapping_pairs();
DROP SCHEMA app, testing CASCADE;
