SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
\set SHOW_CONTEXT never

-- Whoever repeats a call with its key is told what the first one was told, and that it is a repetition.
SELECT testing.open('ada', 'Europe/Paris'), testing.open('bob');
SELECT outcome, session_id, session_date, session_time, starts_at, ends_at, time_zone, replayed, message, hint
FROM book_session('ada', 1, '2050-03-07', '10:00', '1 hour', 'first')
UNION ALL
SELECT outcome, session_id, session_date, session_time, starts_at, ends_at, time_zone, replayed, message, hint
FROM book_session('ada', 1, '2050-03-07', '10:00', '1 hour', 'first');
-- A call without a duration repeats whatever was booked.
SELECT outcome, session_id, ends_at, replayed FROM book_session('ada', 1, '2050-03-07', '10:00', idempotency_key => 'first');
SELECT count(*), count(idempotency_key) FROM mentor_startup_sessions;

-- With other arguments it is an error, which names the session and no time.
SELECT * FROM testing.error_of($$SELECT book_session('ada', 1, '2050-03-07', '11:00', '1 hour', 'first')$$) \gx
SELECT code, message FROM testing.error_of($$SELECT book_session('bob', 1, '2050-03-07', '10:00', '1 hour', 'first')$$)
UNION ALL
SELECT code, message FROM testing.error_of($$SELECT book_session('ada', 1, '2050-03-08', '10:00', '1 hour', 'first')$$)
UNION ALL
SELECT code, message FROM testing.error_of($$SELECT book_session('ada', 1, '2050-03-07', '10:00', '2 hours', 'first')$$);

-- A key belongs to one startup.
SELECT outcome, replayed FROM book_session('bob', 2, '2050-03-07', '10:00', '1 hour', 'first');

-- Without the key, the same call is told that it has the session.
SELECT outcome, session_id, replayed FROM book_session('ada', 1, '2050-03-07', '10:00', '1 hour');

-- A refusal is not remembered: the retry is judged afresh.
SELECT outcome, replayed FROM book_session('ada', 3, '2050-03-07', '10:30', '1 hour', 'third');
SELECT outcome FROM cancel_session(1);
SELECT outcome, replayed FROM book_session('ada', 3, '2050-03-07', '10:30', '1 hour', 'third');

-- What was cancelled, moved or done since replays as it was booked, and the hint says what became of it.
SELECT outcome, session_id, session_time, replayed, hint FROM book_session('ada', 1, '2050-03-07', '10:00', '1 hour', 'first');
SELECT outcome, session_id FROM book_session('bob', 4, '2050-03-09', '10:00', '1 hour', 'fourth');
UPDATE mentor_startup_sessions SET status = 'completed' WHERE idempotency_key = 'fourth';
SELECT outcome, session_time, replayed, hint FROM book_session('bob', 4, '2050-03-09', '10:00', '1 hour', 'fourth');
UPDATE mentor_startup_sessions SET status = 'no_show' WHERE idempotency_key = 'fourth';
SELECT outcome, session_time, replayed, hint FROM book_session('bob', 4, '2050-03-09', '10:00', '1 hour', 'fourth');

-- After a cancellation the slot is free for its startup too: with a new key, for the old one is used.
SELECT outcome, session_id FROM cancel_session((SELECT id FROM mentor_startup_sessions WHERE idempotency_key = 'third'));
SELECT outcome, replayed FROM book_session('ada', 3, '2050-03-07', '10:30', '1 hour', 'third, again');

-- A key is kept as long as its session.
DELETE FROM mentor_startup_sessions WHERE idempotency_key = 'fourth';
SELECT outcome, replayed FROM book_session('bob', 4, '2050-03-10', '10:00', '1 hour', 'fourth');

-- It is replayed whatever its mentor has changed since, the zone among it.
UPDATE mentor_settings SET time_zone = 'America/New_York', slot_duration = '45 minutes' WHERE mentor_id = 'ada';
SELECT outcome, session_time, starts_at, time_zone, replayed FROM book_session('ada', 3, '2050-03-07', '10:30', NULL, 'third, again');

-- A plain writer's key is one too, and a second one meets the index.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, idempotency_key)
VALUES ('bob', 5, '2050-03-11', '10:00', 'plain');
SELECT outcome, replayed FROM book_session('bob', 5, '2050-03-11', '10:00', '30 minutes', 'plain');
SELECT code, message FROM testing.error_of($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, idempotency_key)
    VALUES ('bob', 5, '2050-03-11', '12:00', 'plain')$$);

-- Every string from one to 255 characters is a key.
SELECT code, message, hint FROM testing.error_of($$SELECT book_session('bob', 6, '2050-03-12', '10:00', NULL, '')$$);
SELECT code, message FROM testing.error_of($$SELECT book_session('bob', 6, '2050-03-12', '10:00', NULL, repeat('x', 256))$$);
SELECT outcome FROM book_session('bob', 6, '2050-03-12', '10:00', NULL, repeat('ü', 255));
SELECT outcome, replayed FROM book_session('bob', 6, '2050-03-12', '10:00', NULL, repeat('ü', 255));
SELECT outcome, replayed FROM book_session('bob', 6, '2050-03-12', '11:00', NULL, ' ');

-- A caller from whom policies hide the session gets no replay of it, and no second session either.
CREATE ROLE visitor;
GRANT INSERT ON mentor_startup_sessions TO visitor;
ALTER TABLE mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_books ON mentor_startup_sessions FOR INSERT WITH CHECK (true);
SET ROLE visitor;
SELECT outcome, session_time, replayed FROM book_session('bob', 7, '2050-03-12', '12:00', NULL, 'hidden');
SELECT outcome, session_time, replayed FROM book_session('bob', 7, '2050-03-12', '12:00', NULL, 'hidden');
RESET ROLE;
ALTER TABLE mentor_startup_sessions DISABLE ROW LEVEL SECURITY;

-- A replay writes nothing, and leaves no lock of the queue behind.
BEGIN;
SELECT outcome, replayed FROM book_session('bob', 7, '2050-03-12', '12:00', NULL, 'hidden');
SELECT pg_current_xact_id_if_assigned() IS NULL AS nothing_written,
       (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks;
COMMIT;

-- With somebody's trigger before ours, the statement and not the shorter way writes the key.
CREATE FUNCTION testing.pass() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER a_pass BEFORE INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.pass();
SELECT outcome, replayed FROM book_session('bob', 8, '2050-03-13', '10:00', NULL, 'eighth');
SELECT outcome, replayed FROM book_session('bob', 8, '2050-03-13', '10:00', NULL, 'eighth');

-- Whoever may insert may write into booked_as what is no booking: it is told, and never read beyond its end.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, idempotency_key, booked_as)
VALUES ('bob', 9, '2050-03-14', '10:00', 'array', jsonb_build_array(E'\x01\x01\x01\x01xxx', 'xends_at')),
       ('bob', 9, '2050-03-14', '11:00', 'string', '"ends_at"');
SELECT key, e.code, e.message ~ '^column "booked_as" of the session has no "' AS is_told
FROM (VALUES ('array', '10:00'), ('string', '11:00')) AS planted (key, start),
    testing.error_of(format($$SELECT book_session('bob', 9, '2050-03-14', %L, NULL, %L)$$, start, key)) AS e;

-- The hint tells all that is different now, and nothing where the session was moved back.
SELECT outcome FROM book_session('bob', 10, '2050-03-15', '10:00', '1 hour', 'tenth');
CREATE FUNCTION testing.hint() RETURNS text LANGUAGE sql AS
    $$ SELECT r.hint FROM book_session('bob', 10, '2050-03-15', '10:00', '1 hour', 'tenth') r WHERE r.replayed $$;
UPDATE mentor_startup_sessions SET session_time = '12:00' WHERE idempotency_key = 'tenth';
SELECT hint();
UPDATE mentor_startup_sessions SET session_time = '10:00' WHERE idempotency_key = 'tenth';
SELECT hint() IS NULL AS is_as_booked;
UPDATE mentor_startup_sessions SET duration = '90 minutes' WHERE idempotency_key = 'tenth';
SELECT hint();
UPDATE mentor_startup_sessions SET mentor_id = 'carl' WHERE idempotency_key = 'tenth';
SELECT hint();

DROP SCHEMA app, testing CASCADE;
DROP ROLE visitor;
