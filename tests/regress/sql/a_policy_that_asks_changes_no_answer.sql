-- A row-level policy may run anything, a call of ours too: what has been found of a mentor by then is not
-- to be taken for another's. Here the backend has to look at its mentors anew meanwhile.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
SELECT count(*) > 0 AS is_set_up FROM setup_booking();
SELECT testing.open('anna', slot => '7 minutes', opens => '09:00', closes => '10:00');
SELECT count(testing.open('mentor ' || n, opens => '13:00', closes => '14:00')) FROM generate_series(1, 20) n;
SELECT outcome FROM book_session('anna', 1, '2050-07-04', '09:07');

CREATE FUNCTION testing.asks_for_others() RETURNS boolean
    LANGUAGE plpgsql
    AS $$
BEGIN
    CREATE TEMPORARY TABLE IF NOT EXISTS asked (); -- whoever makes a table makes every backend look anew
    DROP TABLE asked;
    PERFORM FROM generate_series(1, 20) n, LATERAL available_slots('mentor ' || n, '2050-07-04', '2050-07-04');
    RETURN false;
END
$$;
CREATE ROLE regress_visitor;
GRANT SELECT, INSERT ON mentor_startup_sessions TO regress_visitor;
ALTER TABLE mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_books ON mentor_startup_sessions FOR INSERT WITH CHECK (true);
CREATE POLICY nothing_is_shown ON mentor_startup_sessions FOR SELECT USING (testing.asks_for_others());
SET ROLE regress_visitor;
SELECT outcome, alternatives -> 0 ->> 'session_time' AS nearest FROM book_session('anna', 1, '2050-07-04', '09:07');
SELECT outcome, alternatives -> 0 ->> 'session_time' AS nearest FROM book_session('anna', 1, '2050-07-04', '09:07');
SELECT outcome FROM book_session('anna', 1, '2050-07-04', '09:14');
RESET ROLE;

DROP OWNED BY regress_visitor;
DROP ROLE regress_visitor;
DROP SCHEMA app, testing CASCADE;
