SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers

-- A trigger of a partition or a child sees its own rows only: a session over midnight has its neighbour in
-- the next one. Such tables are refused, with the reason, also where they come about after the set-up.
CREATE TABLE app.mentor_startup_sessions (
    id bigint, mentor_id text, startup_id bigint, session_date date, session_time time, status text DEFAULT 'scheduled')
    PARTITION BY RANGE (session_date);
CREATE TABLE app.march PARTITION OF app.mentor_startup_sessions FOR VALUES FROM ('2050-03-01') TO ('2050-04-01');
SELECT * FROM error_of('SELECT setup_booking()') \gx
ALTER TABLE mentor_startup_sessions DETACH PARTITION march;
DROP TABLE mentor_startup_sessions;
CREATE TABLE app.all_sessions (LIKE app.march) PARTITION BY RANGE (session_date);
ALTER TABLE march RENAME TO mentor_startup_sessions;
ALTER TABLE all_sessions ATTACH PARTITION mentor_startup_sessions FOR VALUES FROM ('2050-03-01') TO ('2050-04-01');
SELECT code, message FROM error_of('SELECT setup_booking()') \gx
DROP TABLE all_sessions;
CREATE TABLE app.parent (mentor_id text);
CREATE TABLE app.mentor_startup_sessions (
    id bigint, startup_id bigint, session_date date, session_time time, status text DEFAULT 'scheduled') INHERITS (app.parent);
SELECT code, message FROM error_of('SELECT setup_booking()') \gx
DROP TABLE parent CASCADE;

-- After the set-up: a child, a parent, a parent with partitions.
DO 'BEGIN PERFORM setup_booking(); END';
SELECT testing.open('ada');
SELECT insert_of('ada', 1, '2050-03-07', '10:00', '1 hour');
CREATE TABLE app.child () INHERITS (app.mentor_startup_sessions);
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
SELECT code, message, hint FROM error_of($$SELECT book_session('ada', 2, '2050-03-07', '12:00')$$) \gx
SELECT code, message FROM error_of('SELECT setup_booking()') \gx
SELECT insert_of('ada', 2, '2050-03-07', '12:00') AS plain_writer;
DROP TABLE child;
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
SELECT outcome_of('ada', 2, '2050-03-07', '12:00');
CREATE TABLE app.parent (mentor_id text NOT NULL);
ALTER TABLE mentor_startup_sessions INHERIT parent;
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
SELECT code FROM error_of($$SELECT book_session('ada', 2, '2050-03-07', '12:00')$$);
ALTER TABLE mentor_startup_sessions NO INHERIT parent;
DROP TABLE parent;
SELECT outcome_of('ada', 2, '2050-03-07', '12:00');
ALTER TABLE mentor_startup_sessions ALTER id DROP IDENTITY;
CREATE TABLE app.all_sessions (LIKE app.mentor_startup_sessions INCLUDING DEFAULTS) PARTITION BY RANGE (session_date);
ALTER TABLE all_sessions ATTACH PARTITION mentor_startup_sessions FOR VALUES FROM ('2050-03-01') TO ('2050-04-01');
SELECT check_name, detail FROM check_booking() WHERE NOT ok;
SELECT code FROM error_of($$SELECT book_session('ada', 2, '2050-03-07', '12:00')$$);
DROP SCHEMA app, testing CASCADE;
