-- What a visitor wants the mentor to know is kept with the session: by both ways to write, for who may read it.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
SELECT count(*) > 0 AS is_set_up FROM setup_booking();
SELECT FROM open('anna', opens => '09:00', closes => '12:00');
SELECT outcome FROM book_session('anna', 1, '2050-07-04', '09:00', visitor_note => 'How do we price it?');
SELECT outcome FROM book_session('anna', 1, '2050-07-04', '09:30');
SELECT id, visitor_note FROM mentor_startup_sessions ORDER BY id;

-- 1 to 2000 characters, however many bytes; NULL is none.
SELECT outcome FROM book_session('anna', 1, '2050-07-04', '10:00', visitor_note => repeat('ü', 2000));
SELECT * FROM error_of($$SELECT book_session('anna', 1, '2050-07-04', '10:30', visitor_note => '')$$);
SELECT code, message FROM error_of($$SELECT book_session('anna', 1, '2050-07-04', '10:30', visitor_note => repeat('ü', 2001))$$);
SELECT outcome FROM book_session('anna', 1, '2050-07-04', '10:30', visitor_note => NULL);
SELECT id, length(visitor_note), visitor_note IS NULL AS has_none FROM mentor_startup_sessions WHERE id > 2 ORDER BY id;

-- It is no part of what a key repeats: the first one stays.
SELECT outcome, replayed FROM book_session('anna', 1, '2050-07-05', '09:00', idempotency_key => 'k', visitor_note => 'First.');
SELECT outcome, replayed FROM book_session('anna', 1, '2050-07-05', '09:00', idempotency_key => 'k', visitor_note => 'Second.');
SELECT outcome, replayed FROM book_session('anna', 1, '2050-07-05', '09:00', idempotency_key => 'k');
SELECT visitor_note FROM mentor_startup_sessions WHERE idempotency_key = 'k';

-- Neither answers nor the journal tell it; a move and a cancellation keep it.
SELECT outcome FROM reschedule_session(1, '2050-07-06', '09:00');
SELECT outcome FROM cancel_session(1, 'Ill.');
SELECT status, visitor_note FROM mentor_startup_sessions WHERE id = 1;
SELECT count(*) AS events, count(*) FILTER (WHERE e::text ~ 'price|First') AS telling FROM booking_events e;
UPDATE mentor_startup_sessions SET visitor_note = 'How do we sell it?' WHERE id = 2;
SELECT count(*) AS events FROM booking_events;

-- INSERT on the column is needed to pass one, and only then.
CREATE ROLE regress_visitor;
GRANT INSERT (mentor_id, startup_id, session_date, session_time, duration, time_zone, starts_at, ends_at, status)
    ON mentor_startup_sessions TO regress_visitor;
SET ROLE regress_visitor;
SELECT outcome FROM book_session('anna', 2, '2050-07-07', '09:00');
SELECT code, message FROM error_of($$SELECT book_session('anna', 2, '2050-07-07', '09:30', visitor_note => 'Hello.')$$);
RESET ROLE;
GRANT INSERT (visitor_note, idempotency_key) ON mentor_startup_sessions TO regress_visitor;
SET ROLE regress_visitor;
SELECT outcome FROM book_session('anna', 2, '2050-07-07', '09:30', visitor_note => 'Hello.');
SELECT code FROM error_of('SELECT visitor_note FROM mentor_startup_sessions');
RESET ROLE;

-- By a statement, where only a statement does everything: policies, and with a key and without.
ALTER TABLE mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON mentor_startup_sessions USING (startup_id = 2);
SET ROLE regress_visitor;
SELECT outcome FROM book_session('anna', 2, '2050-07-07', '10:00', visitor_note => 'Hello again.');
SELECT outcome FROM book_session('anna', 2, '2050-07-07', '10:30', idempotency_key => 'l', visitor_note => 'And again.');
SELECT outcome FROM book_session('anna', 2, '2050-07-07', '11:00', idempotency_key => 'm');
SELECT outcome FROM book_session('anna', 2, '2050-07-07', '11:30');
RESET ROLE;
SELECT session_time, idempotency_key, visitor_note FROM mentor_startup_sessions WHERE startup_id = 2 ORDER BY session_time;
-- Somebody's trigger may put it in order.
CREATE FUNCTION testing.tidy() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.visitor_note := trim(NEW.visitor_note); RETURN NEW; END $$;
CREATE TRIGGER aa_tidy BEFORE INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.tidy();
SELECT outcome, session_id AS tidied FROM book_session('anna', 3, '2050-07-08', '09:00', visitor_note => ' Hello. ') \gset
SELECT visitor_note FROM mentor_startup_sessions WHERE id = :tidied;

-- A calendar file says it to who may read the column: escaped, without control characters, in lines that fold.
UPDATE mentor_startup_sessions SET visitor_note = E'Two things; first, pricing.\r\nThen: "sales"\x07 \\ ' || repeat('ü', 40) WHERE id = 2;
SELECT line FROM regexp_split_to_table(session_ics(2), '\r\n') WITH ORDINALITY AS l (line, place)
WHERE place BETWEEN (SELECT place FROM regexp_split_to_table(session_ics(2), '\r\n') WITH ORDINALITY AS d (line, place) WHERE line ~ 'DESCRIPTION') AND 30
    AND line ~ '^(DESCRIPTION| )' ORDER BY place;
SELECT session_ics(4) ~ 'DESCRIPTION' AS has_one_without_a_note;
CREATE ROLE regress_reader;
GRANT SELECT (id, mentor_id, startup_id, status, time_zone, starts_at, ends_at, created_at, updated_at, calendar_sequence)
    ON mentor_startup_sessions TO regress_reader;
CREATE POLICY readers ON mentor_startup_sessions FOR SELECT TO regress_reader USING (true);
SET ROLE regress_reader;
SELECT session_ics(2) ~ 'SUMMARY' AS is_written, session_ics(2) ~ 'DESCRIPTION' AS tells_it;
RESET ROLE;
GRANT SELECT (visitor_note) ON mentor_startup_sessions TO regress_reader;
SET ROLE regress_reader;
SELECT session_ics(2) ~ 'DESCRIPTION' AS tells_it;
RESET ROLE;

-- A table without the column, or with another type in its place, is told of by name.
ALTER TABLE mentor_startup_sessions DROP COLUMN visitor_note;
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
SELECT code, message FROM error_of($$SELECT book_session('anna', 3, '2050-07-08', '09:30')$$);
SELECT * FROM setup_booking() WHERE action <> 'kept';
ALTER TABLE mentor_startup_sessions ALTER visitor_note TYPE varchar(10);
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
SELECT * FROM error_of('SELECT * FROM setup_booking()');

DROP SCHEMA app, testing CASCADE;
DROP ROLE regress_visitor, regress_reader;
