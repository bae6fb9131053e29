-- A row that is written and gone before it was checked must not have hidden one neighbour from another.
SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
CREATE FUNCTION testing.overlaps() RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM app.mentor_startup_sessions a
    JOIN app.mentor_startup_sessions b ON a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
        AND (a.mentor_id = b.mentor_id OR a.startup_id = b.startup_id)
    WHERE a.status = 'scheduled' AND b.status = 'scheduled' $$;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
VALUES ('ada', 1, '2050-03-07', '09:00', '3 hours'), ('bob', 9, '2050-03-07', '09:00', '3 hours');

-- W, 09:30 to 10:00, overlaps ada's session; while it stands, Y at 11:00 sees W as its neighbour.
CREATE FUNCTION testing.write_and_delete(w bigint, mentor text, startup bigint) RETURNS text
    LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES (mentor, startup, '2050-03-07', '11:00');
    DELETE FROM app.mentor_startup_sessions WHERE id = w;
    RETURN 'hidden';
END $$;
SELECT code, message, detail FROM error_of($$
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 2, '2050-03-07', '09:30') RETURNING write_and_delete(id, 'ada', 3)$$) \gx
-- The same on the startup's side.
SELECT code, message, detail FROM error_of($$
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('cyd', 9, '2050-03-07', '09:30') RETURNING write_and_delete(id, 'dan', 9)$$) \gx

-- A call in the place of Y.
CREATE FUNCTION testing.book_and_delete(w bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    told text := (app.book_session('ada', 3, '2050-03-07', '11:00')).outcome;
BEGIN
    DELETE FROM app.mentor_startup_sessions WHERE id = w;
    RETURN told;
END $$;
UPDATE mentor_settings SET booking_horizon = '100 years';
SELECT testing.open('ada');
SELECT code, message FROM error_of($$
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 2, '2050-03-07', '09:30') RETURNING book_and_delete(id)$$) \gx

-- A trigger that fires before the guard's and cancels the row again.
CREATE FUNCTION testing.settle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.startup_id = 2 THEN
        INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
        VALUES (NEW.mentor_id, 3, '2050-03-07', '11:00');
        UPDATE app.mentor_startup_sessions SET status = 'cancelled' WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER a_settle AFTER INSERT ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION settle();
SELECT code, message FROM error_of($$
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('ada', 2, '2050-03-07', '09:30')$$) \gx
DROP TRIGGER a_settle ON mentor_startup_sessions;

-- No function at all: a cascade takes W away.
CREATE TABLE testing.programs (id int PRIMARY KEY);
INSERT INTO programs VALUES (1);
ALTER TABLE mentor_startup_sessions ADD program int REFERENCES programs ON DELETE CASCADE;
SELECT code, message FROM error_of($$
    WITH y AS (INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
               VALUES ('ada', 3, '2050-03-07', '11:00') RETURNING id),
         d AS (DELETE FROM programs WHERE (SELECT count(*) FROM y) = 1 RETURNING id)
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, program)
    SELECT 'ada', 2, '2050-03-07', '09:30', 1 FROM (SELECT count(*) FROM y) a, (SELECT count(*) FROM d) b$$) \gx
SELECT overlaps();

-- A row that is changed twice in a transaction, and claims what it claimed, is asked nothing.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('eve', 11, '2050-03-07', '10:00'), ('eve', 12, '2050-03-07', '10:30');
INSERT INTO mentor_settings (mentor_id, buffer_after) VALUES ('eve', '15 minutes');
BEGIN;
UPDATE mentor_startup_sessions SET idempotency_key = 'a' WHERE mentor_id = 'eve';
UPDATE mentor_startup_sessions SET idempotency_key = 'b' WHERE mentor_id = 'eve';
COMMIT;
CREATE FUNCTION testing.do_nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER zzz_harmless BEFORE INSERT OR UPDATE ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION do_nothing();
BEGIN;
UPDATE mentor_startup_sessions SET idempotency_key = 'c' WHERE mentor_id = 'eve';
UPDATE mentor_startup_sessions SET idempotency_key = 'd' WHERE mentor_id = 'eve';
COMMIT;
SELECT mentor_id, startup_id, idempotency_key FROM mentor_startup_sessions WHERE mentor_id = 'eve' ORDER BY 2;
DROP TRIGGER zzz_harmless ON mentor_startup_sessions;

-- A trigger for replicas alone prepares nothing here, and the guard says so.
ALTER TABLE mentor_startup_sessions ENABLE REPLICA TRIGGER zz_prepare_session;
SELECT code, message FROM error_of($$
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone, starts_at, ends_at)
    VALUES ('fay', 13, '2050-03-07', '10:00', 'UTC', '2050-03-07 20:00+00', '2050-03-07 20:30+00')$$) \gx

DROP SCHEMA app, testing CASCADE;
