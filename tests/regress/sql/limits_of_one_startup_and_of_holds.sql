SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';

-- A mentor may let no startup have more than so many sessions ahead.
INSERT INTO mentor_settings (mentor_id, booking_horizon, max_sessions_per_startup) VALUES ('ada', '100 years', 2), ('bob', '100 years', 0);
INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from) VALUES ('ada', '00:00', '00:00', '2050-01-01');
SELECT outcome, outcome_of('ada', 2, '2050-03-07', '10:30') AS of_another FROM book_session('ada', 1, '2050-03-07', '10:00');
SELECT outcome FROM book_session('ada', 1, '2050-03-07', '11:00');
-- The startup is told so, and no other times, since none of them could be had.
SELECT outcome, message, hint, jsonb_array_length(alternatives) AS alternatives FROM book_session('ada', 1, '2050-03-09', '10:00');
SELECT outcome, message FROM hold_slot('ada', 1, '2050-03-09', '10:00');
-- Another has the time, and gets others offered; this one gets none.
SELECT outcome, jsonb_array_length(alternatives) AS alternatives FROM book_session('ada', 2, '2050-03-07', '10:00');
SELECT outcome FROM book_session('ada', 2, '2050-03-08', '10:00');
SELECT outcome, jsonb_array_length(alternatives) AS alternatives FROM book_session('ada', 1, '2050-03-08', '10:00');
SELECT outcome FROM book_session('bob', 1, '2050-03-09', '10:00');
-- Its sessions can be moved, and what is cancelled, over or with another mentor does not count.
SELECT id AS session FROM mentor_startup_sessions WHERE mentor_id = 'ada' AND startup_id = 1 AND session_time = '10:00' \gset
SELECT outcome FROM reschedule_session(:session, '2050-03-10', '10:00');
SELECT outcome FROM book_session('cleo', 1, current_date + 7, '10:00');
SELECT outcome FROM cancel_session(:session);
SELECT outcome FROM book_session('ada', 1, '2050-03-11', '10:00');
SELECT outcome_of('ada', 1, '2050-03-12', '10:00');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status)
    VALUES ('ada', 3, '2020-03-09', '10:00', 'scheduled'), ('ada', 3, '2050-03-09', '20:00', 'cancelled'), ('ada', 3, '2020-03-10', '10:00', 'completed');
SELECT outcome FROM book_session('ada', 3, '2050-03-13', '10:00');
SELECT outcome FROM book_session('ada', 3, '2050-03-13', '12:00');
SELECT outcome FROM book_session('ada', 3, '2050-03-13', '14:00');
-- One that has begun is not over yet. Plain writers write past the limit, as past the others.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
    SELECT 'ada', 4, date_trunc('minute', t)::date, date_trunc('minute', t)::time, '20 hours' FROM (VALUES (now() - interval '10 hours')) v (t);
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 4, '2050-03-14', '10:00');
SELECT outcome FROM book_session('ada', 4, '2050-03-14', '12:00');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 4, '2050-03-14', '14:00');
-- A session that is there already is told again, and so is the answer to a key.
SELECT outcome FROM book_session('ada', 4, '2050-03-14', '14:00');
SELECT outcome, replayed FROM book_session('ada', 5, '2050-03-15', '10:00', idempotency_key => 'k');
SELECT outcome FROM book_session('ada', 5, '2050-03-15', '11:00');
SELECT outcome, replayed FROM book_session('ada', 5, '2050-03-15', '10:00', idempotency_key => 'k');
-- No limit, by default.
UPDATE mentor_settings SET max_sessions_per_startup = NULL WHERE mentor_id = 'ada';
SELECT outcome FROM book_session('ada', 5, '2050-03-15', '12:00');

-- No more than so many of a mentor's times are held at once: fifty, where he has not said otherwise.
SELECT h.outcome, count(*)
FROM generate_series(0, 59) i, hold_slot('dan', 100 + i, current_date + 2 + i / 20, time '00:00' + i % 20 * interval '1 hour', hold_for => '1 hour') h
GROUP BY 1;
SELECT outcome, message, hint, alternatives FROM hold_slot('dan', 1, current_date + 9, '10:00');
-- A hold that is there is told again; who holds may book; and what is booked, released or over makes room.
SELECT hold_token AS hold FROM slot_holds WHERE startup_id = 100 \gset
SELECT outcome, hold_token = :'hold' AS same FROM hold_slot('dan', 100, current_date + 2, '00:00');
SELECT outcome FROM book_session('dan', 100, current_date + 2, '00:00', hold_token => :'hold');
SELECT outcome FROM hold_slot('dan', 1, current_date + 9, '10:00');
SELECT outcome FROM hold_slot('dan', 2, current_date + 9, '11:00');
UPDATE slot_holds SET expires_at = now() - interval '1 second' WHERE startup_id = 101;
SELECT outcome FROM hold_slot('dan', 2, current_date + 9, '11:00');
SELECT outcome FROM hold_slot('dan', 3, current_date + 9, '12:00');
-- Times of other mentors, and bookings without a hold, are as free as before.
SELECT outcome FROM hold_slot('eve', 3, current_date + 9, '12:00');
SELECT outcome FROM book_session('dan', 3, current_date + 9, '12:00');
INSERT INTO mentor_settings (mentor_id, max_holds) VALUES ('dan', NULL), ('eve', 1), ('fay', 0);
SELECT outcome FROM hold_slot('dan', 4, current_date + 9, '13:00');
SELECT outcome FROM hold_slot('eve', 4, current_date + 9, '13:00');
SELECT outcome FROM hold_slot('fay', 4, current_date + 9, '14:00');
SELECT outcome FROM book_session('fay', 4, current_date + 9, '14:00');

-- Who has the whole table needs no turn, and gives none back.
BEGIN;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    SELECT 'gil', 1000 + i, '2050-01-01', time '00:00' + i * interval '10 minutes' FROM generate_series(0, 143, 3) i;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    SELECT 'gil', 2000 + i, date '2050-01-02' + i, '10:00' FROM generate_series(0, 400) i;
SELECT count(*) > 0 AS has_the_table FROM pg_locks WHERE pid = pg_backend_pid() AND relation = 'mentor_startup_sessions'::regclass AND mode = 'ShareRowExclusiveLock';
SELECT outcome FROM hold_slot('gil', 5, current_date + 9, '13:00');
COMMIT;

-- A table of settings that was there before gets the columns, and the rows in it the default.
ALTER TABLE mentor_settings DROP max_holds, DROP max_sessions_per_startup;
SELECT object, action FROM setup_booking() WHERE action <> 'kept';
SELECT mentor_id, max_holds, max_sessions_per_startup FROM mentor_settings ORDER BY 1;

DROP SCHEMA app, testing CASCADE;
