-- Loads sessions into the tables of bench/ways.sql: the even half-hours of two thousand mentors from
-- the first day on (bench/wish.hpp), in the order in which they come. The measured ones go between them.
CREATE FUNCTION slots(first bigint, last bigint)
    RETURNS TABLE (mentor_id text, startup_id bigint, session_date date, session_time time,
                   starts_at timestamptz, ends_at timestamptz)
    LANGUAGE sql AS $$
    SELECT 'mentor ' || mentor, 1 + (5 * mentor + half_hour) % 10000,
           local::date, local::time, local AT TIME ZONE 'UTC',
           local AT TIME ZONE 'UTC' + interval '30 minutes'
    FROM generate_series(first, last) number,
        LATERAL (SELECT number % 2000, number / 2000 * 2) AS slot (mentor, half_hour),
        LATERAL (SELECT first_day() + half_hour * interval '30 minutes') AS start (local)
$$;

-- Adds the slots first … last to one table, a million a transaction. Our triggers would find nothing to
-- say to these rows, and look at each; that they are as the guard wants them, check_booking() tells
-- whoever has loaded them.
CREATE PROCEDURE load_sessions(schema_name name, first bigint, last bigint) LANGUAGE plpgsql AS $$
BEGIN
    FOR from_here IN first .. last BY 1000000 LOOP
        SET LOCAL session_replication_role = replica;
        EXECUTE format('INSERT INTO %I.mentor_startup_sessions'
                       ' (mentor_id, startup_id, session_date, session_time, starts_at, ends_at, time_zone)'
                       ' SELECT *, ''UTC'' FROM slots($1, $2)', schema_name)
            USING from_here, least(from_here + 999999, last);
        COMMIT;
    END LOOP;
    IF schema_name = 'public' THEN
        PERFORM resume_journal(); -- which has no events of those
    END IF;
END
$$;
