SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
\set SHOW_CONTEXT never

-- slot_holds is its owner's: rows that no call would write, triggers, policies and changes of the table make
-- neither the list nor a call fail or disagree.
SELECT testing.open('ada', 'UTC', '30 minutes', '09:00', '12:00'), testing.open('bob', 'UTC', '30 minutes', '09:00', '12:00');
CREATE FUNCTION testing.states(mentor text, day date) RETURNS text LANGUAGE sql
    AS 'SELECT string_agg(to_char(session_time, ''HH24:MI'') || '' '' || state, '', '' ORDER BY starts_at)
        FROM app.available_slots($1, $2, $2)';
-- A hold by its owner's hand; its token is its number.
CREATE FUNCTION testing.token(number bigint) RETURNS uuid LANGUAGE sql
    AS 'SELECT (''00000000-0000-0000-0000-'' || lpad($1::text, 12, ''0''))::uuid';
CREATE PROCEDURE testing.hold(number bigint, mentor text, startup bigint, starts timestamp, ends timestamp,
                              expires timestamptz DEFAULT 'infinity', day date DEFAULT NULL)
    LANGUAGE sql AS $$
    INSERT INTO app.slot_holds (hold_token, mentor_id, startup_id, session_date, session_time, duration, time_zone,
                                starts_at, ends_at, expires_at)
    VALUES (testing.token(number), mentor, startup, coalesce(day, starts::date), starts::time, '30 minutes', 'UTC',
            starts, ends, expires)
$$;

-- Longer than a day, of no length, backwards, endless, on no date: a constraint refuses most of them, and nobody is
-- kept from anything by those that got past it.
SELECT code, message FROM testing.error_of($$CALL testing.hold(1, 'ada', 1, '2050-03-07 00:00', '2050-03-10 00:00')$$)
UNION ALL SELECT code, message FROM testing.error_of($$CALL testing.hold(1, 'ada', 1, '2050-03-07 00:00', '2050-03-07 00:00')$$);
ALTER TABLE slot_holds DROP CONSTRAINT hold_ends_after_it_begins;
CALL testing.hold(1, 'ada', 1, '2050-03-07 00:00', '2050-03-10 00:00');
CALL testing.hold(2, 'ada', 1, '2050-03-07 10:00', '2050-03-07 10:00');
CALL testing.hold(3, 'ada', 1, '2050-03-07 11:00', '2050-03-07 10:00');
INSERT INTO slot_holds (mentor_id, startup_id, session_date, session_time, duration, time_zone, starts_at, ends_at, expires_at)
VALUES ('ada', 1, '2050-03-07', '10:00', '30 minutes', 'UTC', '-infinity', 'infinity', 'infinity'),
       ('ada', 1, '2050-03-07', '10:00', '30 minutes', 'UTC', '-infinity', '2050-03-08', 'infinity'),
       ('ada', 1, '2050-03-07', '10:00', '30 minutes', 'UTC', '2050-03-07', 'infinity', 'infinity');
CALL testing.hold(4, 'ada', 1, '2050-03-07 10:00', '2050-03-07 10:30', day => 'infinity');
CALL testing.hold(5, 'ada', 1, '2050-03-07 10:00', '2050-03-07 10:30', day => '5874897-12-31');
SELECT testing.states('ada', '2050-03-07'), testing.states('ada', '2050-03-09');
SELECT outcome FROM hold_slot('ada', 2, '2050-03-07', '10:00');
SELECT outcome FROM hold_slot('ada', 1, '2050-03-08', '10:00');
SELECT outcome FROM release_hold(testing.token(1));
SELECT outcome FROM book_session('ada', 3, '2050-03-09', '10:00', hold_token => testing.token(4));
TRUNCATE slot_holds;
-- One that says other dates and times than it takes, or is of a startup that nobody has: the instants count.
CALL testing.hold(6, 'ada', -1, '2050-03-07 10:00', '2050-03-07 10:30', day => '1999-12-31');
-- A whole day is the longest.
CALL testing.hold(7, 'bob', 1, '2050-03-07 10:00', '2050-03-08 10:00');
SELECT testing.states('ada', '2050-03-07'), testing.states('bob', '2050-03-08');
SELECT outcome, expires_at FROM book_session('bob', 2, '2050-03-08', '09:30')
UNION ALL SELECT outcome, expires_at FROM book_session('bob', 2, '2050-03-08', '10:00');
-- A column that is empty is named.
ALTER TABLE slot_holds ALTER expires_at DROP NOT NULL;
CALL testing.hold(8, 'bob', 1, '2050-03-09 10:00', '2050-03-09 10:30', NULL);
SELECT * FROM testing.error_of($$SELECT book_session('bob', 2, '2050-03-09', '10:00')$$);
TRUNCATE slot_holds;
ALTER TABLE slot_holds ALTER expires_at SET NOT NULL;

-- A savepoint that is rolled back takes the hold with it, and what it had swept comes back, swept by the next one.
CALL testing.hold(9, 'ada', 1, '2050-03-07 10:00', '2050-03-07 10:30', now() - interval '1 minute');
BEGIN;
SAVEPOINT before;
SELECT outcome FROM hold_slot('ada', 2, '2050-03-07', '10:00');
ROLLBACK TO before;
SELECT count(*) FROM slot_holds WHERE hold_token = testing.token(9);
SELECT outcome, replayed FROM hold_slot('ada', 3, '2050-03-07', '10:00');
COMMIT;
SELECT startup_id FROM slot_holds;
-- Held, confirmed and let go in one transaction.
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT outcome FROM hold_slot('ada', 3, '2050-03-07', '10:30');
SELECT outcome FROM book_session('ada', 3, '2050-03-07', '10:00', hold_token => (SELECT hold_token FROM slot_holds WHERE session_time = '10:00'));
SELECT outcome FROM slot_holds, release_hold(hold_token);
COMMIT;
SELECT count(*) FROM slot_holds WHERE session_date = '2050-03-07';
TRUNCATE slot_holds;

-- The mentor changes zone while a slot is held: the date and time are another slot from then on. What is booked is
-- that, and the hold is used up all the same.
INSERT INTO mentor_settings (mentor_id, time_zone, booking_horizon) VALUES ('eve', 'UTC', '100 years');
SELECT outcome, starts_at FROM hold_slot('eve', 1, '2050-03-07', '10:00');
UPDATE mentor_settings SET time_zone = 'Europe/Paris' WHERE mentor_id = 'eve';
SELECT outcome FROM book_session('eve', 2, '2050-03-07', '11:00');
SELECT outcome, starts_at FROM book_session('eve', 1, '2050-03-07', '10:00', hold_token => (SELECT hold_token FROM slot_holds));
SELECT count(*) FROM slot_holds;
-- Nor does the hold keep another slot's notice.
UPDATE mentor_settings SET time_zone = 'UTC', minimum_notice = '0' WHERE mentor_id = 'eve';
SELECT date_trunc('minute', now())::timestamp + interval '3 hours' AS soon \gset
CALL testing.hold(10, 'eve', 3, :'soon', timestamp :'soon' + interval '30 minutes');
UPDATE slot_holds SET created_at = now() - interval '10 days';
UPDATE mentor_settings SET time_zone = 'America/New_York', minimum_notice = '9 days' WHERE mentor_id = 'eve';
SELECT outcome FROM book_session('eve', 3, (timestamp :'soon')::date, (timestamp :'soon')::time, hold_token => testing.token(10));
UPDATE mentor_settings SET time_zone = 'UTC' WHERE mentor_id = 'eve';
SELECT outcome FROM book_session('eve', 3, (timestamp :'soon')::date, (timestamp :'soon')::time, hold_token => testing.token(10));

-- The owner's own policies, forced, hide nothing from calls, and keep no hold in its place.
CREATE ROLE holder;
GRANT INSERT ON mentor_startup_sessions, slot_holds TO holder;
CREATE ROLE keeper;
GRANT keeper TO CURRENT_USER;
GRANT USAGE, CREATE ON SCHEMA app TO keeper;
ALTER TABLE slot_holds OWNER TO keeper;
ALTER TABLE slot_holds ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY anybody_holds ON slot_holds FOR INSERT WITH CHECK (true);
TRUNCATE slot_holds;
SET ROLE holder;
SELECT outcome FROM hold_slot('ada', 1, '2050-03-10', '10:00');
SELECT testing.states('ada', '2050-03-10');
SELECT outcome FROM book_session('ada', 1, '2050-03-10', '10:00');
RESET ROLE;
SELECT count(*) FROM slot_holds;
CALL testing.hold(11, 'ada', 1, '2050-03-10 11:00', '2050-03-10 11:30', now());
CALL testing.hold(12, 'ada', 1, '2050-03-10 09:00', '2050-03-10 09:30');
SET ROLE holder;
SELECT outcome FROM hold_slot('ada', 1, '2050-03-10', '11:00');
SELECT outcome FROM release_hold(testing.token(12));
RESET ROLE;
SELECT hold_token = testing.token(11) AS is_the_old_one FROM slot_holds;
ALTER TABLE slot_holds NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
TRUNCATE slot_holds;

-- Triggers of the owner's see every hold that goes, row by row and as a whole, and run as the owner.
CREATE TABLE testing.told (what text, deleted bigint, as_owner boolean);
GRANT INSERT ON testing.told TO keeper;
CREATE FUNCTION testing.tell() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone bigint;
BEGIN
    IF TG_LEVEL = 'STATEMENT' THEN
        SELECT count(*) INTO gone FROM old_rows;
    END IF;
    INSERT INTO testing.told VALUES (TG_WHEN || ' ' || TG_LEVEL, gone, current_user = 'keeper');
    RETURN OLD;
END
$$;
CREATE TRIGGER each_before BEFORE DELETE ON slot_holds FOR EACH ROW EXECUTE FUNCTION testing.tell();
CREATE TRIGGER each_after AFTER DELETE ON slot_holds FOR EACH ROW EXECUTE FUNCTION testing.tell();
CREATE TRIGGER whole AFTER DELETE ON slot_holds REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION testing.tell();
SET ROLE holder;
SELECT outcome FROM hold_slot('ada', 1, '2050-03-11', '10:00');
SELECT outcome FROM book_session('ada', 1, '2050-03-11', '10:00');
RESET ROLE;
SELECT * FROM testing.told;
DROP TRIGGER each_before ON slot_holds;
DROP TRIGGER each_after ON slot_holds;
DROP TRIGGER whole ON slot_holds;
-- One that keeps a hold: a release does not say that it is gone, and a booking goes on without that.
CREATE FUNCTION testing.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER keep BEFORE DELETE ON slot_holds FOR EACH ROW EXECUTE FUNCTION testing.keep();
SELECT outcome FROM hold_slot('ada', 1, '2050-03-12', '10:00');
SELECT code, message, detail, hint FROM testing.error_of('SELECT release_hold(hold_token) FROM slot_holds');
SELECT outcome FROM book_session('ada', 1, '2050-03-12', '10:00');
SELECT count(*) FROM slot_holds;
DROP TRIGGER keep ON slot_holds;
TRUNCATE slot_holds;
-- One that calls: a release that books for the next one, and a hold that lets go of another.
GRANT INSERT, SELECT ON slot_holds, mentor_startup_sessions TO keeper;
CREATE FUNCTION testing.call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.startup_id = 1 THEN
        PERFORM app.book_session(OLD.mentor_id, 9, OLD.session_date, OLD.session_time);
        PERFORM app.hold_slot(OLD.mentor_id, 8, OLD.session_date, OLD.session_time + interval '30 minutes');
    ELSIF TG_OP = 'INSERT' AND NEW.startup_id = 2 THEN
        PERFORM app.release_hold(hold_token) FROM app.slot_holds WHERE startup_id = 8;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER call AFTER INSERT OR DELETE ON slot_holds FOR EACH ROW EXECUTE FUNCTION testing.call();
SELECT outcome FROM hold_slot('ada', 1, '2050-03-13', '10:00');
SELECT outcome FROM release_hold((SELECT hold_token FROM slot_holds));
SELECT testing.states('ada', '2050-03-13');
SELECT outcome FROM hold_slot('ada', 2, '2050-03-13', '11:00');
SELECT testing.states('ada', '2050-03-13');
SELECT outcome FROM book_session('ada', 2, '2050-03-13', '11:00');
SELECT count(*) FROM slot_holds;
DROP TRIGGER call ON slot_holds;

-- The table is altered, emptied, or made anew, between calls.
SELECT outcome FROM hold_slot('ada', 1, '2050-03-14', '10:00');
ALTER TABLE slot_holds ADD COLUMN note text NOT NULL DEFAULT 'none', DROP COLUMN id;
ALTER TABLE slot_holds ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
SELECT outcome FROM book_session('ada', 2, '2050-03-14', '10:00');
SELECT outcome FROM hold_slot('ada', 2, '2050-03-14', '10:30');
SELECT outcome FROM book_session('ada', 2, '2050-03-14', '10:30');
REINDEX TABLE slot_holds;
VACUUM FULL slot_holds;
SELECT outcome FROM release_hold((SELECT hold_token FROM slot_holds));
TRUNCATE slot_holds;
SELECT testing.states('ada', '2050-03-14');
DROP TABLE slot_holds;
SELECT code, message, hint FROM testing.error_of($$SELECT hold_slot('ada', 1, '2050-03-14', '10:00')$$);
SELECT code FROM testing.error_of($$SELECT book_session('ada', 1, '2050-03-14', '10:00')$$);
SELECT code FROM testing.error_of($$SELECT * FROM available_slots('ada', '2050-03-14', '2050-03-14')$$);
DO 'BEGIN PERFORM setup_booking(); END';
SELECT outcome FROM hold_slot('ada', 1, '2050-03-14', '10:00');
SELECT outcome FROM book_session('ada', 1, '2050-03-14', '10:00');
SELECT count(*) FROM slot_holds;

DROP SCHEMA app, testing CASCADE;
DROP ROLE holder, keeper;
