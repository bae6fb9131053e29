-- Steps of setup_booking() that make the CHECK constraints, and name the rows that stand against them.

-- The constraints of the other tables.
CREATE FUNCTION slotguard_internal.booking_constraints() RETURNS TABLE (table_name name, name name, definition text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
    VALUES
    ('mentor_availability'::name, 'hours_open_before_midnight'::name, 'CHECK (opens < ''24:00'')'),
    ('mentor_availability', 'hours_have_a_first_day', 'CHECK (isfinite(valid_from) AND valid_from >= ''0001-01-01'')'),
    ('mentor_availability', 'hours_end_after_they_begin', 'CHECK (valid_until >= valid_from)'),
    ('mentor_availability', 'hours_end_by_the_year_9999',
     'CHECK (valid_from <= ''9999-12-31'' AND valid_until <= ''9999-12-31'')'),
    ('mentor_availability_overrides', 'override_is_in_years_1_to_9999',
     'CHECK (CASE WHEN isfinite(lower(during)) THEN lower(during) >= ''0001-01-01 00:00:00+00'' ELSE true END'
     ' AND CASE WHEN isfinite(upper(during)) THEN upper(during) <= ''10000-01-01 00:00:00+00'' ELSE true END)'),
    ('mentor_availability_overrides', 'override_is_not_empty', 'CHECK (NOT isempty(during))'),
    ('mentor_availability_overrides', 'extra_hours_are_finite',
     'CHECK (NOT available OR (isfinite(lower(during)) AND isfinite(upper(during))) IS TRUE)'),
    ('slot_holds', 'hold_ends_after_it_begins',
     'CHECK (isfinite(starts_at) AND starts_at < ends_at AND ends_at <= starts_at + interval ''24 hours'')')
$function$;
COMMENT ON FUNCTION slotguard_internal.booking_constraints IS 'the constraints that setup_booking() makes';

-- The rows of a table that was there before which one of them could not hold.
CREATE FUNCTION slotguard_internal.refuse_rows_against(app name, constraint_name name) RETURNS void
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
    AS $function$
DECLARE
    wanted record;
    many bigint;
    first_ten text;
BEGIN
    SELECT * INTO wanted FROM slotguard_internal.booking_constraints() WHERE name = constraint_name;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    EXECUTE format($query$
        SELECT count(*), string_agg(line, E'\n' ORDER BY place) FILTER (WHERE place <= 10)
        FROM (SELECT left(to_jsonb(found)::text, 300) AS line, row_number() OVER () AS place
              FROM %I.%I AS found WHERE NOT (%s)) AS lines
        $query$, app, wanted.table_name, substr(wanted.definition, length('CHECK ')))
    INTO many, first_ten;
    IF many > 0 THEN
        RAISE EXCEPTION '% row(s) of table "%" can''t be kept by constraint "%": %',
                many, wanted.table_name, constraint_name, wanted.definition
            USING ERRCODE = 'check_violation',
                  DETAIL = first_ten,
                  HINT = 'Correct or delete these rows, then run setup_booking() again. Nothing was changed.',
                  SCHEMA = app, TABLE = wanted.table_name, CONSTRAINT = constraint_name;
    END IF;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.refuse_rows_against IS 'a step of setup_booking()';

-- A valid_until of 'infinity' is no end, as the trigger writes it: of rows that were there before it was.
CREATE FUNCTION slotguard_internal.open_infinite_ends(app name) RETURNS void
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_constraint
                   WHERE conrelid = format('%I.mentor_availability', app)::regclass
                       AND conname = 'hours_end_by_the_year_9999') THEN
        EXECUTE format('UPDATE %I.mentor_availability SET valid_until = NULL WHERE valid_until = ''infinity''', app);
    END IF;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.open_infinite_ends IS 'a step of setup_booking()';

-- Makes one of them where the table has none of that name; true where it was made.
CREATE FUNCTION slotguard_internal.setup_constraint(app name, constraint_name name) RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $function$
DECLARE
    wanted record;
BEGIN
    SELECT * INTO wanted FROM slotguard_internal.booking_constraints() WHERE name = constraint_name;
    IF NOT FOUND OR EXISTS (SELECT FROM pg_constraint
                            WHERE conrelid = format('%I.%I', app, wanted.table_name)::regclass
                                AND conname = constraint_name) THEN
        RETURN false;
    END IF;
    PERFORM slotguard_internal.refuse_rows_against(app, constraint_name);
    EXECUTE format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s',
                   app, wanted.table_name, constraint_name, wanted.definition);
    RETURN true;
END
$function$;
COMMENT ON FUNCTION slotguard_internal.setup_constraint IS 'a step of setup_booking()';
