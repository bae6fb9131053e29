-- session_ics() reads as its caller, and writes nothing but what the caller may see.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
SELECT count(*) > 0 AS is_set_up FROM setup_booking();
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone, created_at)
VALUES ('Ada, of London', 1, '2050-03-27', '00:30', 'Europe/London', '2050-01-01'),
       ('bob', 2, '2050-07-04', '10:00', 'UTC', '2050-01-01');
UPDATE mentor_startup_sessions SET status = 'cancelled' WHERE id = 2;
CREATE FUNCTION testing.lines(text) RETURNS SETOF text LANGUAGE sql
    AS $$ SELECT * FROM regexp_split_to_table(regexp_replace($1, '(STAMP|MODIFIED):\w+', '\1:…', 'g'), '\r\n') $$;
SELECT lines(session_ics(1)) AS "a session that begins in winter time and lasts into summer time";
SELECT lines(session_ics(2)) AS "a cancelled one, in UTC";
SELECT session_ics(3) IS NULL AS "no such session", session_ics(NULL) IS NULL AS "none asked for";

-- A policy hides it; and without SELECT there is nothing to read.
CREATE ROLE regress_calendar_reader;
GRANT SELECT ON mentor_startup_sessions TO regress_calendar_reader;
ALTER TABLE mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON mentor_startup_sessions USING (startup_id = 1);
SET ROLE regress_calendar_reader;
SELECT session_ics(1) IS NULL AS own, session_ics(2) IS NULL AS others;
RESET ROLE;
REVOKE SELECT ON mentor_startup_sessions FROM regress_calendar_reader;
SET ROLE regress_calendar_reader;
SELECT code, message FROM error_of('SELECT session_ics(1)');
RESET ROLE;
ALTER TABLE mentor_startup_sessions DISABLE ROW LEVEL SECURITY;

-- Under any search_path, in a read-only transaction, and with what iCalendar can't write.
SET search_path TO pg_catalog;
BEGIN READ ONLY;
SELECT app.session_ics(1) LIKE 'BEGIN:VCALENDAR%' AS reads;
COMMIT;
SET search_path TO app, testing;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 1, '10000-01-01', '10:00');
SELECT code, message, detail FROM error_of('SELECT session_ics(max(id)) FROM mentor_startup_sessions');
-- A row's stamps are whatever its owner has let in.
ALTER TABLE mentor_startup_sessions ALTER created_at DROP NOT NULL, ALTER calendar_sequence DROP NOT NULL;
UPDATE mentor_startup_sessions SET created_at = NULL WHERE id = 1;
SET session_replication_role TO replica;
UPDATE mentor_startup_sessions SET updated_at = '-infinity', calendar_sequence = NULL WHERE id = 1;
RESET session_replication_role;
SELECT line FROM regexp_split_to_table(session_ics(1), '\r\n') line WHERE line ~ 'CREATED|STAMP|UID|SEQUENCE';

DROP SCHEMA app, testing CASCADE;
DROP ROLE regress_calendar_reader;
