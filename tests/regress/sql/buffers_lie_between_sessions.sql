SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers
DO 'BEGIN PERFORM setup_booking(); END';

-- Between two sessions of a mentor lie buffer_after and buffer_before; a startup has no buffer.
SELECT code, message, hint FROM error_of($$INSERT INTO mentor_settings (mentor_id, buffer_before) VALUES ('ada', '1 month')$$) \gx
SELECT b, verdict_on(format('INSERT INTO mentor_settings (mentor_id, buffer_before) VALUES (%L, %L)', 'before ' || b, b)) AS before,
       verdict_on(format('INSERT INTO mentor_settings (mentor_id, buffer_after) VALUES (%L, %L)', 'after ' || b, b)) AS after
FROM unnest('{0,24 hours,1 day,24 hours 1 microsecond,-1 minute,1 mon -29 days,1 day -1 hour,-1 day 25 hours,1 year}'::text[]) b;

SELECT testing.open('ada', opens => '09:00', closes => '13:00'), testing.open('bob');
UPDATE mentor_settings SET buffer_before = '5 minutes', buffer_after = '10 minutes' WHERE mentor_id = 'ada';
SELECT insert_of('ada', 1, '2050-03-07', '10:30') AS booked;
-- A plain writer, on both sides.
SELECT insert_of('ada', 2, '2050-03-07', '11:14') AS too_soon_after, insert_of('ada', 2, '2050-03-07', '11:15') AS soon_enough,
       insert_of('ada', 3, '2050-03-07', '09:46') AS too_near_before, insert_of('ada', 3, '2050-03-07', '09:45') AS near_enough;
-- Startup 1 has none of that.
SELECT insert_of('bob', 1, '2050-03-07', '11:00') AS right_after, insert_of('bob', 1, '2050-03-07', '10:00') AS right_before;
DELETE FROM mentor_startup_sessions WHERE startup_id <> 1;

-- The list says closed where a buffer alone stands against a slot, and the call says mentor_unavailable.
SELECT s.session_time, s.state, outcome_of('ada', 4, s.session_date, s.session_time) AS for_another,
       outcome_of('ada', 1, s.session_date, s.session_time) AS for_itself
FROM available_slots('ada', '2050-03-07', '2050-03-07') s ORDER BY 1;
-- Without hours too; what overlaps is told as that.
UPDATE mentor_settings SET buffer_before = '5 minutes', buffer_after = '10 minutes' WHERE mentor_id = 'bob';
SELECT start, outcome_of('bob', 4, '2050-03-07', start) AS for_another, outcome_of('bob', 1, '2050-03-07', start) AS for_itself
FROM unnest('{09:15,09:16,09:45,10:15,10:44,11:30,11:44,11:45}'::time[]) start;

-- A change binds later writes and raises over nobody; who stands too near now stays, and may end.
UPDATE mentor_settings SET buffer_after = '0', buffer_before = '0' WHERE mentor_id = 'bob';
SELECT insert_of('bob', 5, '2050-03-08', '10:00'), insert_of('bob', 6, '2050-03-08', '10:30');
SELECT verdict_on($$UPDATE mentor_settings SET buffer_after = '1 hour' WHERE mentor_id = 'bob'$$);
-- As advice, check_booking() lists who would now be refused.
SELECT count(*) > 0 AS advised FROM check_booking() WHERE detail LIKE '%bob%';
SELECT verdict_on($$UPDATE mentor_startup_sessions SET idempotency_key = 'k' WHERE startup_id IN (5, 6)$$) AS noted,
       verdict_on($$UPDATE mentor_startup_sessions SET duration = '25 minutes' WHERE startup_id = 5$$) AS shortened,
       insert_of('bob', 7, '2050-03-08', '11:30') AS later_too_near,
       verdict_on($$UPDATE mentor_startup_sessions SET status = 'completed' WHERE startup_id IN (5, 6)$$) AS ended,
       insert_of('bob', 7, '2050-03-08', '11:30') AS later;

-- Longer than the session, longer than a neighbour's neighbour, over midnight.
SELECT testing.open('cyd');
UPDATE mentor_settings SET buffer_after = '24 hours', buffer_before = '24 hours' WHERE mentor_id = 'cyd';
SELECT insert_of('cyd', 1, '2050-03-07', '12:00', '1 hour') AS booked,
       insert_of('cyd', 2, '2050-03-09', '12:59', '1 minute') AS too_soon, insert_of('cyd', 2, '2050-03-09', '13:00', '1 minute') AS soon_enough,
       insert_of('cyd', 3, '2050-03-05', '11:00', '61 minutes') AS too_near, insert_of('cyd', 3, '2050-03-05', '11:00', '1 hour') AS near_enough;
UPDATE mentor_settings SET buffer_after = '0', buffer_before = '0' WHERE mentor_id = 'cyd';
SELECT insert_of('cyd', n, '2050-03-08', time '00:00' + n * interval '1 hour', '5 minutes') FROM generate_series(10, 12) n;
UPDATE mentor_settings SET buffer_before = '3 hours' WHERE mentor_id = 'cyd';
SELECT insert_of('cyd', 13, '2050-03-08', '15:04', '5 minutes') AS near_the_last, insert_of('cyd', 13, '2050-03-08', '15:05', '5 minutes') AS after_it,
       insert_of('cyd', 14, '2050-03-08', '06:56', '5 minutes') AS near_the_first, insert_of('cyd', 14, '2050-03-08', '06:55', '5 minutes') AS before_it;

-- A row that moves over itself has no buffer against itself, and two rows of a statement have.
SELECT testing.open('dan');
UPDATE mentor_settings SET buffer_after = '10 minutes' WHERE mentor_id = 'dan';
SELECT insert_of('dan', 9, '2050-03-07', '10:00'),
       verdict_on($$UPDATE mentor_startup_sessions SET session_time = '10:05' WHERE mentor_id = 'dan'$$) AS moved,
       verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
           VALUES ('dan', 2, '2050-03-07', '12:00'), ('dan', 3, '2050-03-07', '12:39')$$) AS too_near,
       verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
           VALUES ('dan', 2, '2050-03-07', '12:00'), ('dan', 3, '2050-03-07', '12:40')$$) AS near_enough;
SELECT overlapping_pairs();
DROP SCHEMA app, testing CASCADE;
