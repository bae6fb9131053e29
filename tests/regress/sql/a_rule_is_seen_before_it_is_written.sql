-- preview_hours() tells the dates of a rule by the code that follows the hours, and refuses what the table would.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
-- Before there are tables, under any search_path, in a read-only transaction.
SET search_path TO pg_catalog;
BEGIN READ ONLY;
SELECT * FROM app.preview_hours('FREQ=WEEKLY;BYDAY=MO,WE', '09:00', '12:30', '2050-07-04', how_many => 3);
COMMIT;
SET search_path TO app, testing;
SELECT count(*), min(session_date) >= current_date AS begins_today FROM preview_hours('FREQ=DAILY', '22:00', '02:00');

-- From valid_from on, and as far as valid_until, UNTIL and COUNT let it go.
SELECT array_agg(session_date) FROM preview_hours('freq=weekly;interval=2;byday=tu', '09:00', '12:00', '2050-07-04', '2050-08-16');
SELECT array_agg(session_date) FROM preview_hours('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '09:00', '12:00', '2050-07-04', how_many => 3);
SELECT array_agg(session_date) FROM preview_hours('FREQ=DAILY;COUNT=3', '09:00', '12:00', '2050-07-04', how_many => 1000);
SELECT count(*) FROM preview_hours('FREQ=YEARLY;COUNT=3', '09:00', '12:00', '2050-07-04', how_many => 1000);
SELECT array_agg(session_date) FROM preview_hours('FREQ=DAILY;UNTIL=20500706', '09:00', '12:00', '2050-07-04');
-- An UNTIL in UTC ends by the clock of the mentor: in Tokyo, 09:00 of the 6th is 00:00 in UTC.
SELECT array_agg(session_date) FROM preview_hours('FREQ=DAILY;UNTIL=20500706T000000Z', '09:00', '12:00', '2050-07-04', time_zone => 'Asia/Tokyo');
SELECT array_agg(session_date) FROM preview_hours('FREQ=DAILY;UNTIL=20500706T000000Z', '09:00', '12:00', '2050-07-04');

-- A rule that matches no day gives no row; one that seldom does is followed for 400 years.
SELECT count(*) FROM preview_hours('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', '09:00', '12:00');
SELECT array_agg(session_date) FROM preview_hours('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=TU', '09:00', '12:00', '2050-07-04', how_many => 3);
SELECT count(*), max(session_date) FROM preview_hours('FREQ=YEARLY', '09:00', '12:00', '2050-07-04', how_many => 1000);
SELECT array_agg(session_date) FROM preview_hours('FREQ=DAILY', '09:00', '12:00', '9999-12-30');
SELECT count(*) FROM preview_hours('FREQ=DAILY', '09:00', '12:00', '10000-01-01');
SELECT array_agg(session_date) FROM preview_hours('FREQ=DAILY', '09:00', '12:00', '0001-01-01', how_many => 2);
SELECT count(*), max(session_date) FROM preview_hours('FREQ=DAILY', '09:00', '12:00', '2050-07-04', how_many => 1000);
SELECT count(*) FROM preview_hours('FREQ=DAILY', '09:00', '12:00', how_many => 0);

-- EXECUTE, which PUBLIC has, is enough.
CREATE ROLE regress_mentor;
SET ROLE regress_mentor;
SELECT array_agg(session_date) FROM preview_hours('FREQ=DAILY', '09:00', '12:00', '2050-07-04', how_many => 2);
RESET ROLE;

-- What the table would refuse is refused; a rule with the same words.
SELECT count(*) > 0 AS is_set_up FROM setup_booking();
CREATE FUNCTION testing.verdicts(rule text, OUT of_preview text, OUT is_as_written boolean) LANGUAGE plpgsql
    AS $$
DECLARE
    preview record;
    written record;
BEGIN
    SELECT * INTO preview FROM error_of(format('SELECT app.preview_hours(%L, ''09:00'', ''12:00'')', rule));
    SELECT * INTO written FROM error_of(
        format('INSERT INTO app.mentor_availability (mentor_id, rrule, opens, closes) VALUES (''anna'', %L, ''09:00'', ''12:00'')', rule));
    of_preview := preview.code || ' ' || preview.message;
    is_as_written := preview = written;
END
$$;
SELECT v.* FROM unnest('{FREQ=HOURLY,FREQ=WEEKLY;BYDAY=XX,"",FREQ=DAILY;BYHOUR=9,"every day",FREQ=DAILY;COUNT=1;UNTIL=20500101}'::text[]) AS r (rule), verdicts(rule) v;
CREATE FUNCTION testing.is_taken(opens text, closes text, valid_from text, valid_until text) RETURNS text LANGUAGE sql
    AS $$ SELECT code FROM error_of(format('INSERT INTO app.mentor_availability (mentor_id, opens, closes, valid_from, valid_until)'
                                           ' VALUES (''anna'', %L, %L, %L, %L)', opens, closes, valid_from, valid_until)) $$;
SELECT p.code, p.message, p.hint, is_taken(opens, closes, valid_from, valid_until) AS of_the_table
FROM (VALUES ('09:00', '09:00', '2050-07-04', NULL), ('00:00', '24:00', '2050-07-04', '2050-07-04'), ('09:00', '12:00', '2050-07-04', 'infinity'),
             ('24:00', '12:00', '2050-07-04', NULL), ('09:00', '12:00', 'infinity', NULL), ('09:00', '12:00', '-infinity', NULL),
             ('09:00', '12:00', '0001-12-31 BC', NULL), ('09:00', '12:00', '2050-07-04', '2050-07-03'), ('09:00', '12:00', '2050-07-04', '-infinity'))
    AS r (opens, closes, valid_from, valid_until),
    error_of(format('SELECT app.preview_hours(''FREQ=DAILY'', %L, %L, %L, %L)', opens, closes, valid_from, valid_until)) p;
SELECT code, message FROM error_of($$SELECT preview_hours('FREQ=DAILY', '09:00', '12:00', how_many => -1)$$);
SELECT code, message, hint FROM error_of($$SELECT preview_hours('FREQ=DAILY', '09:00', '12:00', how_many => 1001)$$);
SELECT code, message FROM error_of($$SELECT preview_hours('FREQ=DAILY', '09:00', '12:00', time_zone => 'Mars/Olympus')$$);
SELECT e.code, e.message FROM unnest('{rrule,opens,closes,valid_from,how_many,time_zone}'::text[]) WITH ORDINALITY AS n (name, place),
    LATERAL (SELECT string_agg(format('%s => %s', a.name, CASE WHEN a.name = n.name THEN 'NULL' ELSE a.value END), ', ')
             FROM (VALUES ('rrule', '''FREQ=DAILY'''), ('opens', '''09:00'''), ('closes', '''12:00'''),
                          ('valid_from', 'current_date'), ('how_many', '1'), ('time_zone', '''UTC''')) AS a (name, value)) AS s (arguments),
    error_of(format('SELECT app.preview_hours(%s)', arguments)) e ORDER BY place;

-- It tells what the mentor's list then has, rule by rule, in the mentor's zone.
INSERT INTO mentor_settings (mentor_id, time_zone, slot_duration, booking_horizon) VALUES ('anna', 'Asia/Tokyo', '2 hours', '100 years');
CREATE TABLE testing.rules AS
SELECT format('FREQ=%s%s%s%s', every, days, often, ending) AS rule
FROM unnest('{DAILY,WEEKLY,MONTHLY,YEARLY}'::text[]) every,
     unnest('{"",";BYDAY=MO,FR",";BYMONTH=8,9",";BYDAY=WE;BYSETPOS=-1"}'::text[]) days,
     unnest('{"",";INTERVAL=3"}'::text[]) often,
     unnest('{"",";COUNT=4",";UNTIL=20500920T000000Z"}'::text[]) ending;
CREATE FUNCTION testing.listed(rule text) RETURNS date[] LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM app.mentor_availability;
    INSERT INTO app.mentor_availability (mentor_id, rrule, opens, closes, valid_from) VALUES ('anna', rule, '09:00', '11:00', '2050-07-04');
    RETURN (SELECT array_agg(DISTINCT session_date ORDER BY session_date) FROM app.available_slots('anna', '2050-07-04', '2051-07-04'));
END
$$;
SELECT count(*) AS rules, count(*) FILTER (WHERE listed(rule) IS NOT NULL) AS with_days,
       count(*) FILTER (WHERE listed(rule) IS NOT DISTINCT FROM
           (SELECT array_agg(session_date ORDER BY session_date)
            FROM preview_hours(rule, '09:00', '11:00', '2050-07-04', how_many => 1000, time_zone => 'Asia/Tokyo')
            WHERE session_date <= '2051-07-04')) AS as_listed
FROM rules;

DROP SCHEMA app, testing CASCADE;
DROP ROLE regress_mentor;
