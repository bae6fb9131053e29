-- A call reads what it must know past policies, as foreign keys do, and writes as its caller.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
CREATE EXTENSION slotguard;
SELECT count(*) > 0 AS is_set_up FROM setup_booking();
INSERT INTO mentor_settings (mentor_id, booking_horizon) VALUES ('anna', '100 years');
INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from) VALUES ('anna', '09:00', '11:00', '2050-01-01');
CREATE ROLE regress_visitor;
\set SHOW_CONTEXT never

-- EXECUTE, which PUBLIC has, is enough for the lists.
SET ROLE regress_visitor;
SELECT session_time, state FROM available_slots('anna', '2050-07-04', '2050-07-04');
SELECT session_date, session_time, state FROM next_available_slots('anna', '2050-07-04', 1);
SELECT mentor_id, time_zone FROM mentor_info('anna');
SELECT outcome FROM book_session('anna', 1, '2050-07-04', '09:00');
SELECT * FROM check_booking();
SELECT * FROM slotguard_internal.setup_table('public', 'mine');
RESET ROLE;

-- To book, INSERT is enough, on the table or on the columns that a booking fills.
GRANT INSERT ON mentor_startup_sessions TO regress_visitor;
SET ROLE regress_visitor;
SELECT outcome, session_id FROM book_session('anna', 1, '2050-07-04', '09:00');
SELECT outcome, session_id FROM book_session('anna', 1, '2050-07-04', '09:00');
SELECT cancel_session(1);
SELECT count(*) FROM mentor_startup_sessions;
RESET ROLE;
REVOKE INSERT ON mentor_startup_sessions FROM regress_visitor;
GRANT INSERT (mentor_id, startup_id, session_date, session_time, duration, time_zone, starts_at, ends_at, status)
    ON mentor_startup_sessions TO regress_visitor;
SET ROLE regress_visitor;
SELECT outcome, session_id FROM book_session('anna', 1, '2050-07-04', '09:30');
RESET ROLE;

-- To cancel: SELECT and UPDATE.
GRANT SELECT, UPDATE (status) ON mentor_startup_sessions TO regress_visitor;
SET ROLE regress_visitor;
SELECT outcome FROM cancel_session(2);
RESET ROLE;

-- Policies: what the caller writes has to pass; what it may not see is told as somebody else's.
ALTER TABLE mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_sessions ON mentor_startup_sessions
    USING (startup_id = current_setting('app.startup')::bigint)
    WITH CHECK (startup_id = current_setting('app.startup')::bigint);
SET ROLE regress_visitor;
SET app.startup TO 1;
SELECT outcome, session_id FROM book_session('anna', 1, '2050-07-04', '09:00');
SELECT outcome, session_id FROM book_session('anna', 1, '2050-07-04', '09:00', '1 hour');
SELECT outcome, session_id FROM book_session('anna', 1, '2050-07-04', '09:30');
SELECT outcome, session_id FROM book_session('anna', 2, '2050-07-04', '10:00');
SET app.startup TO 2;
SELECT outcome, session_id, alternatives -> 0 ->> 'session_time' AS nearest FROM book_session('anna', 2, '2050-07-04', '09:00');
SELECT outcome, session_id FROM book_session('anna', 1, '2050-07-04', '09:00');
SELECT outcome FROM cancel_session(1);
SELECT outcome, session_id FROM book_session('anna', 2, '2050-07-04', '10:00');
SELECT session_time, state FROM available_slots('anna', '2050-07-04', '2050-07-04');
SELECT startup_id, session_time, status FROM mentor_startup_sessions ORDER BY id;
RESET ROLE;

-- To see a session is not yet to cancel it.
CREATE POLICY everybody_looks ON mentor_startup_sessions FOR SELECT USING (true);
SET ROLE regress_visitor;
SELECT outcome FROM cancel_session(1);
RESET ROLE;

-- To hold: INSERT. The token is told to those who might have held the slot, and not to those who name its startup.
GRANT INSERT ON slot_holds TO regress_visitor;
ALTER TABLE slot_holds ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_holds ON slot_holds FOR INSERT WITH CHECK (startup_id = current_setting('app.startup')::bigint);
SET ROLE regress_visitor;
SELECT hold_token AS token FROM hold_slot('anna', 2, '2050-07-05', '09:00') \gset
SELECT outcome, replayed, hold_token = :'token' AS is_the_same FROM hold_slot('anna', 2, '2050-07-05', '09:00');
SET app.startup TO 3;
SELECT outcome, hold_token FROM hold_slot('anna', 2, '2050-07-05', '09:00');
SELECT outcome, hold_token FROM hold_slot('anna', 2, '2050-07-05', '09:30');
SELECT outcome, hold_token FROM hold_slot('anna', 3, '2050-07-05', '09:00');
RESET ROLE;
SELECT count(*) FROM slot_holds;

-- Nor is it told whose session a key has booked, where policies hide it.
GRANT INSERT ON mentor_startup_sessions TO regress_visitor;
DROP POLICY everybody_looks ON mentor_startup_sessions;
SET ROLE regress_visitor;
SELECT outcome FROM book_session('anna', 3, '2050-07-05', '10:00', idempotency_key => 'mine');
SELECT outcome FROM book_session('anna', 3, '2050-07-05', '10:30', idempotency_key => 'mine');
SET app.startup TO 2;
SELECT outcome FROM book_session('anna', 3, '2050-07-05', '10:30', idempotency_key => 'mine');
RESET ROLE;

-- A view in place of a table would run its owner's code with our eyes: refused.
ALTER TABLE mentor_settings RENAME TO settings_aside;
CREATE VIEW mentor_settings AS SELECT * FROM settings_aside;
SELECT outcome FROM book_session('anna', 2, '2050-07-04', '10:30');
DROP VIEW mentor_settings;
ALTER TABLE settings_aside RENAME TO mentor_settings;

-- Nor are keys of one type ever read as those of another.
ALTER TABLE mentor_settings ALTER mentor_id TYPE uuid USING gen_random_uuid();
ALTER TABLE mentor_availability ALTER mentor_id TYPE uuid USING gen_random_uuid();
ALTER TABLE mentor_availability_overrides ALTER mentor_id TYPE uuid USING gen_random_uuid();
SELECT outcome FROM book_session('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 2, '2050-07-04', '10:30');
SELECT count(*) FROM available_slots('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '2050-07-04', '2050-07-04');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('anna', 1, '2050-07-04', '12:00');
SELECT check_name, detail FROM check_booking() WHERE NOT ok;

SET client_min_messages TO warning;
DROP EXTENSION slotguard CASCADE;
DROP TABLE mentor_startup_sessions, mentor_settings, mentor_availability, mentor_availability_overrides, slot_holds, booking_events;
DROP ROLE regress_visitor;
