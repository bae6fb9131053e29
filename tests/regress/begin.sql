\set ECHO none
-- What each test of this folder starts from: slotguard in a schema of its own, and a few questions
-- to ask of it. `DROP SCHEMA app, testing CASCADE` takes all of it away again.
SET client_min_messages TO warning;
SET intervalstyle TO 'postgres';
CREATE SCHEMA app;
CREATE SCHEMA testing;
CREATE EXTENSION slotguard SCHEMA app;
SET search_path TO app, testing;

-- The error that a statement ends in.
CREATE FUNCTION testing.error_of(statement text, OUT code text, OUT message text, OUT detail text, OUT hint text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE statement;
    message := 'no error';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
        detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END
$$;

-- What book_session() would answer, with nothing booked.
CREATE FUNCTION testing.answer_to(mentor text, startup bigint, day date, start time, lasting interval DEFAULT NULL)
    RETURNS app.booking_result
    LANGUAGE plpgsql
    AS $$
DECLARE
    answer app.booking_result;
BEGIN
    answer := app.book_session(mentor, startup, day, start, lasting);
    RAISE EXCEPTION USING ERRCODE = 'ZZ001';
EXCEPTION WHEN SQLSTATE 'ZZ001' THEN
    RETURN answer;
END
$$;

-- The same in one word.
CREATE FUNCTION testing.outcome_of(mentor text, startup bigint, day date, start time, lasting interval DEFAULT NULL)
    RETURNS text
    LANGUAGE sql
    AS 'SELECT outcome FROM testing.answer_to($1, $2, $3, $4, $5)';

-- A mentor whose dates may be far ahead, so that tests can name them.
CREATE FUNCTION testing.open(mentor text, zone text DEFAULT 'UTC', slot interval DEFAULT '30 minutes',
                             opens time DEFAULT NULL, closes time DEFAULT NULL, rule text DEFAULT 'FREQ=DAILY')
    RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('INSERT INTO app.mentor_settings (mentor_id, time_zone, slot_duration, booking_horizon)'
                   ' VALUES (%L, %L, %L, ''100 years'')', mentor, zone, slot);
    IF opens IS NOT NULL THEN
        EXECUTE format('INSERT INTO app.mentor_availability (mentor_id, rrule, opens, closes, valid_from)'
                       ' VALUES (%L, %L, %L, %L, ''2026-01-01'')', mentor, rule, opens, closes);
    END IF;
END
$$;
GRANT USAGE ON SCHEMA app, testing TO PUBLIC;
\set ECHO all
