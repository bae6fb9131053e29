SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
\set news :here /news.sql
\i :news

CREATE VIEW testing.gaps AS SELECT check_name, detail FROM app.check_booking() WHERE NOT ok;
SELECT testing.open(mentor) FROM unnest('{ada,bob}'::text[]) mentor;
SELECT outcome FROM generate_series(1, 5) startup, book_session('ada', startup, '2090-03-01', make_time(startup, 0, 0));
SELECT FROM news();
SELECT * FROM testing.gaps;

-- A trigger of the journal that is missing or disabled stops nobody, and is told.
ALTER TABLE mentor_startup_sessions DISABLE TRIGGER aa_journal_session;
DROP TRIGGER truncation_is_journalled ON mentor_startup_sessions;
DROP TRIGGER hold_is_journalled ON slot_holds;
CREATE TRIGGER hold_is_journalled AFTER INSERT ON slot_holds FOR EACH ROW EXECUTE FUNCTION slotguard_internal.journal_hold();
ALTER TABLE mentor_settings ENABLE REPLICA TRIGGER settings_are_journalled;
SELECT outcome FROM book_session('ada', 6, '2090-03-01', '06:00');
SELECT outcome FROM cancel_session(1);
DELETE FROM mentor_startup_sessions WHERE id = 2;
UPDATE mentor_startup_sessions SET session_time = '20:00' WHERE id = 3;
SELECT * FROM news();
SELECT * FROM testing.gaps ORDER BY 1;
-- Enabled again by hand, the gap is still there, and told session by session; so are the readers.
ALTER TABLE mentor_startup_sessions ENABLE TRIGGER aa_journal_session;
SELECT detail FROM testing.gaps WHERE check_name = 'journal is whole';
UPDATE mentor_startup_sessions SET status = 'scheduled' WHERE id = 1;
UPDATE mentor_startup_sessions SET status = 'completed' WHERE id = 1;
SELECT detail FROM testing.gaps WHERE check_name = 'journal is whole';
-- setup_booking() mends the triggers, and tells the readers that it had to.
SELECT object, action FROM setup_booking() WHERE action <> 'kept';
SELECT * FROM news();
SELECT * FROM testing.gaps;
SELECT object, action FROM setup_booking() WHERE action <> 'kept';
SELECT * FROM news();

-- What lies before is not compared any more; what comes after is.
SET session_replication_role TO replica;
UPDATE mentor_startup_sessions SET status = 'cancelled' WHERE id = 4;
DELETE FROM mentor_startup_sessions WHERE id = 5;
RESET session_replication_role;
SELECT * FROM testing.gaps;
UPDATE mentor_startup_sessions SET session_time = session_time WHERE id = 4;
UPDATE mentor_startup_sessions SET mentor_id = 'bob' WHERE id = 6;
SELECT * FROM testing.gaps;
SET session_replication_role TO replica;
UPDATE mentor_startup_sessions SET startup_id = 66 WHERE id = 6;
SELECT * FROM testing.gaps;
UPDATE mentor_startup_sessions SET startup_id = 6, status = 'cancelled' WHERE id = 6;
SELECT * FROM testing.gaps;
DELETE FROM mentor_startup_sessions WHERE id = 6;
SELECT * FROM testing.gaps;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone, starts_at, ends_at)
VALUES ('bob', 9, '2090-04-01', '10:00', 'UTC', '2090-04-01 10:00', '2090-04-01 10:30');
INSERT INTO slot_holds (mentor_id, startup_id, session_date, session_time, duration, time_zone, starts_at, ends_at, expires_at)
VALUES ('bob', 9, '2090-04-02', '10:00', '30 minutes', 'UTC', '2090-04-02 10:00', '2090-04-02 10:30', 'infinity');
RESET session_replication_role;
SELECT * FROM testing.gaps;
-- Told by hand.
SELECT resume_journal();
SELECT event FROM booking_events ORDER BY event_id DESC LIMIT 1;
SELECT * FROM testing.gaps;

-- Events that were pruned are missed by nobody.
SELECT outcome FROM generate_series(10, 12) startup, book_session('bob', startup, '2090-03-01', make_time(startup, 0, 0));
SELECT prune_booking_events('infinity') > 0 AS pruned;
SELECT * FROM testing.gaps;
DELETE FROM booking_events;
SELECT * FROM testing.gaps;
SELECT resume_journal();

-- A journal that can't count refuses to be written, and is told.
ALTER SEQUENCE booking_events_event_id_seq CACHE 10;
SELECT (error_of($$SELECT app.book_session('ada', 7, '2090-03-02', '07:00')$$)).*;
SELECT (error_of('SELECT app.booking_events_after()')).code;
SELECT * FROM testing.gaps;
ALTER SEQUENCE booking_events_event_id_seq CACHE 1 INCREMENT 2;
SELECT (error_of($$SELECT app.book_session('ada', 7, '2090-03-02', '07:00')$$)).code;
ALTER SEQUENCE booking_events_event_id_seq INCREMENT 1;
SELECT outcome FROM book_session('ada', 7, '2090-03-02', '07:00');
SELECT * FROM testing.gaps;
ALTER SEQUENCE booking_events_event_id_seq RESTART;
SELECT regexp_replace(detail, '\d+', 'n') AS detail FROM testing.gaps;
SELECT setval('booking_events_event_id_seq', 500, false);
SELECT * FROM testing.gaps;
SELECT count(*) FROM booking_events_after();
SELECT outcome FROM book_session('ada', 8, '2090-03-02', '08:00');
SELECT startup_id, event_id FROM booking_events_after() ORDER BY event_id DESC LIMIT 1;
ALTER TABLE booking_events ALTER event_id DROP IDENTITY;
SELECT (error_of($$SELECT app.book_session('ada', 9, '2090-03-02', '09:00')$$)).message;
SELECT * FROM testing.gaps;
ALTER TABLE booking_events ALTER event_id ADD GENERATED ALWAYS AS IDENTITY (START 600);
ALTER TABLE booking_events DROP COLUMN detail;
SELECT (error_of($$SELECT app.book_session('ada', 9, '2090-03-02', '09:00')$$)).message;
SELECT * FROM testing.gaps;
ALTER TABLE booking_events ADD COLUMN detail jsonb;
SELECT outcome FROM book_session('ada', 9, '2090-03-02', '09:00');
DROP TABLE booking_events;
SELECT (error_of($$SELECT app.book_session('ada', 10, '2090-03-02', '10:00')$$)).*;
SELECT (error_of('SELECT app.latest_booking_cursor()')).code;
-- A journal that is begun anew tells that it was.
SELECT object, action FROM setup_booking() WHERE action <> 'kept';
SELECT outcome FROM book_session('ada', 10, '2090-03-02', '10:00');
SELECT * FROM testing.gaps;
SELECT event, startup_id FROM booking_events_after();

SET client_min_messages TO warning;
DROP SCHEMA app, testing CASCADE;
