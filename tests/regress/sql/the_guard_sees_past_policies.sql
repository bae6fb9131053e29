SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers
DO 'BEGIN PERFORM setup_booking(); END';

-- The guard looks with the eyes of the tables' owner: no right and no policy of the writer's hides a
-- session from it, and a writer needs none to be told.
CREATE ROLE regress_owner;
CREATE ROLE regress_writer;
GRANT USAGE, CREATE ON SCHEMA app TO regress_owner;
ALTER TABLE mentor_startup_sessions OWNER TO regress_owner;
ALTER TABLE mentor_settings OWNER TO regress_owner;
SELECT testing.open(mentor) FROM unnest('{ada,bob,eve,fay,gus}'::text[]) mentor;
UPDATE mentor_settings SET buffer_after = '10 minutes' WHERE mentor_id = 'ada';
SELECT insert_of('ada', 1, '2050-03-07', '10:00', '1 hour'), insert_of('bob', 2, '2050-03-07', '10:00', '1 hour');

-- INSERT alone, not even SELECT.
GRANT INSERT ON mentor_startup_sessions TO regress_writer;
SET ROLE regress_writer;
SELECT insert_of('ada', 3, '2050-03-07', '10:30') AS ada, insert_of('ada', 3, '2050-03-07', '11:05') AS buffer, insert_of('eve', 2, '2050-03-07', '10:30') AS busy,
       insert_of('eve', 3, '2050-03-07', '10:30') AS free;
SELECT outcome_of('ada', 3, '2050-03-07', '10:15') AS ada, outcome_of('ada', 4, '2050-03-07', '11:05') AS buffer, outcome_of('eve', 5, '2050-03-07', '10:45') AS eve;
RESET ROLE;

-- Policies: a writer who sees its own sessions only, one who sees nothing, and an owner bound by them.
ALTER TABLE mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON mentor_startup_sessions USING (startup_id = 3) WITH CHECK (true);
GRANT SELECT, UPDATE, DELETE ON mentor_startup_sessions TO regress_writer;
SET ROLE regress_writer;
SELECT count(*) AS seen FROM mentor_startup_sessions;
SELECT insert_of('ada', 3, '2050-03-07', '10:45') AS ada, insert_of('fay', 2, '2050-03-07', '10:30') AS busy,
       verdict_on($$UPDATE mentor_startup_sessions SET mentor_id = 'bob'$$) AS moved;
-- startup_busy is told only of what the caller may see.
SELECT outcome_of('bob', 3, '2050-03-07', '10:45') AS taken_and_busy, outcome_of('gus', 3, '2050-03-07', '10:45') AS own, outcome_of('gus', 2, '2050-03-07', '10:45') AS not_own;
RESET ROLE;
DROP POLICY own ON mentor_startup_sessions;
CREATE POLICY write_only ON mentor_startup_sessions FOR INSERT WITH CHECK (true);
SET ROLE regress_writer;
SELECT count(*) AS seen FROM mentor_startup_sessions;
SELECT insert_of('ada', 6, '2050-03-07', '10:45') AS ada, insert_of('fay', 2, '2050-03-07', '10:45') AS busy, insert_of('hal', 6, '2050-03-07', '10:45') AS free,
       outcome_of('gus', 6, '2050-03-07', '10:30') AS not_shown;
RESET ROLE;
ALTER TABLE mentor_startup_sessions FORCE ROW LEVEL SECURITY;
SET ROLE regress_owner;
SELECT count(*) AS seen FROM app.mentor_startup_sessions;
SELECT insert_of('ada', 7, '2050-03-07', '10:45') AS ada, insert_of('bob', 7, '2050-03-07', '12:00') AS free;
-- Whoever turns row security off is refused by PostgreSQL, never let past the guard.
SET row_security = off;
SELECT insert_of('ada', 7, '2050-03-07', '10:45') AS ada;
RESET row_security;
RESET ROLE;
-- Policies on the settings hide no buffer either.
ALTER TABLE mentor_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE mentor_settings FORCE ROW LEVEL SECURITY;
SET ROLE regress_writer;
SELECT insert_of('ada', 8, '2050-03-07', '11:05') AS buffer, insert_of('ada', 8, '2050-03-07', '11:10') AS after_it;
RESET ROLE;

-- A policy's own function sees no guard at work, and what it runs is run as the writer.
CREATE FUNCTION testing.who() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE 'asked as %', current_user;
    RETURN true;
END $$;
DROP POLICY write_only ON mentor_startup_sessions;
CREATE POLICY asks ON mentor_startup_sessions USING (testing.who()) WITH CHECK (testing.who());
SET client_min_messages TO notice;
SET ROLE regress_writer;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('ivy', 9, '2050-03-07', '10:00');
\set VERBOSITY sqlstate
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('ivy', 10, '2050-03-07', '10:15');
\set VERBOSITY default
RESET ROLE;
SET client_min_messages TO warning;

SELECT overlapping_pairs();
DROP SCHEMA app, testing CASCADE;
DROP OWNED BY regress_writer, regress_owner;
DROP ROLE regress_writer, regress_owner;
