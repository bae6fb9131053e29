SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers
DO 'BEGIN PERFORM setup_booking(); END';

-- A call is told of an overlap as of the same start: slot_taken, startup_busy, and already_yours for that
-- very session alone. For a mentor without hours and for one with hours.
SELECT testing.open('free'), testing.open('ada', opens => '09:00', closes => '13:00', slot => '15 minutes'),
       testing.open('bob', opens => '09:00', closes => '13:00'), testing.open('cyd', 'Asia/Kathmandu', opens => '09:00', closes => '21:00');
SELECT insert_of(m, s, '2050-03-07', '10:00', '1 hour') FROM (VALUES ('free', 1), ('ada', 2)) AS w (m, s);
SELECT start, lasting,
       outcome_of('free', 9, '2050-03-07', start, lasting) AS free_for_another, outcome_of('free', 1, '2050-03-07', start, lasting) AS for_its_own,
       outcome_of('ada', 9, '2050-03-07', start, lasting) AS ada_for_another, outcome_of('ada', 2, '2050-03-07', start, lasting) AS for_its_own
FROM (VALUES (time '10:00', interval '1 hour'), ('10:00', '30 minutes'), ('10:00', '90 minutes'), ('10:30', '30 minutes'),
             ('10:15', '30 minutes'), ('09:30', '1 hour'), ('09:00', '3 hours'), ('09:00', '1 hour'), ('11:00', '1 hour')) AS w (start, lasting);
SELECT outcome, session_id IS NOT NULL AS has_session, message, hint, replayed FROM answer_to('ada', 2, '2050-03-07', '10:00', '1 hour');
SELECT outcome, session_id IS NOT NULL AS has_session, message, hint FROM answer_to('ada', 2, '2050-03-07', '10:15');

-- With another mentor at that time: startup_busy, and free times that suit the startup too.
SELECT start, outcome_of('bob', 1, '2050-03-07', start) AS startup_1, outcome_of('bob', 2, '2050-03-07', start) AS startup_2, outcome_of('bob', 9, '2050-03-07', start) AS startup_9
FROM unnest('{09:30,10:00,10:30,11:00}'::time[]) start;
SELECT outcome, message, (SELECT string_agg(left(a ->> 'session_time', 5), ' ' ORDER BY n) FROM jsonb_array_elements(alternatives) WITH ORDINALITY AS t (a, n)) AS alternatives
FROM answer_to('bob', 1, '2050-03-07', '10:00');
SELECT insert_of('bob', 9, '2050-03-07', '12:00');
SELECT startup, outcome, (SELECT string_agg(left(a ->> 'session_time', 5), ' ' ORDER BY n) FROM jsonb_array_elements(alternatives) WITH ORDINALITY AS t (a, n)) AS alternatives
FROM unnest('{1,2,5}'::bigint[]) startup, answer_to('bob', startup, '2050-03-07', '12:00');
-- Over zones: 10:00 in UTC is 15:45 in Kathmandu.
SELECT start, outcome_of('cyd', 1, '2050-03-07', start) FROM unnest('{15:00,15:30,16:00,16:30,17:00}'::time[]) start;
-- Each alternative that was offered can be booked by that startup.
SELECT startup, count(*) AS offered, count(*) FILTER (WHERE b.outcome = 'booked') AS kept
FROM unnest('{1,2,5}'::bigint[]) startup, answer_to('bob', startup, '2050-03-07', '12:00') AS answer,
    jsonb_array_elements(answer.alternatives) a,
    answer_to('bob', startup, (a ->> 'session_date')::date, (a ->> 'session_time')::time) b
GROUP BY startup ORDER BY startup;

-- The list is of the mentor alone: what a startup is busy with elsewhere is not in it.
SELECT session_time, state FROM available_slots('bob', '2050-03-07', '2050-03-07') WHERE session_time BETWEEN '09:30' AND '11:30' OR state <> 'available' ORDER BY 1;

-- The order of reasons: invalid_time, already_yours, outside_booking_window, mentor_unavailable, slot_taken,
-- startup_busy.
SELECT testing.open('eve', 'Europe/Berlin', opens => '10:00', closes => '12:00');
UPDATE mentor_settings SET buffer_after = '15 minutes' WHERE mentor_id = 'eve';
SELECT insert_of('eve', 3, '2050-03-27', '01:30', '1 hour'), insert_of('free', 4, '2050-03-08', '09:00', '2 hours'),
       insert_of('eve', 5, '2050-03-08', '10:30', '15 minutes'), insert_of('eve', 3, '2024-03-04', '10:00', '1 hour'), insert_of('eve', 3, '2050-03-08', '07:00', '1 hour');
SELECT outcome_of('eve', 3, '2050-03-27', '02:30') AS skipped_before_overlap,
       outcome_of('eve', 3, '2024-03-04', '10:00', '1 hour') AS yours_before_past,
       outcome_of('eve', 3, '2024-03-04', '10:30') AS past_before_busy, outcome_of('eve', 9, '2024-03-04', '10:30') AS past_before_taken,
       outcome_of('eve', 3, '2050-03-08', '07:30') AS closed_before_busy, outcome_of('eve', 9, '2050-03-08', '07:30') AS closed_before_taken;
-- Startup 4 is busy from 10:00 to 12:00 in Berlin; eve has a session 10:30–10:45, and keeps 15 minutes free
-- after each.
SELECT outcome_of('eve', 4, '2050-03-08', '10:30') AS taken_before_busy, outcome_of('eve', 4, '2050-03-08', '10:00') AS room_before_busy,
       outcome_of('eve', 4, '2050-03-08', '11:00') AS free_after_buffer_but_busy,
       outcome_of('eve', 4, '2050-03-08', '10:00', '1 hour') AS taken_though_it_is_longer;
SELECT testing.open('gus');
UPDATE mentor_settings SET buffer_after = '15 minutes' WHERE mentor_id = 'gus';
SELECT insert_of('gus', 5, '2050-03-08', '09:00');
SELECT outcome_of('gus', 4, '2050-03-08', '09:35') AS buffer_before_busy, outcome_of('gus', 4, '2050-03-08', '09:45') AS only_busy,
       outcome_of('gus', 4, '2050-03-08', '09:15') AS taken_before_buffer;

-- A refusal writes nothing: no transaction id, no sequence value, no lock that stays.
BEGIN;
SELECT outcome FROM book_session('free', 9, '2050-03-07', '10:30');
SELECT outcome FROM book_session('bob', 1, '2050-03-07', '10:30');
SELECT outcome FROM book_session('gus', 4, '2050-03-08', '09:35');
SELECT pg_current_xact_id_if_assigned() IS NULL AS no_xid,
       (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory') AS locks;
COMMIT;
SELECT overlapping_pairs();
DROP SCHEMA app, testing CASCADE;
