-- The caller's mistakes are errors with a SQLSTATE, a message, and what to do; never an outcome.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
CREATE EXTENSION slotguard;
SELECT count(*) > 0 AS is_set_up FROM setup_booking();

CREATE FUNCTION told(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    state text; message text; detail text; hint text;
BEGIN
    EXECUTE statement;
    RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
        detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(' | ', state, message, nullif(detail, ''), nullif(hint, ''));
END
$$;
\t on
\pset format unaligned
SELECT told($$SELECT book_session(NULL, 1, '2050-01-03', '10:00')$$);
SELECT told($$SELECT book_session('anna', NULL, '2050-01-03', '10:00')$$);
SELECT told($$SELECT book_session('anna', 1, NULL, '10:00')$$);
SELECT told($$SELECT book_session('anna', 1, '2050-01-03', NULL)$$);
SELECT told($$SELECT book_session('anna', 1, '2050-01-03', '10:00', '0')$$);
SELECT told($$SELECT book_session('anna', 1, '2050-01-03', '10:00', '-30 minutes')$$);
SELECT told($$SELECT book_session('anna', 1, '2050-01-03', '10:00', '25 hours')$$);
SELECT told($$SELECT book_session('anna', 1, '2050-01-03', '10:00', '1 mon -29 days')$$);
SELECT told($$SELECT book_session('anna', 1, '2050-01-03', '10:00', '2000000000 days')$$);
SELECT told($$SELECT book_session('anna', 1, 'infinity', '10:00')$$);
SELECT told($$SELECT book_session('anna', 1, '5000000-01-01', '10:00')$$);
SELECT told($$SELECT book_session('anna', 1, '2050-01-03', '10:00', idempotency_key => '')$$);
SELECT told($$SELECT hold_slot('anna', 1, NULL, '10:00')$$);
SELECT told($$SELECT hold_slot('anna', 1, '2050-01-03', '10:00', hold_for => NULL)$$);
SELECT told($$SELECT hold_slot('anna', 1, '2050-01-03', '10:00', hold_for => '0')$$);
SELECT told($$SELECT hold_slot('anna', 1, '2050-01-03', '10:00', hold_for => '61 minutes')$$);
SELECT told($$SELECT hold_slot('anna', 1, '2050-01-03', '10:00', hold_for => '1 mon')$$);
SELECT told($$SELECT release_hold(NULL)$$);
SELECT told($$SELECT cancel_session(NULL)$$);
SELECT told($$SELECT available_slots('anna', '2050-01-01', '2051-02-05')$$);
SELECT told($$SELECT available_slots('anna', '2050-01-01', 'infinity')$$);
SELECT told($$SELECT available_slots('anna', '2050-01-01', '2050-01-01', '25 hours')$$);
SELECT told($$SELECT available_slots(NULL, '2050-01-01', '2050-01-01')$$);
SELECT told($$SELECT next_available_slots('anna', how_many => -1)$$);
SELECT told($$SELECT next_available_slots('anna', how_many => 1001)$$);
SELECT told($$SELECT next_available_slots('anna', NULL)$$);
SELECT told($$SELECT mentor_info(NULL)$$);
-- Four hundred days are not too many, and a span that ends before it begins is empty.
SELECT told($$SELECT available_slots('anna', '2050-01-01', '2051-02-04')$$);
SELECT count(*) FROM available_slots('anna', '2050-01-02', '2050-01-01');

-- Settings and hours that could not be honoured are refused when they are written.
SELECT told($$INSERT INTO mentor_settings (mentor_id, time_zone) VALUES ('anna', 'Mars/Olympus')$$);
SELECT told($$INSERT INTO mentor_settings (mentor_id, time_zone) VALUES ('anna', 'FOO+3')$$);
SELECT told($$INSERT INTO mentor_settings (mentor_id, time_zone) VALUES ('anna', 'cet')$$);
-- A text that nobody would read to its end is told in short, and cut between its letters.
SELECT told(format('INSERT INTO mentor_availability (mentor_id, rrule, opens, closes) VALUES (''anna'', %L, ''09:00'', ''12:00'')',
                   'FREQ=DAILY;' || repeat('ü', 1000000)));
SELECT told(format('INSERT INTO mentor_settings (mentor_id, time_zone) VALUES (''anna'', %L)', repeat('Mars/', 1000000)));
SELECT told($$SELECT count(*) FROM available_slots('anna', '9999-12-31', '9999-12-31')$$);
SELECT told($$SELECT count(*) FROM available_slots('anna', '9999-12-31', '10000-01-01')$$);
SELECT told($$INSERT INTO mentor_settings (mentor_id, slot_duration) VALUES ('anna', '1 month')$$);
SELECT told($$INSERT INTO mentor_settings (mentor_id, slot_duration) VALUES ('anna', '0')$$);
SELECT told($$INSERT INTO mentor_settings (mentor_id, minimum_notice) VALUES ('anna', '-1 hour')$$);
SELECT told($$INSERT INTO mentor_settings (mentor_id, booking_horizon) VALUES ('anna', '0')$$);
SELECT told(format('INSERT INTO mentor_settings (mentor_id, %s) VALUES (''anna'', %L)', which, length))
FROM (VALUES ('buffer_before', '-5 minutes'), ('buffer_after', '25 hours'), ('buffer_after', '1 mon -29 days')) AS buffers (which, length);
SELECT told($$INSERT INTO mentor_settings (mentor_id, max_sessions_per_day) VALUES ('anna', -1)$$);
SELECT told($$INSERT INTO mentor_settings (mentor_id, max_sessions_per_week) VALUES ('anna', -3)$$);
SELECT rule, told(format('INSERT INTO mentor_availability (mentor_id, rrule, opens, closes) VALUES (''anna'', %L, ''09:00'', ''10:00'')', rule))
FROM unnest(ARRAY['', 'FREQ=HOURLY', 'FREQ=SOMETIMES', 'BYDAY=MO', 'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=DAILY;BYHOUR=9', 'FREQ=DAILY;INTERVAL=0', 'FREQ=DAILY;INTERVAL=32768', 'FREQ=DAILY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12,1',
    'FREQ=WEEKLY;BYMONTHDAY=1', 'FREQ=MONTHLY;BYSETPOS=1', 'FREQ=YEARLY;BYDAY=54MO', 'FREQ=MONTHLY;BYMONTHDAY=0', 'FREQ=DAILY;COUNT=2;UNTIL=20500101', 'FREQ=DAILY;FREQ=DAILY',
    'FREQ=DAILY;', 'FREQ=DAILY;UNTIL=tomorrow', 'FREQ=DAILY;X-MINE=1', 'freq=weekly;byday=mo,tu']) rule;
SELECT told($$INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from) VALUES ('anna', '09:00', '10:00', '-infinity')$$);
SELECT told($$INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES ('anna', 'empty', false)$$);
SELECT told($$INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES ('anna', '[2050-01-01,)', true)$$);

-- The table is its owner's: what was taken from it is named.
ALTER TABLE mentor_startup_sessions ALTER time_zone DROP NOT NULL, ALTER starts_at DROP NOT NULL, DISABLE TRIGGER USER;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, ends_at)
VALUES ('zoe', 1, CURRENT_DATE + 7, '10:00', now());
SELECT told($$SELECT cancel_session(max(id)) FROM mentor_startup_sessions$$);
SELECT told($$SELECT book_session('zoe', 1, CURRENT_DATE + 7, '10:00')$$);

-- A read-only transaction, and tables that are not there.
BEGIN READ ONLY;
SELECT book_session('anna', 1, '2050-01-03', '10:00');
ROLLBACK;
BEGIN READ ONLY;
SELECT cancel_session(1);
ROLLBACK;
DROP TABLE mentor_settings;
SELECT told($$SELECT book_session('anna', 1, '2050-01-03', '10:00')$$);
SELECT told($$SELECT available_slots('anna', '2050-01-01', '2050-01-01')$$);

\t off
\pset format aligned
SET client_min_messages TO warning;
DROP EXTENSION slotguard CASCADE;
DROP FUNCTION told(text);
DROP TABLE mentor_startup_sessions, mentor_availability, mentor_availability_overrides, slot_holds, booking_events;
