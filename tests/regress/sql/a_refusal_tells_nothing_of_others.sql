SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';

-- The guard's error says which mentor, or which startup, has which time already, and what to do: nothing
-- of the one who has it.
CREATE FUNCTION testing.diagnosis_of(statement text,
        OUT code text, OUT message text, OUT detail text, OUT hint text,
        OUT in_schema text, OUT in_table text, OUT in_column text, OUT guard text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE statement;
    message := 'no error';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
        detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, in_schema = SCHEMA_NAME,
        in_table = TABLE_NAME, in_column = COLUMN_NAME, guard = CONSTRAINT_NAME;
END
$$;
CREATE ROLE regress_writer;
GRANT INSERT ON mentor_startup_sessions TO regress_writer;
INSERT INTO mentor_settings (mentor_id, time_zone, buffer_after) VALUES ('ada', 'Europe/Berlin', '10 minutes');
INSERT INTO mentor_settings (mentor_id, time_zone) VALUES ('the other mentor', 'Asia/Kathmandu');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration, idempotency_key)
VALUES ('ada', 987654321, '2050-03-07', '10:00', '50 minutes', 'a key of theirs'),
       ('the other mentor', 5, '2050-03-07', '20:45', '1 hour', 'a key of theirs'); -- 15:00 in UTC
SET ROLE regress_writer;

SELECT * FROM diagnosis_of($$INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 5, '2050-03-07', '10:30')$$) \gx
SELECT * FROM diagnosis_of($$INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('bob', 5, '2050-03-07', '15:30')$$) \gx
-- Where only a buffer stands between.
SELECT * FROM diagnosis_of($$INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 5, '2050-03-07', '10:55')$$) \gx
-- Both at once: the mentor's side is told.
SELECT code, guard FROM diagnosis_of($$INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 987654321, '2050-03-07', '10:30')$$);
-- A time that the clock skips.
SELECT code, message, detail, hint FROM diagnosis_of($$INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 5, '2050-03-27', '02:30')$$) \gx
-- On the clock of the session that is written, in the writer's own style.
SET timezone TO 'America/New_York'; SET datestyle TO 'German';
SELECT detail FROM diagnosis_of($$INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 5, '2050-03-07', '10:30')$$);
RESET datestyle; SET timezone TO 'UTC'; SET datestyle TO 'ISO';

SELECT name, count(*) FILTER (WHERE d::text ~ '987654321|the other mentor|a key of theirs|Kathmandu|20:45') AS names_the_other
FROM (VALUES ('mentor', $$('ada', 5, '2050-03-07', '10:30')$$), ('startup', $$('bob', 5, '2050-03-07', '15:30')$$),
             ('buffer', $$('ada', 5, '2050-03-07', '10:55')$$)) AS w (name, wish),
    diagnosis_of('INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ' || wish) d
GROUP BY name ORDER BY name;
RESET ROLE;

DROP OWNED BY regress_writer;
DROP ROLE regress_writer;
DROP SCHEMA app, testing CASCADE;
