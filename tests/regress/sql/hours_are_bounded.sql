SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
\set SHOW_CONTEXT never

-- Anybody may ask for the hours of anybody, so what a mentor writes can't cost others seconds. COUNT has an end.
SELECT (error_of($$INSERT INTO mentor_availability (mentor_id, rrule, opens, closes) VALUES ('ada', 'FREQ=DAILY;COUNT=10001', '09:00', '10:00')$$)).*;
SELECT (error_of($$SELECT FROM preview_hours('FREQ=YEARLY;COUNT=999999999', '09:00', '10:00')$$)).*;
INSERT INTO mentor_availability (mentor_id, rrule, opens, closes, valid_from) VALUES ('ada', 'FREQ=DAILY;COUNT=10000', '09:00', '10:00', '2050-01-01');
-- It is counted once, in whatever order the days are asked for.
SELECT d, count(a) FROM unnest('{2077-05-18,2077-05-19,2050-01-01,2049-12-31,2060-02-29,2077-05-18}'::date[]) d
    LEFT JOIN LATERAL available_slots('ada', d, d) a ON true GROUP BY d ORDER BY d;
-- Counting does not depend on how far it had come.
INSERT INTO mentor_availability (mentor_id, rrule, opens, closes, valid_from)
    VALUES ('bob', 'FREQ=MONTHLY;BYDAY=1MO,-1FR;COUNT=30', '09:00', '10:00', '2050-01-01');
SELECT array_agg(DISTINCT session_date ORDER BY session_date) FILTER (WHERE session_date > '2051-01-01') AS later,
    count(DISTINCT session_date)
FROM (SELECT a.session_date FROM generate_series(date '2050-01-01', '2052-01-01', '17 days') d, available_slots('bob', d::date, d::date + 16) a) s;
SELECT array_agg(session_date) FILTER (WHERE session_date > '2051-01-01') AS later, count(*)
FROM preview_hours('FREQ=MONTHLY;BYDAY=1MO,-1FR;COUNT=30', '09:00', '10:00', '2050-01-01', how_many => 1000);

-- Dates have four digits, and 'infinity' is a way to write that hours have no end.
SELECT (error_of($$INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from) VALUES ('ada', '09:00', '10:00', '10000-01-01')$$)).*;
SELECT (error_of($$INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from, valid_until) VALUES ('ada', '09:00', '10:00', '2050-01-01', '20000-01-01')$$)).*;
SELECT (error_of($$INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from) VALUES ('ada', '09:00', '10:00', '0001-12-31 BC')$$)).*;
SELECT (error_of(format('INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES (''ada'', %L, false)', during))).message
FROM unnest('{"[10000-01-01 00:00+00,10000-01-02 00:00+00)","[0001-12-31 23:00+00 BC,2050-01-01 00:00+00)"}'::text[]) during;
INSERT INTO mentor_availability_overrides (mentor_id, during, available)
    VALUES ('ada', '[2060-01-01 00:00+00,)', false), ('ada', '[-infinity,2040-01-01 00:00+00)', false), ('ada', '(,)', false);
INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from, valid_until) VALUES ('eve', '09:00', '10:00', '2050-01-01', 'infinity') RETURNING valid_until;
UPDATE mentor_availability SET valid_until = 'infinity', closes = '11:00' WHERE mentor_id = 'eve' RETURNING valid_until, closes;

-- A mentor has 200 rows of hours at most, however they are written.
INSERT INTO mentor_availability (mentor_id, opens, closes) SELECT 'dan', '09:00', '10:00' FROM generate_series(1, 200);
SELECT (error_of($$INSERT INTO mentor_availability (mentor_id, opens, closes) VALUES ('dan', '09:00', '10:00')$$)).*;
SELECT (error_of($$INSERT INTO mentor_availability (mentor_id, opens, closes) SELECT 'fay', '09:00', '10:00' FROM generate_series(1, 201)$$)).message;
SELECT (error_of($$UPDATE mentor_availability SET mentor_id = 'dan' WHERE mentor_id = 'eve'$$)).message;
UPDATE mentor_availability SET closes = '12:00' WHERE mentor_id = 'dan';
DELETE FROM mentor_availability WHERE id = (SELECT min(id) FROM mentor_availability WHERE mentor_id = 'dan');
UPDATE mentor_availability SET mentor_id = 'dan' WHERE mentor_id = 'eve';

-- Eighty rows that count from the year 1 on, and never to their end: whoever asks waits for no more than a budget
-- of work, and hears whose rule it is.
INSERT INTO mentor_availability (mentor_id, rrule, opens, closes, valid_from)
    SELECT 'mal', 'FREQ=YEARLY;COUNT=10000;BYMONTH=2;BYMONTHDAY=29', '00:00', '00:00', '0001-01-01' FROM generate_series(1, 80);
SELECT (error_of($$SELECT FROM available_slots('mal', '2050-02-28', '2050-03-01')$$)).*;
SELECT (error_of($$SELECT app.book_session('mal', 1, '2050-02-28', '10:00')$$)).code;
-- Twenty that never close, asked for after thousands of years of them.
INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from)
    SELECT 'zoe', '00:00', '00:00', '2050-01-01' FROM generate_series(1, 20);
SELECT (error_of($$SELECT FROM available_slots('zoe', '9999-12-01', '9999-12-01')$$)).*;
SELECT count(*) FROM available_slots('zoe', '2060-12-01', '2060-12-01');

-- No more is read of one mentor than a backend can remember.
ALTER TABLE mentor_availability_overrides DISABLE TRIGGER USER;
INSERT INTO mentor_availability_overrides (mentor_id, during, available)
    SELECT 'max', tstzrange(t, t + '1 minute'), false FROM generate_series(timestamptz '2000-01-01', '2011-05-30 16:00', '1 hour') t;
ALTER TABLE mentor_availability_overrides ENABLE TRIGGER USER;
SELECT (error_of($$SELECT FROM mentor_info('max')$$)).*;
DELETE FROM mentor_availability_overrides WHERE mentor_id = 'max' AND upper(during) < '2000-02-01';
SELECT (mentor_info('max')).time_zone;

-- A session lasts a day at most, so nobody is told what speaks against a longer time.
SELECT slotguard_internal.reason_against('dan', 1, '2050-01-01 20:00+00', '2050-01-02 20:00+00') AS a_day,
    slotguard_internal.reason_against('dan', 1, '2050-01-01 20:00+00', '2050-01-02 20:00:01+00') AS longer,
    slotguard_internal.reason_against('zoe', 1, '2050-01-01 20:00+00', '294276-12-31 23:59:59+00') AS all_time;

-- A mentor_id has 255 characters at most, of whatever size, in a call and in a row.
SELECT outcome FROM book_session(repeat('ü', 255), 1, '2050-01-01', '10:00');
SELECT count(*), e.code, e.message
FROM unnest(ARRAY[$$SELECT app.book_session(%L, 1, '2050-01-01', '11:00')$$, $$SELECT app.hold_slot(%L, 1, '2050-01-01', '11:00')$$,
        $$SELECT FROM app.available_slots(%L, '2050-01-01', '2050-01-01')$$, $$SELECT FROM app.next_available_slots(%L)$$, $$SELECT app.mentor_info(%L)$$,
        $$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES (%L, 2, '2050-01-01', '10:00')$$]) call,
    error_of(format(call, repeat('ü', 256))) e
GROUP BY 2, 3;
SELECT e.message
FROM unnest(ARRAY[$$INSERT INTO mentor_settings (mentor_id) VALUES (%L)$$, $$INSERT INTO mentor_availability (mentor_id, opens, closes) VALUES (%L, '09:00', '10:00')$$,
        $$INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES (%L, '[2050-01-01,2050-01-02)', false)$$]) call,
    error_of(format(call, repeat('ü', 256))) e;

-- check_booking() goes on, and names the mentors of coming sessions whose hours can't be followed.
INSERT INTO mentor_settings (mentor_id, booking_horizon) VALUES ('mal', '100 years');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('mal', 9, '2060-01-03', '09:00');
SELECT check_name, ok, detail FROM check_booking() WHERE NOT ok;

-- Of tables that were there before, infinite ends are none, and rows that a constraint can't keep are named.
DROP TABLE mentor_availability, mentor_availability_overrides, mentor_startup_sessions;
CREATE TABLE mentor_availability (mentor_id text NOT NULL, valid_from date NOT NULL, valid_until date,
    opens time NOT NULL DEFAULT '09:00', closes time NOT NULL DEFAULT '10:00');
INSERT INTO mentor_availability VALUES ('ada', '2050-01-01', 'infinity');
INSERT INTO mentor_availability SELECT 'bob', '2050-01-01', '10000-01-01' FROM generate_series(1, 11);
SELECT * FROM error_of('SELECT FROM app.setup_booking()');
DELETE FROM mentor_availability WHERE mentor_id = 'bob';
DO 'BEGIN PERFORM setup_booking(); END';
SELECT mentor_id, valid_until FROM mentor_availability;

DROP SCHEMA app, testing CASCADE;
