-- check_booking(): whether everything that a booking relies on is there, enabled and as defined.

-- How many sessions do not begin and end when they say, and what to do.
CREATE FUNCTION slotguard_internal.out_of_time(app name) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    sessions bigint;
BEGIN
    SELECT count(*) INTO sessions FROM slotguard_internal.sessions_out_of_time(app);
    RETURN CASE WHEN sessions > 0 THEN format(
        '%s scheduled sessions; to compute them anew, UPDATE ... SET time_zone = lower(time_zone)', sessions) END;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN SQLERRM; -- a time zone that is not known
END
$function$;
COMMENT ON FUNCTION slotguard_internal.out_of_time IS 'a step of check_booking()';

-- What got past zz_prepare_session, as by a replica's hand: a status that nothing knows is neither
-- guarded nor counted, and a booking that can't be read back fails who repeats its key.
CREATE FUNCTION slotguard_internal.sessions_past_the_trigger(app name) RETURNS TABLE (check_name text, fault text)
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
    AS $function$
DECLARE
    amiss text;
BEGIN
    FOR check_name, amiss IN VALUES
        ('every status is known',
         'status IS NULL OR status NOT IN (''scheduled'', ''completed'', ''cancelled'', ''no_show'')'),
        ('what a moved session was booked as can be read',
         'NOT (booked_as ?& ''{mentor_id,startup_id,session_date,session_time,duration,starts_at,ends_at,time_zone}'')')
    LOOP
        EXECUTE format($query$
            SELECT 'not of ' || string_agg('session ' || session_id, ', ' ORDER BY session_id) FILTER (WHERE place <= 10)
                   || CASE WHEN count(*) > 10 THEN ' and others' ELSE '' END
            FROM (SELECT %2$I AS session_id, row_number() OVER (ORDER BY %2$I) AS place
                  FROM %1$I.mentor_startup_sessions WHERE %3$s LIMIT 11) AS found
            $query$, app, slotguard_internal.session_id_column(app), amiss)
        INTO fault;
        RETURN NEXT;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.sessions_past_the_trigger IS 'a step of check_booking()';

-- The slots that hold more than one scheduled session.
CREATE FUNCTION slotguard_internal.double_bookings(app name) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
    AS $function$
BEGIN
    PERFORM slotguard_internal.refuse_double_bookings(app);
    RETURN NULL;
EXCEPTION WHEN unique_violation THEN
    RETURN SQLERRM;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.double_bookings IS 'a step of check_booking()';

-- What is wrong with the tables: one row for each of ours, with its columns that are missing or of another
-- type. Those that an adopted table brings along have types of their own.
CREATE FUNCTION slotguard_internal.missing_columns(app name) RETURNS TABLE (table_name name, fault text)
    LANGUAGE sql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    SELECT w.table_name,
           CASE WHEN min(t.oid) IS NULL THEN 'missing'
                WHEN min(t.relkind) <> 'r' THEN 'is no plain table'
                ELSE coalesce(
                    'lacks ' || string_agg(w.column_name, ', ') FILTER (WHERE a.attname IS NULL),
                    'has ' || string_agg(format('%s as %s', w.column_name, format_type(a.atttypid, NULL)), ', ')
                        FILTER (WHERE w.type_name <> '$' AND NOT own.type AND a.atttypid <> w.type_name::regtype)) END
    FROM slotguard_internal.booking_columns() w
    LEFT JOIN (pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = app)
        ON t.relname = w.table_name
    LEFT JOIN pg_attribute a
        ON a.attrelid = t.oid AND a.attname = w.column_name AND NOT a.attisdropped
    CROSS JOIN LATERAL (
        SELECT w.table_name = 'mentor_startup_sessions' AND w.column_name IN ('startup_id', 'status')) AS own (type)
    WHERE w.column_name <> 'id' OR w.table_name <> 'mentor_startup_sessions'
    GROUP BY w.table_name
$function$;
COMMENT ON FUNCTION slotguard_internal.missing_columns IS 'a step of check_booking()';

-- A mentor's key is of one type in all tables.
CREATE FUNCTION slotguard_internal.differing_key_types(app name) RETURNS text
    LANGUAGE sql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    SELECT string_agg(format('%s in %s', format_type(a.atttypid, NULL), a.attrelid::regclass), ', '
                      ORDER BY a.attrelid::regclass::text)
    FROM slotguard_internal.booking_columns() w
    JOIN pg_attribute a ON a.attrelid = format('%I.%I', app, w.table_name)::regclass
        AND a.attname = w.column_name AND NOT a.attisdropped
    WHERE w.column_name = 'mentor_id'
    HAVING count(DISTINCT a.atttypid) > 1
$function$;
COMMENT ON FUNCTION slotguard_internal.differing_key_types IS 'a step of check_booking()';

-- A trigger that fires after ours could still change the row.
CREATE FUNCTION slotguard_internal.later_triggers(app name) RETURNS text
    LANGUAGE sql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    SELECT 'a later trigger can change the row: ' || string_agg(tgname, ', ' ORDER BY tgname)
    FROM pg_trigger
    WHERE tgrelid = format('%I.mentor_startup_sessions', app)::regclass
        AND NOT tgisinternal AND tgenabled <> 'D'
        AND tgtype & 3 = 3 -- BEFORE and FOR EACH ROW
        AND tgname::text COLLATE "C" > 'zz_prepare_session'
$function$;
COMMENT ON FUNCTION slotguard_internal.later_triggers IS 'a step of check_booking()';

-- Coming sessions that the rules of now would refuse: advice, since a change of hours, settings or zone
-- binds what is booked later, and leaves what is booked. Not ok where a mentor's rules can't be read.
CREATE FUNCTION slotguard_internal.sessions_against_rules(app name) RETURNS TABLE (ok boolean, detail text)
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
    AS $function$
DECLARE
    key_type CONSTANT regtype := (SELECT atttypid FROM pg_attribute
                                  WHERE attrelid = format('%I.mentor_startup_sessions', app)::regclass
                                      AND attname = 'mentor_id');
    mentor text;
BEGIN
    FOR mentor IN EXECUTE format($query$
        SELECT DISTINCT mentor_id::text
        FROM %1$I.mentor_startup_sessions
        WHERE status = 'scheduled' AND starts_at > now()
        ORDER BY 1
        $query$, app)
    LOOP
        BEGIN
            RETURN QUERY EXECUTE format($query$
                SELECT true,
                       format('mentor %%s, session %%s at %%s (%%s): %%s', s.mentor_id, s.%2$I,
                              timezone(s.time_zone, s.starts_at), s.time_zone,
                              CASE r.reason
                                  WHEN 'hours' THEN 'not a start that the mentor''s hours and time off leave'
                                  WHEN 'buffer' THEN 'nearer to another session than the buffers'
                                  WHEN 'booking_horizon' THEN 'further ahead than booking_horizon'
                                  ELSE 'more sessions than ' || r.reason END)
                FROM %1$I.mentor_startup_sessions s,
                    LATERAL slotguard_internal.reason_against($1, s.%2$I, s.starts_at, s.ends_at) AS r (reason)
                WHERE s.mentor_id = $1::%3$s AND s.status = 'scheduled' AND s.starts_at > now()
                    AND r.reason IS NOT NULL
                ORDER BY s.starts_at
                $query$, app, slotguard_internal.session_id_column(app), key_type)
                USING mentor;
        EXCEPTION WHEN invalid_parameter_value OR feature_not_supported OR object_not_in_prerequisite_state
            OR program_limit_exceeded THEN
            RETURN QUERY SELECT false, format('mentor %s: %s', mentor, SQLERRM);
        END;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.sessions_against_rules IS 'a step of check_booking()';

-- Live holds that are in the way of each other, or of what is booked, as a plain writer can leave them: advice,
-- since the rules bind the calls, and what it means for whoever holds the slot.
CREATE FUNCTION slotguard_internal.holds_in_the_way(app name) RETURNS SETOF text
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
    AS $function$
BEGIN
    RETURN QUERY EXECUTE format($query$
        WITH live AS (
            SELECT mentor_id, startup_id, starts_at, ends_at, session_date + session_time AS local,
                   format('mentor %%s, held by startup %%s at %%s (%%s)', mentor_id, startup_id,
                          session_date + session_time, time_zone) AS told
            FROM %1$I.slot_holds
            WHERE expires_at > clock_timestamp())
        SELECT h.told || format(', and by startup %%s at %%s: neither can book it while the other holds it',
                                o.startup_id, o.local)
        FROM live h
        JOIN live o ON o.mentor_id = h.mentor_id AND o.startup_id > h.startup_id
            AND o.starts_at < h.ends_at AND h.starts_at < o.ends_at
        UNION ALL
        SELECT h.told || format(', and booked by startup %%s as session %%s: its holder will be told that it is taken',
                                s.startup_id, s.%2$I)
        FROM live h
        JOIN %1$I.mentor_startup_sessions s ON s.mentor_id = h.mentor_id AND s.startup_id <> h.startup_id
            AND s.status = 'scheduled' AND s.starts_at < h.ends_at AND h.starts_at < s.ends_at
        ORDER BY 1
        $query$, app, slotguard_internal.session_id_column(app));
END
$function$;
COMMENT ON FUNCTION slotguard_internal.holds_in_the_way IS 'a step of check_booking()';

-- The guard sees the rows of one table.
CREATE FUNCTION slotguard_internal.related_tables(app name) RETURNS text
    LANGUAGE sql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    SELECT 'mentor_startup_sessions is a partition or inherited; related to '
        || string_agg(concat_ws(', ', nullif(inhparent, oid)::regclass, nullif(inhrelid, oid)::regclass), ', ')
    FROM pg_inherits,
        LATERAL CAST(format('%I.mentor_startup_sessions', app)::regclass AS oid) AS sessions (oid)
    WHERE oid IN (inhparent, inhrelid)
$function$;
COMMENT ON FUNCTION slotguard_internal.related_tables IS 'a step of check_booking()';

-- The call ------------------------------------------------------------------------------------

CREATE FUNCTION check_booking() RETURNS TABLE (check_name text, ok boolean, detail text)
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    app CONSTANT name := (SELECT n.nspname
                          FROM pg_extension e
                          JOIN pg_namespace n ON n.oid = e.extnamespace
                          WHERE e.extname = 'slotguard');
    whose name;
BEGIN
    RETURN QUERY
        SELECT 'table ' || m.table_name, m.fault IS NULL, m.fault || '; run setup_booking()'
        FROM slotguard_internal.missing_columns(app) m
        ORDER BY m.table_name;
    -- What follows reads these tables; a column that nothing reads may be missing.
    IF EXISTS (SELECT FROM slotguard_internal.missing_columns(app) m
               WHERE m.fault IS NOT NULL
                   AND m.fault NOT IN ('lacks source', 'lacks reason')) THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT c.name, c.fault IS NULL, c.fault
        FROM (
            SELECT 'index ' || i.name, slotguard_internal.index_fault(app, i.name)
            FROM slotguard_internal.booking_indexes() i
            UNION ALL
            SELECT 'calls find their rows by an index', 'run ' || slotguard_internal.missing_indexes(app)
            UNION ALL
            SELECT 'trigger ' || t.name,
                   slotguard_internal.trigger_fault(app, t.table_name, t.name)
            FROM slotguard_internal.booking_triggers() t
            UNION ALL
            SELECT 'trigger ' || t.name,
                   slotguard_internal.trigger_fault(app, t.table_name, t.name)
            FROM slotguard_internal.journal_triggers() t
            UNION ALL
            SELECT 'zz_prepare_session has the last word', slotguard_internal.later_triggers(app)
            UNION ALL
            SELECT 'sessions are in one table', slotguard_internal.related_tables(app)
            UNION ALL
            SELECT 'mentor_id has one type', slotguard_internal.differing_key_types(app)
            UNION ALL
            SELECT 'no slot is booked twice', slotguard_internal.double_bookings(app)
            UNION ALL
            SELECT 'sessions begin and end when they say', slotguard_internal.out_of_time(app)
            UNION ALL
            SELECT p.check_name, p.fault FROM slotguard_internal.sessions_past_the_trigger(app) p
            UNION ALL
            SELECT 'journal is whole', slotguard_internal.journal_fault(app)
        ) AS c (name, fault);
    FOREACH whose IN ARRAY '{mentor_id,startup_id}'::name[]
    LOOP
        check_name := format('no %s is in two places', left(whose, -3));
        RETURN QUERY SELECT check_name, false, o.pair FROM slotguard_internal.overlapping_sessions(app, whose) o;
        IF NOT FOUND THEN
            RETURN QUERY SELECT check_name, true, NULL::text;
        END IF;
    END LOOP;
    -- Without all that a call needs, nobody could ask what it would answer.
    IF NOT slotguard_internal.sessions_lack_a_guard(app)
        AND coalesce(slotguard_internal.related_tables(app), slotguard_internal.differing_key_types(app)) IS NULL THEN
        RETURN QUERY
            SELECT CASE WHEN r.ok THEN 'advice: the rules of now would refuse it'
                        ELSE 'rules can be read' END, r.ok, r.detail
            FROM slotguard_internal.sessions_against_rules(app) r;
    END IF;
    RETURN QUERY
        SELECT 'advice: another has the slot, too', true, h
        FROM slotguard_internal.holds_in_the_way(app) h;
END
$function$;
COMMENT ON FUNCTION check_booking IS
    'tells for each guard whether it is there, enabled and as defined, and what is wrong in the data';
