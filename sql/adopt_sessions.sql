-- Steps of setup_booking() that adopt a table of sessions that was there before.

-- What a founding table has to have before it can be adopted.
CREATE FUNCTION slotguard_internal.check_founding_table(app name) RETURNS void
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
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
                      SCHEMA = app, TABLE = 'mentor_startup_sessions', COLUMN = wanted.column_name,
                      HINT = 'slotguard adopts a table with mentor_id, startup_id, session_date, session_time and status.';
        END IF;
    END LOOP;
    FOR wanted IN
        SELECT a.attname AS column_name
        FROM pg_attribute a
        JOIN slotguard_internal.booking_columns() w ON w.table_name = 'mentor_startup_sessions' AND w.column_name = a.attname
        WHERE a.attrelid = sessions AND NOT a.attisdropped AND a.attgenerated <> ''
    LOOP
        RAISE EXCEPTION 'column "%" of table "mentor_startup_sessions" is generated', wanted.column_name
            USING ERRCODE = 'feature_not_supported',
                  SCHEMA = app, TABLE = 'mentor_startup_sessions', COLUMN = wanted.column_name,
                  DETAIL = 'PostgreSQL works it out after the triggers that would have to know it.',
                  HINT = format('Run ALTER TABLE ... ALTER COLUMN %I DROP EXPRESSION, and let the writers set it.', wanted.column_name);
    END LOOP;
    EXECUTE format('SELECT string_agg(DISTINCT quote_nullable(status), '', '') FROM %s'
                   ' WHERE status IS NULL OR status <> ALL ($1)', sessions)
        INTO unknown USING '{scheduled,completed,cancelled,no_show}'::text[];
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION 'column "status" of table "mentor_startup_sessions" holds %', unknown
            USING ERRCODE = 'check_violation',
                  SCHEMA = app, TABLE = 'mentor_startup_sessions', COLUMN = 'status',
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
COMMENT ON FUNCTION slotguard_internal.check_founding_table IS 'a step of setup_booking()';

-- The column that holds the session_id of the calls.
CREATE FUNCTION slotguard_internal.session_id_column(app name) RETURNS name
    LANGUAGE sql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    SELECT CASE WHEN EXISTS (
        SELECT FROM pg_attribute
        WHERE attrelid = format('%I.mentor_startup_sessions', app)::regclass
            AND attname = 'id' AND NOT attisdropped AND atttypid = 'bigint'::regtype)
        THEN 'id'::name ELSE 'session_id'::name END
$function$;
COMMENT ON FUNCTION slotguard_internal.session_id_column IS 'a step of setup_booking() and check_booking()';

-- What founding rows lack: a bigint key, the zone of their mentor, their instants. Gives the names
-- of the columns that it added.
CREATE FUNCTION slotguard_internal.complete_sessions(app name) RETURNS SETOF text
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    sessions CONSTANT regclass := format('%I.mentor_startup_sessions', app);
    filled record;
BEGIN
    IF slotguard_internal.session_id_column(app) = 'session_id'
        AND slotguard_internal.setup_column(app, 'mentor_startup_sessions'::name, 'session_id'::name) THEN
        RETURN NEXT 'mentor_startup_sessions.session_id';
    END IF;
    -- ALTER ... USING fills in a column without firing anybody's triggers.
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
                            'duration', 'time_zone', 'starts_at', 'ends_at', 'updated_at',
                            slotguard_internal.session_id_column(app))
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET NOT NULL', sessions, filled.column_name);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.complete_sessions IS 'a step of setup_booking()';
