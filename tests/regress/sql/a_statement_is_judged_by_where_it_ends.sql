SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers
DO 'BEGIN PERFORM setup_booking(); END';

-- What counts is the table after the statement, not the order in which it came to its rows.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
SELECT 'ada', n % 3, '2050-03-07', time '08:00' + n * interval '1 hour', '1 hour' FROM generate_series(0, 7) n;

-- A day is shifted, later and earlier, by less than a session; the unique index minds none of it.
SELECT verdict_on($$UPDATE mentor_startup_sessions SET session_time = session_time + interval '15 minutes'$$) AS later,
       verdict_on($$UPDATE mentor_startup_sessions SET session_time = session_time - interval '20 minutes'$$) AS earlier,
       verdict_on($$UPDATE mentor_startup_sessions SET session_date = session_date + 1$$) AS tomorrow;
-- By a whole session, the unique index judges row by row, as it always did.
SELECT verdict_on($$UPDATE mentor_startup_sessions SET session_time = session_time + interval '1 hour'$$) AS by_an_hour;
-- Where the day is shifted into another session, it is refused.
SELECT insert_of('ada', 9, '2050-03-08', '16:00');
SELECT verdict_on($$UPDATE mentor_startup_sessions SET session_time = session_time + interval '6 minutes' WHERE startup_id <> 9$$) AS into_another,
       verdict_on($$UPDATE mentor_startup_sessions SET session_time = session_time + interval '5 minutes' WHERE startup_id <> 9$$) AS beside_it;

-- Two sessions change places in one statement.
SELECT insert_of('bob', 20, '2050-03-07', '10:00', '1 hour'), insert_of('bob', 21, '2050-03-07', '12:00', '1 hour');
SELECT verdict_on($$UPDATE mentor_startup_sessions SET session_time = CASE startup_id WHEN 20 THEN time '12:15' ELSE '10:15' END
    WHERE mentor_id = 'bob'$$) AS swapped,
    verdict_on($$UPDATE mentor_startup_sessions SET startup_id = 41 - startup_id WHERE mentor_id = 'bob'$$) AS startups_swapped;
SELECT startup_id, session_time FROM mentor_startup_sessions WHERE mentor_id = 'bob' ORDER BY 1;
-- One makes room and another takes it, in one statement.
WITH gone AS (DELETE FROM mentor_startup_sessions WHERE mentor_id = 'bob' AND session_time = '12:15' RETURNING 1)
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
SELECT 'bob', 22, '2050-03-07', '12:30', '1 hour' FROM gone;
WITH gone AS (UPDATE mentor_startup_sessions SET status = 'cancelled' WHERE mentor_id = 'bob' AND session_time = '12:30' RETURNING 1)
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
SELECT 'bob', 23, '2050-03-07', '12:45', '1 hour' FROM gone;
SELECT startup_id, session_time, status FROM mentor_startup_sessions WHERE mentor_id = 'bob' ORDER BY 1;

-- In two statements, each is judged for itself, also where one transaction would mend it.
BEGIN;
SELECT verdict_on($$UPDATE mentor_startup_sessions SET session_time = '10:30' WHERE startup_id = 23$$);
SET CONSTRAINTS ALL DEFERRED;
SELECT verdict_on($$UPDATE mentor_startup_sessions SET session_time = '10:30' WHERE startup_id = 23$$);
COMMIT;

SELECT overlapping_pairs();
DROP SCHEMA app, testing CASCADE;
