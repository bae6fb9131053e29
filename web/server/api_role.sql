-- The role that the gateway connects as: it may call, and nothing else. signed_in_roles.sql, run after
-- this, is for sites where people sign in.
--   psql -d <database> -v schema=public -f web/server/api_role.sql
-- Can be run again. How the role signs in (peer, a password) is up to pg_hba.conf.
--
-- * USAGE on the schema finds the functions. EXECUTE on functions is everyone's in PostgreSQL, so what
--   is no visitor's is taken from PUBLIC: other roles that look after the tables (setup_booking(),
--   check_booking()) are granted EXECUTE on it by name.
-- * INSERT is what booking and holding need. Lists, alternatives and the guard read as the tables'
--   owner, and whoever knows a hold's token may release it.
-- * No UPDATE: as long as a caller has not shown who he is, he can cancel and move nobody's session
--   (42501).
-- * The journal and the calendar files tell whose sessions there are, so they are no visitor's. The
--   gateway follows the journal as slotguard_journal, and tells listeners no more than the lists do.
\set ON_ERROR_STOP on
\if :{?schema}
\else
    \set schema public
\endif

DO $$
BEGIN
    CREATE ROLE slotguard_web LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT;
EXCEPTION
    -- It is there already, or another session has just made it.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
DO $$
BEGIN
    CREATE ROLE slotguard_journal NOLOGIN NOINHERIT;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
DO $$
BEGIN
    IF NOT pg_has_role('slotguard_web', 'slotguard_journal', 'MEMBER') THEN
        GRANT slotguard_journal TO slotguard_web;
    END IF;
EXCEPTION
    WHEN unique_violation THEN NULL;
END
$$;

SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', p.oid::regprocedure)
FROM pg_proc p
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE e.extname = 'slotguard'
    AND p.pronamespace = e.extnamespace -- what stands in slotguard_internal is served by nobody
    AND p.proname NOT IN ('available_slots', 'next_available_slots', 'mentor_info', 'book_session',
                          'hold_slot', 'release_hold', 'cancel_session', 'reschedule_session',
                          'preview_hours')
\gexec

GRANT USAGE ON SCHEMA :"schema" TO slotguard_web, slotguard_journal;
GRANT INSERT ON :"schema".mentor_startup_sessions, :"schema".slot_holds TO slotguard_web;

GRANT SELECT ON :"schema".booking_events TO slotguard_journal;
GRANT EXECUTE ON FUNCTION :"schema".booking_events_after, :"schema".latest_booking_cursor
    TO slotguard_journal;
