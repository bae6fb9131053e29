-- setup_booking(): makes what is missing in the extension's schema, keeps what is there.

CREATE FUNCTION setup_booking() RETURNS TABLE (object text, action text)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    app CONSTANT name := (SELECT n.nspname
                          FROM pg_extension e
                          JOIN pg_namespace n ON n.oid = e.extnamespace
                          WHERE e.extname = 'slotguard');
    sessions CONSTANT regclass := to_regclass(format('%I.mentor_startup_sessions', app));
    unguarded boolean := false;
BEGIN
    -- Two set-ups at once would each find the same things missing.
    PERFORM slotguard_internal.lock_setup();
    PERFORM slotguard_internal.setup_mentor_type(app); -- refuses a key of another type first
    IF EXISTS (SELECT FROM pg_class WHERE oid = sessions AND relkind = 'r') THEN
        PERFORM slotguard_internal.refuse_other_indexes(app);
        unguarded := slotguard_internal.sessions_lack_a_guard(app);
    END IF;
    IF unguarded THEN
        IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
            RAISE EXCEPTION 'setup_booking() can''t look at the sessions in a % transaction',
                    current_setting('transaction_isolation')
                USING ERRCODE = 'active_sql_transaction',
                      DETAIL = 'Its snapshot may be older than sessions that the guard has to know.',
                      HINT = 'Run it in a READ COMMITTED transaction.';
        END IF;
        -- Writers wait until the table is guarded; later set-ups need no such lock.
        EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', sessions);
        PERFORM slotguard_internal.check_founding_table(app);
        PERFORM slotguard_internal.refuse_double_bookings(app);
        PERFORM slotguard_internal.refuse_double_keys(app);
    END IF;
    RETURN QUERY SELECT * FROM slotguard_internal.setup_columns(app, 'mentor_settings'::name);
    RETURN QUERY SELECT * FROM slotguard_internal.setup_columns(app, 'mentor_availability'::name);
    RETURN QUERY SELECT * FROM slotguard_internal.setup_columns(app, 'mentor_availability_overrides'::name);
    RETURN QUERY SELECT * FROM slotguard_internal.setup_columns(app, 'slot_holds'::name);
    RETURN QUERY SELECT * FROM slotguard_internal.setup_columns(app, 'booking_events'::name);
    PERFORM slotguard_internal.open_infinite_ends(app);
    RETURN QUERY SELECT * FROM slotguard_internal.setup_guards(app, of_sessions => false);
    PERFORM slotguard_internal.refuse_missing_keys(app);
    RETURN QUERY SELECT * FROM slotguard_internal.setup_columns(app, 'mentor_startup_sessions'::name);
    RETURN QUERY SELECT c, 'added' FROM slotguard_internal.complete_sessions(app) c;
    IF unguarded THEN
        PERFORM slotguard_internal.refuse_overlaps(app);
    END IF;
    RETURN QUERY SELECT * FROM slotguard_internal.setup_guards(app, of_sessions => true);
    RETURN QUERY SELECT * FROM slotguard_internal.setup_journal(app);
END
$function$;
COMMENT ON FUNCTION setup_booking IS
    'makes the tables and guards that are missing in the extension''s schema, and keeps what is there';
