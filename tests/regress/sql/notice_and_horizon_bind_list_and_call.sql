-- Too soon and too far ahead are closed in the list and refused in the call, at the same instant.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
-- Round the clock, each five minutes: some start is near each edge at whatever time this runs.
INSERT INTO mentor_settings (mentor_id, time_zone, slot_duration, minimum_notice, booking_horizon)
    VALUES ('anna', 'UTC', '5 minutes', '3 hours 20 minutes', '2 days 90 minutes'),
           ('never', 'UTC', '5 minutes', '3 days', '2 days'), ('free', 'UTC', '5 minutes', '3 hours', '2 days');
INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from)
    SELECT mentor, '00:00', '00:00', CURRENT_DATE - 7 FROM unnest('{anna,never}'::text[]) mentor;
BEGIN;
CREATE TEMP VIEW listed AS
    SELECT s.*, now() + interval '3 hours 20 minutes' AS soonest, now() + interval '2 days 90 minutes' AS latest
    FROM available_slots('anna', CURRENT_DATE - 1, CURRENT_DATE + 4) s;
SELECT state, starts_at < soonest AS too_soon, starts_at > latest AS too_far, count(*) > 100 AS many
FROM listed GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
SELECT DISTINCT l.state, l.starts_at < soonest AS too_soon, l.starts_at > latest AS too_far, a.outcome, a.message
FROM listed l, answer_to('anna', 1, l.session_date, l.session_time) a
WHERE abs(extract(epoch FROM l.starts_at - soonest)) < 1200 OR abs(extract(epoch FROM l.starts_at - latest)) < 1200
ORDER BY 1, 2, 3;
-- The next ones are the first that can be booked, and the last one that can is the last.
SELECT (SELECT min(starts_at) FROM next_available_slots('anna', how_many => 1)) = min(starts_at) AS first_is_first,
    (SELECT max(starts_at) FROM next_available_slots('anna', how_many => 1000)) = max(starts_at) AS last_is_last,
    (SELECT count(*) FROM next_available_slots('anna', how_many => 1000)) = count(*) AS all_are_told
FROM listed WHERE state = 'available';
SELECT count(*) FROM next_available_slots('anna', now() + interval '3 days');
COMMIT;

-- More notice than horizon leaves nothing, and no alternatives.
SELECT count(*) FROM next_available_slots('never');
SELECT DISTINCT state FROM available_slots('never', CURRENT_DATE, CURRENT_DATE + 4);
SELECT outcome, alternatives FROM book_session('never', 1, CURRENT_DATE + 2, '12:00');
-- They bind without hours, too; a plain writer steps over them.
SELECT outcome, message FROM book_session('free', 1, CURRENT_DATE + 4, '12:00');
SELECT outcome FROM book_session('free', 1, CURRENT_DATE + 1, '12:01');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('free', 1, CURRENT_DATE - 1, '12:00');

DROP SCHEMA app, testing CASCADE;
