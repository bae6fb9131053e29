SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers
DO 'BEGIN PERFORM setup_booking(); END';

-- A guard that is missing, disabled, altered or blind is told by check_booking(), no call is made
-- without it, and setup_booking() puts it back.
SELECT testing.open('ada');
SELECT insert_of('ada', 1, '2050-03-07', '10:00', '1 hour');
CREATE VIEW testing.faults AS SELECT check_name, detail FROM app.check_booking() WHERE NOT ok;
CREATE FUNCTION testing.call() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN testing.outcome_of('ada', 2, '2050-03-07', '12:00');
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END $$;
CREATE FUNCTION testing.mended() RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(object || ' ' || action, ', ' ORDER BY object) FROM app.setup_booking() WHERE action <> 'kept' $$;
TABLE testing.faults;

-- Each trigger: disabled, for replicas only, dropped, with another meaning.
ALTER TABLE mentor_startup_sessions DISABLE TRIGGER no_overlapping_sessions;
TABLE testing.faults;
SELECT code, message, hint FROM error_of($$SELECT book_session('ada', 2, '2050-03-07', '12:00')$$) \gx
SELECT mended();
SELECT (SELECT count(*) FROM testing.faults) AS faults, insert_of('ada', 2, '2050-03-07', '10:30');
ALTER TABLE mentor_startup_sessions DISABLE TRIGGER no_overlapping_startup_sessions;
TABLE testing.faults;
SELECT call();
SELECT mended();
SELECT (SELECT count(*) FROM testing.faults) AS faults, insert_of('bob', 1, '2050-03-07', '10:30');
ALTER TABLE mentor_startup_sessions DISABLE TRIGGER ALL;
TABLE testing.faults;
SELECT mended();
SELECT count(*) AS faults FROM testing.faults;
ALTER TABLE mentor_startup_sessions ENABLE REPLICA TRIGGER no_overlapping_sessions;
TABLE testing.faults;
SELECT call();
SELECT mended();
SELECT count(*) AS faults FROM testing.faults;
DROP TRIGGER no_overlapping_sessions ON mentor_startup_sessions;
TABLE testing.faults;
SELECT call();
SELECT mended();
SELECT (SELECT count(*) FROM testing.faults) AS faults, insert_of('ada', 2, '2050-03-07', '10:30');
DROP TRIGGER no_overlapping_startup_sessions ON mentor_startup_sessions;
CREATE TRIGGER no_overlapping_startup_sessions AFTER INSERT ON mentor_startup_sessions FOR EACH ROW
    WHEN (NEW.startup_id > 5) EXECUTE FUNCTION slotguard_internal.check_startup_is_free();
TABLE testing.faults;
SELECT call();
SELECT mended();
SELECT (SELECT count(*) FROM testing.faults) AS faults, insert_of('bob', 1, '2050-03-07', '10:30');
-- With a condition, for some columns, at the end of the transaction, with somebody's function, once a statement.
CREATE FUNCTION testing.altered(instead text) RETURNS TABLE (fault text, call text, mended text, writer text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    DROP TRIGGER no_overlapping_sessions ON app.mentor_startup_sessions;
    EXECUTE instead;
    fault := (SELECT string_agg(f.check_name || ': ' || f.detail, '; ') FROM testing.faults f);
    call := testing.call();
    mended := testing.mended();
    writer := testing.insert_of('ada', 2, '2050-03-07', '10:30');
    RETURN NEXT;
END
$$;
CREATE FUNCTION testing.pass() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
SELECT a.*
FROM (VALUES (1, 'TRIGGER', 'AFTER INSERT OR UPDATE', '', 'FOR EACH ROW WHEN (NEW.startup_id > 5)', 'slotguard_internal.check_mentor_is_free'),
             (2, 'TRIGGER', 'AFTER INSERT OR UPDATE OF session_time', '', 'FOR EACH ROW', 'slotguard_internal.check_mentor_is_free'),
             (3, 'CONSTRAINT TRIGGER', 'AFTER INSERT OR UPDATE', 'DEFERRABLE INITIALLY DEFERRED', 'FOR EACH ROW', 'slotguard_internal.check_mentor_is_free'),
             (4, 'CONSTRAINT TRIGGER', 'AFTER INSERT OR UPDATE', 'NOT DEFERRABLE', 'FOR EACH ROW', 'testing.pass'),
             (5, 'TRIGGER', 'AFTER INSERT OR UPDATE', '', 'FOR EACH STATEMENT', 'testing.pass'))
        AS w (place, kind, event, deferral, scope, function_name),
    testing.altered(format('CREATE %s no_overlapping_sessions %s ON mentor_startup_sessions %s %s EXECUTE FUNCTION %s()',
                           kind, event, deferral, scope, function_name)) a
ORDER BY place;
-- ENABLE ALWAYS is more than was asked for, and kept.
ALTER TABLE mentor_startup_sessions ENABLE ALWAYS TRIGGER no_overlapping_sessions, ENABLE ALWAYS TRIGGER zz_prepare_session;
SELECT mended();
SELECT (SELECT count(*) FROM testing.faults) AS faults, outcome_of('ada', 2, '2050-03-07', '12:00');
ALTER TABLE mentor_startup_sessions ENABLE TRIGGER no_overlapping_sessions, ENABLE TRIGGER zz_prepare_session;

-- Each index that the other tables are read by: no call goes on without it, and what is told makes it.
CREATE FUNCTION testing.unread(loss text) RETURNS TABLE (fault text, call text, mended text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE loss;
    fault := (SELECT f.detail FROM testing.faults f WHERE f.check_name = 'calls find their rows by an index');
    call := (SELECT code FROM testing.error_of($q$SELECT app.book_session('ada', 2, '2050-03-07', '12:00')$q$));
    EXECUTE replace(fault, 'run CREATE', 'CREATE');
    mended := format('%s faults, %s', (SELECT count(*) FROM testing.faults), testing.call());
    RETURN NEXT;
END
$$;
SELECT u.* FROM unnest(ARRAY[
    'ALTER TABLE mentor_settings DROP CONSTRAINT mentor_settings_pkey',
    'DROP INDEX mentor_availability_by_mentor',
    'DROP INDEX mentor_availability_overrides_by_mentor',
    'ALTER TABLE slot_holds DROP CONSTRAINT slot_holds_pkey',
    'DROP INDEX slot_holds_by_mentor',
    'DROP INDEX slot_holds_by_startup; CREATE INDEX ON slot_holds (startup_id) WHERE startup_id > 5',
    'ALTER TABLE booking_events DROP CONSTRAINT booking_events_pkey']) loss, testing.unread(loss) u \gx

-- Each index: dropped, with another meaning, not built to its end. No plain writer passes either.
CREATE FUNCTION testing.without(index_name text, instead text) RETURNS TABLE (fault text, call text, writer text, lists text, setup text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE 'DROP INDEX app.' || index_name;
    IF instead <> '' THEN
        EXECUTE replace(instead, 'INDEX', 'INDEX ' || index_name);
    END IF;
    fault := (SELECT string_agg(f.check_name || ': ' || f.detail, '; ') FROM testing.faults f);
    call := (SELECT code FROM testing.error_of($q$SELECT app.book_session('ada', 2, '2050-03-07', '12:00')$q$));
    writer := testing.insert_of('ada', 2, '2050-03-07', '10:30');
    lists := (SELECT code FROM testing.error_of($q$SELECT app.available_slots('ada', '2050-03-07', '2050-03-07')$q$));
    setup := coalesce((SELECT code || ' ' || message FROM testing.error_of('SELECT app.setup_booking()') WHERE code IS NOT NULL), 'mended');
    IF setup <> 'mended' THEN
        EXECUTE 'DROP INDEX app.' || index_name;
        PERFORM app.setup_booking();
    END IF;
    RETURN NEXT;
END
$$;
SELECT i, w.* FROM unnest('{mentor_startup_sessions_by_mentor,mentor_startup_sessions_by_startup,mentor_startup_sessions_done_by_mentor}'::text[]) i, without(i, '') w \gx
SELECT w.* FROM without('mentor_startup_sessions_by_mentor', 'CREATE INDEX ON app.mentor_startup_sessions (mentor_id, starts_at)') w \gx
SELECT w.* FROM without('mentor_startup_sessions_by_mentor', $$CREATE INDEX ON app.mentor_startup_sessions (mentor_id, starts_at) WHERE status = 'completed'$$) w \gx
SELECT w.* FROM without('mentor_startup_sessions_by_mentor', $$CREATE INDEX ON app.mentor_startup_sessions (mentor_id, ends_at) WHERE status = 'scheduled'$$) w \gx
SELECT w.* FROM without('mentor_startup_sessions_by_mentor', $$CREATE INDEX ON app.mentor_startup_sessions (mentor_id COLLATE "C", starts_at) WHERE status = 'scheduled'$$) w \gx
SELECT w.* FROM without('mentor_startup_sessions_by_mentor', $$CREATE INDEX ON app.mentor_startup_sessions (mentor_id, starts_at DESC) WHERE status = 'scheduled'$$) w \gx
SELECT w.* FROM without('mentor_startup_sessions_by_startup', $$CREATE INDEX ON app.mentor_startup_sessions (startup_id, starts_at) WHERE status = 'scheduled' AND startup_id > 5$$) w \gx
SELECT w.* FROM without('mentor_startup_sessions_by_startup', $$CREATE INDEX ON app.mentor_startup_sessions USING hash (startup_id) WHERE status = 'scheduled'$$) w \gx
SELECT w.* FROM unnest(ARRAY['status = ''scheduled''', 'status = ''completed''', 'status = ''completed'' AND status = ''no_show''',
    'status = ''completed'' OR status = ''cancelled''', 'status = ''completed'' OR startup_id = 5']) held,
    without('mentor_startup_sessions_done_by_mentor', 'CREATE INDEX ON app.mentor_startup_sessions (mentor_id, starts_at) WHERE ' || held) w \gx
TABLE testing.faults;
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'app.mentor_startup_sessions_by_mentor'::regclass;
TABLE testing.faults;
SELECT call();
SELECT insert_of('ada', 2, '2050-03-07', '10:30');
SELECT code, message, hint FROM error_of('SELECT setup_booking()') \gx
DROP INDEX mentor_startup_sessions_by_mentor;
SELECT mended();
SELECT (SELECT count(*) FROM testing.faults) AS faults, insert_of('ada', 2, '2050-03-07', '10:30');

-- Columns that lost their NOT NULL: what has none of these can overlap with nothing that a guard sees, so it
-- is not scheduled. The instants are ours, and filled in.
ALTER TABLE mentor_startup_sessions ALTER mentor_id DROP NOT NULL, ALTER startup_id DROP NOT NULL, ALTER session_date DROP NOT NULL,
    ALTER session_time DROP NOT NULL, ALTER duration DROP NOT NULL, ALTER starts_at DROP NOT NULL, ALTER ends_at DROP NOT NULL;
SELECT missing, verdict_on(format('INSERT INTO app.mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)'
    ' VALUES (%L, %L, %L, %L, %L)', CASE missing WHEN 'mentor_id' THEN NULL ELSE 'cyd' END, CASE missing WHEN 'startup_id' THEN NULL ELSE '3' END,
    CASE missing WHEN 'session_date' THEN NULL ELSE '2050-03-07' END, CASE missing WHEN 'session_time' THEN NULL ELSE '10:30' END,
    CASE missing WHEN 'duration' THEN NULL ELSE '1 hour' END))
FROM unnest('{mentor_id,startup_id,session_date,session_time,duration}'::text[]) missing;
SELECT verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)
    VALUES ('ada', 3, '2050-03-07', '10:30', NULL, NULL)$$) AS instants;
SELECT mended();
SELECT string_agg(attname, ', ') AS nullable FROM pg_attribute
WHERE attrelid = 'mentor_startup_sessions'::regclass AND attnum > 0 AND NOT attnotnull;

-- A column of another type.
BEGIN;
ALTER TABLE booking_events ALTER event TYPE varchar(20);
TABLE testing.faults;
ROLLBACK;

-- session_replication_role = replica steps past plain triggers, as past foreign keys, for a superuser who
-- says so; it does not step past those that are ENABLE ALWAYS, nor past the unique index. A call looks for itself.
SET session_replication_role TO replica;
SELECT verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone, starts_at, ends_at)
    VALUES ('ada', 5, '2050-03-07', '10:30', 'UTC', '2050-03-07 10:30', '2050-03-07 11:00')$$);
SELECT outcome_of('ada', 6, '2050-03-07', '10:45') AS overlap, outcome_of('ada', 6, '2050-03-07', '12:00') AS free;
RESET session_replication_role;
TABLE testing.faults;
SELECT insert_of('ada', 6, '2050-03-07', '10:45'), outcome_of('ada', 6, '2050-03-07', '10:45');
-- Whoever finds an overlap can mend it: a session leaves, or moves away, though others overlap it.
SELECT verdict_on($$UPDATE mentor_startup_sessions SET session_time = '13:00' WHERE startup_id = 5$$);
SELECT count(*) AS faults FROM testing.faults;
ALTER TABLE mentor_startup_sessions ENABLE ALWAYS TRIGGER zz_prepare_session, ENABLE ALWAYS TRIGGER no_overlapping_sessions,
    ENABLE ALWAYS TRIGGER no_overlapping_startup_sessions;
SET session_replication_role TO replica;
SELECT verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone, starts_at, ends_at)
    VALUES ('ada', 7, '2050-03-07', '10:45', 'UTC', '2050-03-07 10:45', '2050-03-07 11:15')$$);
RESET session_replication_role;

SELECT overlapping_pairs();
DROP SCHEMA app, testing CASCADE;
