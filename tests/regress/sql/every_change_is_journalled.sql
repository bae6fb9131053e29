SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers
DO 'BEGIN PERFORM setup_booking(); END';
\set news :here /news.sql
\i :news

-- Whatever changes a session is one event, whoever writes it and however.
SELECT testing.open(mentor) FROM unnest('{ada,bob,eve}'::text[]) mentor;
SELECT * FROM news();

-- The calls.
SELECT outcome FROM book_session('ada', 1, '2090-03-01', '10:00');
SELECT outcome FROM cancel_session(1);
SELECT outcome FROM cancel_session(1);
SELECT outcome FROM book_session('ada', 1, '2090-03-01', '10:00', NULL, 'a key');
SELECT replayed FROM book_session('ada', 1, '2090-03-01', '10:00', NULL, 'a key');
SELECT outcome FROM book_session('ada', 2, '2090-03-01', '10:00');
SELECT * FROM news();

-- INSERT, of several rows, of one that is not scheduled, and one that is passed over; COPY.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status) VALUES
    ('bob', 3, '2090-03-02', '10:00', 'scheduled'), ('bob', 4, '2090-03-02', '11:00', 'cancelled'),
    ('bob', 5, '2090-03-02', '12:00', 'completed'), ('bob', 6, '2090-03-02', '13:00', 'no_show');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('bob', 7, '2090-03-02', '10:00') ON CONFLICT DO NOTHING;
COPY mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) FROM stdin;
eve	1	2090-03-03	09:00
eve	2	2090-03-03	10:00
\.
SELECT * FROM news();

-- UPDATE of several rows, of what is no news, and of everything at once.
SELECT id, status FROM mentor_startup_sessions ORDER BY id;
UPDATE mentor_startup_sessions SET session_time = session_time + '15 minutes' WHERE mentor_id = 'eve';
UPDATE mentor_startup_sessions SET idempotency_key = 'another ' || id, updated_at = now() WHERE mentor_id = 'eve';
UPDATE mentor_startup_sessions SET duration = '1 hour', mentor_id = 'eve', startup_id = 33, session_date = '2090-03-04'
WHERE mentor_id = 'bob' AND startup_id = 3;
UPDATE mentor_startup_sessions SET time_zone = 'Europe/Paris' WHERE startup_id = 33;
UPDATE mentor_startup_sessions SET status = 'completed' WHERE mentor_id = 'eve' AND startup_id < 3;
UPDATE mentor_startup_sessions SET status = 'no_show' WHERE mentor_id = 'eve' AND startup_id = 1;
UPDATE mentor_startup_sessions SET status = 'scheduled' WHERE mentor_id = 'eve' AND startup_id = 1;
UPDATE mentor_startup_sessions SET status = 'cancelled', session_time = '20:00', cancellation_reason = 'ill' WHERE mentor_id = 'eve' AND startup_id = 1;
-- A cancelled session that is moved is cancelled still.
UPDATE mentor_startup_sessions SET session_time = '21:00' WHERE mentor_id = 'eve' AND startup_id = 1;
UPDATE mentor_startup_sessions SET status = 'scheduled' WHERE mentor_id = 'eve' AND startup_id = 1;
SELECT * FROM news();

-- ON CONFLICT DO UPDATE, MERGE, a writing CTE, a cursor, DELETE.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 9, '2090-03-01', '10:00')
ON CONFLICT (mentor_id, session_date, session_time) WHERE status = 'scheduled' DO UPDATE SET session_time = '10:30';
MERGE INTO mentor_startup_sessions s
USING (VALUES (1, '2090-03-01'::date), (8, '2090-03-05')) AS wanted (startup, day)
ON s.startup_id = wanted.startup AND s.mentor_id = 'ada' AND s.status = 'scheduled'
WHEN MATCHED THEN UPDATE SET session_time = '15:00'
WHEN NOT MATCHED THEN INSERT (mentor_id, startup_id, session_date, session_time) VALUES ('ada', wanted.startup, wanted.day, '08:00');
WITH gone AS (DELETE FROM mentor_startup_sessions WHERE startup_id = 33 RETURNING *)
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
SELECT 'bob', 34, session_date, session_time FROM gone;
BEGIN;
DECLARE walk CURSOR FOR SELECT id FROM mentor_startup_sessions WHERE startup_id = 34 FOR UPDATE;
FETCH walk;
UPDATE mentor_startup_sessions SET startup_id = 35 WHERE CURRENT OF walk;
COMMIT;
DELETE FROM mentor_startup_sessions WHERE startup_id IN (5, 6);
SELECT * FROM news();

-- What is rolled back leaves no event; what stays of a transaction has them all, in its order.
BEGIN;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('bob', 50, '2090-03-10', '10:00');
SAVEPOINT here;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('bob', 51, '2090-03-10', '11:00');
ROLLBACK TO here;
SELECT insert_of('bob', 52, '2090-03-10', '10:15');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('bob', 53, '2090-03-10', '12:00');
-- Until it is committed, nobody is told, the writer neither.
SELECT count(*) AS told FROM news();
COMMIT;
SELECT * FROM news();
BEGIN;
SAVEPOINT first_of_all;
SELECT outcome FROM book_session('bob', 54, '2090-03-11', '10:00');
ROLLBACK TO first_of_all;
SELECT outcome FROM book_session('bob', 55, '2090-03-11', '10:00');
COMMIT;
SELECT * FROM news();

-- Holds: who has one for when, never the token.
SELECT outcome, hold_token AS token FROM hold_slot('ada', 60, '2090-03-12', '10:00') \gset
SELECT outcome FROM release_hold(:'token');
INSERT INTO slot_holds (mentor_id, startup_id, session_date, session_time, duration, time_zone, starts_at, ends_at, expires_at)
VALUES ('ada', 61, '2090-03-12', '11:00', '30 minutes', 'UTC', '2090-03-12 11:00', '2090-03-12 11:30', '2020-01-01');
UPDATE slot_holds SET created_at = '2020-01-01';
DELETE FROM slot_holds;
SELECT hold_token AS token FROM hold_slot('ada', 62, '2090-03-12', '12:00') \gset
SELECT outcome FROM book_session('ada', 62, '2090-03-12', '12:00', hold_token => :'token');
SELECT * FROM news();
SELECT count(*) AS tokens_told FROM booking_events WHERE detail::text LIKE '%' || :'token' || '%';
SELECT (detail ->> 'expires_at')::timestamptz > now() AS tells_the_end FROM booking_events WHERE event = 'held' ORDER BY event_id LIMIT 1;

-- A mentor's settings, hours and overrides; not where a statement leaves them as they are.
UPDATE mentor_settings SET buffer_after = '5 minutes' WHERE mentor_id = 'ada';
UPDATE mentor_settings SET buffer_after = '5 minutes' WHERE mentor_id = 'ada';
INSERT INTO mentor_availability (mentor_id, opens, closes) VALUES ('ada', '09:00', '11:00');
UPDATE mentor_availability SET mentor_id = 'bob' WHERE mentor_id = 'ada';
DELETE FROM mentor_availability;
INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES ('eve', '[2090-03-01, 2090-03-02)', false);
SELECT * FROM news();

-- All at once.
TRUNCATE mentor_startup_sessions;
SELECT outcome FROM book_session('ada', 1, '2090-03-01', '10:00');
SELECT * FROM news();
SELECT check_name, detail FROM check_booking() WHERE NOT ok;

-- A trigger of somebody's that changes the session once more comes after it, whoever writes.
CREATE FUNCTION testing.move_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE app.mentor_startup_sessions SET session_time = '23:00' WHERE id = NEW.id AND session_time < '23:00';
    RETURN NULL;
END $$;
CREATE TRIGGER always_later AFTER INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.move_on();
SELECT outcome FROM book_session('ada', 70, '2090-03-21', '10:00');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 71, '2090-03-22', '10:00');
SELECT * FROM news();
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
DROP TRIGGER always_later ON mentor_startup_sessions;
-- A call writes its event itself where it can, and none where the trigger is disabled.
ALTER TABLE mentor_startup_sessions DISABLE TRIGGER aa_journal_session;
SELECT outcome FROM book_session('ada', 73, '2090-03-24', '10:00');
ALTER TABLE mentor_startup_sessions ENABLE TRIGGER aa_journal_session;
SELECT * FROM news();

-- TRUNCATE of the other tables: what is gone is nobody's in particular.
SELECT outcome FROM hold_slot('ada', 74, '2090-03-25', '10:00');
TRUNCATE slot_holds;
TRUNCATE mentor_settings, mentor_availability_overrides;
TRUNCATE mentor_availability;
SELECT * FROM news();

-- Only our tables' own triggers write it.
CREATE TABLE testing.mentor_settings (mentor_id text);
CREATE TRIGGER mine AFTER INSERT ON testing.mentor_settings FOR EACH ROW EXECUTE FUNCTION slotguard_internal.journal_mentor_change();
CREATE TRIGGER not_mine AFTER UPDATE ON testing.mentor_settings FOR EACH ROW EXECUTE FUNCTION slotguard_internal.journal_session();
CREATE TRIGGER nor_mine AFTER DELETE ON testing.mentor_settings FOR EACH ROW EXECUTE FUNCTION slotguard_internal.journal_hold();
CREATE TRIGGER emptied AFTER TRUNCATE ON testing.mentor_settings EXECUTE FUNCTION slotguard_internal.journal_truncation();
CREATE TRIGGER too_soon BEFORE INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION slotguard_internal.journal_session();
SELECT (error_of(statement)).* FROM unnest(ARRAY[
    'INSERT INTO testing.mentor_settings VALUES (1)', 'TRUNCATE testing.mentor_settings',
    'SELECT slotguard_internal.journal_truncation()',
    $$INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 9, '2090-04-01', '10:00')$$]) statement;
ALTER TABLE testing.mentor_settings DISABLE TRIGGER mine;
INSERT INTO testing.mentor_settings VALUES ('ada');
SELECT (error_of(statement)).* FROM unnest(ARRAY['UPDATE testing.mentor_settings SET mentor_id = 2', 'DELETE FROM testing.mentor_settings']) statement;
SELECT * FROM news();

SET client_min_messages TO warning;
DROP SCHEMA app, testing CASCADE;
