SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers
DO 'BEGIN PERFORM setup_booking(); END';
\set news :here /news.sql
\i :news

-- The journal is written as its owner, whoever the writer is, and read as the caller.
CREATE ROLE regress_owner;
CREATE ROLE regress_writer;
CREATE ROLE regress_reader;
GRANT USAGE, CREATE ON SCHEMA app TO regress_owner;
ALTER TABLE booking_events OWNER TO regress_owner;
SELECT testing.open('ada');
GRANT INSERT, SELECT, UPDATE, DELETE ON mentor_startup_sessions, slot_holds TO regress_writer;
GRANT SELECT ON booking_events TO regress_reader;
SELECT FROM news();
\set SHOW_CONTEXT never

-- A writer without any right on the journal.
SET ROLE regress_writer;
SELECT outcome FROM book_session('ada', 1, '2090-03-01', '10:00');
SELECT insert_of('ada', 2, '2090-03-01', '11:00');
DELETE FROM mentor_startup_sessions WHERE startup_id = 2;
SELECT outcome FROM hold_slot('ada', 3, '2090-03-01', '12:00');
SELECT (error_of(statement)).* FROM unnest(ARRAY[
    'SELECT * FROM app.booking_events', 'SELECT * FROM app.booking_events_after()', 'SELECT app.latest_booking_cursor()',
    'SELECT app.prune_booking_events(now())', 'SELECT app.resume_journal()', 'SELECT slotguard_internal.setup_journal(''app'')']) statement;
SET ROLE regress_reader;
SELECT * FROM news();
SELECT latest_booking_cursor() = (SELECT cursor FROM testing.place) AS stands_at_the_end;
SELECT (error_of('SELECT app.prune_booking_events(now())')).*;
RESET ROLE;

-- SELECT on the columns is as good.
REVOKE SELECT ON booking_events FROM regress_reader;
GRANT SELECT (event_id, event, session_id, mentor_id, startup_id, starts_at, ends_at, previous_starts_at, occurred_at)
    ON booking_events TO regress_reader;
SET ROLE regress_reader;
SELECT (error_of('SELECT * FROM app.booking_events_after()')).code;
RESET ROLE;
GRANT SELECT (detail) ON booking_events TO regress_reader;
SET ROLE regress_reader;
SELECT count(*) FROM booking_events_after();
RESET ROLE;

-- Policies choose what a reader sees, bind no writer, and move no reader's place: whoever sees none of
-- the last events can still stand behind them.
ALTER TABLE booking_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE booking_events FORCE ROW LEVEL SECURITY;
CREATE POLICY of_startup_4 ON booking_events USING (startup_id = 4);
SET ROLE regress_writer;
SELECT outcome FROM generate_series(3, 5) startup, book_session('ada', startup, '2090-03-02', make_time(startup, 0, 0));
SET ROLE regress_reader;
SELECT * FROM news();
SELECT * FROM booking_events_after(latest_booking_cursor());
RESET ROLE;
SET ROLE regress_owner;
SELECT (error_of('SELECT app.prune_booking_events(now())')).*;
RESET ROLE;
ALTER TABLE booking_events NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
SELECT FROM news();

-- Triggers of the owner's run as the owner; one that asks for all rows at once, a rule, a default and a
-- constraint of somebody's have their say as in any INSERT.
CREATE TABLE testing.seen (what text, by text);
GRANT INSERT ON testing.seen TO regress_owner;
CREATE FUNCTION testing.see() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO testing.seen VALUES (TG_NAME || coalesce(' ' || NEW.event, ''), current_user);
    RETURN NEW;
END $$;
CREATE TRIGGER each_one BEFORE INSERT ON booking_events FOR EACH ROW EXECUTE FUNCTION testing.see();
SET ROLE regress_writer;
SELECT outcome FROM book_session('ada', 6, '2090-03-02', '06:00');
RESET ROLE;
CREATE TRIGGER all_at_once AFTER INSERT ON booking_events REFERENCING NEW TABLE AS those EXECUTE FUNCTION testing.see();
SET ROLE regress_writer;
SELECT outcome FROM book_session('ada', 7, '2090-03-02', '07:00');
SELECT verdict_on($$UPDATE mentor_startup_sessions SET session_time = '07:30' WHERE startup_id IN (6, 7)$$) AS both;
UPDATE mentor_startup_sessions SET session_time = session_time + '10 hours' WHERE startup_id IN (6, 7);
RESET ROLE;
SELECT * FROM testing.seen;
DROP TRIGGER each_one ON booking_events;
DROP TRIGGER all_at_once ON booking_events;
CREATE FUNCTION testing.who() RETURNS text LANGUAGE sql VOLATILE AS 'SELECT current_user::text';
GRANT EXECUTE ON FUNCTION testing.who TO regress_owner;
ALTER TABLE booking_events ADD COLUMN written_by text DEFAULT testing.who();
ALTER TABLE booking_events ADD CONSTRAINT no_startup_666 CHECK (startup_id <> 666);
CREATE RULE also AS ON INSERT TO booking_events DO ALSO INSERT INTO testing.seen VALUES ('rule ' || NEW.event, current_user);
SET ROLE regress_writer;
SELECT outcome FROM book_session('ada', 8, '2090-03-02', '08:00');
SELECT (error_of($$SELECT app.book_session('ada', 666, '2090-03-03', '08:00')$$)).message;
RESET ROLE;
SELECT * FROM testing.seen WHERE what LIKE 'rule%';
SELECT event, startup_id, written_by FROM booking_events ORDER BY event_id DESC LIMIT 1;
DROP RULE also ON booking_events;
SELECT * FROM news();

-- An index of the owner's has its entries, a precision is kept, and a constraint holds.
ALTER TABLE booking_events DROP COLUMN written_by, DROP CONSTRAINT no_startup_666;
CREATE INDEX by_startup ON booking_events (startup_id);
SELECT outcome FROM book_session('ada', 88, '2090-03-03', '08:00');
SET enable_seqscan TO off;
SELECT count(*) FROM booking_events WHERE startup_id = 88;
RESET enable_seqscan;
DROP INDEX by_startup;
ALTER TABLE booking_events ALTER occurred_at TYPE timestamptz(0);
SELECT outcome FROM mentor_startup_sessions s, cancel_session(s.id) WHERE s.startup_id = 88;
SELECT event, date_trunc('second', occurred_at) = occurred_at AS in_seconds FROM booking_events WHERE startup_id = 88 ORDER BY event_id;
ALTER TABLE booking_events ALTER occurred_at TYPE timestamptz;
ALTER TABLE booking_events ADD COLUMN of_mine text NOT NULL DEFAULT 'mine';
SELECT outcome FROM book_session('ada', 88, '2090-03-03', '08:00');
SELECT of_mine FROM booking_events ORDER BY event_id DESC LIMIT 1;
ALTER TABLE booking_events ALTER of_mine DROP DEFAULT;
SELECT (error_of($$SELECT app.book_session('ada', 89, '2090-03-03', '09:00')$$)).message;
ALTER TABLE booking_events DROP COLUMN of_mine;

-- An owner's code can't step out of the owner's rights.
CREATE OR REPLACE FUNCTION testing.see() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RESET ROLE;
    RETURN NEW;
END $$;
CREATE TRIGGER steps_out BEFORE INSERT ON booking_events FOR EACH ROW EXECUTE FUNCTION testing.see();
SELECT (error_of($$SELECT app.book_session('ada', 9, '2090-03-02', '09:00')$$)).*;
DROP TRIGGER steps_out ON booking_events;
SELECT outcome FROM book_session('ada', 9, '2090-03-02', '09:00');
SELECT current_user = session_user AS is_oneself;

SET client_min_messages TO warning;
DROP SCHEMA app, testing CASCADE;
DROP ROLE regress_owner, regress_writer, regress_reader;
