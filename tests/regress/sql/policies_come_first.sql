SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
SELECT testing.open(mentor) FROM unnest('{ada,bob,eve}'::text[]) mentor;
\set SHOW_CONTEXT never

-- A site whose token says who signed in, and whose own table says for which startups they may act. Neither
-- claim is one of ours, so policies alone bind the calls.
CREATE TABLE testing.members (member text, startup_id bigint);
INSERT INTO testing.members VALUES ('u7', 7), ('u8', 8);
CREATE ROLE regress_member;
GRANT USAGE ON SCHEMA testing TO regress_member;
GRANT SELECT ON testing.members TO regress_member;
GRANT SELECT, INSERT ON mentor_startup_sessions TO regress_member;
GRANT INSERT ON slot_holds TO regress_member;
ALTER TABLE mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY members ON mentor_startup_sessions TO regress_member
    USING (startup_id IN (SELECT m.startup_id FROM testing.members m
                          WHERE m.member = current_setting('request.jwt.claims', true)::jsonb ->> 'sub'));
ALTER TABLE slot_holds ENABLE ROW LEVEL SECURITY;
CREATE POLICY members ON slot_holds FOR INSERT TO regress_member
    WITH CHECK (EXISTS (SELECT FROM testing.members m
                        WHERE m.member = current_setting('request.jwt.claims', true)::jsonb ->> 'sub'
                            AND m.startup_id = slot_holds.startup_id));
CREATE FUNCTION testing.as_member(member text, statement text) RETURNS text
    LANGUAGE plpgsql
    AS $$
DECLARE
    answer text;
BEGIN
    PERFORM set_config('request.jwt.claims', jsonb_build_object('sub', member)::text, true);
    SET LOCAL ROLE regress_member;
    EXECUTE statement INTO answer;
    RESET ROLE;
    RETURN answer;
EXCEPTION WHEN OTHERS THEN
    RESET ROLE;
    RETURN concat_ws(' ', SQLSTATE, SQLERRM);
END
$$;

-- Startup 7 has a session with ada, booked under a key, a hold with bob, and nothing else.
SELECT as_member('u7', $$SELECT outcome FROM app.book_session('ada', 7, '2050-03-07', '10:00', idempotency_key => '1')$$),
       as_member('u7', $$SELECT outcome FROM app.hold_slot('bob', 7, '2050-03-07', '12:00')$$);
SELECT id AS session_id FROM mentor_startup_sessions \gset
-- Whoever may act for 7 is told of both, with the key's first answer.
SELECT as_member('u7', $$SELECT concat_ws(' ', outcome, session_id, replayed) FROM app.book_session('ada', 7, '2050-03-07', '10:00', idempotency_key => '1')$$) AS replayed,
       as_member('u7', $$SELECT outcome FROM app.book_session('ada', 7, '2050-03-07', '10:00')$$) AS own,
       as_member('u7', $$SELECT outcome FROM app.book_session('eve', 7, '2050-03-07', '10:00')$$) AS busy,
       as_member('u7', $$SELECT replayed FROM app.hold_slot('bob', 7, '2050-03-07', '12:00')$$) AS hold_replayed;
-- Another member learns nothing of 7, by whatever call: not where it is free, nor where it is not.
SELECT call, as_member('u8', call) AS answer
FROM unnest(ARRAY[
    $$SELECT outcome FROM app.book_session('eve', 7, '2050-03-07', '09:00')$$,
    $$SELECT outcome FROM app.book_session('eve', 7, '2050-03-07', '10:00')$$,
    $$SELECT outcome FROM app.book_session('ada', 7, '2050-03-07', '10:00')$$,
    $$SELECT outcome FROM app.book_session('bob', 7, '2050-03-07', '12:00')$$,
    $$SELECT outcome FROM app.book_session('eve', 7, '1999-03-07', '10:00')$$,
    $$SELECT session_id FROM app.book_session('ada', 7, '2050-03-07', '10:00', idempotency_key => '1')$$,
    $$SELECT session_id FROM app.book_session('eve', 7, '2050-03-08', '10:00', idempotency_key => '1')$$,
    $$SELECT outcome FROM app.hold_slot('eve', 7, '2050-03-07', '09:00')$$,
    $$SELECT outcome FROM app.hold_slot('eve', 7, '2050-03-07', '10:00')$$,
    $$SELECT hold_token FROM app.hold_slot('bob', 7, '2050-03-07', '12:00')$$]) call;
-- For their own startup they are answered as everybody is.
SELECT as_member('u8', $$SELECT outcome FROM app.book_session('ada', 8, '2050-03-07', '10:00')$$) AS taken,
       as_member('u8', $$SELECT outcome FROM app.book_session('bob', 8, '2050-03-07', '12:00')$$) AS held,
       as_member('u8', $$SELECT outcome FROM app.book_session('eve', 8, '2050-03-07', '10:00')$$) AS free;

-- A refused caller who is let in by a policy costs no transaction id, nor a number of a sequence.
SELECT last_value AS drawn FROM mentor_startup_sessions_id_seq \gset
SET ROLE regress_member;
SET request.jwt.claims TO '{"sub": "u8"}';
BEGIN;
SELECT outcome FROM app.book_session('ada', 8, '2050-03-07', '10:00');
SELECT outcome FROM app.hold_slot('ada', 8, '2050-03-07', '10:00');
SELECT pg_current_xact_id_if_assigned() AS transaction_id;
COMMIT;
RESET ROLE;
RESET request.jwt.claims;
SELECT last_value - :drawn AS drawn FROM mentor_startup_sessions_id_seq;

-- A key names a session that a policy hides from those who may book for its startup.
CREATE POLICY not_that ON mentor_startup_sessions AS RESTRICTIVE FOR SELECT TO regress_member USING (mentor_id <> 'ada');
SELECT as_member('u7', $$SELECT session_id FROM app.book_session('ada', 7, '2050-03-07', '10:00', idempotency_key => '1')$$) AS by_key,
       as_member('u7', $$SELECT outcome FROM app.book_session('eve', 7, '2050-03-07', '10:30')$$) AS free,
       as_member('u7', $$SELECT outcome FROM app.book_session('bob', 7, '2050-03-07', '10:00')$$) AS hidden;
DROP POLICY not_that ON mentor_startup_sessions;

-- The policies see the row as an INSERT would: with its defaults, and as BEFORE triggers of others leave it.
ALTER TABLE mentor_startup_sessions ADD COLUMN booked_by text DEFAULT nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub',
    ADD COLUMN department text COLLATE "C", ADD COLUMN dropped int;
ALTER TABLE mentor_startup_sessions DROP COLUMN dropped;
CREATE FUNCTION testing.fill_department() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.department := CASE NEW.startup_id WHEN 7 THEN 'seven' ELSE 'others' END;
    RETURN NEW;
END
$$;
CREATE TRIGGER fill_department BEFORE INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.fill_department();
DROP POLICY members ON mentor_startup_sessions;
CREATE POLICY members ON mentor_startup_sessions TO regress_member
    USING (booked_by = current_setting('request.jwt.claims', true)::jsonb ->> 'sub' AND department = 'others');
SELECT as_member('u8', $$SELECT outcome FROM app.book_session('ada', 8, '2050-03-07', '10:00')$$) AS taken,
       as_member('u8', $$SELECT outcome FROM app.book_session('ada', 7, '2050-03-07', '10:00')$$) AS refused,
       as_member('u8', $$SELECT outcome FROM app.book_session('ada', 8, '2050-03-07', '11:00')$$) AS booked,
       as_member('u8', $$SELECT outcome FROM app.book_session('ada', 8, '2050-03-07', '11:00')$$) AS own;
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
DROP SCHEMA app, testing CASCADE;
DROP OWNED BY regress_member;
DROP ROLE regress_member;
