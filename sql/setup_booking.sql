-- setup_booking(): makes what is missing in the extension's schema, keeps what is there. Its steps
-- are functions of their own, each safe to call by itself: they run with the caller's rights.

-- Steps ---------------------------------------------------------------------------------------

-- Makes an empty table, or refuses what stands in its place; true where it was made.
CREATE FUNCTION setup_table(app name, table_name name) RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
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
COMMENT ON FUNCTION setup_table IS 'a step of setup_booking()';

-- Adds a column, or refuses one of another type; true where it was added.
CREATE FUNCTION setup_column(app name, table_name name, column_name name, type_name text, rest text)
    RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
DECLARE
    found oid;
BEGIN
    SELECT atttypid INTO found
    FROM pg_attribute
    WHERE attrelid = format('%I.%I', app, table_name)::regclass
        AND attname = column_name AND NOT attisdropped;
    IF found IS NULL THEN
        EXECUTE format('ALTER TABLE %I.%I ADD COLUMN %I %s %s',
                       app, table_name, column_name, type_name, rest);
        RETURN true;
    END IF;
    IF found <> split_part(type_name, ' COLLATE ', 1)::regtype THEN
        RAISE EXCEPTION 'column "%" of table "%" is of type %, not %',
                column_name, table_name, found::regtype, type_name
            USING ERRCODE = 'datatype_mismatch',
                  HINT = 'Convert it with ALTER TABLE … ALTER COLUMN … TYPE, or rename it.';
    END IF;
    RETURN false;
END
$function$;
COMMENT ON FUNCTION setup_column IS 'a step of setup_booking()';

-- The type of the mentors' key: that of sessions that exist already, else text.
CREATE FUNCTION setup_mentor_type(app name) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
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
                  HINT = 'Convert it with ALTER TABLE … ALTER COLUMN mentor_id TYPE text.';
    END IF;
    RETURN key.atttypid::regtype::text
        || CASE WHEN key.attcollation <> key.typcollation
                THEN ' COLLATE ' || key.attcollation::regcollation::text ELSE '' END;
END
$function$;
COMMENT ON FUNCTION setup_mentor_type IS 'a step of setup_booking()';

-- Makes a trigger, or puts a disabled one back to work; true where something was to be done.
-- `definition` is that of CREATE TRIGGER, from BEFORE or AFTER to FOR EACH, as PostgreSQL spells it.
CREATE FUNCTION setup_trigger(app name, table_name name, trigger_name name, definition text, function_name name)
    RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
DECLARE
    fault CONSTANT text := trigger_fault(app, table_name, trigger_name, definition, function_name);
BEGIN
    IF fault = 'has another definition' THEN
        EXECUTE format('DROP TRIGGER %I ON %I.%I', trigger_name, app, table_name);
    END IF;
    IF fault IN ('missing', 'has another definition') THEN
        EXECUTE format('CREATE TRIGGER %I %s EXECUTE FUNCTION %I.%I()', trigger_name,
                       format(definition, format('%I.%I', app, table_name)), app, function_name);
    END IF;
    IF fault IS NOT NULL THEN
        -- ALWAYS: also where a logical replica or a restore writes.
        EXECUTE format('ALTER TABLE %I.%I ENABLE %s TRIGGER %I', app, table_name,
                       CASE WHEN definition LIKE 'AFTER%' THEN 'ALWAYS' ELSE '' END, trigger_name);
    END IF;
    RETURN fault IS NOT NULL;
END
$function$;
COMMENT ON FUNCTION setup_trigger IS 'a step of setup_booking()';

-- What is wrong with a trigger: NULL where nothing is.
CREATE FUNCTION trigger_fault(app name, table_name name, trigger_name name, definition text, function_name name)
    RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
DECLARE
    found pg_trigger;
BEGIN
    SELECT t.* INTO found
    FROM pg_trigger t
    WHERE t.tgrelid = format('%I.%I', app, table_name)::regclass AND t.tgname = trigger_name;
    IF found.oid IS NULL THEN
        RETURN 'missing';
    ELSIF found.tgfoid <> format('%I.%I()', app, function_name)::regprocedure
        OR split_part(pg_get_triggerdef(found.oid), ' EXECUTE ', 1) <> format(
            'CREATE TRIGGER %I %s', trigger_name,
            format(definition, format('%I.%I', app, table_name))) THEN
        RETURN 'has another definition';
    ELSIF found.tgenabled NOT IN ('O', 'A') THEN
        RETURN 'is disabled';
    END IF;
    RETURN NULL;
END
$function$;
COMMENT ON FUNCTION trigger_fault IS 'a step of setup_booking() and check_booking()';

-- Makes a constraint where the table has none of that name; true where it was made.
CREATE FUNCTION setup_constraint(app name, table_name name, constraint_name name, definition text)
    RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
BEGIN
    IF EXISTS (SELECT FROM pg_constraint
               WHERE conrelid = format('%I.%I', app, table_name)::regclass
                   AND conname = constraint_name) THEN
        RETURN false;
    END IF;
    EXECUTE format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s',
                   app, table_name, constraint_name, definition);
    RETURN true;
END
$function$;
COMMENT ON FUNCTION setup_constraint IS 'a step of setup_booking()';

-- Makes a plain index where the schema has none of that name; true where it was made.
CREATE FUNCTION setup_index(app name, table_name name, index_name name, columns text) RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
BEGIN
    IF to_regclass(format('%I.%I', app, index_name)) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE INDEX %I ON %I.%I (%s)', index_name, app, table_name, columns);
    RETURN true;
END
$function$;
COMMENT ON FUNCTION setup_index IS 'a step of setup_booking()';

-- What is wrong with unique_mentor_time_slot: NULL where nothing is, 'missing' where it is not there.
CREATE FUNCTION slot_index_fault(app name) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
DECLARE
    sessions CONSTANT regclass := format('%I.mentor_startup_sessions', app);
    found pg_index;
BEGIN
    SELECT i.* INTO found
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relname = 'unique_mentor_time_slot'
        AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = app);
    IF found.indexrelid IS NULL THEN
        RETURN 'missing';
    ELSIF found.indrelid <> sessions THEN
        RETURN format('belongs to table %s', found.indrelid::regclass);
    ELSIF NOT (found.indisvalid AND found.indisready AND found.indislive) THEN
        RETURN 'is not valid';
    ELSIF pg_get_indexdef(found.indexrelid) !~ concat(
            '^CREATE UNIQUE INDEX unique_mentor_time_slot ON [^ ]+ USING btree ',
            '\(mentor_id, session_date, session_time\) ',
            'WHERE \(\(?status\)?(::text)? = ''scheduled''::text\)$') THEN
        RETURN format('has another definition: %s', pg_get_indexdef(found.indexrelid));
    END IF;
    RETURN NULL;
END
$function$;
COMMENT ON FUNCTION slot_index_fault IS 'a step of setup_booking() and check_booking()';

-- An index of that name that is not as it should be is never kept.
CREATE FUNCTION refuse_other_slot_index(app name) RETURNS void
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
DECLARE
    fault CONSTANT text := slot_index_fault(app);
BEGIN
    IF fault <> 'missing' THEN
        RAISE EXCEPTION 'index "unique_mentor_time_slot" %', fault
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = format('Run DROP INDEX %I.unique_mentor_time_slot; then setup_booking() makes it anew.', app);
    END IF;
END
$function$;
COMMENT ON FUNCTION refuse_other_slot_index IS 'a step of setup_booking()';

-- Makes the index that decides; true where it was made.
CREATE FUNCTION setup_slot_index(app name) RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
BEGIN
    IF slot_index_fault(app) IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE UNIQUE INDEX unique_mentor_time_slot ON %I.mentor_startup_sessions'
                   ' (mentor_id, session_date, session_time) WHERE status = ''scheduled''', app);
    RETURN true;
END
$function$;
COMMENT ON FUNCTION setup_slot_index IS 'a step of setup_booking()';

-- The rows that the index could not hold, and what to do about them.
CREATE FUNCTION refuse_double_bookings(app name) RETURNS void
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
DECLARE
    slots bigint;
    first_ten text;
BEGIN
    EXECUTE format($query$
        WITH double AS (
            SELECT mentor_id, session_date, session_time, count(*) AS sessions
            FROM %I.mentor_startup_sessions
            WHERE status = 'scheduled'
            GROUP BY mentor_id, session_date, session_time
            HAVING count(*) > 1
        ), listed AS (
            SELECT format('%%s %%s %%s: %%s sessions', mentor_id, session_date, session_time, sessions) AS line
            FROM double
            ORDER BY mentor_id, session_date, session_time
            LIMIT 10
        )
        SELECT (SELECT count(*) FROM double), (SELECT string_agg(line, E'\n') FROM listed)
        $query$, app)
    INTO slots, first_ten;
    IF slots > 0 THEN
        RAISE EXCEPTION '% booked more than once',
                CASE slots WHEN 1 THEN '1 time slot is' ELSE slots || ' time slots are' END
            USING ERRCODE = 'unique_violation',
                  DETAIL = first_ten,
                  HINT = 'Set status to ''cancelled'' in all but one session of each, then run setup_booking() again. Nothing was changed.';
    END IF;
END
$function$;
COMMENT ON FUNCTION refuse_double_bookings IS 'a step of setup_booking()';

-- What a founding table has to have before it can be adopted.
CREATE FUNCTION check_founding_table(app name) RETURNS void
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
DECLARE
    sessions CONSTANT regclass := format('%I.mentor_startup_sessions', app);
    wanted record;
    found regtype;
    unknown text;
    incomplete bigint;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            ('mentor_id', '{text,uuid}'::regtype[]),
            ('startup_id', '{smallint,integer,bigint}'),
            ('session_date', '{date}'),
            ('session_time', '{time}'),
            ('status', '{text,character varying}')) AS founding (column_name, types)
    LOOP
        SELECT atttypid INTO found
        FROM pg_attribute
        WHERE attrelid = sessions AND attname = wanted.column_name AND NOT attisdropped;
        IF found IS NULL OR found <> ALL (wanted.types) THEN
            RAISE EXCEPTION 'column "%" of table "mentor_startup_sessions" is %, not of type %',
                    wanted.column_name, coalesce('of type ' || found::text, 'missing'),
                    array_to_string(wanted.types, ' or ')
                USING ERRCODE = CASE WHEN found IS NULL THEN 'undefined_column' ELSE 'datatype_mismatch' END,
                      HINT = 'slotguard adopts a table with mentor_id, startup_id, session_date, session_time and status.';
        END IF;
    END LOOP;
    EXECUTE format('SELECT string_agg(DISTINCT quote_nullable(status), '', '') FROM %s'
                   ' WHERE status IS NULL OR status <> ALL ($1)', sessions)
        INTO unknown USING '{scheduled,completed,cancelled,no_show}'::text[];
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION 'column "status" of table "mentor_startup_sessions" holds %', unknown
            USING ERRCODE = 'check_violation',
                  DETAIL = 'A session is scheduled, completed, cancelled or no_show.',
                  HINT = 'UPDATE these rows to one of the four words, then run setup_booking() again. Nothing was changed.';
    END IF;
    EXECUTE format('SELECT count(*) FROM %s WHERE mentor_id IS NULL OR startup_id IS NULL'
                   ' OR session_date IS NULL OR session_time IS NULL', sessions)
        INTO incomplete;
    IF incomplete > 0 THEN
        RAISE EXCEPTION 'table "mentor_startup_sessions" has a NULL in mentor_id, startup_id, session_date or session_time of % row(s)', incomplete
            USING ERRCODE = 'not_null_violation',
                  DETAIL = 'A NULL among its columns escapes a unique index.',
                  HINT = 'Complete or delete these rows, then run setup_booking() again. Nothing was changed.';
    END IF;
END
$function$;
COMMENT ON FUNCTION check_founding_table IS 'a step of setup_booking()';

-- Every column of ours: table, column, type ('$' is that of the mentors' key), the rest.
CREATE FUNCTION booking_columns()
    RETURNS TABLE (table_name name, column_name name, type_name text, rest text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
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
    ('mentor_startup_sessions', 'created_at', 'timestamptz', 'NOT NULL DEFAULT now()'),
    ('mentor_startup_sessions', 'updated_at', 'timestamptz', 'NOT NULL DEFAULT now()')
$function$;
COMMENT ON FUNCTION booking_columns IS 'the columns that setup_booking() makes';

-- Every trigger of ours.
CREATE FUNCTION booking_triggers()
    RETURNS TABLE (table_name name, name name, definition text, function_name name)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
    VALUES
    ('mentor_settings'::name, 'settings_are_honoured'::name,
     'BEFORE INSERT OR UPDATE ON %s FOR EACH ROW', 'check_mentor_settings'::name),
    ('mentor_availability', 'hours_are_understood',
     'BEFORE INSERT OR UPDATE ON %s FOR EACH ROW', 'check_availability'),
    ('mentor_settings', 'settings_are_announced',
     'AFTER INSERT OR DELETE OR UPDATE ON %s FOR EACH STATEMENT', 'announce_mentor_change'),
    ('mentor_availability', 'hours_are_announced',
     'AFTER INSERT OR DELETE OR UPDATE ON %s FOR EACH STATEMENT', 'announce_mentor_change'),
    ('mentor_availability_overrides', 'overrides_are_announced',
     'AFTER INSERT OR DELETE OR UPDATE ON %s FOR EACH STATEMENT', 'announce_mentor_change'),
    -- PostgreSQL fires triggers in the order of their names: this one has the last word.
    ('mentor_startup_sessions', 'zz_prepare_session',
     'BEFORE INSERT OR DELETE OR UPDATE ON %s FOR EACH ROW', 'prepare_session')
$function$;
COMMENT ON FUNCTION booking_triggers IS 'the triggers that setup_booking() makes';

-- Makes a table with its columns, or adds those that are missing to one that is there.
CREATE FUNCTION setup_columns(app name, wanted_table name, mentor_type text)
    RETURNS TABLE (object text, action text)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
DECLARE
    made CONSTANT boolean := setup_table(app, wanted_table);
    adopted CONSTANT boolean := NOT made AND wanted_table = 'mentor_startup_sessions';
    wanted record;
BEGIN
    object := wanted_table;
    action := CASE WHEN made THEN 'created' ELSE 'kept' END;
    RETURN NEXT;
    IF adopted THEN
        PERFORM check_founding_table(app);
    END IF;
    FOR wanted IN
        SELECT c.column_name, replace(c.type_name, '$', mentor_type) AS type_name, c.rest
        FROM booking_columns() c
        WHERE c.table_name = wanted_table
            -- An adopted table brings these along, in types of its own.
            AND NOT (adopted AND c.column_name IN ('id', 'mentor_id', 'startup_id', 'session_date',
                                                   'session_time', 'status'))
    LOOP
        IF setup_column(app, wanted_table, wanted.column_name, wanted.type_name, wanted.rest)
            AND NOT made THEN
            object := wanted_table || '.' || wanted.column_name;
            action := 'added';
            RETURN NEXT;
        END IF;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION setup_columns IS 'a step of setup_booking()';

-- What founding rows lack: a bigint key, the zone of their mentor, their instants. Gives the names
-- of the columns that it added.
CREATE FUNCTION complete_sessions(app name) RETURNS SETOF text
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
DECLARE
    sessions CONSTANT regclass := format('%I.mentor_startup_sessions', app);
    filled record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute
                   WHERE attrelid = sessions AND attname = 'id' AND NOT attisdropped
                       AND atttypid = 'bigint'::regtype)
        AND setup_column(app, 'mentor_startup_sessions', 'session_id', 'bigint',
                         'GENERATED ALWAYS AS IDENTITY UNIQUE') THEN
        RETURN NEXT 'mentor_startup_sessions.session_id';
    END IF;
    -- ALTER … USING fills in a column without firing anybody's triggers.
    FOR filled IN
        SELECT f.column_name, f.type_name, f.value
        FROM (VALUES
            (1, 'time_zone', 'text',
             format('coalesce(time_zone, (%I.mentor_info(mentor_id::text)).time_zone)', app)),
            (2, 'starts_at', 'timestamptz', 'timezone(time_zone, session_date + session_time)'),
            (3, 'ends_at', 'timestamptz',
             'starts_at + make_interval(secs => extract(epoch FROM duration)::float8)'))
            AS f (place, column_name, type_name, value)
        JOIN pg_attribute a
            ON a.attrelid = sessions AND a.attname = f.column_name AND NOT a.attnotnull
        ORDER BY f.place
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE %s USING (%s)',
                       sessions, filled.column_name, filled.type_name, filled.value);
    END LOOP;
    FOR filled IN
        SELECT attname AS column_name
        FROM pg_attribute
        WHERE attrelid = sessions AND NOT attnotnull
            AND attname IN ('mentor_id', 'startup_id', 'session_date', 'session_time', 'status',
                            'duration', 'time_zone', 'starts_at', 'ends_at', 'updated_at')
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET NOT NULL', sessions, filled.column_name);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION complete_sessions IS 'a step of setup_booking()';

-- Constraints, indexes and triggers: all that stands beside the columns, of the sessions or of the
-- mentors' tables.
CREATE FUNCTION setup_guards(app name, of_sessions boolean) RETURNS TABLE (object text, action text)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
BEGIN
    RETURN QUERY
    SELECT g.name, CASE WHEN g.made THEN 'added' ELSE 'kept' END
    FROM (
        SELECT c.name, setup_constraint(app, c.table_name, c.name::name, c.definition) AS made
        FROM (VALUES
            ('mentor_availability', 'hours_open_before_midnight', 'CHECK (opens < ''24:00'')'),
            ('mentor_availability', 'hours_have_a_first_day', 'CHECK (isfinite(valid_from))'),
            ('mentor_availability', 'hours_end_after_they_begin', 'CHECK (valid_until >= valid_from)'),
            ('mentor_availability_overrides', 'override_is_not_empty', 'CHECK (NOT isempty(during))'),
            ('mentor_availability_overrides', 'extra_hours_are_finite',
             'CHECK (NOT available OR (isfinite(lower(during)) AND isfinite(upper(during))) IS TRUE)'))
            AS c (table_name, name, definition)
        WHERE NOT of_sessions
        UNION ALL
        SELECT i.name, setup_index(app, i.table_name, i.name::name, i.columns)
        FROM (VALUES
            ('mentor_availability', 'mentor_availability_by_mentor', 'mentor_id'),
            ('mentor_availability_overrides', 'mentor_availability_overrides_by_mentor', 'mentor_id'))
            AS i (table_name, name, columns)
        WHERE NOT of_sessions
        UNION ALL
        SELECT 'unique_mentor_time_slot', setup_slot_index(app)
        WHERE of_sessions
        UNION ALL
        SELECT t.name, setup_trigger(app, t.table_name, t.name, t.definition, t.function_name)
        FROM booking_triggers() AS t
        WHERE of_sessions = (t.table_name = 'mentor_startup_sessions')
    ) AS g;
END
$function$;
COMMENT ON FUNCTION setup_guards IS 'a step of setup_booking()';

-- The call ------------------------------------------------------------------------------------

CREATE FUNCTION setup_booking() RETURNS TABLE (object text, action text)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
DECLARE
    app CONSTANT name := (SELECT n.nspname
                          FROM pg_extension e
                          JOIN pg_namespace n ON n.oid = e.extnamespace
                          WHERE e.extname = 'slotguard');
    sessions CONSTANT regclass := to_regclass(format('%I.mentor_startup_sessions', app));
    mentor_type CONSTANT text := setup_mentor_type(app);
BEGIN
    -- Two set-ups at once would each find the same things missing.
    PERFORM pg_advisory_xact_lock(hashtextextended('slotguard.setup_booking', 0));
    IF EXISTS (SELECT FROM pg_class WHERE oid = sessions AND relkind = 'r') THEN
        PERFORM refuse_other_slot_index(app);
        IF slot_index_fault(app) = 'missing' THEN
            -- Writers wait until the table is guarded; later set-ups need no such lock.
            EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', sessions);
            PERFORM check_founding_table(app);
            PERFORM refuse_double_bookings(app);
        END IF;
    END IF;
    RETURN QUERY SELECT * FROM setup_columns(app, 'mentor_settings', mentor_type);
    RETURN QUERY SELECT * FROM setup_columns(app, 'mentor_availability', mentor_type);
    RETURN QUERY SELECT * FROM setup_columns(app, 'mentor_availability_overrides', mentor_type);
    RETURN QUERY SELECT * FROM setup_guards(app, of_sessions => false);
    RETURN QUERY SELECT * FROM setup_columns(app, 'mentor_startup_sessions', mentor_type);
    RETURN QUERY SELECT c, 'added' FROM complete_sessions(app) c;
    RETURN QUERY SELECT * FROM setup_guards(app, of_sessions => true);
END
$function$;
COMMENT ON FUNCTION setup_booking IS
    'makes the tables and guards that are missing in the extension''s schema, and keeps what is there';
