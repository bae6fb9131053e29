-- A refusal takes no transaction id, writes no WAL, no row and no sequence value, and holds no lock.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
CREATE EXTENSION slotguard;
SELECT count(*) > 0 AS is_set_up FROM setup_booking();
INSERT INTO mentor_settings (mentor_id, booking_horizon) VALUES ('anna', '100 years'), ('bert', '100 years');
INSERT INTO mentor_settings (mentor_id, booking_horizon, max_sessions_per_day, max_sessions_per_week)
VALUES ('carl', '100 years', 0, 0);
INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from)
VALUES ('bert', '09:00', '12:00', date '2050-01-01');
SELECT outcome FROM book_session('anna', 1, date '2050-01-03', '10:00');
SELECT outcome FROM book_session('bert', 3, date '2050-01-03', '10:00');
-- How many WAL records a statement of this session writes.
CREATE FUNCTION wal_records(statement text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (ANALYZE, WAL, FORMAT JSON) ' || statement INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'WAL Records';
END
$$;

CREATE TEMP TABLE refusals (outcome text, taken_by bigint, day date, at time, mentor text);
INSERT INTO refusals VALUES
    ('slot_taken', 2, '2050-01-03', '10:00', 'anna'),
    ('already_yours', 1, '2050-01-03', '10:00', 'anna'),
    ('slot_taken', 2, '2050-01-03', '10:00', 'bert'),
    ('mentor_unavailable', 2, '2050-01-03', '08:00', 'bert'),
    ('outside_booking_window', 2, '2020-01-03', '10:00', 'anna'),
    ('limit_reached', 2, '2050-01-03', '10:00', 'carl');

BEGIN;
SELECT last_value AS sequence_before FROM mentor_startup_sessions_id_seq \gset
SELECT r.outcome = b.outcome AS as_expected
FROM refusals r, LATERAL book_session(r.mentor, r.taken_by, r.day, r.at) b;
SELECT wal_records($$SELECT book_session('anna', 2, date '2050-01-03', '10:00')$$) AS without_hours,
       wal_records($$SELECT book_session('bert', 2, date '2050-01-03', '10:00')$$) AS with_hours;
SELECT pg_current_xact_id_if_assigned() IS NULL AS no_transaction_id,
       (SELECT last_value FROM mentor_startup_sessions_id_seq) = :sequence_before AS no_sequence_value,
       (SELECT count(*) FROM mentor_startup_sessions) = 2 AS no_row,
       (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) = 0 AS no_lock;
COMMIT;

-- A win costs one row and one sequence value, and its WAL is counted.
SELECT outcome, session_id FROM book_session('anna', 2, date '2050-01-03', '10:30');
SELECT wal_records($$SELECT book_session('anna', 2, date '2050-01-03', '11:00')$$) > 0 AS writes_wal;

SET client_min_messages TO warning;
DROP EXTENSION slotguard CASCADE;
DROP FUNCTION wal_records(text);
DROP TABLE mentor_startup_sessions, mentor_settings, mentor_availability, mentor_availability_overrides, slot_holds, booking_events, refusals;
