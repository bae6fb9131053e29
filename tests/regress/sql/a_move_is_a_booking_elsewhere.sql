-- reschedule_session() moves a session where book_session() would book it, and else leaves it alone.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\set writers :here /writers.sql
\i :begin
\i :writers
SELECT count(*) > 0 AS is_set_up FROM setup_booking();
SELECT testing.open('ada', 'Europe/Berlin', opens => '09:00', closes => '17:00');
SELECT testing.open('bob');
UPDATE mentor_settings SET max_sessions_per_day = 2 WHERE mentor_id = 'bob';
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
VALUES ('ada', 1, '2050-03-07', '10:00', '1 hour'), ('ada', 2, '2050-03-07', '12:00', '30 minutes'),
       ('bob', 1, '2050-03-08', '08:00', '30 minutes'), ('ada', 1, '2050-03-08', '15:00', '30 minutes');
-- What a move tells, and where the session stands then.
CREATE FUNCTION testing.move(session bigint, day date, start time, lasting interval DEFAULT NULL)
    RETURNS TABLE (outcome text, replayed boolean, session_id bigint, told_start timestamptz, told_end timestamptz,
                   nearest jsonb, stands_at timestamptz)
    LANGUAGE plpgsql
    AS $$
DECLARE
    answer app.booking_result := app.reschedule_session(session, day, start, lasting);
BEGIN
    RETURN QUERY SELECT answer.outcome, answer.replayed, answer.session_id, answer.starts_at, answer.ends_at,
        answer.alternatives->0->'starts_at', (SELECT starts_at FROM app.mentor_startup_sessions WHERE id = session);
END
$$;

-- It may overlap where it stood, keeps its own length or takes another, and is told again to who repeats it.
SELECT * FROM testing.move(1, '2050-03-07', '10:30');
SELECT * FROM testing.move(1, '2050-03-07', '10:30');
SELECT * FROM testing.move(1, '2050-03-07', '10:30', '90 minutes');
SELECT * FROM testing.move(1, '2050-03-07', '10:00', '30 minutes');
SELECT * FROM reschedule_session(1, '2050-03-07', '09:00', '1 hour') \gx
SELECT id, session_time, duration, starts_at, calendar_sequence FROM mentor_startup_sessions WHERE id = 1;

-- Every refusal of a booking, with the old time kept; the alternatives look past the session itself.
SELECT wish, m.*
FROM (VALUES ('taken by another', 1, '2050-03-07', '11:30', NULL), ('off the grid', 1, '2050-03-07', '10:10', NULL),
             ('its own startup is elsewhere', 1, '2050-03-08', '09:00', NULL), ('its very own other session', 1, '2050-03-08', '15:00', '30 minutes'),
             ('skipped by the clock', 1, '2050-03-27', '02:30', NULL))
    AS wishes (wish, session, day, start, lasting),
    LATERAL testing.move(session, day::date, start::time, lasting::interval) m;
SELECT message, hint FROM reschedule_session(1, '2050-03-07', '11:30');
SELECT outcome, message FROM reschedule_session(1, '2020-03-07', '10:00');
SELECT outcome, message FROM reschedule_session(1, '2950-03-07', '10:00');
-- Limits count the other sessions of the day, never the one that moves.
SELECT testing.insert_of('bob', 7, '2050-03-08', '09:00');
SELECT outcome FROM testing.move(3, '2050-03-08', '11:00');
SELECT testing.insert_of('bob', 8, '2050-03-09', '09:00'), testing.insert_of('bob', 9, '2050-03-09', '10:00');
SELECT outcome FROM testing.move(3, '2050-03-09', '11:00');
-- Buffers bind it; hours bind the next call.
UPDATE mentor_settings SET buffer_after = '30 minutes' WHERE mentor_id = 'ada';
SELECT outcome FROM testing.move(1, '2050-03-07', '12:30');
SELECT outcome FROM testing.move(1, '2050-03-07', '13:00', '30 minutes');
UPDATE mentor_settings SET buffer_after = '0' WHERE mentor_id = 'ada';

-- The clock of now: the mentor has gone to Tokyo. What stands at those very instants stands there already.
UPDATE mentor_settings SET time_zone = 'Asia/Tokyo' WHERE mentor_id = 'ada';
SELECT * FROM testing.move(1, '2050-03-07', '21:00', '30 minutes');
SELECT * FROM testing.move(1, '2050-03-07', '15:00', '30 minutes');
SELECT session_time, time_zone, starts_at FROM mentor_startup_sessions WHERE id = 1;
UPDATE mentor_settings SET time_zone = 'Europe/Berlin' WHERE mentor_id = 'ada';
SELECT outcome FROM testing.move(1, '2050-03-07', '09:00', '1 hour');

-- Others' holds refuse it, its startup's own are used up.
SELECT outcome FROM hold_slot('ada', 5, '2050-03-07', '14:00');
SELECT outcome, expires_at IS NOT NULL AS says_until_when FROM reschedule_session(1, '2050-03-07', '14:00');
SELECT outcome FROM hold_slot('ada', 1, '2050-03-07', '15:00');
SELECT outcome FROM testing.move(1, '2050-03-07', '15:00');
SELECT startup_id, session_time FROM slot_holds;

-- Who repeats the booking of a session that was moved is told what was booked, and where it is now.
SELECT outcome, session_id FROM book_session('ada', 6, '2050-03-10', '09:00', idempotency_key => 'six') \gset six_
SELECT outcome FROM testing.move(:six_session_id, '2050-03-10', '10:00', '1 hour');
SELECT outcome FROM testing.move(:six_session_id, '2050-03-10', '11:00');
SELECT outcome, session_id = :six_session_id AS same, session_time, starts_at, ends_at, replayed, hint
FROM book_session('ada', 6, '2050-03-10', '09:00', idempotency_key => 'six') \gx
SELECT outcome FROM testing.move(:six_session_id, '2050-03-10', '09:00', '30 minutes');
SELECT session_time, ends_at, replayed, hint FROM book_session('ada', 6, '2050-03-10', '09:00', idempotency_key => 'six');

-- What is no scheduled session.
SELECT outcome, session_id, mentor_id FROM reschedule_session(404, '2050-03-07', '10:00');
SELECT outcome FROM cancel_session(1);
SELECT outcome, session_id, starts_at FROM reschedule_session(1, '2050-03-07', '10:00');
UPDATE mentor_startup_sessions SET status = 'completed' WHERE id = 2;
SELECT * FROM error_of($$SELECT reschedule_session(2, '2050-03-07', '10:00')$$) \gx
SELECT e.code, e.message
FROM unnest(ARRAY['NULL, ''2050-03-07'', ''10:00''', '4, NULL, ''10:00''', '4, ''2050-03-07'', NULL', '4, ''2050-03-07'', ''10:00'', ''25 hours''',
                  '4, ''infinity'', ''10:00''']) arguments, LATERAL error_of(format('SELECT reschedule_session(%s)', arguments)) e;
BEGIN READ ONLY;
SELECT code, message FROM error_of($$SELECT reschedule_session(4, '2050-03-07', '10:00')$$);
COMMIT;

-- A refusal writes nothing and locks nothing.
BEGIN;
SELECT outcome FROM testing.move(4, '2050-03-07', '08:00');
SELECT outcome, replayed FROM testing.move(4, '2050-03-08', '15:00');
SELECT pg_current_xact_id_if_assigned() IS NULL AS no_transaction_id,
       (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) = 0 AS no_lock,
       (SELECT xmax FROM mentor_startup_sessions WHERE id = 4) = 0 AS no_row_lock;
COMMIT;

-- As the caller: SELECT, and UPDATE of the columns that a move changes; policies apply.
CREATE ROLE regress_mover;
GRANT SELECT, UPDATE (session_date, session_time, duration) ON mentor_startup_sessions TO regress_mover;
SET ROLE regress_mover;
SELECT * FROM error_of($$SELECT reschedule_session(4, '2050-03-08', '10:00')$$) \gx
RESET ROLE;
GRANT UPDATE (time_zone) ON mentor_startup_sessions TO regress_mover;
SET ROLE regress_mover;
SELECT outcome FROM reschedule_session(4, '2050-03-08', '10:00');
RESET ROLE;
ALTER TABLE mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY sees ON mentor_startup_sessions FOR SELECT USING (id IN (3, 4));
CREATE POLICY moves ON mentor_startup_sessions FOR UPDATE USING (id = 4) WITH CHECK (session_time < '16:00');
SET ROLE regress_mover;
SELECT outcome FROM reschedule_session(1, '2050-03-08', '10:00');
SELECT outcome FROM reschedule_session(4, '2050-03-08', '11:00');
SELECT * FROM error_of($$SELECT reschedule_session(3, '2050-03-10', '10:00')$$) \gx
SELECT code, message FROM error_of($$SELECT reschedule_session(4, '2050-03-08', '16:00')$$);
-- A session of the startup's own is told of where the caller may see it, else as another's.
SELECT outcome FROM reschedule_session(4, '2050-03-08', '12:00');
RESET ROLE;
ALTER POLICY sees ON mentor_startup_sessions USING (id = 4);
SET ROLE regress_mover;
SELECT outcome FROM reschedule_session(4, '2050-03-08', '12:00');
RESET ROLE;
ALTER TABLE mentor_startup_sessions DISABLE ROW LEVEL SECURITY;

-- Nothing is told that was not written.
CREATE FUNCTION testing.meddle() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.session_time := NEW.session_time + interval '30 minutes'; RETURN NEW; END $$;
CREATE TRIGGER a_meddler BEFORE UPDATE ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.meddle();
SELECT code, message FROM error_of($$SELECT reschedule_session(4, '2050-03-08', '13:00')$$);
DROP TRIGGER a_meddler ON mentor_startup_sessions;
CREATE TRIGGER a_keeper BEFORE UPDATE ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
SELECT outcome FROM reschedule_session(4, '2050-03-08', '13:00');
DROP TRIGGER a_keeper ON mentor_startup_sessions;
ALTER TABLE mentor_startup_sessions DISABLE TRIGGER no_overlapping_sessions;
SELECT code, message FROM error_of($$SELECT reschedule_session(4, '2050-03-08', '14:00')$$);
ALTER TABLE mentor_startup_sessions ENABLE TRIGGER no_overlapping_sessions;
SELECT outcome FROM reschedule_session(4, '2050-03-08', '14:00');

DROP SCHEMA app, testing CASCADE;
DROP ROLE regress_mover;
