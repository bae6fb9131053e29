-- A step of check_booking(): whether the journal tells all that happened.

-- The first of the sessions and holds that the journal does not tell as they are. What lies before the
-- last event that says `resumed` or `truncated` is not compared; nor are sessions that were made before
-- the first event that is left, since theirs may have been pruned.
CREATE FUNCTION slotguard_internal.journal_gaps(app name) RETURNS TABLE (of_what text, id bigint, gap text)
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
    AS $function$
BEGIN
    RETURN QUERY EXECUTE format($query$
        WITH since AS (
            SELECT event_id, occurred_at
            FROM %1$I.booking_events
            WHERE event_id = coalesce((SELECT max(event_id) FROM %1$I.booking_events
                                       WHERE event IN ('resumed', 'truncated')),
                                      (SELECT min(event_id) FROM %1$I.booking_events))
        ), last_of_session AS (
            SELECT DISTINCT ON (e.session_id) e.*
            FROM %1$I.booking_events e, since
            WHERE e.session_id IS NOT NULL AND e.event_id >= since.event_id
            ORDER BY e.session_id, e.event_id DESC
        ), last_of_hold AS (
            SELECT DISTINCT ON (e.detail -> 'hold_id') (e.detail ->> 'hold_id')::bigint AS hold_id, e.*
            FROM %1$I.booking_events e, since
            WHERE e.event IN ('held', 'released') AND e.event_id >= since.event_id
            ORDER BY e.detail -> 'hold_id', e.event_id DESC
        )
        SELECT 'a session', s.%2$I,
               format('session %%s is %%s%%s', s.%2$I, s.status,
                      CASE WHEN e.event IS NULL THEN ' and has no event'
                           WHEN (e.mentor_id, e.startup_id, e.starts_at, e.ends_at)
                               IS DISTINCT FROM (s.mentor_id, s.startup_id, s.starts_at, s.ends_at)
                           THEN format(', with another time, mentor or startup than in event %%s', e.event_id)
                           ELSE format(', and event %%s says %%s', e.event_id, e.event) END)
        FROM %1$I.mentor_startup_sessions s
        LEFT JOIN last_of_session e ON e.session_id = s.%2$I
        WHERE CASE WHEN e.event_id IS NULL
                   THEN s.created_at > (SELECT occurred_at FROM since) OR NOT EXISTS (SELECT FROM since)
                   ELSE (e.mentor_id, e.startup_id::bigint, e.starts_at, e.ends_at)
                            IS DISTINCT FROM (s.mentor_id, s.startup_id::bigint, s.starts_at, s.ends_at)
                        OR CASE WHEN s.status = 'scheduled' THEN e.event NOT IN ('booked', 'rescheduled')
                                ELSE e.event <> s.status END END
        UNION ALL
        SELECT 'a session', e.session_id,
               format('session %%s is gone, and event %%s says %%s', e.session_id, e.event_id, e.event)
        FROM last_of_session e
        WHERE e.event <> 'deleted'
            AND NOT EXISTS (SELECT FROM %1$I.mentor_startup_sessions s WHERE s.%2$I = e.session_id)
        UNION ALL
        SELECT 'hold', h.id,
               format('hold %%s %%s', h.id,
                      CASE WHEN e.event_id IS NULL THEN 'has no event' ELSE 'is not as in event ' || e.event_id END)
        FROM %1$I.slot_holds h
        LEFT JOIN last_of_hold e ON e.hold_id = h.id
        WHERE h.expires_at > now()
            AND CASE WHEN e.event_id IS NULL
                     THEN h.created_at > (SELECT occurred_at FROM since) OR NOT EXISTS (SELECT FROM since)
                     ELSE (e.event, e.mentor_id, e.startup_id, e.starts_at, e.ends_at)
                         IS DISTINCT FROM ('held', h.mentor_id, h.startup_id, h.starts_at, h.ends_at) END
        $query$, app, slotguard_internal.session_id_column(app));
END
$function$;
COMMENT ON FUNCTION slotguard_internal.journal_gaps IS 'a step of check_booking()';

-- What is wrong with the sequence of event_id: readers rely on numbers that grow as they are drawn.
CREATE FUNCTION slotguard_internal.journal_sequence_fault(app name) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
    AS $function$
DECLARE
    sequence CONSTANT regclass := pg_get_serial_sequence(format('%I.booking_events', app), 'event_id');
    drawn bigint;
    written bigint;
BEGIN
    IF sequence IS NULL THEN
        RETURN 'event_id is not drawn from a sequence';
    ELSIF NOT EXISTS (SELECT FROM pg_sequence WHERE seqrelid = sequence AND seqcache = 1
                          AND seqincrement = 1 AND NOT seqcycle) THEN
        RETURN format('sequence %s does not count by one, without a cache', sequence);
    END IF;
    -- The rows first: whatever is drawn meanwhile only adds to the sequence.
    EXECUTE format('SELECT max(event_id) FROM %I.booking_events', app) INTO written;
    EXECUTE format('SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM %s', sequence) INTO drawn;
    IF written > drawn THEN
        RETURN format('sequence %s is behind event %s', sequence, written);
    END IF;
    RETURN NULL;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.journal_sequence_fault IS 'a step of check_booking()';

CREATE FUNCTION slotguard_internal.journal_fault(app name) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    fault CONSTANT text := slotguard_internal.journal_sequence_fault(app);
    gaps text[];
BEGIN
    IF fault IS NOT NULL THEN
        RETURN fault;
    END IF;
    SELECT array_agg(g.gap ORDER BY g.of_what, g.id) INTO gaps FROM slotguard_internal.journal_gaps(app) g;
    IF cardinality(gaps) > 3 THEN
        gaps := gaps[1:3] || format('and %s more', cardinality(gaps) - 3);
    END IF;
    RETURN array_to_string(gaps, '; ') || '; to tell the readers, run resume_journal()';
END
$function$;
COMMENT ON FUNCTION slotguard_internal.journal_fault IS 'a step of check_booking()';
