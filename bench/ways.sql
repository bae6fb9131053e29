-- The tables and functions of the ways that are compared (bench/ways.hpp), in a database of their own.
\set ON_ERROR_STOP on
SET client_min_messages TO warning;
CREATE EXTENSION slotguard;
CREATE EXTENSION btree_gist;
SELECT FROM setup_booking();

-- The day that half-hours are counted from. It stays what it was when a run goes on past midnight.
SELECT format('CREATE FUNCTION first_day() RETURNS date LANGUAGE sql IMMUTABLE AS %L',
              format('SELECT %L::date', current_date + 2)) \gexec

-- Every table of sessions has the columns of ours, so that rows are of one size and what differs is
-- what stands guard. Our triggers work out time_zone, starts_at and ends_at. Elsewhere the zone is a
-- default, and the instants come from the caller, for nothing; the CHECKs of ours are left out.
CREATE PROCEDURE make_sessions(schema_name name) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE SCHEMA %I', schema_name);
    EXECUTE format('CREATE TABLE %I.mentor_startup_sessions'
                   ' (LIKE public.mentor_startup_sessions INCLUDING DEFAULTS INCLUDING IDENTITY,'
                   '  PRIMARY KEY (id))', schema_name);
    EXECUTE format('ALTER TABLE %I.mentor_startup_sessions ALTER time_zone SET DEFAULT ''UTC''',
                   schema_name);
END
$$;
CALL make_sessions('founding');
CALL make_sessions('ceiling');
CALL make_sessions('exclusion');
CALL make_sessions('parent_rows');

-- PL/pgSQL keeps its plans: one made while a table was empty would go on reading all of it.
SELECT format('ALTER DATABASE %I SET enable_seqscan = off', current_database()) \gexec

-- Autovacuum would fall into one way's run and not into another's.
DO $$
DECLARE
    sessions regclass;
BEGIN
    FOR sessions IN SELECT oid FROM pg_class WHERE relname = 'mentor_startup_sessions' LOOP
        EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', sessions);
    END LOOP;
END
$$;

-- founding: a partial unique index, which lets overlaps pass.
CREATE UNIQUE INDEX unique_mentor_time_slot
    ON founding.mentor_startup_sessions (mentor_id, session_date, session_time)
    WHERE status = 'scheduled';

-- What a careful developer writes next: the error caught inside, an answer instead.
CREATE FUNCTION founding.book(
    mentor text, startup bigint, day date, at time,
    OUT outcome text, OUT session_id bigint, OUT message text
)
    LANGUAGE plpgsql AS $$
DECLARE
    begins CONSTANT timestamptz := (day + at) AT TIME ZONE 'UTC';
BEGIN
    INSERT INTO founding.mentor_startup_sessions
        (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)
    VALUES (mentor, startup, day, at, begins, begins + interval '30 minutes')
    RETURNING id INTO session_id;
    outcome := 'booked';
    message := 'Your session is booked.';
EXCEPTION WHEN unique_violation THEN
    outcome := 'slot_taken';
    message := 'This time slot has already been booked by another startup.';
END
$$;

-- ceiling: the indexes that stand on our table, and nobody to look into the two that the guard needs.
CREATE UNIQUE INDEX unique_mentor_time_slot
    ON ceiling.mentor_startup_sessions (mentor_id, session_date, session_time)
    WHERE status = 'scheduled';
CREATE INDEX mentor_startup_sessions_by_mentor
    ON ceiling.mentor_startup_sessions (mentor_id, starts_at) WHERE status = 'scheduled';
CREATE INDEX mentor_startup_sessions_by_startup
    ON ceiling.mentor_startup_sessions (startup_id, starts_at) WHERE status = 'scheduled';

-- exclusion: PostgreSQL's own guard against overlap. It needs no unique index beside it; a generated
-- column is faster than an expression that each index works out for itself.
ALTER TABLE exclusion.mentor_startup_sessions
    ADD during tstzrange GENERATED ALWAYS AS (tstzrange(starts_at, ends_at)) STORED,
    ADD CONSTRAINT no_overlapping_sessions
    EXCLUDE USING gist (mentor_id WITH =, during WITH &&) WHERE (status = 'scheduled'),
    ADD CONSTRAINT no_overlapping_startup_sessions
    EXCLUDE USING gist (startup_id WITH =, during WITH &&) WHERE (status = 'scheduled');

-- parent_rows: the textbook's way. Whoever books locks the mentor's row and then the startup's,
-- always in this order, looks, and inserts. It guards against those who book in this way alone.
CREATE INDEX mentor_startup_sessions_by_mentor
    ON parent_rows.mentor_startup_sessions (mentor_id, starts_at) WHERE status = 'scheduled';
CREATE INDEX mentor_startup_sessions_by_startup
    ON parent_rows.mentor_startup_sessions (startup_id, starts_at) WHERE status = 'scheduled';
CREATE TABLE parent_rows.mentors (mentor_id text PRIMARY KEY, time_zone text NOT NULL DEFAULT 'UTC');
CREATE TABLE parent_rows.startups (startup_id bigint PRIMARY KEY);

CREATE FUNCTION parent_rows.book(
    mentor text, startup bigint, day date, at time,
    OUT outcome text, OUT session_id bigint, OUT message text
)
    LANGUAGE plpgsql AS $$
DECLARE
    zone text;
    begins timestamptz;
    ends timestamptz;
    taken boolean;
BEGIN
    SELECT time_zone INTO STRICT zone
    FROM parent_rows.mentors m WHERE m.mentor_id = mentor FOR UPDATE;
    PERFORM FROM parent_rows.startups s WHERE s.startup_id = startup FOR UPDATE;
    begins := (day + at) AT TIME ZONE zone;
    ends := begins + interval '30 minutes';
    -- Sessions are disjoint, so only the last one that begins before our end can reach into ours.
    SELECT s.ends_at > begins INTO taken
    FROM parent_rows.mentor_startup_sessions s
    WHERE s.mentor_id = mentor AND s.status = 'scheduled' AND s.starts_at < ends
    ORDER BY s.starts_at DESC LIMIT 1;
    IF taken THEN
        outcome := 'slot_taken';
        message := 'This time slot has already been booked by another startup.';
        RETURN;
    END IF;
    SELECT s.ends_at > begins INTO taken
    FROM parent_rows.mentor_startup_sessions s
    WHERE s.startup_id = startup AND s.status = 'scheduled' AND s.starts_at < ends
    ORDER BY s.starts_at DESC LIMIT 1;
    IF taken THEN
        outcome := 'startup_busy';
        message := 'You already have another session at this time.';
        RETURN;
    END IF;
    INSERT INTO parent_rows.mentor_startup_sessions
        (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)
    VALUES (mentor, startup, day, at, begins, ends)
    RETURNING id INTO session_id;
    outcome := 'booked';
    message := 'Your session is booked.';
END
$$;

INSERT INTO parent_rows.mentors (mentor_id)
SELECT 'mentor ' || number FROM generate_series(0, 1999) number
UNION ALL SELECT unnest('{popular,taken,taken with hours}'::text[]);
INSERT INTO parent_rows.startups SELECT generate_series(1, 20000);
VACUUM ANALYZE parent_rows.mentors, parent_rows.startups;

-- The one mentor of whom everybody wants another slot has half a century of them.
INSERT INTO mentor_settings (mentor_id, booking_horizon) VALUES ('popular', '100 years');
-- A refusal by this one names five alternatives, by the one without hours none.
INSERT INTO mentor_availability (mentor_id, rrule, opens, closes)
VALUES ('taken with hours', 'FREQ=DAILY', '00:00', '12:00');

-- Before a run on tables that begin empty: one session of each mentor whose slot everybody will want.
CREATE FUNCTION begin_run(schema_name name) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('TRUNCATE %I.mentor_startup_sessions', schema_name);
    IF schema_name = 'public' THEN
        TRUNCATE slot_holds, booking_events;
    END IF;
    EXECUTE format($insert$
        INSERT INTO %I.mentor_startup_sessions
            (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)
        SELECT mentor, startup, first_day(), '00:00', begins, begins + interval '30 minutes'
        FROM (VALUES ('taken', 1), ('taken with hours', 2)) AS taken (mentor, startup),
            timezone('UTC', first_day() + time '00:00') begins
        $insert$, schema_name);
END
$$;
