-- What a mentor changes binds the next call, within a transaction and after it was taken back.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
SELECT testing.open('anna', opens => '10:00', closes => '11:00');
CREATE FUNCTION testing.says() RETURNS text
    LANGUAGE sql
    AS $$
    SELECT (mentor_info('anna')).time_zone || ': '
        || coalesce((SELECT string_agg(to_char(session_time, 'HH24:MI'), ' ' ORDER BY starts_at)
                     FROM available_slots('anna', '2050-03-07', '2050-03-07')), 'closed')
        || '; 10:30 ' || outcome_of('anna', 1, '2050-03-07', '10:30')
    $$;
SELECT testing.says();

BEGIN;
UPDATE mentor_settings SET time_zone = 'Europe/Berlin', slot_duration = '20 minutes';
SELECT testing.says();
SAVEPOINT before;
UPDATE mentor_availability SET opens = '08:00', closes = '09:00';
SELECT testing.says();
ROLLBACK TO before;
SELECT testing.says();
SAVEPOINT before;
INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES ('anna', '[2050-01-01,)', false);
SELECT testing.says();
RELEASE before;
SELECT testing.says();
ROLLBACK;
SELECT testing.says();

BEGIN;
DELETE FROM mentor_availability;
DELETE FROM mentor_settings;
SELECT time_zone, slot_duration, minimum_notice, booking_horizon FROM mentor_info('anna');
SELECT outcome FROM book_session('anna', 1, CURRENT_DATE + 7, '03:07');
ROLLBACK;
SELECT testing.says();

-- Within one statement, too: each row of it asks anew.
CREATE FUNCTION testing.closing_at(closing time) RETURNS text
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE mentor_availability SET closes = closing;
    RETURN testing.says();
END
$$;
SELECT testing.closing_at(closing) FROM unnest('{11:30,12:00,10:30}'::time[]) closing;
-- And where an error took it back.
SELECT code FROM error_of($$SELECT testing.closing_at('12:00'), 1 / 0$$);
SELECT testing.says();
TRUNCATE mentor_availability;
SELECT testing.says();
ALTER TABLE mentor_settings ALTER time_zone SET DEFAULT 'Asia/Kathmandu';
TRUNCATE mentor_settings;
INSERT INTO mentor_settings (mentor_id) VALUES ('anna');
SELECT time_zone FROM mentor_info('anna');
SELECT time_zone FROM mentor_info('nobody');
-- A copy of the same name in place of a table is read like it.
CREATE TABLE app.settings (LIKE app.mentor_settings INCLUDING ALL);
DROP TABLE app.mentor_settings;
ALTER TABLE app.settings RENAME TO mentor_settings;
INSERT INTO mentor_settings (mentor_id, time_zone) VALUES ('anna', 'America/Lima');
SELECT time_zone FROM mentor_info('anna');

DROP SCHEMA app, testing CASCADE;
