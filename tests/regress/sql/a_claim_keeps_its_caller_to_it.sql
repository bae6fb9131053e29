-- Where a request's claims name a startup or a mentor, a call does nothing for another one, and finds nothing of
-- another one's: with row-level policies and without.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
SELECT count(*) > 0 AS is_set_up FROM setup_booking();
SELECT FROM open('anna', opens => '09:00', closes => '12:00');
SELECT FROM open('bert', opens => '09:00', closes => '12:00');
-- As PostgREST sets them.
CREATE FUNCTION testing.sign_in(claims text) RETURNS void LANGUAGE sql
    AS $$ SELECT FROM set_config('request.jwt.claims', claims, false) $$;

-- Without claims, and with others, nothing is kept back.
SELECT outcome FROM book_session('anna', 1, '2050-07-04', '09:00', idempotency_key => 'one');
SELECT FROM sign_in('');
SELECT outcome FROM book_session('anna', 2, '2050-07-04', '09:30', idempotency_key => 'two');
SELECT FROM sign_in('{"role": "clerk", "startup_id": null}');
SELECT outcome FROM book_session('bert', 2, '2050-07-04', '10:00');
SELECT hold_token AS of_2 FROM hold_slot('anna', 2, '2050-07-04', '11:00') \gset

-- A startup books, holds, moves and cancels what is its own.
SELECT FROM sign_in('{"role": "slotguard_startup", "startup_id": 1}');
SELECT outcome, startup_id FROM book_session('anna', 1, '2050-07-04', '10:00');
SELECT outcome, replayed FROM book_session('anna', 1, '2050-07-04', '09:00', idempotency_key => 'one');
SELECT outcome, startup_id, hold_token AS of_1 FROM hold_slot('anna', 1, '2050-07-04', '11:30') \gset
SELECT outcome FROM reschedule_session(1, '2050-07-04', '10:30');
SELECT outcome FROM cancel_session(1, 'Ill.');
SELECT outcome FROM release_hold(:'of_1');
SELECT session_ics(1) LIKE '%STATUS:CANCELLED%' AS is_written;
-- A string is as good, as some issuers write it.
SELECT FROM sign_in('{"startup_id": "1"}');
SELECT outcome FROM book_session('anna', 1, '2050-07-05', '10:00');

-- It can't book or look as another: nothing is told of what the other one has, or where it would be busy.
SELECT * FROM error_of($$SELECT book_session('anna', 2, '2050-07-04', '11:30')$$);
SELECT * FROM error_of($$SELECT book_session('anna', 2, '2050-07-04', '09:30')$$);
SELECT code, message FROM error_of($$SELECT book_session('anna', 2, '2050-07-04', '09:30', idempotency_key => 'two')$$);
SELECT code, message FROM error_of($$SELECT book_session('anna', 2, '2050-07-04', '02:00')$$);
SELECT code, message FROM error_of($$SELECT hold_slot('anna', 2, '2050-07-04', '11:30')$$);
SELECT outcome, session_id, alternatives FROM reschedule_session(2, '2050-07-04', '11:30');
SELECT outcome, session_id, mentor_id FROM cancel_session(2);
SELECT outcome, mentor_id FROM release_hold(:'of_2');
SELECT session_ics(2) IS NULL AS is_hidden;
-- Of another's session it is told as of any that is taken.
SELECT outcome, session_id, startup_id FROM book_session('anna', 1, '2050-07-04', '09:30');
SELECT outcome FROM book_session('anna', 1, '2050-07-04', '11:00');

-- A mentor, likewise, with whichever startup.
SELECT FROM sign_in('{"role": "slotguard_mentor", "mentor_id": "bert"}');
SELECT outcome FROM book_session('bert', 3, '2050-07-04', '11:00');
SELECT outcome, hold_token AS with_bert FROM hold_slot('bert', 3, '2050-07-04', '11:30') \gset
SELECT outcome FROM release_hold(:'with_bert');
SELECT outcome FROM reschedule_session(3, '2050-07-04', '10:30');
SELECT session_ics(3) IS NOT NULL AS is_written;
SELECT outcome FROM cancel_session(3, 'Away.');
SELECT * FROM error_of($$SELECT book_session('anna', 3, '2050-07-04', '11:30')$$);
SELECT code, message FROM error_of($$SELECT hold_slot('anna', 3, '2050-07-04', '11:30')$$);
SELECT outcome FROM reschedule_session(2, '2050-07-04', '11:30');
SELECT outcome FROM cancel_session(2);
SELECT outcome FROM release_hold(:'of_2');
SELECT session_ics(2) IS NULL AS is_hidden;
-- Whoever is named as both is kept to both.
SELECT FROM sign_in('{"startup_id": 3, "mentor_id": "bert"}');
SELECT outcome FROM cancel_session(4);
SELECT outcome FROM book_session('bert', 3, '2050-07-05', '11:00');
SELECT code, message FROM error_of($$SELECT book_session('bert', 4, '2050-07-05', '11:30')$$);
SELECT code, message FROM error_of($$SELECT book_session('anna', 3, '2050-07-05', '11:30')$$);
SELECT FROM sign_in('{"startup_id": 3, "mentor_id": "anna"}');
SELECT outcome FROM cancel_session((SELECT max(id) FROM mentor_startup_sessions));

-- The lists, a mentor's settings and check_booking() are everybody's.
SELECT session_time, state FROM available_slots('bert', '2050-07-04', '2050-07-04');
SELECT session_date, session_time FROM next_available_slots('bert', '2050-07-05', 1);
SELECT mentor_id FROM mentor_info('bert');
SELECT count(*) FROM check_booking() WHERE NOT ok;

-- Nothing was written for anybody else.
SELECT id, mentor_id, startup_id, session_date, session_time, status FROM mentor_startup_sessions ORDER BY id;
SELECT mentor_id, startup_id, session_time FROM slot_holds;

-- Claims that can't be read let nobody through, and are told of before anything else is.
SELECT FROM sign_in('{"startup_id": 1');
SELECT * FROM error_of($$SELECT book_session('anna', 1, '2050-07-06', '10:00')$$);
SELECT FROM sign_in('[1]');
SELECT code, message FROM error_of($$SELECT hold_slot('anna', 1, '2050-07-06', '10:00')$$);
SELECT FROM sign_in('{"startup_id": 1.5}');
SELECT code, message FROM error_of($$SELECT cancel_session(4)$$);
SELECT FROM sign_in('{"startup_id": "1 OR true"}');
SELECT code, message FROM error_of($$SELECT reschedule_session(4, '2050-07-06', '10:00')$$);
SELECT FROM sign_in('{"startup_id": [1]}');
SELECT code, message FROM error_of($$SELECT session_ics(4)$$);
SELECT FROM sign_in('{"startup_id": 9223372036854775808}');
SELECT code, message FROM error_of(format('SELECT release_hold(%L)', :'of_2'));
SELECT FROM sign_in('{"mentor_id": 7}');
SELECT code, message FROM error_of($$SELECT cancel_session(4)$$);
-- One that was read before is not taken for the one that can't be.
SELECT FROM sign_in('{"startup_id": 2}');
SELECT outcome FROM cancel_session(2);
SELECT FROM sign_in('{"startup_id": 2');
SELECT code FROM error_of($$SELECT cancel_session(2)$$);

-- A function of the site's own that has to act for others says so itself.
CREATE FUNCTION testing.give_to(startup bigint) RETURNS text LANGUAGE sql
    SET request.jwt.claims = ''
    AS $$ SELECT outcome FROM app.book_session('anna', startup, '2050-07-07', '10:00') $$;
SELECT FROM sign_in('{"startup_id": 1}');
SELECT give_to(2);
SELECT code FROM error_of($$SELECT book_session('anna', 2, '2050-07-07', '11:00')$$);

-- Under policies: what a call may do is what both allow.
CREATE ROLE regress_signed_in;
GRANT SELECT, INSERT, UPDATE ON mentor_startup_sessions, slot_holds TO regress_signed_in;
ALTER TABLE mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody_sees ON mentor_startup_sessions USING (true);
SET ROLE regress_signed_in;
SELECT outcome FROM book_session('anna', 1, '2050-07-08', '10:00');
SELECT code, message FROM error_of($$SELECT book_session('anna', 2, '2050-07-08', '10:30')$$);
SELECT outcome FROM cancel_session((SELECT max(id) FROM mentor_startup_sessions WHERE startup_id = 2));
SELECT outcome FROM cancel_session((SELECT max(id) FROM mentor_startup_sessions WHERE startup_id = 1));
RESET ROLE;

-- A claim of no startup: policies alone decide.
DROP POLICY everybody_sees ON mentor_startup_sessions;
CREATE POLICY own ON mentor_startup_sessions
    USING (startup_id = (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'startup_id')::bigint);
SELECT FROM sign_in('{"role": "regress_signed_in"}');
SET ROLE regress_signed_in;
SELECT code, message FROM error_of($$SELECT book_session('anna', 1, '2050-07-08', '11:00')$$);
SELECT outcome FROM cancel_session((SELECT 5));
RESET ROLE;
DROP SCHEMA app, testing CASCADE;

-- Where mentors are uuids, any spelling of one is that mentor; and a startup is one in whatever integer type.
\i :begin
CREATE TABLE mentor_startup_sessions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mentor_id uuid NOT NULL, startup_id smallint NOT NULL,
    session_date date NOT NULL, session_time time NOT NULL, status varchar NOT NULL DEFAULT 'scheduled');
SELECT count(*) > 0 AS is_set_up FROM setup_booking();
\set anna a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
\set bert b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
\set soon 'current_date + 7'
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES (:'anna', 1, :soon, '09:00'), (:'bert', 2, :soon, '09:00');
SELECT FROM set_config('request.jwt.claims', '{"mentor_id": "{A0EEBC999C0B4EF8BB6D6BB9BD380A11}"}', false);
SELECT outcome FROM book_session(:'anna', 1, :soon, '10:00');
SELECT code, message FROM error_of(format('SELECT book_session(%L, 1, current_date + 7, ''11:00'')', :'bert'));
SELECT outcome FROM cancel_session(1);
SELECT outcome FROM cancel_session(2);
SELECT FROM set_config('request.jwt.claims', '{"startup_id": 1}', false);
SELECT outcome FROM reschedule_session(2, :soon, '11:00');
SELECT outcome FROM reschedule_session(3, :soon, '11:00');
SELECT session_ics(2) IS NULL AS is_hidden, session_ics(3) IS NULL AS is_hidden_too;
SELECT FROM set_config('request.jwt.claims', '{"startup_id": 70000}', false);
SELECT outcome FROM cancel_session(3);
SELECT FROM set_config('request.jwt.claims', '{"mentor_id": "anna"}', false);
SELECT code, message FROM error_of('SELECT cancel_session(3)');

DROP SCHEMA app, testing CASCADE;
DROP ROLE regress_signed_in;
