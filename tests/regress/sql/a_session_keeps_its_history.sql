-- calendar_sequence, booked_as and cancellation_reason are kept by the trigger, whoever writes and
-- whatever the writer sets.
SET timezone TO 'Asia/Kathmandu';
SET datestyle TO 'SQL, DMY';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\set writers :here /writers.sql
\i :begin
\i :writers
SET intervalstyle TO 'sql_standard';
SELECT count(*) > 0 AS is_set_up FROM setup_booking();
INSERT INTO mentor_settings (mentor_id, time_zone) VALUES ('ada', 'Europe/Berlin');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration, idempotency_key)
VALUES ('ada', 1, '2050-07-04', '10:00', '1 day', 'first'), ('ada', 2, '2050-07-06', '10:00', '1 hour', NULL);

-- The sequence after each statement in turn, for one session.
CREATE FUNCTION testing.sequence_after(VARIADIC statements text[]) RETURNS TABLE (changes text, calendar_sequence int)
    LANGUAGE plpgsql
    AS $$
BEGIN
    FOREACH changes IN ARRAY statements LOOP
        EXECUTE format('UPDATE app.mentor_startup_sessions SET %s WHERE id = 1 RETURNING calendar_sequence', changes)
            INTO calendar_sequence;
        RETURN NEXT;
    END LOOP;
END
$$;
SELECT * FROM sequence_after('session_time = ''11:00''', 'session_time = ''11:00''', 'updated_at = now()',
    'duration = ''90 minutes''', 'mentor_id = ''bob''', 'time_zone = ''Asia/Tokyo''', 'startup_id = 3',
    'calendar_sequence = 99', 'calendar_sequence = 0, session_date = session_date + 1',
    'starts_at = now()', 'status = ''cancelled''', 'status = ''cancelled''', 'status = ''scheduled''',
    'status = ''completed''', 'status = ''no_show''', 'status = ''scheduled''');
-- It never turns back to the smallest number.
SET session_replication_role TO replica;
UPDATE mentor_startup_sessions SET calendar_sequence = 2147483647 WHERE id = 1;
RESET session_replication_role;
SELECT * FROM sequence_after('session_time = ''12:00''');

-- With a key: what it was booked as, once for all, whatever the writer's settings are.
SELECT booked_as, idempotency_key FROM mentor_startup_sessions WHERE id = 1;
UPDATE mentor_startup_sessions SET booked_as = '{"mentor_id": "eve"}', session_time = '13:00' WHERE id = 1
RETURNING booked_as->>'mentor_id' AS booked_with;
UPDATE mentor_startup_sessions SET booked_as = NULL WHERE id = 1 RETURNING booked_as->>'mentor_id' AS booked_with;
-- It is read back as what it was, whoever reads.
SELECT (booked_as->>'duration')::interval = '1 day' AS same_length,
       (booked_as->>'starts_at')::timestamptz = '2050-07-04 10:00 Europe/Berlin' AS same_start,
       (booked_as->>'session_date')::date = '2050-07-04' AS same_date
FROM mentor_startup_sessions WHERE id = 1;
-- A cancellation is no move; without a key nothing is kept, and with the key goes what is kept for it.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, idempotency_key)
VALUES ('ada', 4, '2050-07-09', '10:00', 'fourth');
UPDATE mentor_startup_sessions SET status = 'cancelled' WHERE startup_id = 4;
UPDATE mentor_startup_sessions SET session_time = '10:30', booked_as = '{}' WHERE startup_id = 2;
UPDATE mentor_startup_sessions SET idempotency_key = NULL WHERE id = 1;
-- A row that gets its key and moves at once was never booked under it elsewhere.
UPDATE mentor_startup_sessions SET idempotency_key = 'late', session_time = '10:45' WHERE startup_id = 2;
SELECT id, idempotency_key, booked_as FROM mentor_startup_sessions ORDER BY id;

-- A reason belongs to a cancellation, and goes with it.
SELECT outcome, replayed FROM cancel_session(2, 'The founder is ill.');
SELECT outcome FROM cancel_session(2, 'Another reason.');
SELECT outcome FROM cancel_session(2);
SELECT status, cancellation_reason FROM mentor_startup_sessions WHERE id = 2;
UPDATE mentor_startup_sessions SET status = 'scheduled' WHERE id = 2 RETURNING cancellation_reason;
UPDATE mentor_startup_sessions SET cancellation_reason = 'none' WHERE id = 2 RETURNING cancellation_reason;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status, cancellation_reason)
VALUES ('ada', 5, '2050-07-10', '10:00', 'cancelled', 'Imported.'), ('ada', 5, '2050-07-11', '10:00', 'scheduled', 'Imported.')
RETURNING status, cancellation_reason;
SELECT e.* FROM unnest(ARRAY['', repeat('é', 1001)]) AS r (reason),
    LATERAL error_of(format('SELECT cancel_session(2, %L)', r.reason)) e;
SELECT outcome FROM cancel_session(2, repeat('é', 1000));
SELECT outcome FROM cancel_session(404, 'Nobody knows.');

-- Without a reason a right to change the status is enough; with one, that column's too.
CREATE ROLE regress_history_clerk;
GRANT SELECT, UPDATE (status) ON mentor_startup_sessions TO regress_history_clerk;
SET ROLE regress_history_clerk;
SELECT e.code, e.message FROM error_of($$SELECT cancel_session(1, 'A holiday.')$$) e;
SELECT outcome FROM cancel_session(1);
RESET ROLE;

-- check_booking() names what got past the trigger.
SELECT count(*) FROM check_booking() WHERE NOT ok;
SET session_replication_role TO replica;
UPDATE mentor_startup_sessions SET status = 'canceled' WHERE id IN (2, 3);
UPDATE mentor_startup_sessions SET idempotency_key = 'odd', booked_as = '{"mentor_id": "ada"}' WHERE id = 1;
RESET session_replication_role;
SELECT * FROM check_booking() WHERE NOT ok AND check_name <> 'journal is whole';

DROP SCHEMA app, testing CASCADE;
DROP ROLE regress_history_clerk;
