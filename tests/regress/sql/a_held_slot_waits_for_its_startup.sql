SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
\set SHOW_CONTEXT never

-- hold_slot() keeps a slot for a startup while it fills in the form; book_session() with the token books
-- it. Tokens are random, so they are kept under a name and not shown.
CREATE TABLE testing.tokens (name text PRIMARY KEY, token uuid);
CREATE FUNCTION testing.hold(name text, mentor text, startup bigint, day date, start time,
                             lasting interval DEFAULT NULL, hold_for interval DEFAULT '5 minutes')
    RETURNS TABLE (outcome text, replayed boolean, has_token boolean, expires_in interval)
    LANGUAGE plpgsql AS $$
DECLARE
    answer app.booking_result := app.hold_slot(mentor, startup, day, start, lasting, hold_for);
BEGIN
    IF answer.outcome = 'held' THEN
        INSERT INTO testing.tokens VALUES (hold.name, answer.hold_token)
        ON CONFLICT ON CONSTRAINT tokens_pkey DO UPDATE SET token = excluded.token;
    END IF;
    RETURN QUERY SELECT answer.outcome, answer.replayed, answer.hold_token IS NOT NULL,
                        date_trunc('minute', answer.expires_at - clock_timestamp() + '59 seconds');
END
$$;
CREATE FUNCTION testing.token(name text) RETURNS uuid LANGUAGE sql AS 'SELECT t.token FROM testing.tokens t WHERE t.name = $1';
CREATE FUNCTION testing.expire(name text) RETURNS void LANGUAGE sql
    AS 'UPDATE app.slot_holds SET expires_at = now() - interval ''1 second'' WHERE hold_token = testing.token($1)';
CREATE FUNCTION testing.states(mentor text, day date) RETURNS text LANGUAGE sql
    AS 'SELECT string_agg(to_char(session_time, ''HH24:MI'') || '' '' || state, '', '' ORDER BY starts_at)
        FROM app.available_slots($1, $2, $2)';

SELECT testing.open('ada', 'UTC', '30 minutes', '09:00', '12:00'), testing.open('bob', 'UTC', '30 minutes', '09:00', '12:00');

-- Held: with a token, until it expires. The list shows it, and the others are told.
SELECT * FROM testing.hold('one', 'ada', 1, '2050-03-07', '10:00');
SELECT testing.states('ada', '2050-03-07');
SELECT outcome, session_id, hold_token, expires_at = (SELECT expires_at FROM slot_holds) AS tells_until_when, message, hint,
       jsonb_path_query_array(alternatives, '$[*].session_time') AS alternatives
FROM book_session('ada', 2, '2050-03-07', '10:00');
SELECT outcome FROM book_session('ada', 2, '2050-03-07', '09:30', '1 hour');
SELECT * FROM testing.hold('two', 'ada', 2, '2050-03-07', '10:00');
-- Held again by the same startup: the same token, and no later end.
SELECT * FROM testing.hold('again', 'ada', 1, '2050-03-07', '10:00', NULL, '1 hour');
SELECT testing.token('one') = testing.token('again') AS is_the_same, count(*) FROM slot_holds;

-- Confirmed: with the token, or without it, since one's own hold is never in one's own way. It is used up.
SELECT outcome, session_id, hold_token, expires_at, replayed
FROM book_session('ada', 1, '2050-03-07', '10:00', hold_token => testing.token('one'));
SELECT count(*) FROM slot_holds;
SELECT outcome, session_id FROM book_session('ada', 1, '2050-03-07', '10:00', hold_token => testing.token('one'));
SELECT outcome FROM testing.hold('three', 'ada', 1, '2050-03-07', '11:00');
SELECT outcome FROM book_session('ada', 1, '2050-03-07', '11:00');
SELECT count(*) FROM slot_holds;
-- A booking uses up whatever holds it overlaps of its startup's with that mentor, and no others.
SELECT outcome FROM testing.hold('four', 'ada', 1, '2050-03-08', '09:00');
SELECT outcome FROM testing.hold('five', 'ada', 1, '2050-03-08', '09:30');
SELECT outcome FROM testing.hold('six', 'ada', 1, '2050-03-08', '10:30');
SELECT outcome FROM testing.hold('seven', 'bob', 1, '2050-03-08', '09:00');
SELECT outcome FROM book_session('ada', 1, '2050-03-08', '09:00', '1 hour');
SELECT mentor_id, session_time FROM slot_holds ORDER BY mentor_id;

-- The startup is busy elsewhere by sessions, and never by what it only holds.
SELECT outcome FROM book_session('bob', 1, '2050-03-08', '09:00', hold_token => testing.token('seven'));

-- A token of another slot is the caller's mistake.
SELECT * FROM testing.error_of($$SELECT book_session('ada', 1, '2050-03-08', '11:00', hold_token => testing.token('six'))$$) \gx
SELECT code FROM testing.error_of($$SELECT book_session('ada', 2, '2050-03-08', '10:30', hold_token => testing.token('six'))$$);
SELECT code FROM testing.error_of($$SELECT book_session('bob', 1, '2050-03-08', '10:30', hold_token => testing.token('six'))$$);
SELECT code FROM testing.error_of($$SELECT book_session('ada', 1, '2050-03-08', '10:30', '1 hour', hold_token => testing.token('six'))$$);

-- Released: the slot is free at once. Once.
SELECT outcome, mentor_id, startup_id, session_date, session_time, starts_at, ends_at, time_zone, replayed, message
FROM release_hold(testing.token('six'));
SELECT outcome, message, hint FROM release_hold(testing.token('six'));
SELECT testing.states('ada', '2050-03-08');

-- Expired: nothing has to be done for that. The slot is free, and is shown so.
SELECT outcome FROM testing.hold('late', 'ada', 3, '2050-03-09', '10:00');
SELECT testing.states('ada', '2050-03-09');
SELECT testing.expire('late');
SELECT testing.states('ada', '2050-03-09');
-- With an expired token the slot is booked if it is free,
SELECT outcome FROM book_session('ada', 3, '2050-03-09', '10:00', hold_token => testing.token('late'));
-- else the answer says that it was held too long ago, whoever has it now.
SELECT outcome FROM testing.hold('later', 'ada', 3, '2050-03-09', '11:00');
SELECT testing.expire('later');
SELECT outcome FROM testing.hold('faster', 'ada', 4, '2050-03-09', '11:00');
SELECT outcome, message, hint, expires_at IS NOT NULL AS tells_until_when, jsonb_array_length(alternatives) AS alternatives
FROM book_session('ada', 3, '2050-03-09', '11:00', hold_token => testing.token('later'));
SELECT outcome FROM book_session('ada', 4, '2050-03-09', '11:00', hold_token => testing.token('faster'));
SELECT outcome FROM book_session('ada', 3, '2050-03-09', '11:00', hold_token => testing.token('later'));
SELECT outcome FROM book_session('ada', 3, '2050-03-09', '11:00', hold_token => gen_random_uuid());
-- Another reason than that is named as ever.
SELECT outcome FROM book_session('ada', 3, '2050-03-09', '13:00', hold_token => gen_random_uuid());
-- An expired one can't be released, and is swept by the next hold.
SELECT outcome FROM testing.hold('over', 'ada', 5, '2050-03-10', '10:00');
SELECT testing.expire('over');
SELECT outcome FROM release_hold(testing.token('over'));
SELECT outcome FROM testing.hold('over', 'ada', 5, '2050-03-10', '10:00');
SELECT testing.expire('over');
SELECT outcome, replayed FROM testing.hold('next', 'ada', 6, '2050-03-10', '10:00');
SELECT startup_id FROM slot_holds WHERE session_date = '2050-03-10';
-- So are those of the mentor's times that have passed, which nobody will ask for again; another mentor's stay.
INSERT INTO slot_holds (mentor_id, startup_id, session_date, session_time, duration, time_zone, starts_at, ends_at, expires_at)
SELECT mentor, 100 + n, '2020-03-10', '10:00', '30 minutes', 'UTC', '2020-03-10 10:00', '2020-03-10 10:30', '2020-03-10'
FROM generate_series(1, 3) n, unnest('{ada,bob}'::text[]) mentor;
SELECT outcome FROM testing.hold('much later', 'ada', 6, '2050-03-10', '11:00');
SELECT mentor_id, count(*) FROM slot_holds WHERE session_date = '2020-03-10' GROUP BY mentor_id;
SELECT outcome FROM release_hold(testing.token('much later'));

-- What may not be booked may not be held.
SELECT outcome FROM hold_slot('ada', 7, '2050-03-11', '10:10')
UNION ALL SELECT outcome FROM hold_slot('ada', 7, '2020-03-11', '10:00')
UNION ALL SELECT outcome FROM hold_slot('ada', 7, '2050-03-09', '10:00')
UNION ALL SELECT outcome FROM hold_slot('ada', 3, '2050-03-09', '10:00')
UNION ALL SELECT outcome FROM hold_slot('bob', 3, '2050-03-09', '10:00');

-- Buffers lie between a hold and the sessions and holds of others too.
INSERT INTO mentor_settings (mentor_id, buffer_after, booking_horizon) VALUES ('eve', '10 minutes', '100 years');
SELECT outcome FROM testing.hold('buffered', 'eve', 1, '2050-04-07', '10:00');
SELECT outcome FROM book_session('eve', 2, '2050-04-07', '10:35');
SELECT outcome FROM book_session('eve', 2, '2050-04-07', '09:25');
SELECT outcome FROM hold_slot('eve', 2, '2050-04-07', '10:35');
SELECT outcome FROM book_session('eve', 1, '2050-04-07', '10:35');
SELECT outcome FROM book_session('eve', 2, '2050-04-07', '10:00');
-- A session is told before a hold, and a buffer alone before both.
SELECT outcome FROM book_session('eve', 2, '2050-04-07', '10:15');

-- A place of the day or week that is held is not given away, and one's own hold takes none from oneself.
INSERT INTO mentor_settings (mentor_id, max_sessions_per_day, booking_horizon) VALUES ('dan', 2, '100 years');
SELECT outcome FROM testing.hold('place', 'dan', 1, '2050-04-08', '10:00');
SELECT outcome FROM testing.hold('last place', 'dan', 2, '2050-04-08', '11:00');
SELECT outcome, message FROM book_session('dan', 3, '2050-04-08', '12:00');
SELECT outcome FROM hold_slot('dan', 3, '2050-04-08', '12:00');
SELECT outcome FROM book_session('dan', 1, '2050-04-08', '10:00', hold_token => testing.token('place'));
SELECT outcome FROM book_session('dan', 2, '2050-04-08', '11:00', hold_token => testing.token('last place'));
SELECT outcome FROM book_session('dan', 1, '2050-04-08', '12:00');

-- Five at once.
SELECT n, outcome, message, hint, alternatives
FROM generate_series(1, 6) n, LATERAL hold_slot('bob', 9, '2050-03-14', time '09:00' + n * interval '30 minutes' - interval '30 minutes');
SELECT outcome, replayed FROM hold_slot('bob', 9, '2050-03-14', '09:00');
UPDATE slot_holds SET expires_at = now() WHERE startup_id = 9 AND session_time = '09:30';
SELECT outcome, replayed FROM hold_slot('bob', 9, '2050-03-14', '11:30');
SELECT count(*) FROM slot_holds WHERE startup_id = 9;

-- The rules bind the calls: a plain INSERT may step over somebody's hold, as over hours. Whoever held it is
-- told that the slot is taken.
SELECT outcome FROM testing.hold('trodden on', 'bob', 1, '2050-03-15', '10:00');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('bob', 2, '2050-03-15', '10:00');
SELECT outcome FROM book_session('bob', 1, '2050-03-15', '10:00', hold_token => testing.token('trodden on'));
SELECT testing.states('bob', '2050-03-15');

-- What was within notice when it was held can be booked as long as it is held.
INSERT INTO mentor_settings (mentor_id, minimum_notice) VALUES ('fay', '2 hours');
SELECT outcome FROM testing.hold('in time', 'fay', 1, (now() + interval '3 hours')::date, date_trunc('second', now() + interval '3 hours')::time);
UPDATE mentor_settings SET minimum_notice = '4 hours' WHERE mentor_id = 'fay';
SELECT outcome FROM book_session('fay', 1, (now() + interval '3 hours')::date, date_trunc('second', now() + interval '3 hours')::time,
                                 hold_token => testing.token('in time'));
UPDATE mentor_settings SET minimum_notice = '2 hours' WHERE mentor_id = 'fay';
UPDATE slot_holds SET created_at = now() - interval '2 hours' WHERE hold_token = testing.token('in time');
UPDATE mentor_settings SET minimum_notice = '4 hours' WHERE mentor_id = 'fay';
SELECT outcome FROM book_session('fay', 2, (now() + interval '3 hours')::date, date_trunc('second', now() + interval '3 hours')::time);
SELECT outcome FROM book_session('fay', 1, (now() + interval '3 hours')::date, date_trunc('second', now() + interval '3 hours')::time,
                                 hold_token => testing.token('in time'));

-- Who may insert sessions and holds can hold, book and release, and sees no row of either.
CREATE ROLE visitor;
SET ROLE visitor;
SELECT code, message, hint FROM testing.error_of($$SELECT hold_slot('bob', 11, '2050-03-16', '10:00')$$);
RESET ROLE;
GRANT INSERT ON mentor_startup_sessions, slot_holds TO visitor;
GRANT SELECT, INSERT, UPDATE ON testing.tokens TO visitor;
SET ROLE visitor;
SELECT outcome FROM testing.hold('visitor', 'bob', 11, '2050-03-16', '10:00');
SELECT outcome FROM release_hold(testing.token('visitor'));
SELECT outcome FROM testing.hold('visitor', 'bob', 11, '2050-03-16', '10:00');
SELECT outcome FROM book_session('bob', 11, '2050-03-16', '10:00', hold_token => testing.token('visitor'));
SELECT code FROM testing.error_of('SELECT * FROM slot_holds');
RESET ROLE;
SELECT count(*) FROM slot_holds WHERE startup_id = 11;
-- Under policies likewise; one that refuses the hold is an error, and what it hides is seen all the same.
ALTER TABLE slot_holds ENABLE ROW LEVEL SECURITY;
CREATE POLICY twelve_holds ON slot_holds FOR INSERT TO visitor WITH CHECK (startup_id = 12);
SET ROLE visitor;
SELECT outcome FROM testing.hold('by policy', 'bob', 12, '2050-03-17', '10:00');
SELECT code, message FROM testing.error_of($$SELECT hold_slot('bob', 13, '2050-03-17', '11:00')$$);
SELECT outcome FROM book_session('bob', 13, '2050-03-17', '10:00');
SELECT outcome FROM book_session('bob', 12, '2050-03-17', '10:00', hold_token => testing.token('by policy'));
RESET ROLE;
SELECT count(*) FROM slot_holds WHERE startup_id = 12;
ALTER TABLE slot_holds DISABLE ROW LEVEL SECURITY;

-- A refused hold writes nothing, and leaves no lock of the queue behind.
BEGIN;
SELECT outcome FROM hold_slot('bob', 14, '2050-03-17', '10:00');
SELECT pg_current_xact_id_if_assigned() IS NULL AS nothing_written,
       (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks;
COMMIT;

-- A trigger that drops the hold, or makes another of it: nothing is told that was not written.
CREATE FUNCTION testing.meddle() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN NEW.expires_at := now() + interval ''10 years''; RETURN CASE WHEN NEW.startup_id = 15 THEN NULL ELSE NEW END; END';
CREATE TRIGGER meddle BEFORE INSERT ON slot_holds FOR EACH ROW EXECUTE FUNCTION testing.meddle();
SELECT code, message, detail FROM testing.error_of($$SELECT hold_slot('bob', 15, '2050-03-18', '10:00')$$);
SELECT code FROM testing.error_of($$SELECT hold_slot('bob', 16, '2050-03-18', '10:00')$$);

DROP SCHEMA app, testing CASCADE;
DROP ROLE visitor;
