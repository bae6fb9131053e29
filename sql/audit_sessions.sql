-- Steps of setup_booking() and check_booking() that look for sessions which the guards would not have let in.

-- The rows that the index could not hold, and what to do about them.
CREATE FUNCTION slotguard_internal.refuse_double_bookings(app name) RETURNS void
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
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
COMMENT ON FUNCTION slotguard_internal.refuse_double_bookings IS 'a step of setup_booking()';

-- Keys that unique_idempotency_key could not hold, in a table that had such a column before.
CREATE FUNCTION slotguard_internal.refuse_double_keys(app name) RETURNS void
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
    AS $function$
DECLARE
    sessions CONSTANT regclass := format('%I.mentor_startup_sessions', app);
    keys bigint;
    first_ten text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute
                   WHERE attrelid = sessions AND attname = 'idempotency_key' AND NOT attisdropped
                       AND atttypid = 'text'::regtype) THEN
        RETURN;
    END IF;
    EXECUTE format($query$
        SELECT count(*), string_agg(line, E'\n') FILTER (WHERE place <= 10)
        FROM (SELECT format('startup %%s, key %%s: %%s sessions', startup_id, left(idempotency_key, 100), count(*)) AS line,
                     row_number() OVER (ORDER BY startup_id, idempotency_key) AS place
              FROM %s
              WHERE idempotency_key IS NOT NULL
              GROUP BY startup_id, idempotency_key
              HAVING count(*) > 1) AS double
        $query$, sessions)
    INTO keys, first_ten;
    IF keys > 0 THEN
        RAISE EXCEPTION '% of one startup more than once',
                CASE keys WHEN 1 THEN '1 idempotency key is' ELSE keys || ' idempotency keys are' END
            USING ERRCODE = 'unique_violation',
                  DETAIL = first_ten,
                  HINT = 'Set idempotency_key to NULL in all but one session of each, then run setup_booking() again. Nothing was changed.';
    END IF;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.refuse_double_keys IS 'a step of setup_booking()';

-- Each scheduled session that overlaps an earlier one of the same mentor, or of the same startup,
-- with the one that it overlaps: `whose` is mentor_id or startup_id.
CREATE FUNCTION slotguard_internal.overlapping_sessions(app name, whose name)
    RETURNS TABLE (earlier bigint, later bigint, pair text)
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
    AS $function$
BEGIN
    RETURN QUERY EXECUTE format($query$
        WITH ordered AS (
            SELECT %2$I AS who, %3$I AS session_id, starts_at, ends_at, time_zone,
                   max(ARRAY[extract(epoch FROM ends_at), %3$I]) OVER (
                       PARTITION BY %2$I ORDER BY starts_at, %3$I
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS longest
            FROM %1$I.mentor_startup_sessions
            WHERE status = 'scheduled'
        )
        SELECT other.%3$I, o.session_id,
               format('%4$s %%s: session %%s from %%s to %%s, and session %%s from %%s to %%s (%%s)', o.who,
                      other.%3$I, timezone(o.time_zone, other.starts_at), timezone(o.time_zone, other.ends_at),
                      o.session_id, timezone(o.time_zone, o.starts_at), timezone(o.time_zone, o.ends_at),
                      o.time_zone)
        FROM ordered o
        JOIN %1$I.mentor_startup_sessions other ON other.%3$I = o.longest[2]
        WHERE extract(epoch FROM o.starts_at) < o.longest[1]
        ORDER BY o.who, o.starts_at, o.session_id
        $query$, app, whose, slotguard_internal.session_id_column(app), left(whose, -3));
END
$function$;
COMMENT ON FUNCTION slotguard_internal.overlapping_sessions IS 'a step of setup_booking() and check_booking()';

-- Scheduled sessions whose instants are not what their own date, time, zone and length say.
CREATE FUNCTION slotguard_internal.sessions_out_of_time(app name) RETURNS TABLE (session_id bigint)
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
    AS $function$
BEGIN
    RETURN QUERY EXECUTE format($query$
        SELECT %2$I FROM %1$I.mentor_startup_sessions
        WHERE status = 'scheduled'
            AND (starts_at <> timezone(time_zone, session_date + session_time)
                 OR extract(epoch FROM ends_at - starts_at) <> extract(epoch FROM duration))
        $query$, app, slotguard_internal.session_id_column(app));
END
$function$;
COMMENT ON FUNCTION slotguard_internal.sessions_out_of_time IS 'a step of setup_booking() and check_booking()';

-- The rows that the guard would not have let in.
CREATE FUNCTION slotguard_internal.refuse_overlaps(app name) RETURNS void
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
    AS $function$
DECLARE
    sessions bigint;
    examples text;
BEGIN
    EXECUTE format($query$
        SELECT count(*), string_agg(%2$I::text, ', ') FILTER (WHERE place <= 10)
        FROM (SELECT %2$I, row_number() OVER (ORDER BY %2$I) AS place
              FROM %1$I.mentor_startup_sessions
              WHERE NOT isfinite(starts_at) OR ends_at <= starts_at
                  OR ends_at > starts_at + interval '24 hours') AS strange
        $query$, app, slotguard_internal.session_id_column(app))
    INTO sessions, examples;
    IF sessions > 0 THEN
        RAISE EXCEPTION '% last no time, more than 24 hours, or for ever',
                CASE sessions WHEN 1 THEN '1 session does' ELSE sessions || ' sessions do' END
            USING ERRCODE = 'check_violation',
                  DETAIL = format('Sessions %s', examples),
                  HINT = 'Correct their duration or date, then run setup_booking() again. Nothing was changed.';
    END IF;
    SELECT count(*), string_agg(o.session_id::text, ', ') FILTER (WHERE o.place <= 10)
    INTO sessions, examples
    FROM (SELECT session_id, row_number() OVER (ORDER BY session_id) AS place
          FROM slotguard_internal.sessions_out_of_time(app)) AS o;
    IF sessions > 0 THEN
        RAISE EXCEPTION '% not begin or end when date, time, time zone and duration say',
                CASE sessions WHEN 1 THEN '1 session does' ELSE sessions || ' sessions do' END
            USING ERRCODE = 'check_violation',
                  DETAIL = format('Sessions %s', examples),
                  HINT = 'UPDATE their starts_at to timezone(time_zone, session_date + session_time) and their ends_at to starts_at + duration, or correct the other columns, then run setup_booking() again. Nothing was changed.';
    END IF;
    -- Two sessions of one mentor and one startup are one pair, told of the mentor.
    WITH found AS (
        SELECT 1 AS side, o.*
        FROM slotguard_internal.overlapping_sessions(app, 'mentor_id'::name) WITH ORDINALITY o
        UNION ALL
        SELECT 2, o.*
        FROM slotguard_internal.overlapping_sessions(app, 'startup_id'::name) WITH ORDINALITY o
    ), once AS (
        SELECT DISTINCT ON (earlier, later) side, ordinality, pair
        FROM found
        ORDER BY earlier, later, side
    ), listed AS (
        SELECT pair, row_number() OVER (ORDER BY side, ordinality) AS place FROM once
    )
    SELECT count(*), string_agg(pair, E'\n' ORDER BY place) FILTER (WHERE place <= 10)
    INTO sessions, examples
    FROM listed;
    IF sessions > 0 THEN
        RAISE EXCEPTION '% another one of the same mentor or startup',
                CASE sessions WHEN 1 THEN '1 session overlaps' ELSE sessions || ' sessions overlap' END
            USING ERRCODE = 'exclusion_violation',
                  DETAIL = examples,
                  HINT = 'Move one session of each pair or set its status to ''cancelled'', then run setup_booking() again. Nothing was changed.';
    END IF;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.refuse_overlaps IS 'a step of setup_booking()';
