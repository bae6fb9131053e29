SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers
DO 'BEGIN PERFORM setup_booking(); END';
ALTER TABLE mentor_startup_sessions ADD note text;

-- Other people's triggers may change rows and write others, before the guard and after it: no overlap
-- gets in by them.
SELECT testing.open('ada'), testing.open('bob');
\set SHOW_CONTEXT never
SELECT insert_of('ada', 1, '2050-03-07', '10:00', '1 hour'), insert_of('ada', 1, '2050-03-07', '14:00', '1 hour');

-- BEFORE ours: what it makes of the row is what is guarded, in columns that no statement named too.
CREATE FUNCTION testing.move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.note LIKE 'at %' THEN NEW.session_time := substr(NEW.note, 4)::time; END IF;
    IF NEW.note LIKE 'for %' THEN NEW.startup_id := substr(NEW.note, 5)::bigint; END IF;
    IF NEW.note LIKE 'set %' THEN NEW.status := substr(NEW.note, 5); END IF;
    IF NEW.note = 'instants' THEN NEW.starts_at := '2060-01-01'; NEW.ends_at := '2060-01-02'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_move BEFORE INSERT OR UPDATE ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.move();
SELECT verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, note)
    VALUES ('ada', 2, '2050-03-07', '12:00', 'at 10:30')$$) AS moved_into,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, note)
    VALUES ('ada', 2, '2050-03-07', '10:30', 'at 11:00')$$) AS moved_aside,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, note)
    VALUES ('bob', 2, '2050-03-07', '14:30', 'for 1')$$) AS made_busy,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status, note)
    VALUES ('ada', 2, '2050-03-07', '10:30', 'cancelled', 'set scheduled')$$) AS made_scheduled,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, note)
    VALUES ('ada', 2, '2050-03-07', '10:30', 'instants')$$) AS false_instants;
SELECT verdict_on($$UPDATE mentor_startup_sessions SET note = 'at 10:30' WHERE startup_id = 2$$) AS moved_into,
       verdict_on($$UPDATE mentor_startup_sessions SET note = 'for 3' WHERE startup_id = 2$$) AS given_away;
DROP TRIGGER a_move ON mentor_startup_sessions;

-- BEFORE, but after ours: the row is not what was locked. Told, with what to do, and nothing is written.
CREATE TRIGGER zzz_move BEFORE INSERT OR UPDATE ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.move();
SELECT * FROM error_of($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, note)
    VALUES ('ada', 2, '2050-03-07', '12:00', 'at 10:30')$$) \gx
SELECT verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, note)
    VALUES ('ada', 2, '2050-03-07', '10:30', 'at 12:00')$$) AS moved_to_free_time,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, note)
    VALUES ('bob', 2, '2050-03-07', '14:30', 'for 1')$$) AS made_busy,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status, note)
    VALUES ('ada', 2, '2050-03-07', '10:30', 'cancelled', 'set scheduled')$$) AS made_scheduled,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, note)
    VALUES ('ada', 2, '2050-03-07', '10:30', 'instants')$$) AS false_instants,
    verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, note)
    VALUES ('ada', 2, '2050-03-07', '12:00', 'nothing')$$) AS left_alone;
SELECT verdict_on($$UPDATE mentor_startup_sessions SET note = 'at 10:30' WHERE startup_id = 2$$) AS moved_into,
       verdict_on($$UPDATE mentor_startup_sessions SET note = 'instants' WHERE startup_id = 2$$) AS false_instants;
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
DROP TRIGGER zzz_move ON mentor_startup_sessions;
SELECT mentor_id, startup_id, session_time, starts_at FROM mentor_startup_sessions ORDER BY starts_at;

-- AFTER: a trigger that books another session, which overlaps the one that it follows; before our checks
-- by its name, and after them.
CREATE FUNCTION testing.book_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.note = 'overlap' THEN
        INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
        VALUES (NEW.mentor_id, NEW.startup_id + 1, NEW.session_date, NEW.session_time + interval '15 minutes');
    ELSIF NEW.note = 'busy' THEN
        INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
        VALUES ('eve', NEW.startup_id, NEW.session_date, NEW.session_time + interval '15 minutes');
    ELSIF NEW.note = 'touch' THEN
        INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
        VALUES (NEW.mentor_id, NEW.startup_id, NEW.session_date, NEW.session_time + interval '30 minutes');
    ELSIF NEW.note = 'give way' THEN
        UPDATE app.mentor_startup_sessions SET status = 'cancelled' WHERE id = NEW.id;
        INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
        VALUES (NEW.mentor_id, NEW.startup_id + 1, NEW.session_date, NEW.session_time + interval '15 minutes');
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION testing.insert_with(key text, day date) RETURNS text LANGUAGE sql AS $$
    SELECT verdict_on(format('INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, note)'
                             ' VALUES (''bob'', 20, %L, ''10:00'', %L)', day, key)) $$;
CREATE TRIGGER a_book_another AFTER INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.book_another();
SELECT insert_with('overlap', '2050-03-08') AS overlap, insert_with('busy', '2050-03-08') AS busy, insert_with('touch', '2050-03-08') AS touch,
       insert_with('give way', '2050-03-09') AS give_way;
DROP TRIGGER a_book_another ON mentor_startup_sessions;
CREATE TRIGGER zzz_book_another AFTER INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.book_another();
SELECT insert_with('overlap', '2050-03-10') AS overlap, insert_with('busy', '2050-03-10') AS busy, insert_with('touch', '2050-03-10') AS touch,
       insert_with('give way', '2050-03-11') AS give_way;
SELECT session_date, mentor_id, startup_id, session_time, status FROM mentor_startup_sessions WHERE session_date > '2050-03-07' ORDER BY 1, id;
DROP TRIGGER zzz_book_another ON mentor_startup_sessions;
-- BEFORE the row that causes it.
CREATE FUNCTION testing.book_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.note = 'first' THEN
        INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
        VALUES (NEW.mentor_id, NEW.startup_id + 1, NEW.session_date, NEW.session_time + interval '15 minutes');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_book_first BEFORE INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.book_first();
SELECT insert_with('first', '2050-03-12') AS before_ours;
DROP TRIGGER a_book_first ON mentor_startup_sessions;
CREATE TRIGGER zzz_book_first BEFORE INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.book_first();
SELECT insert_with('first', '2050-03-12') AS after_ours;
DROP TRIGGER zzz_book_first ON mentor_startup_sessions;
SELECT overlapping_pairs();

-- AFTER: a trigger that changes the very row that has just been written. The row that is there in the end is
-- judged, once, whichever of its versions the guard meets first.
CREATE FUNCTION testing.write_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        UPDATE app.mentor_startup_sessions
        SET note = NEW.note || ' again',
            session_time = CASE NEW.note WHEN 'aside' THEN time '12:00' ELSE session_time END,
            status = CASE NEW.note WHEN 'cancel' THEN 'cancelled' ELSE status END
        WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
SELECT insert_of('bob', 24, '2050-03-13', '10:15'), insert_of('bob', 25, '2050-03-13', '15:00');
CREATE TRIGGER a_write_again AFTER INSERT OR UPDATE ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.write_again();
SELECT insert_with('note', '2050-03-13') AS noted, insert_with('cancel', '2050-03-13') AS cancelled, insert_with('aside', '2050-03-13') AS moved_aside,
       verdict_on($$UPDATE app.mentor_startup_sessions SET session_time = '10:30', note = 'note' WHERE startup_id = 25$$) AS updated,
       insert_of('eve', 24, '2050-03-13', '10:30') AS startup;
DROP TRIGGER a_write_again ON mentor_startup_sessions;
CREATE TRIGGER zzz_write_again AFTER INSERT OR UPDATE ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.write_again();
SELECT insert_with('note', '2050-03-13') AS noted,
       verdict_on($$UPDATE app.mentor_startup_sessions SET session_time = '10:30', note = 'note' WHERE startup_id = 25$$) AS updated,
       insert_of('eve', 24, '2050-03-13', '10:30') AS startup;
DROP TRIGGER zzz_write_again ON mentor_startup_sessions;
SELECT mentor_id, startup_id, session_time, status, note FROM mentor_startup_sessions WHERE session_date = '2050-03-13' ORDER BY id;
SELECT overlapping_pairs();

-- Both: a row that was moved after it was locked, and then written again. It is the moved time that nobody locked.
CREATE TRIGGER zzz_move BEFORE INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.move();
CREATE TRIGGER a_write_again AFTER INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.write_again();
SELECT key, code, message FROM unnest('{at 18:00,for 60,left alone}'::text[]) key,
    error_of(format('INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, note)'
                    ' VALUES (''bob'', 26, ''2050-03-13'', ''20:00'', %L)', key));
DROP TRIGGER zzz_move ON mentor_startup_sessions;
DROP TRIGGER a_write_again ON mentor_startup_sessions;
SELECT startup_id, session_time, note FROM mentor_startup_sessions WHERE session_date = '2050-03-13' AND session_time > '17:00';

-- A foreign key that gives sessions to another startup.
CREATE TABLE testing.startups (id bigint PRIMARY KEY);
INSERT INTO testing.startups SELECT DISTINCT startup_id FROM mentor_startup_sessions UNION VALUES (50), (51), (52), (99);
ALTER TABLE mentor_startup_sessions ALTER startup_id SET DEFAULT 99,
    ADD CONSTRAINT of_a_startup FOREIGN KEY (startup_id) REFERENCES testing.startups ON DELETE SET DEFAULT;
SELECT insert_of('ada', 50, '2050-03-18', '10:00'), insert_of('bob', 51, '2050-03-18', '10:15'), insert_of('eve', 52, '2050-03-18', '11:00');
SELECT verdict_on('DELETE FROM testing.startups WHERE id = 50') AS first, verdict_on('DELETE FROM testing.startups WHERE id = 51') AS overlapping,
       verdict_on('DELETE FROM testing.startups WHERE id = 52') AS apart;
SELECT mentor_id, startup_id FROM mentor_startup_sessions WHERE session_date = '2050-03-18' ORDER BY 1;
ALTER TABLE mentor_startup_sessions DROP CONSTRAINT of_a_startup;

-- Nested in a call: a session that somebody's trigger writes meanwhile has not been looked at by the call.
CREATE TABLE testing.verdicts (n int GENERATED ALWAYS AS IDENTITY, verdict text);
CREATE FUNCTION testing.during_the_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.startup_id = 30 AND pg_trigger_depth() = 1 THEN
        INSERT INTO testing.verdicts (verdict) VALUES
            (testing.insert_of(NEW.mentor_id, 31, NEW.session_date, NEW.session_time + interval '15 minutes')),
            (testing.insert_of(NEW.mentor_id, 30, NEW.session_date, NEW.session_time)),
            (testing.insert_of('eve', 30, NEW.session_date, NEW.session_time)),
            (testing.insert_of(NEW.mentor_id, 31, NEW.session_date, NEW.session_time + interval '30 minutes')),
            (testing.outcome_of(NEW.mentor_id, 32, NEW.session_date, NEW.session_time + interval '45 minutes'));
    END IF;
    RETURN CASE TG_WHEN WHEN 'BEFORE' THEN NEW END;
END $$;
CREATE TRIGGER a_during AFTER INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.during_the_call();
SELECT (book_session('bob', 30, '2050-03-14', '10:00')).outcome;
TABLE testing.verdicts;
DROP TRIGGER a_during ON mentor_startup_sessions;
TRUNCATE testing.verdicts;
-- The same before the call's own row is there: the first one takes the call's time, which is then refused.
CREATE TRIGGER a_during BEFORE INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.during_the_call();
SELECT code FROM error_of($$SELECT book_session('bob', 30, '2050-03-15', '10:00')$$);
SELECT overlapping_pairs();
DROP TRIGGER a_during ON mentor_startup_sessions;

-- What a call has looked at holds for its own write alone: not for the same row later, after a trigger
-- dropped it or an error undid it.
CREATE FUNCTION testing.drop_or_fail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('testing.way', true) = 'drop' THEN RETURN NULL; END IF;
    IF current_setting('testing.way', true) = 'fail' THEN RAISE EXCEPTION 'no'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_drop_or_fail BEFORE INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.drop_or_fail();
SELECT way, code, set_config('testing.way', '', false) AS nothing,
       insert_of('bob', 40, day, '10:15') AS meanwhile, insert_of('bob', 41, day, '10:00') AS the_same_row
FROM (VALUES ('drop', date '2050-03-16'), ('fail', '2050-03-17')) AS w (way, day),
    LATERAL (SELECT set_config('testing.way', way, false)) AS s (is_set),
    LATERAL error_of(format('SELECT book_session(''bob'', 41, %L, ''10:00'')', CASE is_set WHEN way THEN day END)) AS e;
DROP TRIGGER a_drop_or_fail ON mentor_startup_sessions;
SELECT session_date, startup_id, session_time FROM mentor_startup_sessions WHERE startup_id IN (40, 41) ORDER BY 1;

SELECT overlapping_pairs();
DROP SCHEMA app, testing CASCADE;
