SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
\set SHOW_CONTEXT never

-- Whoever shows an error beside the field that it is about reads the names of schema, table and column, or of
-- the constraint, from the error itself.
CREATE FUNCTION testing.place_of(statement text, OUT code text, OUT "schema" text, OUT "table" text, OUT "column" text, OUT "constraint" text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE statement;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, "schema" = SCHEMA_NAME, "table" = TABLE_NAME,
        "column" = COLUMN_NAME, "constraint" = CONSTRAINT_NAME;
END
$$;

SELECT set_to, place.*
FROM unnest('{time_zone=>Nowhere/Land,time_zone=>cet,time_zone=>localtime,slot_duration=>0,minimum_notice=>-1 day,booking_horizon=>0,buffer_before=>25 hours,buffer_after=>1 month,max_sessions_per_day=>-1,max_sessions_per_week=>-1}'::text[]) set_to,
    place_of(format('INSERT INTO mentor_settings (mentor_id, %I) VALUES (''ada'', %L)', split_part(set_to, '=>', 1), split_part(set_to, '=>', 2))) place;

SELECT set_to, place.*
FROM unnest('{rrule=>FREQ=DAILY;COUNT=99999,rrule=>FREQ=HOURLY,opens=>24:00,valid_from=>infinity,valid_until=>2000-01-01,valid_until=>20000-01-01}'::text[]) set_to,
    place_of(format('INSERT INTO mentor_availability (mentor_id, closes, %s %I) VALUES (''ada'', ''12:00'', %s %L)',
        CASE WHEN set_to LIKE 'opens%' THEN '' ELSE 'opens,' END, split_part(set_to, '=>', 1),
        CASE WHEN set_to LIKE 'opens%' THEN '' ELSE '''09:00'',' END, substr(set_to, strpos(set_to, '=>') + 2))) place;

SELECT set_to, place.*
FROM unnest('{empty,"[2050-01-01,)","[0001-01-02 BC,2050-01-01)"}'::text[]) set_to,
    place_of(format('INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES (''ada'', %L, true)', set_to)) place;

-- Sessions, as plain writers bring them in.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status)
    VALUES ('ada', 1, '2050-03-07', '10:00', 'scheduled'), ('ada', 1, '2050-03-07', '12:00', 'cancelled');
SELECT changed, place.*
FROM unnest(ARRAY['mentor_id = repeat(''x'', 256)', 'status = ''booked''', 'duration = ''0''', 'duration = ''25 hours''', 'time_zone = ''Nowhere/Land''',
        'session_date = ''infinity''', 'session_date = ''2050-03-27'', session_time = ''02:30'', time_zone = ''Europe/Berlin''',
        'session_time = NULL', 'startup_id = NULL']) changed,
    place_of('UPDATE mentor_startup_sessions SET ' || changed || ' WHERE status = ''scheduled''') place;
SELECT place.* FROM place_of('UPDATE mentor_startup_sessions SET status = ''completed'' WHERE status = ''cancelled''') place;
SELECT place.* FROM place_of($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 2, '2050-03-07', '10:15')$$) place;
SELECT place.* FROM place_of($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('bob', 1, '2050-03-07', '10:15')$$) place;

-- And calls that meet a column which cannot be read.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, idempotency_key, booked_as) VALUES ('cleo', 5, '2050-03-08', '10:00', 'k', '{}');
SELECT place.* FROM place_of($$SELECT app.book_session('cleo', 5, '2050-03-08', '10:00', idempotency_key => 'k')$$) place;
ALTER TABLE mentor_settings ALTER slot_duration DROP NOT NULL, DISABLE TRIGGER USER;
INSERT INTO mentor_settings (mentor_id, slot_duration) VALUES ('null', NULL);
INSERT INTO mentor_settings (mentor_id, buffer_after) VALUES ('long', '25 hours');
SELECT place.* FROM place_of($$SELECT app.mentor_info('null')$$) place;
SELECT place.* FROM place_of($$SELECT app.mentor_info('long')$$) place;
-- Of the mentor's row, whoever meets it; and a row that is there already can be changed.
SELECT place.* FROM place_of($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('long', 2, '2050-03-07', '18:00')$$) place;
INSERT INTO mentor_settings (mentor_id) VALUES (repeat('x', 300));
ALTER TABLE mentor_settings ENABLE TRIGGER USER;
UPDATE mentor_settings SET slot_duration = '1 hour' WHERE length(mentor_id) = 300;
ALTER TABLE mentor_startup_sessions ALTER time_zone DROP NOT NULL, DISABLE TRIGGER USER;
UPDATE mentor_startup_sessions SET time_zone = NULL WHERE mentor_id = 'ada' AND status = 'scheduled' RETURNING id \gset
SELECT place.* FROM place_of(format('SELECT app.cancel_session(%s)', :id)) place;
SELECT place.* FROM place_of(format('SELECT app.session_ics(%s)', :id)) place;

-- And setup_booking(), of a table that it can't adopt.
DROP TABLE mentor_settings, mentor_startup_sessions;
CREATE TABLE mentor_settings (mentor_id text PRIMARY KEY, slot_duration text);
SELECT place.* FROM place_of('SELECT app.setup_booking()') place;
DROP TABLE mentor_settings;
CREATE TABLE mentor_startup_sessions (id bigint PRIMARY KEY, mentor_id text, startup_id bigint, session_date date, session_time time, status text);
INSERT INTO mentor_startup_sessions VALUES (1, 'ada', 1, '2050-01-01', '10:00', 'booked');
SELECT place.* FROM place_of('SELECT app.setup_booking()') place;
ALTER TABLE mentor_startup_sessions DROP status, ADD status text GENERATED ALWAYS AS ('scheduled') STORED;
SELECT place.* FROM place_of('SELECT app.setup_booking()') place;
ALTER TABLE mentor_startup_sessions ALTER session_date TYPE text;
SELECT place.* FROM place_of('SELECT app.setup_booking()') place;
ALTER TABLE mentor_startup_sessions ALTER mentor_id TYPE integer USING 1;
SELECT place.* FROM place_of('SELECT app.setup_booking()') place;

DROP SCHEMA app, testing CASCADE;
