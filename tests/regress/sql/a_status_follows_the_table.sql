-- Which status may follow which, for every writer: tried for all sixteen pairs.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\set writers :here /writers.sql
\i :begin
\i :writers
SELECT count(*) > 0 AS is_set_up FROM setup_booking();

INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status)
SELECT status, 1, date '2050-07-04' + place::int, '10:00', status
FROM unnest('{scheduled,completed,cancelled,no_show}'::text[]) WITH ORDINALITY AS words (status, place);

SELECT s.status AS "from", t.status AS "to",
       verdict_on(format('DO $do$ BEGIN UPDATE mentor_startup_sessions SET status = %L WHERE id = %s;'
                         ' RAISE SQLSTATE ''ZZ001''; END $do$', t.status, s.id)) AS verdict
FROM mentor_startup_sessions s, mentor_startup_sessions t
ORDER BY s.id, t.id;

-- The refusal says what to do, and that works.
SELECT e.code, e.message, e.detail, e.hint
FROM mentor_startup_sessions s, LATERAL error_of(format(
    'UPDATE mentor_startup_sessions SET status = %L WHERE id = %s',
    CASE s.status WHEN 'cancelled' THEN 'completed' ELSE 'cancelled' END, s.id)) e
WHERE s.status <> 'scheduled' ORDER BY s.id \gx
UPDATE app.mentor_startup_sessions SET status = 'scheduled' WHERE id = 2;
UPDATE app.mentor_startup_sessions SET status = 'cancelled' WHERE id = 2;
SELECT * FROM error_of($$UPDATE mentor_startup_sessions SET status = repeat('é', 80) WHERE id = 1$$) \gx

-- What is booked again is guarded, as any booking is.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('cancelled', 2, '2050-07-07', '10:15'), ('no_show', 2, '2050-07-08', '10:00');
SELECT verdict_on($$UPDATE mentor_startup_sessions SET status = 'scheduled' WHERE id = 3$$) AS cancelled,
       verdict_on($$UPDATE mentor_startup_sessions SET status = 'scheduled' WHERE id = 4$$) AS no_show;

-- A word that got past the trigger, as by a replica's hand, can be mended to any.
SET session_replication_role TO replica;
UPDATE mentor_startup_sessions SET status = 'canceled' WHERE id = 3;
RESET session_replication_role;
UPDATE mentor_startup_sessions SET status = 'completed' WHERE id = 3;
SELECT id, status FROM mentor_startup_sessions ORDER BY id;

-- A table of varchar and without a bigint id keeps to it too.
DROP SCHEMA app, testing CASCADE;
\i :begin
CREATE TABLE mentor_startup_sessions (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), mentor_id uuid, startup_id int,
    session_date date, session_time time, status varchar(20) DEFAULT 'scheduled');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status)
VALUES ('00000000-0000-0000-0000-00000000000a', 1, '2050-07-04', '10:00', 'cancelled');
SELECT count(*) > 0 AS is_adopted FROM setup_booking();
SELECT * FROM error_of($$UPDATE mentor_startup_sessions SET status = 'no_show'$$) \gx

DROP SCHEMA app, testing CASCADE;
