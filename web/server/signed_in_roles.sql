-- For sites where people sign in with a token (SLOTGUARD_JWT_SECRET): the roles that a token can name,
-- and what each may see and write.
--   psql -d <database> -v schema=public -f web/server/signed_in_roles.sql
-- Run api_role.sql first. Can be run again.
--
-- * slotguard_startup, with the claim startup_id: its own sessions and holds. It books, holds, moves,
--   cancels, and reads its calendar files.
-- * slotguard_mentor, with the claim mentor_id: sees his own sessions and cancels them; sets his own
--   hours, time off and settings.
-- * slotguard_calendar, with the claim mentor_id: reads his sessions, for a token that stands in the
--   address of a calendar.
-- * Who shows no token can list and not book any more: slotguard_web loses its INSERT.
--
-- The gateway serves the sessions to be read only. Behind PostgREST, which serves every write that a role
-- has the right to, a startup could write its own sessions plainly: past hours, notice, limits and holds,
-- never past the guard. There, offer the calls only (docs/supabase.md).
--
-- A token without the claim sees nothing and writes nothing. The calls keep a caller to the claims by
-- themselves; the policies bind plain statements too.
\set ON_ERROR_STOP on
\if :{?schema}
\else
    \set schema public
\endif

DO $$
DECLARE
    signed_in name;
BEGIN
    FOREACH signed_in IN ARRAY ARRAY['slotguard_startup', 'slotguard_mentor', 'slotguard_calendar']
    LOOP
        -- Another session may make the same ones at this moment.
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', signed_in);
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
        BEGIN
            IF NOT pg_has_role('slotguard_web', signed_in, 'MEMBER') THEN
                EXECUTE format('GRANT %I TO slotguard_web', signed_in);
            END IF;
        EXCEPTION
            WHEN unique_violation THEN NULL;
        END;
    END LOOP;
END
$$;

BEGIN;

-- Claims ----------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION :"schema".signed_in_startup() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'startup_id')::bigint;
COMMENT ON FUNCTION :"schema".signed_in_startup IS
    'which startup the token of this request says that its bearer is; NULL for none';

CREATE OR REPLACE FUNCTION :"schema".signed_in_mentor() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'mentor_id';
COMMENT ON FUNCTION :"schema".signed_in_mentor IS
    'which mentor the token of this request says that its bearer is; NULL for none';

GRANT EXECUTE ON FUNCTION :"schema".signed_in_startup, :"schema".signed_in_mentor
    TO slotguard_startup, slotguard_mentor, slotguard_calendar;

-- Privileges ------------------------------------------------------------------------------------

GRANT USAGE ON SCHEMA :"schema" TO slotguard_startup, slotguard_mentor, slotguard_calendar;
GRANT EXECUTE ON FUNCTION :"schema".session_ics
    TO slotguard_startup, slotguard_mentor, slotguard_calendar;

REVOKE INSERT ON :"schema".mentor_startup_sessions, :"schema".slot_holds FROM slotguard_web;

GRANT SELECT, INSERT,
    UPDATE (session_date, session_time, duration, time_zone, status, cancellation_reason)
    ON :"schema".mentor_startup_sessions TO slotguard_startup;
GRANT INSERT ON :"schema".slot_holds TO slotguard_startup;

GRANT SELECT, UPDATE (status, cancellation_reason)
    ON :"schema".mentor_startup_sessions TO slotguard_mentor;
GRANT SELECT ON :"schema".mentor_startup_sessions TO slotguard_calendar;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON :"schema".mentor_settings, :"schema".mentor_availability,
       :"schema".mentor_availability_overrides TO slotguard_mentor;

-- Policies --------------------------------------------------------------------------------------

-- A mentor's key is text, or uuid in a table that was adopted.
SELECT format_type(atttypid, NULL) AS mentor_type
FROM pg_attribute
WHERE attrelid = format('%I.mentor_startup_sessions', :'schema')::regclass AND attname = 'mentor_id'
\gset

ALTER TABLE :"schema".mentor_startup_sessions ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS startup_has_its_own ON :"schema".mentor_startup_sessions;
CREATE POLICY startup_has_its_own ON :"schema".mentor_startup_sessions TO slotguard_startup
    USING (startup_id = (SELECT :"schema".signed_in_startup()));
DROP POLICY IF EXISTS mentor_has_his_own ON :"schema".mentor_startup_sessions;
CREATE POLICY mentor_has_his_own ON :"schema".mentor_startup_sessions TO slotguard_mentor
    USING (mentor_id = (SELECT CAST(:"schema".signed_in_mentor() AS :mentor_type)));

DROP POLICY IF EXISTS calendar_has_its_mentors ON :"schema".mentor_startup_sessions;
CREATE POLICY calendar_has_its_mentors ON :"schema".mentor_startup_sessions
    FOR SELECT TO slotguard_calendar
    USING (mentor_id = (SELECT CAST(:"schema".signed_in_mentor() AS :mentor_type)));

ALTER TABLE :"schema".slot_holds ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS startup_has_its_own ON :"schema".slot_holds;
CREATE POLICY startup_has_its_own ON :"schema".slot_holds TO slotguard_startup
    USING (startup_id = (SELECT :"schema".signed_in_startup()));

ALTER TABLE :"schema".mentor_settings ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS mentor_has_his_own ON :"schema".mentor_settings;
CREATE POLICY mentor_has_his_own ON :"schema".mentor_settings TO slotguard_mentor
    USING (mentor_id = (SELECT CAST(:"schema".signed_in_mentor() AS :mentor_type)));

ALTER TABLE :"schema".mentor_availability ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS mentor_has_his_own ON :"schema".mentor_availability;
CREATE POLICY mentor_has_his_own ON :"schema".mentor_availability TO slotguard_mentor
    USING (mentor_id = (SELECT CAST(:"schema".signed_in_mentor() AS :mentor_type)));

ALTER TABLE :"schema".mentor_availability_overrides ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS mentor_has_his_own ON :"schema".mentor_availability_overrides;
CREATE POLICY mentor_has_his_own ON :"schema".mentor_availability_overrides TO slotguard_mentor
    USING (mentor_id = (SELECT CAST(:"schema".signed_in_mentor() AS :mentor_type)));

COMMIT;
