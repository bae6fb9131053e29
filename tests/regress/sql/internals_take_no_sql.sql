SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set SHOW_CONTEXT never

-- The schema of the tables shows the API and nothing else.
CREATE VIEW testing.functions AS
SELECT n.nspname AS schema_name, p.oid::regprocedure AS signature, p.proname AS name, p.proargtypes::regtype[] AS types,
       p.prorettype = 'trigger'::regtype AS is_for_triggers
FROM pg_depend d
JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
    AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'slotguard');
SELECT name FROM functions WHERE schema_name = 'app' ORDER BY name;
SELECT DISTINCT schema_name FROM functions WHERE schema_name <> 'app';
-- No step takes anything but names, but for a question that runs nothing.
SELECT DISTINCT name FROM functions WHERE schema_name <> 'app' AND NOT types <@ '{name,boolean}'::regtype[] ORDER BY 1;

-- Grants as Supabase makes them by default: a visitor may EXECUTE every function of every schema.
CREATE ROLE regress_anon;
CREATE ROLE regress_owner;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app, slotguard_internal TO regress_anon;
GRANT USAGE ON SCHEMA slotguard_internal TO regress_anon;
CREATE TABLE testing.secrets (secret text);
INSERT INTO testing.secrets VALUES ('42');

-- The owner of the tables is no superuser, and needs nothing but CREATE on their schema.
GRANT USAGE, CREATE ON SCHEMA app TO regress_owner;
SET ROLE regress_owner;
SELECT count(*) FILTER (WHERE action = 'created') AS created FROM app.setup_booking();
SELECT count(*) FILTER (WHERE action <> 'kept') AS made FROM app.setup_booking();
ALTER TABLE app.mentor_startup_sessions DISABLE TRIGGER zz_prepare_session;
DROP INDEX app.unique_mentor_time_slot;
SELECT object, action FROM app.setup_booking() WHERE action <> 'kept' ORDER BY 1;
SELECT check_name, detail FROM app.check_booking() WHERE NOT ok;
SELECT outcome FROM app.book_session('ada', 1, current_date + 7, '10:00');
SELECT app.resume_journal();
RESET ROLE;

-- Every internal function, with names that would end a statement and begin another, as the superuser whom
-- nothing else holds back: each of them is taken as a name.
CREATE FUNCTION testing.call(function regprocedure, types regtype[], hostile text) RETURNS text
    LANGUAGE plpgsql
    AS $$
DECLARE
    arguments text := (SELECT string_agg(CASE type WHEN 'boolean'::regtype THEN 'true'
                                                   WHEN 'timestamptz'::regtype THEN 'now()'
                                                   WHEN 'bigint'::regtype THEN '1'
                                                   ELSE format('%L::%s', hostile, type) END, ', ' ORDER BY place)
                       FROM unnest(types) WITH ORDINALITY AS t (type, place));
    ran text := function::oid::regproc::text;
BEGIN
    EXECUTE format('SELECT count(*) FROM %s(%s)', ran, arguments);
    RETURN 'ran';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END
$$;
SELECT count(*) > 50 AS all_of_them, bool_and(result IN ('ran', '42P01', '42704', '42703', '3F000', '0A000')) AS as_names
FROM testing.functions,
    unnest(ARRAY['x"; DELETE FROM testing.secrets; --', 'x''; DELETE FROM testing.secrets; --', 'x); DELETE FROM testing.secrets; --',
                 'TEMP TABLE x(); DELETE FROM testing.secrets; --', 'mentor_settings', 'app']) AS hostile,
    testing.call(signature, types, hostile) AS result
WHERE schema_name = 'slotguard_internal' AND NOT is_for_triggers;
TABLE testing.secrets;
-- As the visitor: nothing is set up, nothing is locked, nothing of the tables is reported.
SET ROLE regress_anon;
SELECT (testing.error_of(statement)).* FROM unnest(ARRAY[
    'SELECT * FROM app.setup_booking()', 'SELECT * FROM app.check_booking()', 'SELECT app.resume_journal()',
    'SELECT slotguard_internal.lock_setup()', 'SELECT slotguard_internal.setup_table(''app'', ''mine'')',
    'SELECT slotguard_internal.setup_session_index(''app'', ''unique_mentor_time_slot'')',
    'SELECT slotguard_internal.overlapping_sessions(''app'', ''mentor_id'')',
    'SELECT slotguard_internal.journal_gaps(''app'')']) statement;
RESET ROLE;
DROP SCHEMA app, testing CASCADE;
DROP OWNED BY regress_owner, regress_anon;
DROP ROLE regress_owner, regress_anon;
