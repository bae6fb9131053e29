\set ECHO none
-- What tests of the journal ask; read after begin.sql and setup_booking().

-- Where the test has read up to.
CREATE TABLE testing.place AS SELECT app.latest_booking_cursor() AS cursor;
GRANT SELECT, UPDATE ON testing.place TO PUBLIC;

-- The events since the last look, in one line each: what, which session, with whom, when, and what was
-- before. Hours are told of the date that tests use.
CREATE FUNCTION testing.news(most int DEFAULT 100) RETURNS TABLE (news text)
    LANGUAGE plpgsql
    AS $$
DECLARE
    event record;
BEGIN
    FOR event IN SELECT * FROM app.booking_events_after((SELECT p.cursor FROM testing.place p), most) e
    LOOP
        UPDATE testing.place SET cursor = event.cursor;
        news := concat_ws(' ', event.event, event.session_id, event.mentor_id || '/' || coalesce(event.startup_id::text, ''),
                          to_char(event.starts_at, 'DD HH24:MI-') || to_char(event.ends_at, 'HH24:MI'),
                          'was ' || to_char(event.previous_starts_at, 'DD HH24:MI'),
                          event.detail - 'expires_at');
        RETURN NEXT;
    END LOOP;
END
$$;
\set ECHO all
