SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers
DO 'BEGIN PERFORM setup_booking(); END';

-- No two scheduled sessions of a mentor, nor of a startup, share an instant, however they are written.
CREATE ROLE regress_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON mentor_startup_sessions TO regress_writer;
SET ROLE regress_writer;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
VALUES ('ada', 1, '2050-03-07', '10:00', '1 hour'), ('bob', 2, '2050-03-07', '12:00', '1 hour');

-- INSERT: before, after, within, around, the same length; ada's side, then startup 1's.
SELECT start, lasting, insert_of('ada', 3, '2050-03-07', start, lasting) AS beside_ada,
       insert_of('eve', 1, '2050-03-07', start, lasting) AS beside_startup_1
FROM (VALUES (time '09:30', interval '31 minutes'), ('10:59', '1 hour'), ('10:15', '30 minutes'),
             ('09:00', '3 hours'), ('10:30', '30 minutes'), ('10:00', '30 minutes'), ('10:00', '1 hour'),
             ('00:00', '24 hours')) AS w (start, lasting);
-- Instants that a writer supplies are not believed.
SELECT verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)
    VALUES ('ada', 3, '2050-03-07', '10:30', '2060-01-01', '2060-01-02')$$);
-- What touches is free, and so is whatever is not scheduled.
SELECT insert_of('ada', 3, '2050-03-07', '09:30'), insert_of('ada', 3, '2050-03-07', '11:00');
SELECT verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status)
    VALUES ('ada', 4, '2050-03-07', '10:30', 'cancelled'), ('ada', 4, '2050-03-07', '10:30', 'completed'),
           ('ada', 4, '2050-03-07', '10:30', 'no_show')$$);

-- UPDATE of each column that matters.
SELECT verdict_on($$UPDATE mentor_startup_sessions SET session_time = '10:30' WHERE session_time = '11:00'$$) AS "time",
       verdict_on($$UPDATE mentor_startup_sessions SET duration = '31 minutes' WHERE session_time = '09:30'$$) AS "length",
       verdict_on($$UPDATE mentor_startup_sessions SET status = 'scheduled' WHERE status = 'completed'$$) AS "status";
SELECT verdict_on($$UPDATE mentor_startup_sessions SET mentor_id = 'ada', session_time = '10:15' WHERE mentor_id = 'bob'$$) AS mentor_and_time,
       verdict_on($$UPDATE mentor_startup_sessions SET time_zone = 'Africa/Lagos' WHERE mentor_id = 'ada' AND session_time = '11:00'$$) AS zone;
SELECT insert_of('cyd', 4, '2050-03-07', '10:30'), insert_of('cyd', 5, '2050-03-08', '10:30'), insert_of('bob', 1, '2050-03-08', '10:30');
SELECT verdict_on($$UPDATE mentor_startup_sessions SET mentor_id = 'ada' WHERE mentor_id = 'cyd' AND startup_id = 4$$) AS mentor,
       verdict_on($$UPDATE mentor_startup_sessions SET startup_id = 1 WHERE mentor_id = 'cyd' AND startup_id = 4$$) AS startup,
       verdict_on($$UPDATE mentor_startup_sessions SET session_date = '2050-03-07' WHERE mentor_id = 'cyd' AND startup_id = 5$$) AS slot,
       verdict_on($$UPDATE mentor_startup_sessions SET session_date = '2050-03-07' WHERE mentor_id = 'bob' AND startup_id = 1$$) AS "date";
-- Others change what they like, and what ends makes room.
SELECT verdict_on($$UPDATE mentor_startup_sessions SET idempotency_key = 'k' WHERE mentor_id = 'ada' AND session_time = '10:00'$$) AS key,
       verdict_on($$UPDATE mentor_startup_sessions SET duration = '45 minutes' WHERE mentor_id = 'ada' AND session_time = '10:00'$$) AS shorter,
       verdict_on($$UPDATE mentor_startup_sessions SET session_time = '10:05' WHERE mentor_id = 'ada' AND session_time = '10:00'$$) AS over_itself,
       insert_of('ada', 6, '2050-03-07', '10:50', '10 minutes') AS in_the_gap;
SELECT verdict_on($$UPDATE mentor_startup_sessions SET status = 'completed' WHERE mentor_id = 'ada' AND startup_id = 6$$) AS completed,
       insert_of('ada', 7, '2050-03-07', '10:50', '10 minutes') AS after_it,
       verdict_on($$DELETE FROM mentor_startup_sessions WHERE startup_id = 7$$) AS deleted,
       insert_of('ada', 8, '2050-03-07', '10:50', '10 minutes') AS after_that;

-- One statement, whose own rows overlap.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
VALUES ('dan', 10, '2050-03-07', '10:00', '1 hour'), ('dan', 11, '2050-03-07', '10:30', '1 hour');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
SELECT 'dan ' || n, 12, '2050-03-07', time '10:00' + n * interval '30 minutes', '1 hour' FROM generate_series(1, 2) n;
COPY mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration) FROM stdin;
dan	10	2050-03-07	10:00	1 hour
dan	11	2050-03-07	10:30	1 hour
\.
COPY mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration) FROM stdin;
dan	10	2050-03-07	10:00	1 hour
dan	11	2050-03-07	11:00	1 hour
\.
UPDATE mentor_startup_sessions SET duration = '61 minutes' WHERE mentor_id = 'dan';
WITH first AS (INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
               VALUES ('fay', 10, '2050-03-08', '10:00', '1 hour'))
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
VALUES ('fay', 11, '2050-03-08', '10:30', '1 hour');
SELECT verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
    SELECT 'gus', n, '2050-03-07', time '08:00' + n * interval '7 minutes', '8 minutes' FROM generate_series(1, 50) n$$) AS fifty_overlapping,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
    SELECT 'gus', n, '2050-03-07', time '08:00' + n * interval '7 minutes', '7 minutes' FROM generate_series(1, 50) n$$) AS fifty_touching;

-- MERGE, in each of its ways to write.
MERGE INTO mentor_startup_sessions s
USING (VALUES ('ada', 20, time '10:30')) AS w (mentor_id, startup_id, start)
    ON s.mentor_id = w.mentor_id AND s.startup_id = w.startup_id
WHEN NOT MATCHED THEN
    INSERT (mentor_id, startup_id, session_date, session_time) VALUES (w.mentor_id, w.startup_id, '2050-03-07', w.start);
MERGE INTO mentor_startup_sessions s
USING (VALUES ('ada', time '10:30')) AS w (mentor_id, start) ON s.mentor_id = w.mentor_id AND s.session_time = '11:00'
WHEN MATCHED THEN UPDATE SET session_time = w.start;
MERGE INTO mentor_startup_sessions s
USING (VALUES (time '11:00', '11:30'), ('13:00', '14:00')) AS w (start, new_start)
    ON s.mentor_id = 'ada' AND s.session_time = w.start::time
WHEN MATCHED THEN UPDATE SET session_time = w.new_start::time
WHEN NOT MATCHED THEN INSERT (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 21, '2050-03-07', w.start::time);

-- ON CONFLICT DO NOTHING is for the same slot; any other overlap is an error.
SELECT verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 30, '2050-03-07', '13:00') ON CONFLICT DO NOTHING$$) AS same_slot,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 30, '2050-03-07', '13:15') ON CONFLICT DO NOTHING$$) AS overlap,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('hal', 21, '2050-03-07', '13:15') ON CONFLICT DO NOTHING$$) AS busy,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 30, '2050-03-07', '13:00')
    ON CONFLICT (mentor_id, session_date, session_time) WHERE status = 'scheduled' DO UPDATE SET session_time = '11:45'$$) AS moved_into_another,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 30, '2050-03-07', '13:00')
    ON CONFLICT (mentor_id, session_date, session_time) WHERE status = 'scheduled' DO UPDATE SET session_time = '14:00'$$) AS moved_aside;

-- Through a cursor, a prepared statement, and under every isolation level.
BEGIN;
DECLARE of_ada CURSOR FOR SELECT * FROM mentor_startup_sessions WHERE mentor_id = 'ada' AND session_time = '14:00' FOR UPDATE;
MOVE of_ada;
UPDATE mentor_startup_sessions SET session_time = '11:45' WHERE CURRENT OF of_ada;
ROLLBACK;
PREPARE book (text, bigint, date, time) AS
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ($1, $2, $3, $4);
EXECUTE book ('ada', 40, '2050-03-07', '14:15');
BEGIN ISOLATION LEVEL SERIALIZABLE;
EXECUTE book ('ada', 40, '2050-03-07', '14:15');
ROLLBACK;
RESET ROLE;

SELECT overlapping_pairs();
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
DROP OWNED BY regress_writer;
DROP ROLE regress_writer;
DROP SCHEMA app, testing CASCADE;
