SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';

-- Where several rules refuse, the order is: invalid_time, already_yours, outside_booking_window,
-- mentor_unavailable, slot_taken, startup_busy.
SELECT testing.open('ada', 'Europe/Berlin', opens => '10:00', closes => '12:00');

-- A time that the clock skips comes before everything: this one lies outside her hours too, and,
-- in 2024, in the past.
SELECT outcome, message, starts_at, ends_at FROM book_session('ada', 1, '2050-03-27', '02:30');
SELECT outcome FROM book_session('ada', 1, '2024-03-31', '02:30');

-- What is yours is told so though it is past, and though the mentor has closed since.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 1, '2024-03-04', '10:00'), ('ada', 1, '2050-03-07', '07:00'), ('ada', 2, '2050-03-07', '08:00'),
           ('ada', 2, '2024-03-04', '11:00'), ('ada', 1, '2050-03-07', '10:30'), ('ada', 2, '2050-03-07', '11:00');
SELECT outcome, session_id FROM book_session('ada', 1, '2024-03-04', '10:00');
SELECT outcome, session_id FROM book_session('ada', 1, '2050-03-07', '07:00');

-- The past comes before closed hours, and before somebody else's session.
SELECT outcome, message FROM book_session('ada', 1, '2024-03-04', '09:00');
SELECT outcome, message FROM book_session('ada', 1, '2024-03-04', '11:00');
UPDATE mentor_settings SET booking_horizon = '1 month';
SELECT outcome, message FROM book_session('ada', 1, '2050-03-07', '09:00');
SELECT outcome, message FROM book_session('ada', 1, '2050-03-07', '11:00');
UPDATE mentor_settings SET booking_horizon = '100 years';

-- Closed hours and a time off the grid come before somebody else's session.
SELECT outcome FROM book_session('ada', 1, '2050-03-07', '08:00');
SELECT outcome FROM book_session('ada', 1, '2050-03-07', '11:15');
SELECT outcome FROM book_session('ada', 1, '2050-03-07', '11:30', '1 hour');

-- Another length at the same start is another session: the startup is busy with its own.
SELECT outcome FROM book_session('ada', 1, '2050-03-07', '10:30', '15 minutes');
-- It is busy with its own, and the slot is another's: that is told first.
SELECT outcome FROM book_session('ada', 1, '2050-03-07', '10:30', '1 hour');
SELECT outcome FROM book_session('ada', 2, '2050-03-07', '10:30', '1 hour');
SELECT outcome FROM book_session('ada', 3, '2050-03-07', '10:30');
SELECT outcome FROM book_session('ada', 3, '2050-03-07', '10:00');

-- Nobody else is named anywhere in an answer.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 987654321, '2050-03-08', '10:00');
SELECT outcome, session_id, startup_id, row_to_json(a)::text LIKE '%987654321%' AS names_the_other
FROM book_session('ada', 4, '2050-03-08', '10:00') a;

DROP SCHEMA app, testing CASCADE;
