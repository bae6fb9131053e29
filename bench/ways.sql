-- The ways that bench/measure.cpp compares, in a database of their own.
\set ON_ERROR_STOP on
SET client_min_messages TO warning;
CREATE EXTENSION slotguard;
SELECT FROM setup_booking();

-- The founding way: a partial unique index, and a caught error 23505.
CREATE SCHEMA founding;
CREATE TABLE founding.mentor_startup_sessions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mentor_id text NOT NULL,
    startup_id bigint NOT NULL,
    session_date date NOT NULL,
    session_time time NOT NULL,
    status text NOT NULL DEFAULT 'scheduled',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX unique_mentor_time_slot
    ON founding.mentor_startup_sessions (mentor_id, session_date, session_time)
    WHERE status = 'scheduled';

-- What a careful developer writes next: the error caught inside, an answer instead.
CREATE FUNCTION founding.book(
    mentor text, startup bigint, day date, at time,
    OUT outcome text, OUT session_id bigint, OUT message text
)
    LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO founding.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES (mentor, startup, day, at)
    RETURNING id INTO session_id;
    outcome := 'booked';
    message := 'Your session is booked.';
EXCEPTION WHEN unique_violation THEN
    outcome := 'slot_taken';
    message := 'This time slot has already been booked by another startup.';
END
$$;

-- Before each run: the tables hold one session for each mentor whose slot everybody will want,
-- tomorrow at midnight. One has no hours; a refusal by the other names five alternatives.
INSERT INTO mentor_availability (mentor_id, rrule, opens, closes)
VALUES ('taken with hours', 'FREQ=DAILY', '00:00', '12:00');

CREATE FUNCTION begin_run() RETURNS void LANGUAGE sql AS $$
    TRUNCATE founding.mentor_startup_sessions, public.mentor_startup_sessions;
    INSERT INTO founding.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    SELECT mentor, 1, current_date + 1, '00:00' FROM unnest('{taken,taken with hours}'::text[]) mentor;
    INSERT INTO public.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    SELECT mentor, 1, current_date + 1, '00:00' FROM unnest('{taken,taken with hours}'::text[]) mentor;
$$;
