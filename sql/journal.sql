-- The journal: what reads it, what keeps it, and the triggers that write it.

-- Calls ---------------------------------------------------------------------------------------

CREATE FUNCTION booking_events_after(
    cursor text DEFAULT NULL,
    max_events int DEFAULT 100
) RETURNS TABLE (
    cursor text,
    event_id bigint,
    event text,
    session_id bigint,
    mentor_id text,
    startup_id bigint,
    starts_at timestamptz,
    ends_at timestamptz,
    previous_starts_at timestamptz,
    occurred_at timestamptz,
    detail jsonb
)
    LANGUAGE c VOLATILE PARALLEL UNSAFE ROWS 100
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION booking_events_after IS
    'the events that follow a cursor, from the first on without one; none is missed, none comes twice';

CREATE FUNCTION latest_booking_cursor() RETURNS text
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION latest_booking_cursor IS
    'the cursor to follow the journal from now on; NULL while it is empty';

CREATE FUNCTION prune_booking_events(older_than timestamptz) RETURNS bigint
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION prune_booking_events IS
    'deletes the first events of the journal, as far as they are older, and tells how many';

CREATE FUNCTION resume_journal() RETURNS void
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION resume_journal IS
    'tells the readers of the journal that changes before this moment may be missing in it';

-- Trigger functions ---------------------------------------------------------------------------

CREATE FUNCTION slotguard_internal.journal_session() RETURNS trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION slotguard_internal.journal_session IS
    'writes into the journal what became of a session, for every writer';

CREATE FUNCTION slotguard_internal.journal_truncation() RETURNS trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION slotguard_internal.journal_truncation IS
    'writes into the journal that all sessions or holds were removed at once, or all settings or hours';

CREATE FUNCTION slotguard_internal.journal_hold() RETURNS trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION slotguard_internal.journal_hold IS
    'writes into the journal that a slot is held, or released';

CREATE FUNCTION slotguard_internal.journal_mentor_change() RETURNS trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION slotguard_internal.journal_mentor_change IS
    'writes into the journal that a mentor''s settings, hours or overrides have changed';

-- Every trigger that writes the journal, in the columns of booking_triggers(). One that is missing
-- stops no booking.
CREATE FUNCTION slotguard_internal.journal_triggers()
    RETURNS TABLE (table_name name, name name, definition text, function_name name)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    VALUES
    ('mentor_settings'::name, 'settings_are_journalled'::name,
     'AFTER INSERT OR DELETE OR UPDATE ON %s FOR EACH ROW', 'journal_mentor_change'::name),
    ('mentor_availability', 'hours_are_journalled',
     'AFTER INSERT OR DELETE OR UPDATE ON %s FOR EACH ROW', 'journal_mentor_change'),
    ('mentor_availability_overrides', 'overrides_are_journalled',
     'AFTER INSERT OR DELETE OR UPDATE ON %s FOR EACH ROW', 'journal_mentor_change'),
    ('slot_holds', 'hold_is_journalled',
     'AFTER INSERT OR DELETE OR UPDATE ON %s FOR EACH ROW', 'journal_hold'),
    -- PostgreSQL fires triggers in the order of their names: this one comes before those of others, which
    -- may change the session once more.
    ('mentor_startup_sessions', 'aa_journal_session',
     'AFTER INSERT OR DELETE OR UPDATE ON %s FOR EACH ROW', 'journal_session'),
    ('mentor_startup_sessions', 'truncation_is_journalled',
     'AFTER TRUNCATE ON %s FOR EACH STATEMENT', 'journal_truncation'),
    ('slot_holds', 'hold_truncation_is_journalled',
     'AFTER TRUNCATE ON %s FOR EACH STATEMENT', 'journal_truncation'),
    ('mentor_settings', 'settings_truncation_is_journalled',
     'AFTER TRUNCATE ON %s FOR EACH STATEMENT', 'journal_truncation'),
    ('mentor_availability', 'hours_truncation_is_journalled',
     'AFTER TRUNCATE ON %s FOR EACH STATEMENT', 'journal_truncation'),
    ('mentor_availability_overrides', 'overrides_truncation_is_journalled',
     'AFTER TRUNCATE ON %s FOR EACH STATEMENT', 'journal_truncation')
$function$;
COMMENT ON FUNCTION slotguard_internal.journal_triggers IS 'the triggers of the journal that setup_booking() makes';

-- Makes them, and tells the readers where changes may have got past one that was missing, or were in a
-- journal that is gone.
CREATE FUNCTION slotguard_internal.setup_journal(app name) RETURNS TABLE (object text, action text)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
    AS $function$
DECLARE
    wanted record;
    made boolean := false;
    has_events boolean;
    has_sessions boolean;
BEGIN
    FOR wanted IN SELECT * FROM slotguard_internal.journal_triggers() t
    LOOP
        object := wanted.name;
        action := 'kept';
        -- This locks the table, so that no writer gets past it from now on.
        IF slotguard_internal.setup_trigger(app, wanted.table_name, wanted.name) THEN
            action := 'added';
            made := true;
        END IF;
        RETURN NEXT;
    END LOOP;
    EXECUTE format('SELECT EXISTS (SELECT FROM %1$I.booking_events), EXISTS (SELECT FROM %1$I.mentor_startup_sessions)', app)
        INTO has_events, has_sessions;
    IF made AND has_events OR has_sessions AND (made OR NOT has_events) THEN
        PERFORM @extschema@.resume_journal();
    END IF;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.setup_journal IS 'a step of setup_booking()';
