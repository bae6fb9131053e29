SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
SELECT testing.open('ada');

-- A constraint is evaluated while the call writes, after its last look. What it books for another
-- startup stands in the way of the call's own session, which is written then.
CREATE FUNCTION testing.books_meanwhile(startup bigint, day date, start time) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF startup = 666 THEN
        INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
        VALUES ('ada', 667, day, start + interval '15 minutes');
    ELSIF startup = 668 THEN
        INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
        VALUES ('bob', 669, day, start + interval '15 minutes');
    END IF;
    RETURN true;
END
$$;
ALTER TABLE mentor_startup_sessions
    ADD CONSTRAINT books_meanwhile CHECK (testing.books_meanwhile(startup_id, session_date, session_time));
SELECT code, message, detail FROM error_of($$SELECT book_session('ada', 666, '2050-03-07', '10:00')$$) \gx
SELECT count(*) FROM mentor_startup_sessions;

-- What does not stand in the way is nobody's business.
SELECT (book_session('ada', 668, '2050-03-07', '10:00')).outcome;
SELECT mentor_id, startup_id, session_time FROM mentor_startup_sessions ORDER BY startup_id;

DROP SCHEMA app, testing CASCADE;
