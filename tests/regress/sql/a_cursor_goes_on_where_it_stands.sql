SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';

-- An empty journal: whoever follows it from now on misses nothing.
SELECT latest_booking_cursor() IS NULL AS empty;
SELECT count(*) FROM booking_events_after();
\set news :here /news.sql
\i :news

SELECT testing.open('ada');
SELECT outcome FROM book_session('ada', 1, '2090-03-01', '01:00');
SELECT outcome FROM book_session('ada', 2, '2090-03-01', '02:00');
SELECT outcome FROM book_session('ada', 3, '2090-03-01', '03:00');
SELECT outcome FROM book_session('ada', 4, '2090-03-01', '04:00');
SELECT outcome FROM book_session('ada', 5, '2090-03-01', '05:00');
SELECT * FROM news(2);
SELECT * FROM news(1);
SELECT * FROM news(1);
SELECT * FROM news();
SELECT * FROM news();
-- The same rows as the table's, each with its own cursor; the last one is where to go on.
SELECT count(DISTINCT cursor) AS cursors, count(*) FILTER (WHERE e IS DISTINCT FROM (b.event_id, b.event, b.session_id,
           b.mentor_id, b.startup_id, b.starts_at, b.ends_at, b.previous_starts_at, b.occurred_at, b.detail)) AS other_rows
FROM (SELECT cursor, ROW(event_id, event, session_id, mentor_id, startup_id, starts_at, ends_at, previous_starts_at, occurred_at, detail) AS e, event_id
      FROM booking_events_after()) a FULL JOIN booking_events b USING (event_id);
SELECT latest_booking_cursor() = (SELECT cursor FROM testing.place) AS latest_is_the_last_read;

-- A reader in an older snapshot reads what is there now.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT count(*) FROM booking_events_after();
ROLLBACK;
BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY;
SELECT count(*) FROM booking_events_after((SELECT cursor FROM testing.place));
COMMIT;

-- What is no cursor, is from elsewhere, or asks for too much.
CREATE TABLE testing.cursors AS SELECT cursor, event_id FROM booking_events_after();
SELECT (error_of(format('SELECT app.booking_events_after(%L)', wrong))).*
FROM (VALUES ('hello'), (''), ('1'), ('1-'), ((SELECT cursor || ' ' FROM testing.cursors LIMIT 1)), ('3-5'), ('999-5'), ('9223372036854775807-9223372036854775807')) v (wrong);
SELECT (error_of(format('SELECT app.booking_events_after(NULL, %s)', wrong))).*
FROM (VALUES ('0'), ('-1'), ('10001'), ('NULL')) v (wrong);
SELECT count(*) FROM booking_events_after(max_events => 10000);

-- Pruning: the last of what goes stays, for whoever stands there. Readers behind it are told.
SELECT (error_of('SELECT app.prune_booking_events(NULL)')).*;
SELECT prune_booking_events('2000-01-01') AS nothing_is_older;
SELECT prune_booking_events(occurred_at + '1 microsecond') AS pruned FROM booking_events WHERE startup_id = 3;
SELECT event, startup_id FROM booking_events ORDER BY event_id;
SELECT c.event_id, (error_of(format('SELECT app.booking_events_after(%L)', c.cursor))).*
FROM testing.cursors c WHERE c.event_id < 4 ORDER BY 1;
SELECT event, startup_id FROM booking_events_after((SELECT cursor FROM testing.cursors WHERE event_id = 4));
SELECT event, startup_id FROM booking_events_after();
SELECT prune_booking_events(occurred_at + '1 microsecond') AS pruned_again FROM booking_events WHERE startup_id = 3;
-- An event of a transaction that began later keeps those that follow it: they may yet be wanted. What
-- stays at the front is the last of what went, and has the latest instant of it.
INSERT INTO booking_events (event, startup_id, occurred_at)
VALUES ('a', 6, '2200-01-01'), ('b', 7, '2100-01-01'), ('c', 8, '2200-01-01'), ('d', 9, '2150-01-01');
SELECT prune_booking_events('2150-01-01') AS pruned;
SELECT event, startup_id FROM booking_events ORDER BY event_id;
SELECT prune_booking_events('infinity') AS pruned;
SELECT event, startup_id FROM booking_events ORDER BY event_id;
SELECT latest_booking_cursor() AS cursor \gset
SELECT outcome FROM cancel_session(1);
SELECT event, startup_id FROM booking_events_after(:'cursor');
-- All gone, by other means.
TRUNCATE booking_events;
SELECT latest_booking_cursor() IS NULL AS empty;
SELECT (error_of(format('SELECT app.booking_events_after(%L)', :'cursor'))).code;

-- A read-only transaction can read, and not prune.
BEGIN READ ONLY;
SELECT count(*) FROM booking_events_after();
SELECT (error_of('SELECT app.prune_booking_events(now())')).*;
COMMIT;

SET client_min_messages TO warning;
DROP SCHEMA app, testing CASCADE;
