SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
SELECT testing.open('ada');

-- Triggers of the journal and of the holds run as the owner of these tables, for every caller. A function
-- that such a trigger names without a schema is never one of the caller's.
CREATE ROLE regress_mallory;
CREATE TABLE testing.audit (event text, by_role text, path text);
CREATE FUNCTION testing.audit() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO testing.audit
    VALUES (upper(concat_ws(' ', TG_TABLE_NAME, TG_OP)), current_user, current_setting('search_path'));
    RETURN coalesce(NEW, OLD);
END
$$;
CREATE TRIGGER audit BEFORE INSERT ON booking_events FOR EACH ROW EXECUTE FUNCTION testing.audit();
CREATE TRIGGER audit BEFORE DELETE ON slot_holds FOR EACH ROW EXECUTE FUNCTION testing.audit();

GRANT INSERT ON mentor_startup_sessions, slot_holds TO regress_mallory;
CREATE SCHEMA regress_mallory AUTHORIZATION regress_mallory;
SET SESSION AUTHORIZATION regress_mallory;
CREATE FUNCTION regress_mallory.upper(text) RETURNS text
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE 'ALTER ROLE regress_mallory SUPERUSER';
    RETURN $1;
END
$$;
SET search_path = regress_mallory, pg_catalog, app;
SELECT outcome FROM app.hold_slot('ada', 2, '2050-03-07', '10:00');
SELECT outcome FROM app.book_session('ada', 2, '2050-03-07', '10:00');
-- The caller's own search_path is as it was, after an error in a subtransaction too.
SELECT current_setting('search_path');
RESET SESSION AUTHORIZATION;
SET search_path TO app, testing;
SELECT rolsuper FROM pg_roles WHERE rolname = 'regress_mallory';
SELECT DISTINCT event, by_role = current_user AS by_owner, path FROM audit ORDER BY 1;

-- An error while the owner's code runs gives role and path back.
CREATE FUNCTION testing.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit is full'; END $$;
CREATE TRIGGER fail BEFORE INSERT ON booking_events FOR EACH ROW EXECUTE FUNCTION testing.fail();
SET SESSION AUTHORIZATION regress_mallory;
SET search_path = regress_mallory, pg_catalog, app;
\set SHOW_CONTEXT never
BEGIN;
SAVEPOINT a;
SELECT outcome FROM app.book_session('ada', 3, '2050-03-07', '11:00');
ROLLBACK TO a;
SELECT current_user, current_setting('search_path');
COMMIT;
RESET SESSION AUTHORIZATION;
SET search_path TO app, testing;
DROP TRIGGER fail ON booking_events;

-- Where another role may create in the schema of the tables, nothing in it is found by name either.
TRUNCATE testing.audit;
GRANT CREATE ON SCHEMA app TO regress_mallory;
SELECT outcome FROM book_session('ada', 4, '2050-03-07', '12:00');
SELECT path FROM audit;
REVOKE CREATE ON SCHEMA app FROM regress_mallory;
TRUNCATE testing.audit;
GRANT CREATE ON SCHEMA app TO PUBLIC;
SELECT outcome FROM book_session('ada', 5, '2050-03-07', '13:00');
SELECT path FROM audit;
DROP SCHEMA app, testing, regress_mallory CASCADE;
DROP ROLE regress_mallory;
