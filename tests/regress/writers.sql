\set ECHO none
-- What tests of the guard ask of plain writers; read after begin.sql.

-- What came of a statement: how many rows it wrote, or the code of its error and the guard behind it.
CREATE FUNCTION testing.verdict_on(statement text) RETURNS text
    LANGUAGE plpgsql
    AS $$
DECLARE
    code text;
    guard text;
    rows_written bigint;
BEGIN
    EXECUTE statement;
    GET DIAGNOSTICS rows_written = ROW_COUNT;
    RETURN 'wrote ' || rows_written;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, guard = CONSTRAINT_NAME;
    RETURN rtrim(code || ' ' || guard);
END
$$;

-- The same for an INSERT of one session of half an hour, or as long as is said.
CREATE FUNCTION testing.insert_of(mentor text, startup bigint, day date, start time, lasting interval DEFAULT '30 minutes')
    RETURNS text
    LANGUAGE sql
    AS $$
    SELECT testing.verdict_on(format(
        'INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)'
        ' VALUES (%L, %L, %L, %L, %L)', mentor, startup, day, start, lasting))
    $$;

-- The pairs of sessions that share an instant, as SQL alone sees them: always none.
CREATE FUNCTION testing.overlapping_pairs() RETURNS bigint
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN (SELECT count(*)
            FROM app.mentor_startup_sessions a
            JOIN app.mentor_startup_sessions b
                ON a.ctid < b.ctid AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
                    AND (a.mentor_id = b.mentor_id OR a.startup_id = b.startup_id)
            WHERE a.status = 'scheduled' AND b.status = 'scheduled');
END
$$;
\set ECHO all
