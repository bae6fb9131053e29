-- Steps of setup_booking() that make tables and columns. They stand in slotguard_internal, where the owner
-- of the extension alone may create, so that no other function is ever the better match. Each is safe to
-- call by itself, whoever is granted EXECUTE on it: it runs with the caller's rights, takes names, looks
-- up what belongs to them, and pastes nothing into a statement but identifiers and what it looked up.

-- Makes an empty table, or refuses what stands in its place; true where it was made.
CREATE FUNCTION slotguard_internal.setup_table(app name, table_name name) RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    found pg_class;
BEGIN
    SELECT c.* INTO found
    FROM pg_class c
    WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = app)
        AND c.relname = table_name;
    IF found.oid IS NULL THEN
        EXECUTE format('CREATE TABLE %I.%I ()', app, table_name);
        RETURN true;
    END IF;
    IF found.relkind = 'p' OR found.relispartition
        OR EXISTS (SELECT FROM pg_inherits WHERE found.oid IN (inhparent, inhrelid)) THEN
        RAISE EXCEPTION 'table "%" is partitioned or inherited', table_name
            USING ERRCODE = 'feature_not_supported',
                  DETAIL = 'A unique index holds within one partition only, so one slot could be booked in two of them.',
                  HINT = 'Copy the rows into a plain table of this name.';
    END IF;
    IF found.relkind <> 'r' THEN
        RAISE EXCEPTION '"%" is not a table', table_name
            USING ERRCODE = 'wrong_object_type',
                  HINT = 'Rename it, or install slotguard in another schema.';
    END IF;
    RETURN false;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.setup_table IS 'a step of setup_booking()';

-- Adds a column, or refuses one of another type; true where it was added.
CREATE FUNCTION slotguard_internal.setup_column(app name, table_name name, column_name name) RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    wanted record;
    type_name text;
    present oid;
BEGIN
    SELECT c.type_name, c.rest INTO wanted
    FROM (SELECT * FROM slotguard_internal.booking_columns()
          UNION ALL
          -- Of an adopted table whose `id` is no bigint.
          VALUES ('mentor_startup_sessions', 'session_id', 'bigint', 'GENERATED ALWAYS AS IDENTITY UNIQUE')) AS c
    WHERE c.table_name = setup_column.table_name AND c.column_name = setup_column.column_name;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'slotguard has no column "%" in table "%"', column_name, table_name
            USING ERRCODE = 'undefined_column',
                  HINT = 'See booking_columns().';
    END IF;
    type_name := CASE wanted.type_name WHEN '$' THEN slotguard_internal.setup_mentor_type(app) ELSE wanted.type_name END;
    SELECT a.atttypid INTO present
    FROM pg_attribute a
    WHERE a.attrelid = format('%I.%I', app, table_name)::regclass
        AND a.attname = setup_column.column_name AND NOT a.attisdropped;
    IF present IS NULL THEN
        EXECUTE format('ALTER TABLE %I.%I ADD COLUMN %I %s %s',
                       app, table_name, column_name, type_name, wanted.rest);
        RETURN true;
    END IF;
    IF present <> split_part(type_name, ' COLLATE ', 1)::regtype THEN
        RAISE EXCEPTION 'column "%" of table "%" is of type %, not %',
                column_name, table_name, present::regtype, type_name
            USING ERRCODE = 'datatype_mismatch',
                  SCHEMA = app, TABLE = table_name, COLUMN = column_name,
                  HINT = 'Convert it with ALTER TABLE ... ALTER COLUMN ... TYPE, or rename it.';
    END IF;
    RETURN false;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.setup_column IS 'a step of setup_booking()';

-- The type of the mentors' key: that of sessions that exist already, else text.
CREATE FUNCTION slotguard_internal.setup_mentor_type(app name) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    key record;
BEGIN
    SELECT a.atttypid, a.attcollation, t.typcollation INTO key
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE n.nspname = app AND c.relname = 'mentor_startup_sessions'
        AND a.attname = 'mentor_id' AND NOT a.attisdropped;
    IF NOT FOUND THEN
        RETURN 'text';
    END IF;
    IF key.atttypid NOT IN ('text'::regtype, 'uuid'::regtype) THEN
        RAISE EXCEPTION 'column "mentor_id" of table "mentor_startup_sessions" is of type %, not text or uuid',
                key.atttypid::regtype
            USING ERRCODE = 'datatype_mismatch',
                  SCHEMA = app, TABLE = 'mentor_startup_sessions', COLUMN = 'mentor_id',
                  HINT = 'Convert it with ALTER TABLE ... ALTER COLUMN mentor_id TYPE text.';
    END IF;
    RETURN key.atttypid::regtype::text
        || CASE WHEN key.attcollation <> key.typcollation
                THEN ' COLLATE ' || key.attcollation::regcollation::text ELSE '' END;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.setup_mentor_type IS 'a step of setup_booking()';

-- Every column of ours: table, column, type ('$' is that of the mentors' key), the rest.
CREATE FUNCTION slotguard_internal.booking_columns()
    RETURNS TABLE (table_name name, column_name name, type_name text, rest text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    VALUES
    ('mentor_settings'::name, 'mentor_id'::name, '$', 'PRIMARY KEY'),
    ('mentor_settings', 'time_zone', 'text', 'NOT NULL DEFAULT ''UTC'''),
    ('mentor_settings', 'slot_duration', 'interval', 'NOT NULL DEFAULT ''30 minutes'''),
    ('mentor_settings', 'buffer_before', 'interval', 'NOT NULL DEFAULT ''0'''),
    ('mentor_settings', 'buffer_after', 'interval', 'NOT NULL DEFAULT ''0'''),
    ('mentor_settings', 'minimum_notice', 'interval', 'NOT NULL DEFAULT ''0'''),
    ('mentor_settings', 'booking_horizon', 'interval', 'NOT NULL DEFAULT ''1 year'''),
    ('mentor_settings', 'max_sessions_per_day', 'integer', ''),
    ('mentor_settings', 'max_sessions_per_week', 'integer', ''),
    ('mentor_settings', 'max_sessions_per_startup', 'integer', ''),
    ('mentor_settings', 'max_holds', 'integer', 'DEFAULT 50'),
    ('mentor_availability', 'id', 'bigint', 'GENERATED ALWAYS AS IDENTITY PRIMARY KEY'),
    ('mentor_availability', 'mentor_id', '$', 'NOT NULL'),
    ('mentor_availability', 'rrule', 'text', 'NOT NULL DEFAULT ''FREQ=DAILY'''),
    ('mentor_availability', 'opens', 'time', 'NOT NULL'),
    ('mentor_availability', 'closes', 'time', 'NOT NULL'),
    ('mentor_availability', 'valid_from', 'date', 'NOT NULL DEFAULT CURRENT_DATE'),
    ('mentor_availability', 'valid_until', 'date', ''),
    ('mentor_availability_overrides', 'id', 'bigint', 'GENERATED ALWAYS AS IDENTITY PRIMARY KEY'),
    ('mentor_availability_overrides', 'mentor_id', '$', 'NOT NULL'),
    ('mentor_availability_overrides', 'during', 'tstzrange', 'NOT NULL'),
    ('mentor_availability_overrides', 'available', 'boolean', 'NOT NULL'),
    ('mentor_availability_overrides', 'source', 'text', ''),
    ('mentor_availability_overrides', 'reason', 'text', ''),
    ('mentor_startup_sessions', 'id', 'bigint', 'GENERATED ALWAYS AS IDENTITY PRIMARY KEY'),
    ('mentor_startup_sessions', 'mentor_id', '$', 'NOT NULL'),
    ('mentor_startup_sessions', 'startup_id', 'bigint', 'NOT NULL'),
    ('mentor_startup_sessions', 'session_date', 'date', 'NOT NULL'),
    ('mentor_startup_sessions', 'session_time', 'time', 'NOT NULL'),
    ('mentor_startup_sessions', 'duration', 'interval', 'NOT NULL DEFAULT ''30 minutes'''),
    ('mentor_startup_sessions', 'time_zone', 'text', ''),
    ('mentor_startup_sessions', 'starts_at', 'timestamptz', ''),
    ('mentor_startup_sessions', 'ends_at', 'timestamptz', ''),
    ('mentor_startup_sessions', 'status', 'text', 'NOT NULL DEFAULT ''scheduled'''),
    ('mentor_startup_sessions', 'idempotency_key', 'text', ''),
    ('mentor_startup_sessions', 'booked_as', 'jsonb', ''),
    ('mentor_startup_sessions', 'visitor_note', 'text', ''),
    ('mentor_startup_sessions', 'cancellation_reason', 'text', ''),
    ('mentor_startup_sessions', 'calendar_sequence', 'integer', 'NOT NULL DEFAULT 0'),
    ('mentor_startup_sessions', 'created_at', 'timestamptz', 'NOT NULL DEFAULT now()'),
    ('mentor_startup_sessions', 'updated_at', 'timestamptz', 'NOT NULL DEFAULT now()'),
    ('slot_holds', 'id', 'bigint', 'GENERATED ALWAYS AS IDENTITY'),
    ('slot_holds', 'hold_token', 'uuid', 'PRIMARY KEY DEFAULT gen_random_uuid()'),
    ('slot_holds', 'mentor_id', '$', 'NOT NULL'),
    ('slot_holds', 'startup_id', 'bigint', 'NOT NULL'),
    ('slot_holds', 'session_date', 'date', 'NOT NULL'),
    ('slot_holds', 'session_time', 'time', 'NOT NULL'),
    ('slot_holds', 'duration', 'interval', 'NOT NULL'),
    ('slot_holds', 'time_zone', 'text', 'NOT NULL'),
    ('slot_holds', 'starts_at', 'timestamptz', 'NOT NULL'),
    ('slot_holds', 'ends_at', 'timestamptz', 'NOT NULL'),
    ('slot_holds', 'expires_at', 'timestamptz', 'NOT NULL'),
    ('slot_holds', 'created_at', 'timestamptz', 'NOT NULL DEFAULT now()'),
    ('booking_events', 'event_id', 'bigint', 'GENERATED ALWAYS AS IDENTITY PRIMARY KEY'),
    ('booking_events', 'event', 'text', 'NOT NULL'),
    ('booking_events', 'session_id', 'bigint', ''),
    ('booking_events', 'mentor_id', '$', ''),
    ('booking_events', 'startup_id', 'bigint', ''),
    ('booking_events', 'starts_at', 'timestamptz', ''),
    ('booking_events', 'ends_at', 'timestamptz', ''),
    ('booking_events', 'previous_starts_at', 'timestamptz', ''),
    ('booking_events', 'occurred_at', 'timestamptz', 'NOT NULL DEFAULT now()'),
    ('booking_events', 'detail', 'jsonb', '')
$function$;
COMMENT ON FUNCTION slotguard_internal.booking_columns IS 'the columns that setup_booking() makes';

-- Makes a table with its columns, or adds those that are missing to one that is there.
CREATE FUNCTION slotguard_internal.setup_columns(app name, wanted_table name)
    RETURNS TABLE (object text, action text)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    made CONSTANT boolean := slotguard_internal.setup_table(app, wanted_table);
    adopted CONSTANT boolean := NOT made AND wanted_table = 'mentor_startup_sessions';
    wanted name;
BEGIN
    object := wanted_table;
    action := CASE WHEN made THEN 'created' ELSE 'kept' END;
    RETURN NEXT;
    IF adopted THEN
        PERFORM slotguard_internal.check_founding_table(app);
    END IF;
    FOR wanted IN
        SELECT c.column_name
        FROM slotguard_internal.booking_columns() c
        WHERE c.table_name = wanted_table
            -- An adopted table brings these along, in types of its own.
            AND NOT (adopted AND c.column_name IN ('id', 'mentor_id', 'startup_id', 'session_date',
                                                   'session_time', 'status'))
    LOOP
        IF slotguard_internal.setup_column(app, wanted_table, wanted) AND NOT made THEN
            object := wanted_table || '.' || wanted;
            action := 'added';
            RETURN NEXT;
        END IF;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.setup_columns IS 'a step of setup_booking()';

-- Tables that somebody made before us, in which no row could be found, or numbered: refused before anybody relies
-- on them.
CREATE FUNCTION slotguard_internal.refuse_missing_keys(app name) RETURNS void
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    wanted CONSTANT text := slotguard_internal.missing_indexes(app);
BEGIN
    IF wanted IS NOT NULL THEN
        RAISE EXCEPTION 'a table that was there before has no index to find its rows by'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = format('Run %s or rename the table; then run setup_booking() again. Nothing was changed.', wanted);
    ELSIF pg_get_serial_sequence(format('%I.booking_events', app), 'event_id') IS NULL THEN
        RAISE EXCEPTION 'column "event_id" of table "booking_events" is no identity column'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  SCHEMA = app, TABLE = 'booking_events', COLUMN = 'event_id',
                  HINT = 'Rename the table; then setup_booking() makes one. Nothing was changed.';
    END IF;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.refuse_missing_keys IS 'a step of setup_booking()';
