-- What the steps of bench/steps.cpp find, beside the tables of bench/ways.sql.
\set ON_ERROR_STOP on
SET client_min_messages TO warning;

-- The first half-hour of every mentor, booked by a startup of its own under a key: these are moved, or
-- booked once more. Session n is that of mentor n - 1 and startup n.
CREATE FUNCTION begin_steps(schema_name name) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('TRUNCATE %I.mentor_startup_sessions RESTART IDENTITY', schema_name);
    IF schema_name = 'public' THEN
        TRUNCATE slot_holds, booking_events;
    END IF;
    EXECUTE format($insert$
        INSERT INTO %I.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time,
                                                starts_at, ends_at, idempotency_key)
        SELECT 'mentor ' || number, number + 1, first_day(), '00:00', begins,
               begins + interval '30 minutes', 'request ' || number
        FROM generate_series(0, 1999) number, timezone('UTC', first_day() + time '00:00') begins
        ORDER BY number
        $insert$, schema_name);
    IF schema_name = 'public' THEN
        -- The second half-hour of one mentor is held by somebody who takes their time.
        PERFORM hold_slot('mentor 0', 1, first_day(), '01:00', hold_for => '1 hour');
    END IF;
END
$$;
