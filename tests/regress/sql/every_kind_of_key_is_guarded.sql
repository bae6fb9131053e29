SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers

-- Every kind of key that is adopted is guarded: under its own equality, from calls and plain statements.
CREATE FUNCTION testing.founding(mentor_type text, startup_type text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DROP TABLE IF EXISTS app.mentor_startup_sessions, app.mentor_settings, app.mentor_availability, app.mentor_availability_overrides, app.slot_holds, app.booking_events;
    EXECUTE format('CREATE TABLE app.mentor_startup_sessions (id bigserial PRIMARY KEY, mentor_id %s NOT NULL,'
                   ' startup_id %s NOT NULL, session_date date NOT NULL, session_time time NOT NULL,'
                   ' status text NOT NULL DEFAULT ''scheduled'')', mentor_type, startup_type);
    PERFORM app.setup_booking();
END
$$;

-- A collation that does not tell 'Anna' from 'anna': one mentor.
CREATE COLLATION testing.no_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
SELECT founding('text COLLATE testing.no_case', 'bigint');
SELECT testing.open('Anna');
SELECT insert_of('Anna', 1, '2050-03-07', '10:00', '1 hour'), insert_of('anna', 2, '2050-03-07', '10:30', '1 hour'),
       insert_of('ANNA', 2, '2050-03-07', '10:00'), insert_of('Ánna', 2, '2050-03-07', '10:30', '1 hour') AS somebody_else,
       outcome_of('aNNa', 3, '2050-03-07', '10:30'), outcome_of('anna', 1, '2050-03-07', '10:00', '1 hour') AS its_own;
SELECT verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
    VALUES ('Bob', 4, '2050-03-07', '10:00', '1 hour'), ('bob', 5, '2050-03-07', '10:30', '1 hour')$$) AS in_one_statement,
    verdict_on($$UPDATE mentor_startup_sessions SET mentor_id = 'ANNA' WHERE mentor_id = 'Anna'$$) AS respelt;
SELECT check_name, detail FROM check_booking() WHERE NOT ok;

-- uuid.
SELECT founding('uuid', 'integer');
INSERT INTO mentor_settings (mentor_id, booking_horizon) VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '100 years');
SELECT insert_of('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 1, '2050-03-07', '10:00', '1 hour'),
       insert_of('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 2, '2050-03-07', '10:30'),
       insert_of('b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 1, '2050-03-07', '10:30') AS busy,
       outcome_of('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 2, '2050-03-07', '10:30'),
       outcome_of('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 1, '2050-03-07', '10:30') AS its_own;
SELECT code, message, detail, hint FROM error_of($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 2, '2050-03-07', '10:30')$$) \gx

-- Startups of each integer type, also below zero and at the ends.
SELECT founding('text', 'smallint');
SELECT insert_of('ada', -32768, '2050-03-07', '10:00', '1 hour'), insert_of('bob', -32768, '2050-03-07', '10:30') AS busy,
       insert_of('bob', 32767, '2050-03-07', '10:30'), insert_of('cyd', 32767, '2050-03-07', '10:45') AS busy_too, insert_of('cyd', 0, '2050-03-07', '10:45');
SELECT founding('text', 'integer');
SELECT insert_of('ada', -2147483648, '2050-03-07', '10:00', '1 hour'), insert_of('bob', -2147483648, '2050-03-07', '10:30') AS busy,
       insert_of('bob', 2147483647, '2050-03-07', '10:30'), insert_of('cyd', 2147483647, '2050-03-07', '10:45') AS busy_too;
SELECT founding('text COLLATE "C"', 'bigint');
SELECT insert_of('ada', '-9223372036854775808', '2050-03-07', '10:00', '1 hour'), insert_of('bob', '-9223372036854775808', '2050-03-07', '10:30') AS busy,
       insert_of('bob', 9223372036854775807, '2050-03-07', '10:30'), insert_of('cyd', 9223372036854775807, '2050-03-07', '10:45') AS busy_too,
       insert_of('cyd', 4294967295, '2050-03-07', '10:45'), insert_of('dan', -1, '2050-03-07', '10:45') AS another;
-- A name of 255 letters, and the empty one.
SELECT insert_of('', 1, '2050-03-07', '10:00', '1 hour'), insert_of('', 2, '2050-03-07', '10:30'),
       insert_of(repeat('x', 255), 3, '2050-03-07', '10:00', '1 hour'), insert_of(repeat('x', 255), 4, '2050-03-07', '10:30');
SELECT overlapping_pairs();
DROP SCHEMA app, testing CASCADE;
