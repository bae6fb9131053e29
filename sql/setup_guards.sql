-- Steps of setup_booking() that make what stands beside the columns: indexes, triggers, and all together.

-- The indexes of the other tables that are no constraint's.
CREATE FUNCTION slotguard_internal.lookup_indexes() RETURNS TABLE (table_name name, name name, columns text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    VALUES
    ('mentor_availability'::name, 'mentor_availability_by_mentor'::name, 'mentor_id'),
    ('mentor_availability_overrides', 'mentor_availability_overrides_by_mentor', 'mentor_id'),
    ('slot_holds', 'slot_holds_by_mentor', 'mentor_id, starts_at'),
    ('slot_holds', 'slot_holds_by_startup', 'startup_id')
$function$;
COMMENT ON FUNCTION slotguard_internal.lookup_indexes IS 'the indexes that setup_booking() makes on other tables than the sessions';

-- Makes one of them where the schema has none of that name; true where it was made.
CREATE FUNCTION slotguard_internal.setup_index(app name, index_name name) RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    wanted record;
BEGIN
    SELECT * INTO wanted FROM slotguard_internal.lookup_indexes() WHERE name = index_name;
    IF NOT FOUND OR to_regclass(format('%I.%I', app, index_name)) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE INDEX %I ON %I.%I (%s)', index_name, app, wanted.table_name, wanted.columns);
    RETURN true;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.setup_index IS 'a step of setup_booking()';

-- The indexes of sessions: the founding one, those in which the guard looks, the sessions that limits
-- count beside the scheduled ones, and the keys under which a startup has booked.
CREATE FUNCTION slotguard_internal.booking_indexes() RETURNS TABLE (name name, kind text, columns text, held text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    VALUES
    ('unique_mentor_time_slot'::name, 'UNIQUE INDEX', '(mentor_id, session_date, session_time)',
     'status = ''scheduled'''),
    ('mentor_startup_sessions_by_mentor', 'INDEX', '(mentor_id, starts_at)', 'status = ''scheduled'''),
    ('mentor_startup_sessions_by_startup', 'INDEX', '(startup_id, starts_at)', 'status = ''scheduled'''),
    ('mentor_startup_sessions_done_by_mentor', 'INDEX', '(mentor_id, starts_at)',
     'status = ''completed'' OR status = ''no_show'''),
    ('unique_idempotency_key', 'UNIQUE INDEX', '(startup_id, idempotency_key)', 'idempotency_key IS NOT NULL')
$function$;
COMMENT ON FUNCTION slotguard_internal.booking_indexes IS 'the indexes of sessions that setup_booking() makes';

-- What is wrong with one of them: NULL where nothing is, 'missing' where it is not there.
CREATE FUNCTION slotguard_internal.index_fault(app name, index_name name) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    sessions CONSTANT regclass := format('%I.mentor_startup_sessions', app);
    wanted record;
    found pg_index;
BEGIN
    SELECT * INTO wanted FROM slotguard_internal.booking_indexes() WHERE name = index_name;
    SELECT i.* INTO found
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relname = index_name
        AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = app);
    IF found.indexrelid IS NULL THEN
        RETURN 'missing';
    ELSIF found.indrelid <> sessions THEN
        RETURN format('belongs to table %s', found.indrelid::regclass);
    ELSIF NOT (found.indisvalid AND found.indisready AND found.indislive) THEN
        RETURN 'is not valid';
    ELSIF pg_get_indexdef(found.indexrelid) !~ format(
            '^CREATE %s %s ON [^ ]+ USING btree %s WHERE \(?%s\)?$',
            wanted.kind, index_name, replace(replace(wanted.columns, '(', '\('), ')', '\)'),
            -- As PostgreSQL spells it, whatever string type the column has.
            regexp_replace(wanted.held, 'status = (''\w+'')', '\\(\\(?status\\)?(::text)? = \1::text\\)', 'g')) THEN
        RETURN format('has another definition: %s', pg_get_indexdef(found.indexrelid));
    END IF;
    RETURN NULL;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.index_fault IS 'a step of setup_booking() and check_booking()';

-- The other tables are read by whatever index begins with these columns, and by no call without one.
CREATE FUNCTION slotguard_internal.missing_indexes(app name) RETURNS text
    LANGUAGE sql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    SELECT string_agg(format('CREATE %s ON %I.%I (%s);', kind, app, table_name, array_to_string(columns, ', ')), ' ')
    FROM (VALUES
        ('mentor_settings', '{mentor_id}'::name[], 'UNIQUE INDEX'),
        ('mentor_availability', '{mentor_id}', 'INDEX'),
        ('mentor_availability_overrides', '{mentor_id}', 'INDEX'),
        ('slot_holds', '{hold_token}', 'UNIQUE INDEX'),
        ('slot_holds', '{mentor_id,starts_at}', 'INDEX'),
        ('slot_holds', '{startup_id}', 'INDEX'),
        ('booking_events', '{event_id}', 'UNIQUE INDEX')) AS wanted (table_name, columns, kind)
    WHERE NOT EXISTS (
        SELECT FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid AND c.relam = (SELECT oid FROM pg_am WHERE amname = 'btree')
        WHERE i.indrelid = format('%I.%I', app, table_name)::regclass
            AND i.indisvalid AND i.indisready AND i.indislive AND i.indpred IS NULL
            AND (SELECT bool_and(i.indnkeyatts >= place AND i.indoption[place - 1] = 0 AND i.indkey[place - 1] =
                     (SELECT attnum FROM pg_attribute WHERE attrelid = i.indrelid AND attname = wanted_column))
                 FROM unnest(columns) WITH ORDINALITY AS w (wanted_column, place)))
$function$;
COMMENT ON FUNCTION slotguard_internal.missing_indexes IS 'a step of check_booking()';

-- An index of that name that is not as it should be is never kept.
CREATE FUNCTION slotguard_internal.refuse_other_indexes(app name) RETURNS void
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    altered record;
BEGIN
    FOR altered IN
        SELECT i.name, f.fault
        FROM slotguard_internal.booking_indexes() i,
            LATERAL slotguard_internal.index_fault(app, i.name) AS f (fault)
        WHERE f.fault <> 'missing'
    LOOP
        RAISE EXCEPTION 'index "%" %', altered.name, altered.fault
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = format('Run DROP INDEX %I.%I; then setup_booking() makes it anew.', app, altered.name);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.refuse_other_indexes IS 'a step of setup_booking()';

-- Makes one of the sessions' indexes; true where it was made.
CREATE FUNCTION slotguard_internal.setup_session_index(app name, index_name name) RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    wanted record;
BEGIN
    SELECT * INTO wanted FROM slotguard_internal.booking_indexes() WHERE name = index_name;
    IF NOT FOUND OR slotguard_internal.index_fault(app, index_name) IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE %s %I ON %I.mentor_startup_sessions %s WHERE %s',
                   wanted.kind, index_name, app, wanted.columns, wanted.held);
    RETURN true;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.setup_session_index IS 'a step of setup_booking()';

-- A trigger that checks is a constraint: it bears the constraint's name.
CREATE FUNCTION slotguard_internal.trigger_kind(definition text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    SELECT CASE WHEN definition LIKE '% NOT DEFERRABLE %' THEN 'CONSTRAINT TRIGGER' ELSE 'TRIGGER' END
$function$;
COMMENT ON FUNCTION slotguard_internal.trigger_kind IS 'a step of setup_booking() and check_booking()';

-- One trigger of ours, by its name: no step takes a definition from its caller.
CREATE FUNCTION slotguard_internal.trigger_named(wanted_table name, wanted_name name)
    RETURNS TABLE (definition text, function_name name)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
BEGIN
    SELECT t.definition, t.function_name INTO trigger_named.definition, trigger_named.function_name
    FROM (SELECT * FROM slotguard_internal.booking_triggers()
          UNION ALL
          SELECT * FROM slotguard_internal.journal_triggers()) AS t
    WHERE t.table_name = wanted_table AND t.name = wanted_name;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'slotguard has no trigger "%" on table "%"', wanted_name, wanted_table
            USING ERRCODE = 'undefined_object',
                  HINT = 'See booking_triggers() and journal_triggers().';
    END IF;
    RETURN NEXT;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.trigger_named IS 'a step of setup_booking() and check_booking()';

-- What is wrong with a trigger: NULL where nothing is.
CREATE FUNCTION slotguard_internal.trigger_fault(app name, table_name name, trigger_name name) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    wanted record;
    found pg_trigger;
BEGIN
    SELECT * INTO wanted FROM slotguard_internal.trigger_named(table_name, trigger_name);
    SELECT t.* INTO found
    FROM pg_trigger t
    WHERE t.tgrelid = format('%I.%I', app, table_name)::regclass AND t.tgname = trigger_name;
    IF found.oid IS NULL THEN
        RETURN 'missing';
    ELSIF found.tgfoid <> format('slotguard_internal.%I()', wanted.function_name)::regprocedure
        OR split_part(pg_get_triggerdef(found.oid), ' EXECUTE ', 1) <> format(
            'CREATE %s %I %s', slotguard_internal.trigger_kind(wanted.definition), trigger_name,
            replace(wanted.definition, '%s', format('%I.%I', app, table_name))) THEN
        RETURN 'has another definition';
    ELSIF found.tgenabled NOT IN ('O', 'A') THEN
        RETURN 'is disabled';
    END IF;
    RETURN NULL;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.trigger_fault IS 'a step of setup_booking() and check_booking()';

-- Makes a trigger, or puts a disabled one back to work; true where something was to be done.
CREATE FUNCTION slotguard_internal.setup_trigger(app name, table_name name, trigger_name name) RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    fault CONSTANT text := slotguard_internal.trigger_fault(app, table_name, trigger_name);
    wanted record;
BEGIN
    SELECT * INTO wanted FROM slotguard_internal.trigger_named(table_name, trigger_name);
    IF fault = 'has another definition' THEN
        EXECUTE format('DROP TRIGGER %I ON %I.%I', trigger_name, app, table_name);
    END IF;
    IF fault IN ('missing', 'has another definition') THEN
        EXECUTE format('CREATE %s %I %s EXECUTE FUNCTION slotguard_internal.%I()',
                       slotguard_internal.trigger_kind(wanted.definition), trigger_name,
                       replace(wanted.definition, '%s', format('%I.%I', app, table_name)), wanted.function_name);
    END IF;
    IF fault IS NOT NULL THEN
        -- ALWAYS: what is remembered has to be forgotten also where a logical replica writes.
        EXECUTE format('ALTER TABLE %I.%I ENABLE %s TRIGGER %I', app, table_name,
                       CASE wanted.function_name WHEN 'announce_mentor_change' THEN 'ALWAYS' ELSE '' END, trigger_name);
    END IF;
    RETURN fault IS NOT NULL;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.setup_trigger IS 'a step of setup_booking()';

-- Every trigger of ours but those of the journal. The definition is that of CREATE TRIGGER, from BEFORE or
-- AFTER to FOR EACH, as PostgreSQL spells it.
CREATE FUNCTION slotguard_internal.booking_triggers()
    RETURNS TABLE (table_name name, name name, definition text, function_name name)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    VALUES
    ('mentor_settings'::name, 'settings_are_honoured'::name,
     'BEFORE INSERT OR UPDATE ON %s FOR EACH ROW', 'check_mentor_settings'::name),
    ('mentor_availability', 'hours_are_understood',
     'BEFORE INSERT OR UPDATE ON %s FOR EACH ROW', 'check_availability'),
    ('mentor_settings', 'settings_are_announced',
     'BEFORE INSERT OR DELETE OR UPDATE ON %s FOR EACH ROW', 'announce_mentor_change'),
    ('mentor_availability', 'hours_are_announced',
     'BEFORE INSERT OR DELETE OR UPDATE ON %s FOR EACH ROW', 'announce_mentor_change'),
    ('mentor_availability_overrides', 'overrides_are_announced',
     'BEFORE INSERT OR DELETE OR UPDATE ON %s FOR EACH ROW', 'announce_mentor_change'),
    -- PostgreSQL fires triggers in the order of their names: this one has the last word.
    ('mentor_startup_sessions', 'zz_prepare_session',
     'BEFORE INSERT OR DELETE OR UPDATE ON %s FOR EACH ROW', 'prepare_session'),
    ('mentor_startup_sessions', 'no_overlapping_sessions',
     'AFTER INSERT OR UPDATE ON %s NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW', 'check_mentor_is_free'),
    ('mentor_startup_sessions', 'no_overlapping_startup_sessions',
     'AFTER INSERT OR UPDATE ON %s NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW', 'check_startup_is_free')
$function$;
COMMENT ON FUNCTION slotguard_internal.booking_triggers IS 'the triggers that setup_booking() makes';

-- Whether an index or a trigger of the sessions is not as it should be: rows that came in meanwhile
-- have to be looked at.
CREATE FUNCTION slotguard_internal.sessions_lack_a_guard(app name) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    SELECT EXISTS (
            SELECT FROM slotguard_internal.booking_indexes() i
            WHERE slotguard_internal.index_fault(app, i.name) IS NOT NULL)
        OR EXISTS (
            SELECT FROM slotguard_internal.booking_triggers() t
            WHERE t.table_name = 'mentor_startup_sessions'
                AND slotguard_internal.trigger_fault(app, t.table_name, t.name) IS NOT NULL)
$function$;
COMMENT ON FUNCTION slotguard_internal.sessions_lack_a_guard IS 'a step of setup_booking()';

-- Constraints, indexes and triggers: all that stands beside the columns, of the sessions or of all
-- other tables.
CREATE FUNCTION slotguard_internal.setup_guards(app name, of_sessions boolean) RETURNS TABLE (object text, action text)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
BEGIN
    RETURN QUERY
    SELECT g.name::text, CASE WHEN g.made THEN 'added' ELSE 'kept' END
    FROM (
        SELECT c.name, slotguard_internal.setup_constraint(app, c.name) AS made
        FROM slotguard_internal.booking_constraints() AS c
        WHERE NOT of_sessions
        UNION ALL
        SELECT i.name, slotguard_internal.setup_index(app, i.name)
        FROM slotguard_internal.lookup_indexes() AS i
        WHERE NOT of_sessions
        UNION ALL
        SELECT i.name, slotguard_internal.setup_session_index(app, i.name)
        FROM slotguard_internal.booking_indexes() AS i
        WHERE of_sessions
        UNION ALL
        SELECT t.name, slotguard_internal.setup_trigger(app, t.table_name, t.name)
        FROM slotguard_internal.booking_triggers() AS t
        WHERE of_sessions = (t.table_name = 'mentor_startup_sessions')
    ) AS g;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.setup_guards IS 'a step of setup_booking()';
