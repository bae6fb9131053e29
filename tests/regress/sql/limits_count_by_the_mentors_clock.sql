-- A mentor may take only so many sessions in a date and in a week, as the clock on the mentor's wall has them.
SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
CREATE PROCEDURE testing.limit_to(mentor text, per_day int, per_week int)
    LANGUAGE sql
    AS 'UPDATE app.mentor_settings SET max_sessions_per_day = per_day, max_sessions_per_week = per_week WHERE mentor_id = mentor';
-- What comes of calls for these starts, one after the other, each by a startup of its own.
CREATE SEQUENCE testing.startups;
CREATE FUNCTION testing.book(mentor text, VARIADIC starts timestamp[]) RETURNS TABLE (start timestamp, outcome text, message text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    FOREACH start IN ARRAY starts LOOP
        SELECT b.outcome, b.message INTO outcome, message
        FROM app.book_session(mentor, nextval('testing.startups'), start::date, start::time) b;
        RETURN NEXT;
    END LOOP;
END
$$;

-- A date is full with as many as the limit, at whatever times; its neighbours are not.
SELECT testing.open('ada');
CALL limit_to('ada', 2, NULL);
SELECT * FROM book('ada', '2050-03-07 00:00', '2050-03-07 23:30', '2050-03-07 12:00', '2050-03-06 23:30', '2050-03-08 00:00');

-- The date is the mentor's: in Auckland these two, half an hour apart, are of one date in London, and count on two.
SELECT testing.open('kiri', 'Pacific/Auckland');
CALL limit_to('kiri', 1, NULL);
SELECT * FROM book('kiri', '2050-03-07 23:30', '2050-03-08 00:00', '2050-03-07 01:00', '2050-03-08 22:00');

-- Where the clock changes, a date has 23 or 25 hours: it counts all of them, and no other.
SELECT testing.open('bert', 'Europe/Berlin');
CALL limit_to('bert', 2, NULL);
SELECT * FROM book('bert', '2050-03-26 23:30', '2050-03-28 00:00', '2050-03-27 00:00', '2050-03-27 23:30', '2050-03-27 12:00');
SELECT * FROM book('bert', '2050-10-29 23:30', '2050-10-31 00:00', '2050-10-30 00:00', '2050-10-30 23:30', '2050-10-30 12:00');
-- In Havana the clock is put back to midnight, in Beirut at midnight, and put on at midnight in both.
SELECT testing.open(mentor, zone) FROM (VALUES ('hugo', 'America/Havana'), ('bay', 'Asia/Beirut')) m (mentor, zone);
CALL limit_to('hugo', 2, NULL);
CALL limit_to('bay', 2, NULL);
SELECT * FROM book('hugo', '2050-11-05 23:30', '2050-11-07 00:00', '2050-11-06 00:00', '2050-11-06 23:30', '2050-11-06 00:30');
SELECT * FROM book('hugo', '2050-03-12 23:30', '2050-03-14 00:00', '2050-03-13 01:00', '2050-03-13 23:30', '2050-03-13 12:00');
SELECT * FROM book('bay', '2050-10-28 23:30', '2050-10-30 00:00', '2050-10-29 00:00', '2050-10-29 23:30', '2050-10-29 12:00');
SELECT * FROM book('bay', '2050-03-26 23:30', '2050-03-28 00:00', '2050-03-27 01:00', '2050-03-27 23:30', '2050-03-27 12:00');

-- A week goes from Monday to Sunday, across the end of the year: 2049-12-27 is a Monday.
SELECT testing.open('cyd', 'America/New_York');
CALL limit_to('cyd', NULL, 3);
SELECT * FROM book('cyd', '2049-12-26 23:30', '2050-01-03 00:00', '2049-12-27 00:00', '2049-12-31 23:30', '2050-01-02 23:30',
    '2050-01-01 12:00', '2049-12-29 12:00', '2050-01-03 12:00');
-- Of a full day and a full week the day is told.
CALL limit_to('cyd', 1, 3);
SELECT * FROM book('cyd', '2049-12-27 12:00', '2049-12-28 12:00');

-- What counts: all but cancelled ones, whoever wrote them, in whatever zone.
SELECT testing.open('dan');
CALL limit_to('dan', 2, NULL);
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status)
    VALUES ('dan', 900, '2050-03-07', '09:00', 'completed'), ('dan', 901, '2050-03-07', '10:00', 'no_show'),
           ('dan', 900, '2050-03-08', '09:00', 'completed'), ('dan', 901, '2050-03-08', '10:00', 'cancelled');
SELECT * FROM book('dan', '2050-03-07 12:00', '2050-03-08 12:00', '2050-03-08 13:00');
UPDATE mentor_startup_sessions SET status = 'scheduled' WHERE mentor_id = 'dan' AND startup_id = 900;
UPDATE mentor_startup_sessions SET status = 'cancelled' WHERE mentor_id = 'dan' AND startup_id = 900;
SELECT * FROM book('dan', '2050-03-07 12:00', '2050-03-08 13:00', '2050-03-07 13:00', '2050-03-08 14:00');
DELETE FROM mentor_startup_sessions WHERE mentor_id = 'dan' AND status = 'no_show';
SELECT * FROM book('dan', '2050-03-07 13:00');
-- Late in Honolulu is the next date in UTC.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone)
    VALUES ('dan', 902, '2050-03-09', '20:00', 'Pacific/Honolulu'), ('dan', 903, '2050-03-09', '22:00', 'Pacific/Honolulu');
SELECT * FROM book('dan', '2050-03-10 12:00', '2050-03-09 12:00');
-- A plain writer steps over a limit, and the day stays full until there is room.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('dan', 904, '2050-03-10', '14:00');
UPDATE mentor_startup_sessions SET status = 'cancelled' WHERE mentor_id = 'dan' AND startup_id = 902;
SELECT * FROM book('dan', '2050-03-10 12:00');

-- A mentor who moves takes the sessions along: the dates are those of the clock of now.
SELECT testing.open('eve');
CALL limit_to('eve', 1, NULL);
SELECT * FROM book('eve', '2050-03-07 23:30', '2050-03-08 12:00');
UPDATE mentor_settings SET time_zone = 'Asia/Tokyo' WHERE mentor_id = 'eve';
SELECT * FROM book('eve', '2050-03-07 12:00', '2050-03-08 13:00');

-- A change binds the very next call, and is nothing to the sessions that are there.
CALL limit_to('ada', 3, NULL);
SELECT * FROM book('ada', '2050-03-07 12:00', '2050-03-07 13:00');
CALL limit_to('ada', 1, NULL);
SELECT count(*) FROM mentor_startup_sessions WHERE mentor_id = 'ada' AND session_date = '2050-03-07';
SELECT * FROM book('ada', '2050-03-08 12:00', '2050-03-09 12:00', '2050-03-09 13:00');
CALL limit_to('ada', NULL, NULL);
SELECT * FROM book('ada', '2050-03-09 13:00', '2050-03-09 14:00');
CALL limit_to('ada', 0, NULL);
SELECT * FROM book('ada', '2050-03-10 12:00');
CALL limit_to('ada', NULL, 0);
SELECT * FROM book('ada', '2050-03-10 12:00');
SELECT code, message, hint FROM error_of($$CALL limit_to('ada', -1, NULL)$$) \gx
SELECT code, message FROM error_of($$CALL limit_to('ada', NULL, -1)$$);
-- One's own transaction counts what it has written, and what it has taken back.
CALL limit_to('ada', 1, NULL);
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT outcome FROM book_session('ada', 1, '2050-03-11', '10:00');
SELECT outcome FROM book_session('ada', 1, '2050-03-11', '11:00');
SELECT outcome FROM cancel_session((SELECT id FROM mentor_startup_sessions WHERE mentor_id = 'ada' AND session_date = '2050-03-11'));
SELECT outcome FROM book_session('ada', 1, '2050-03-11', '11:00');
COMMIT;

-- Every other reason is told before it.
SELECT testing.open('fay', opens => '10:00', closes => '12:00');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('fay', 1, '2050-03-07', '10:00'), ('gus', 2, '2050-03-07', '11:00');
CALL limit_to('fay', 1, 1);
SELECT startup, start, outcome_of('fay', startup, day, start)
FROM (VALUES (1, '2050-03-07'::date, '10:00'::time), (2, '2024-03-07', '10:30'), (2, '2050-03-07', '09:00'), (2, '2050-03-07', '10:15'),
             (2, '2050-03-07', '10:00'), (2, '2050-03-07', '11:00'), (2, '2050-03-07', '10:30'), (2, '2050-03-08', '10:30'))
    AS wishes (startup, day, start);
SELECT message, hint FROM answer_to('fay', 2, '2050-03-08', '10:30') \gx

DROP SCHEMA app, testing CASCADE;
