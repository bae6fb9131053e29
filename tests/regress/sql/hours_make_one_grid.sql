-- Hours that touch or overlap are one stretch with one grid; time off takes starts away and moves none.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
CREATE FUNCTION testing.starts(mentor text, day date, lasting interval DEFAULT NULL) RETURNS text
    LANGUAGE sql
    AS $$
    SELECT string_agg(to_char(session_time, 'HH24:MI') || CASE state WHEN 'available' THEN '' ELSE ' ' || state END, ', ' ORDER BY starts_at)
    FROM app.available_slots(mentor, day, day, lasting)
    $$;

-- 10:00 to 11:20 and on to 12:30: the grid of 50 minutes does not begin anew at 11:20.
SELECT testing.open('anna', slot => '50 minutes', opens => '10:00', closes => '11:20');
INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from) VALUES ('anna', '11:20', '12:30', '2050-03-08');
SELECT testing.starts('anna', '2050-03-07') AS first_part, testing.starts('anna', '2050-03-08') AS both_parts;
-- Longer sessions begin at each step where they fit, shorter ones too.
SELECT testing.starts('anna', '2050-03-08', '90 minutes') AS longer, testing.starts('anna', '2050-03-08', '10 minutes') AS shorter,
    testing.starts('anna', '2050-03-08', '150 minutes') AS just_fits, testing.starts('anna', '2050-03-08', '151 minutes') AS too_long;
-- Extra hours that reach into a stretch from before are where it begins; those apart have a grid of their own.
INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES
    ('anna', '[2050-03-08 09:50,2050-03-08 10:05)', true), ('anna', '[2050-03-09 17:07,2050-03-09 18:47)', true);
SELECT testing.starts('anna', '2050-03-08') AS begins_earlier, testing.starts('anna', '2050-03-09') AS apart;
-- Time off takes the starts whose session would touch it, and its edges are no edges of the grid.
INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES ('anna', '[2050-03-08 10:45,2050-03-08 11:30)', false);
SELECT testing.starts('anna', '2050-03-08');
SELECT (answer_to('anna', 1, '2050-03-08', '11:30')).outcome AS at_the_end_of_time_off, (answer_to('anna', 1, '2050-03-08', '10:40')).outcome AS before_it;
-- A session stays in the list, at each start that it overlaps.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
    VALUES ('anna', 1, '2050-03-07', '10:20', '10 minutes'), ('anna', 1, '2050-03-10', '10:45', '20 minutes');
SELECT testing.starts('anna', '2050-03-07') AS inside, testing.starts('anna', '2050-03-10') AS over_two;

-- Hours across midnight belong to the day on which they begin; the list goes by the start's own date.
SELECT testing.open('bert', slot => '1 hour', opens => '22:30', closes => '01:30');
SELECT testing.starts('bert', '2050-03-07'), testing.starts('bert', '2050-03-07', '2 hours') AS two_hours;
-- The same time twice is a whole day; days that touch are one stretch, whose grid does not care for midnight.
SELECT testing.open('carl', slot => '7 hours', opens => '00:00', closes => '00:00');
SELECT d - date '2050-03-07' AS day, testing.starts('carl', d::date)
FROM unnest('{2050-03-07,2050-03-08,2050-03-09,2050-03-10}'::date[]) d;

-- The closest look at the edges: sessions that touch leave each other alone.
SELECT testing.open('dora', opens => '10:00', closes => '12:00');
SELECT outcome FROM book_session('dora', 1, '2050-03-07', '10:30');
SELECT testing.starts('dora', '2050-03-07'), testing.starts('dora', '2050-03-07', '1 hour') AS an_hour;
SELECT outcome FROM book_session('dora', 2, '2050-03-07', '10:00');
SELECT outcome FROM book_session('dora', 2, '2050-03-07', '11:00');
SELECT testing.starts('dora', '2050-03-07');

DROP SCHEMA app, testing CASCADE;
