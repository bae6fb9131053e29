-- What would have made an audit blind, or a guard useless, is refused by name.
SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
CREATE FUNCTION testing.found(columns text DEFAULT '', id text DEFAULT 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
                              status text DEFAULT 'text NOT NULL DEFAULT ''scheduled''')
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DROP TABLE IF EXISTS app.mentor_startup_sessions;
    EXECUTE format('CREATE TABLE app.mentor_startup_sessions (id %s, mentor_id text NOT NULL, startup_id bigint NOT NULL,'
                   ' session_date date NOT NULL, session_time time NOT NULL, status %s %s)', id, status, columns);
END $$;

-- A generated column is not there yet when the triggers look.
SELECT found(status => 'text GENERATED ALWAYS AS (CASE WHEN startup_id = 5 THEN ''cancelled'' ELSE ''scheduled'' END) STORED');
SELECT * FROM error_of('SELECT setup_booking()') \gx
SELECT found(columns => ', starts_at timestamptz NOT NULL GENERATED ALWAYS AS (timezone(''UTC'', session_date + session_time)) STORED');
SELECT code, message FROM error_of('SELECT setup_booking()') \gx

-- Instants that are not what the row says.
SELECT found(columns => ', duration interval NOT NULL DEFAULT ''2 hours'', time_zone text NOT NULL DEFAULT ''UTC'','
                        ' starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)
VALUES ('ada', 1, '2050-03-07', '10:00', '2050-03-07 10:00+00', '2050-03-07 10:30+00');
SELECT * FROM error_of('SELECT setup_booking()') \gx
UPDATE mentor_startup_sessions SET ends_at = starts_at + duration;
SELECT code IS NULL AS is_set_up FROM error_of('SELECT setup_booking()');
ALTER TABLE mentor_startup_sessions DISABLE TRIGGER ALL;
UPDATE mentor_startup_sessions SET time_zone = 'Mars/Phobos';
SELECT check_name, detail FROM check_booking() WHERE NOT ok AND check_name LIKE 'sessions begin%';

-- A key that may be NULL.
DROP TABLE mentor_settings, mentor_availability, mentor_availability_overrides, slot_holds, booking_events;
SELECT found(id => 'bigint');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 1, '2050-03-07', '10:00');
SELECT code, message FROM error_of('SELECT setup_booking()') \gx

-- A snapshot that is older than the sessions.
SELECT found();
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT * FROM error_of('SELECT setup_booking()') \gx
ROLLBACK;

-- Policies that hide the rows from their own owner.
CREATE ROLE regress_owner;
GRANT CREATE, USAGE ON SCHEMA app TO regress_owner;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO regress_owner;
SELECT found();
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('ada', 1, '2050-03-07', '10:00'), ('ada', 2, '2050-03-07', '10:15');
ALTER TABLE mentor_startup_sessions OWNER TO regress_owner;
ALTER TABLE mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE mentor_startup_sessions FORCE ROW LEVEL SECURITY;
SET ROLE regress_owner;
SELECT code, message FROM error_of('SELECT setup_booking()') \gx
RESET ROLE;
SELECT code, message, detail FROM error_of('SELECT setup_booking()') \gx

-- A column that nothing reads may be missing, and everything else is looked at.
DELETE FROM mentor_startup_sessions WHERE startup_id = 2;
SELECT code IS NULL AS is_set_up FROM error_of('SELECT setup_booking()');
ALTER TABLE mentor_startup_sessions DROP COLUMN idempotency_key, DISABLE TRIGGER ALL;
SELECT check_name, detail FROM check_booking() WHERE NOT ok;

DROP SCHEMA app, testing CASCADE;
DROP ROLE regress_owner;
