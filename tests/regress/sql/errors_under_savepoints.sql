SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
SELECT testing.open(mentor) FROM unnest('{ada,bob}'::text[]) mentor;

-- An error while book_session() writes ends its subtransaction and nothing else, whatever raises it:
-- another BEFORE trigger makes the call wait for its row, and its frame is gone when the abort is handled.
CREATE FUNCTION testing.refuse_odd_startups() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.startup_id % 2 = 1 THEN
        RAISE EXCEPTION 'no bookings today';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER refuse_odd_startups BEFORE INSERT ON mentor_startup_sessions
    FOR EACH ROW EXECUTE FUNCTION testing.refuse_odd_startups();

BEGIN;
SAVEPOINT a;
SELECT outcome FROM book_session('ada', 7, '2050-03-07', '10:00');
ROLLBACK TO a;
SELECT outcome FROM book_session('ada', 8, '2050-03-07', '10:00');
SAVEPOINT b;
SAVEPOINT c;
SELECT outcome FROM book_session('ada', 9, '2050-03-07', '11:00');
ROLLBACK TO b;
RELEASE b;
SELECT outcome FROM book_session('ada', 10, '2050-03-07', '11:00');
COMMIT;

-- Blocks with an EXCEPTION clause are subtransactions too; here nested, and called from a trigger that
-- books while a call waits for its row.
CREATE FUNCTION testing.book(mentor text, startup bigint, day date, start time) RETURNS text
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN (app.book_session(mentor, startup, day, start)).outcome;
EXCEPTION WHEN raise_exception THEN
    RETURN SQLERRM;
END
$$;
SELECT startup, testing.book('ada', startup, '2050-03-08', time '09:00' + startup * interval '30 minutes')
FROM generate_series(1, 6) startup;

CREATE FUNCTION testing.book_twice() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.mentor_id = 'ada' THEN
        RAISE NOTICE 'nested: %, %', testing.book('bob', NEW.startup_id + 1, NEW.session_date, NEW.session_time),
            testing.book('bob', NEW.startup_id + 2, NEW.session_date, NEW.session_time);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER book_twice BEFORE INSERT ON mentor_startup_sessions
    FOR EACH ROW EXECUTE FUNCTION testing.book_twice();
SET client_min_messages TO notice;
BEGIN;
SAVEPOINT a;
SELECT outcome FROM book_session('ada', 20, '2050-03-09', '10:00');
ROLLBACK TO a;
SELECT outcome FROM book_session('ada', 20, '2050-03-09', '10:00');
COMMIT;
SET client_min_messages TO warning;
SELECT mentor_id, startup_id FROM mentor_startup_sessions WHERE session_date = '2050-03-09' ORDER BY 1;
DROP TRIGGER book_twice ON mentor_startup_sessions;
DROP TRIGGER refuse_odd_startups ON mentor_startup_sessions;

-- A row-level policy that refuses: an INSERT-only role needs no trigger for it.
CREATE ROLE regress_visitor;
GRANT INSERT ON mentor_startup_sessions, slot_holds TO regress_visitor;
ALTER TABLE mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE slot_holds ENABLE ROW LEVEL SECURITY;
CREATE POLICY even ON mentor_startup_sessions FOR INSERT TO regress_visitor WITH CHECK (startup_id % 2 = 0);
CREATE POLICY even ON slot_holds FOR INSERT TO regress_visitor WITH CHECK (startup_id % 2 = 0);
SET ROLE regress_visitor;
BEGIN;
SAVEPOINT a;
SELECT outcome FROM app.book_session('ada', 31, '2050-03-10', '10:00');
ROLLBACK TO a;
SAVEPOINT b;
SELECT outcome FROM app.hold_slot('ada', 31, '2050-03-10', '10:00');
ROLLBACK TO b;
SELECT outcome FROM app.hold_slot('ada', 32, '2050-03-10', '10:00');
SELECT outcome FROM app.book_session('ada', 32, '2050-03-10', '10:00');
COMMIT;
RESET ROLE;


SELECT count(*) AS booked FROM mentor_startup_sessions;
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
DROP SCHEMA app, testing CASCADE;
DROP OWNED BY regress_visitor;
DROP ROLE regress_visitor;
