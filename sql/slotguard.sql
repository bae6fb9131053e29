-- slotguard: types, calls, trigger functions. setup_booking.sql and check_booking.sql follow it in
-- the installed script. The tables are made by setup_booking(), so that they belong to whoever runs it.

\echo Use "CREATE EXTENSION slotguard" to load this file. \quit

-- What is no caller's business: the steps of setup_booking() and check_booking(), and the functions of the
-- triggers. USAGE is everyone's, since the owner of the tables runs them, and none is more than its caller
-- may do by hand. Only the owner of the extension may create here.
CREATE SCHEMA slotguard_internal;
GRANT USAGE ON SCHEMA slotguard_internal TO PUBLIC;
COMMENT ON SCHEMA slotguard_internal IS 'internals of the extension slotguard: call the functions beside its tables instead';

-- Types ---------------------------------------------------------------------------------------

CREATE TYPE booking_result AS (
    outcome text,
    session_id bigint,
    mentor_id text,
    startup_id bigint,
    session_date date,
    session_time time,
    starts_at timestamptz,
    ends_at timestamptz,
    time_zone text,
    replayed boolean,
    hold_token uuid,
    expires_at timestamptz,
    message text,
    hint text,
    alternatives jsonb
);
COMMENT ON TYPE booking_result IS
    'the answer of every call that writes: what came of it, in one word and in a sentence';

-- Calls that write ----------------------------------------------------------------------------

CREATE FUNCTION book_session(
    mentor_id text,
    startup_id bigint,
    session_date date,
    session_time time,
    duration interval DEFAULT NULL,
    idempotency_key text DEFAULT NULL,
    hold_token uuid DEFAULT NULL,
    visitor_note text DEFAULT NULL
) RETURNS booking_result
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION book_session IS
    'books a session, or says kindly why not and what is free nearby';

CREATE FUNCTION hold_slot(
    mentor_id text,
    startup_id bigint,
    session_date date,
    session_time time,
    duration interval DEFAULT NULL,
    hold_for interval DEFAULT '5 minutes'
) RETURNS booking_result
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION hold_slot IS
    'keeps a slot while somebody fills in the form for it; book_session() with its token books it';

CREATE FUNCTION release_hold(hold_token uuid) RETURNS booking_result
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION release_hold IS
    'gives back a slot that is held';

CREATE FUNCTION cancel_session(session_id bigint, reason text DEFAULT NULL)
    RETURNS booking_result
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION cancel_session IS
    'cancels a scheduled session, which frees its slot';

CREATE FUNCTION reschedule_session(
    session_id bigint,
    session_date date,
    session_time time,
    duration interval DEFAULT NULL
) RETURNS booking_result
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION reschedule_session IS
    'moves a scheduled session, or says kindly why not, and leaves it where it is';

-- Calls that read -----------------------------------------------------------------------------

CREATE FUNCTION available_slots(
    mentor_id text,
    from_date date,
    to_date date,
    duration interval DEFAULT NULL
) RETURNS TABLE (
    session_date date,
    session_time time,
    starts_at timestamptz,
    ends_at timestamptz,
    state text
)
    LANGUAGE c STABLE PARALLEL SAFE ROWS 100
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION available_slots IS
    'the slots of a mentor on the dates given, both included, with the state of each';

CREATE FUNCTION next_available_slots(
    mentor_id text,
    after timestamptz DEFAULT now(),
    how_many int DEFAULT 5,
    duration interval DEFAULT NULL
) RETURNS TABLE (
    session_date date,
    session_time time,
    starts_at timestamptz,
    ends_at timestamptz,
    state text
)
    LANGUAGE c STABLE PARALLEL SAFE ROWS 5
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION next_available_slots IS
    'the next slots of a mentor that can be booked and start after the instant given';

CREATE FUNCTION mentor_info(
    mentor_id text,
    OUT mentor_id text,
    OUT time_zone text,
    OUT slot_duration interval,
    OUT minimum_notice interval,
    OUT booking_horizon interval
)
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION mentor_info IS
    'what a booking page has to know of a mentor; the defaults for one without settings';

CREATE FUNCTION preview_hours(
    rrule text,
    opens time,
    closes time,
    valid_from date DEFAULT CURRENT_DATE,
    valid_until date DEFAULT NULL,
    how_many int DEFAULT 5,
    time_zone text DEFAULT 'UTC'
) RETURNS TABLE (
    session_date date,
    opens time,
    closes time
)
    LANGUAGE c STABLE PARALLEL SAFE ROWS 5
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION preview_hours IS
    'the first dates on which hours would open by a rule, before anybody writes it';

CREATE FUNCTION session_ics(session_id bigint) RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION session_ics IS
    'a session as a calendar file of RFC 5545, for those who may read the session';

CREATE FUNCTION slotguard_internal.reason_against(
    mentor_id text,
    session_id bigint,
    starts_at timestamptz,
    ends_at timestamptz
) RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION slotguard_internal.reason_against IS
    'a step of check_booking(): the rule that would now refuse a session which is booked';

CREATE FUNCTION slotguard_internal.lock_setup() RETURNS void
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION slotguard_internal.lock_setup IS
    'a step of setup_booking(): keeps a second one waiting, for callers who may create in the schema of the tables';

-- Trigger functions ---------------------------------------------------------------------------

CREATE FUNCTION slotguard_internal.prepare_session() RETURNS trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION slotguard_internal.prepare_session IS
    'fills in the zone and the instants of a session and locks its half-hours, for every writer';

CREATE FUNCTION slotguard_internal.check_mentor_is_free() RETURNS trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION slotguard_internal.check_mentor_is_free IS
    'holds no_overlapping_sessions: refuses a session that overlaps another one of its mentor';

CREATE FUNCTION slotguard_internal.check_startup_is_free() RETURNS trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION slotguard_internal.check_startup_is_free IS
    'holds no_overlapping_startup_sessions: refuses a session that overlaps another one of its startup';

CREATE FUNCTION slotguard_internal.check_availability() RETURNS trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION slotguard_internal.check_availability IS
    'refuses recurring hours whose rule is not understood';

CREATE FUNCTION slotguard_internal.announce_mentor_change() RETURNS trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION slotguard_internal.announce_mentor_change IS
    'tells every backend that a mentor''s settings or hours have changed';

CREATE FUNCTION slotguard_internal.check_mentor_settings() RETURNS trigger
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET timezone = 'UTC' -- and back to the caller's at the end
    AS $function$
DECLARE
    known_zone text;
    buffer_name text;
    buffer interval;
    limit_name text;
    most int;
BEGIN
    IF TG_OP = 'INSERT' OR NEW.time_zone IS DISTINCT FROM OLD.time_zone THEN
        -- That view reads every file there is. A name with a slash and no digit is no notation of
        -- POSIX's, so PostgreSQL knows it from such a file, and tells how it is spelt.
        IF NEW.time_zone ~ '/' AND NEW.time_zone !~ '[0-9]' THEN
            BEGIN
                known_zone := set_config('TimeZone', NEW.time_zone, true);
            EXCEPTION WHEN invalid_parameter_value THEN
            END;
        ELSIF upper(NEW.time_zone) = 'UTC' THEN
            known_zone := 'UTC';
        ELSE
            SELECT name INTO known_zone
            FROM pg_timezone_names
            WHERE lower(name) = lower(NEW.time_zone);
        END IF;
        IF NEW.time_zone IS NOT NULL AND known_zone IS NULL THEN
            RAISE EXCEPTION 'time zone "%" not recognized', left(NEW.time_zone, 200)
                USING ERRCODE = 'invalid_parameter_value',
                      SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'time_zone',
                      HINT = 'Use a name of pg_timezone_names, such as ''Europe/Paris''.';
        END IF;
        -- AT TIME ZONE takes an abbreviation first, and these are summer time's zones as well.
        IF known_zone IN ('CET', 'EET', 'MET', 'WET') THEN
            RAISE EXCEPTION 'time zone "%" is also an abbreviation of a fixed offset', known_zone
                USING ERRCODE = 'invalid_parameter_value',
                      SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'time_zone',
                      HINT = 'Use the name of a place in it, such as ''Europe/Paris'' or ''Europe/Athens''.';
        END IF;
        -- Another zone on each machine: a standby or a restored dump would open at other hours.
        IF known_zone IN ('localtime', 'posixrules') THEN
            RAISE EXCEPTION 'time zone "%" depends on the machine', known_zone
                USING ERRCODE = 'invalid_parameter_value',
                      SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'time_zone',
                      HINT = 'Use the name of a place, such as ''Europe/Paris''.';
        END IF;
        NEW.time_zone := known_zone;
    END IF;
    IF extract(year FROM NEW.slot_duration) <> 0 OR extract(month FROM NEW.slot_duration) <> 0
        OR NEW.slot_duration < '1 minute' OR NEW.slot_duration > '24 hours' THEN
        RAISE EXCEPTION 'slot_duration % is not between 1 minute and 24 hours', NEW.slot_duration
            USING ERRCODE = 'invalid_parameter_value',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'slot_duration',
                  HINT = 'Pass a duration such as ''45 minutes''.';
    END IF;
    IF NEW.minimum_notice < '0' OR NEW.minimum_notice > '10 years' THEN
        RAISE EXCEPTION 'minimum_notice % is not between 0 and 10 years', NEW.minimum_notice
            USING ERRCODE = 'invalid_parameter_value',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'minimum_notice',
                  HINT = 'Pass a time such as ''2 hours'', or ''0'' for none.';
    END IF;
    IF NEW.booking_horizon <= '0' OR NEW.booking_horizon > '100 years' THEN
        RAISE EXCEPTION 'booking_horizon % is not over zero and at most 100 years', NEW.booking_horizon
            USING ERRCODE = 'invalid_parameter_value',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'booking_horizon',
                  HINT = 'Pass a time such as ''3 months''.';
    END IF;
    FOR buffer_name, buffer IN VALUES ('buffer_before', NEW.buffer_before), ('buffer_after', NEW.buffer_after)
    LOOP
        IF extract(year FROM buffer) <> 0 OR extract(month FROM buffer) <> 0
            OR extract(epoch FROM buffer) NOT BETWEEN 0 AND 86400 THEN
            RAISE EXCEPTION '% % is not between 0 and 24 hours', buffer_name, buffer
                USING ERRCODE = 'invalid_parameter_value',
                      SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = buffer_name,
                      HINT = 'Pass a time such as ''10 minutes'', or ''0'' for none.';
        END IF;
    END LOOP;
    FOR limit_name, most IN VALUES ('max_sessions_per_day', NEW.max_sessions_per_day),
                                   ('max_sessions_per_week', NEW.max_sessions_per_week),
                                   ('max_sessions_per_startup', NEW.max_sessions_per_startup),
                                   ('max_holds', NEW.max_holds)
    LOOP
        IF most < 0 THEN
            RAISE EXCEPTION '% % is negative', limit_name, most
                USING ERRCODE = 'invalid_parameter_value',
                      SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = limit_name,
                      HINT = 'Pass a number such as 4, 0 for none, or NULL for no limit.';
        END IF;
    END LOOP;
    RETURN NEW;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.check_mentor_settings IS
    'refuses settings that could not be honoured, and spells the time zone as PostgreSQL does';
