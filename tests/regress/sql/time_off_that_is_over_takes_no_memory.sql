SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';

-- What a backend remembers of a mentor is what can still matter: time off that is long over is read when days of the
-- past are asked for, and takes no memory else.
CREATE FUNCTION testing.bytes() RETURNS numeric LANGUAGE sql
    AS $$ SELECT coalesce(sum(total_bytes), 0) FROM pg_backend_memory_contexts WHERE name IN ('slotguard mentors', 'slotguard mentor') $$;
CREATE FUNCTION testing.slots(mentor text, day date) RETURNS text LANGUAGE sql
    AS $$ SELECT coalesce(min(session_time) || ' to ' || max(session_time) || ', ' || count(*), 'none') FROM available_slots(mentor, day, day) $$;

-- Ten years of imported appointments, one an hour and none of them touching.
SELECT testing.open('busy', opens => '09:00', closes => '17:00');
UPDATE mentor_availability SET valid_from = '2000-01-01';
INSERT INTO mentor_availability_overrides (mentor_id, during, available)
    SELECT 'busy', tstzrange(hour, hour + interval '30 minutes'), false
    FROM generate_series(now() - interval '10 years', now() - interval '40 days', interval '1 hour') hour;
SELECT bytes() AS before \gset
SELECT slots('busy', current_date + 1);
SELECT bytes() - :before < 64 * 1024 AS takes_little;
-- The past is as it was, whatever is remembered, and is not remembered itself.
INSERT INTO mentor_availability_overrides (mentor_id, during, available)
    VALUES ('busy', tstzrange(current_date - 5000 + interval '10 hours', current_date - 5000 + interval '12 hours'), false),
           ('busy', tstzrange(current_date - 5001 + interval '20 hours', current_date - 5001 + interval '21 hours'), true);
SELECT slots('busy', current_date + 1), slots('busy', current_date - 5000) AS time_off, slots('busy', current_date - 5001) AS extra_hours,
       slots('busy', current_date - 5002) AS neither, slots('busy', current_date + 1) AS again;
SELECT bytes() - :before < 64 * 1024 AS takes_little;

-- Extra hours of long ago still say where the grid begins, where the hours have had no gap since.
SELECT testing.open('grid', slot => '7 hours', opens => '00:00', closes => '00:00');
UPDATE mentor_availability SET valid_from = current_date - 700 WHERE mentor_id = 'grid';
CREATE FUNCTION testing.first_start() RETURNS text LANGUAGE sql
    AS $$ SELECT (min(starts_at) - (current_date - 700)::timestamptz)::text FROM available_slots('grid', current_date + 1, current_date + 1) $$;
SELECT extract(epoch FROM first_start()::interval)::int % (7 * 3600) AS past_the_grid_of_the_rule;
INSERT INTO mentor_availability_overrides (mentor_id, during, available)
    VALUES ('grid', tstzrange(current_date - 702, current_date - 701), true), -- a day too early
           ('grid', tstzrange(current_date - 700 - interval '2 hours', current_date - 700), true);
SELECT extract(epoch FROM first_start()::interval)::int % (7 * 3600) / 3600 AS hours_past_it;
SELECT slots('grid', current_date - 699) <> 'none' AS past_is_listed, extract(epoch FROM first_start()::interval)::int % (7 * 3600) / 3600 AS hours_past_it;
-- What gets on for ever is never over.
INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES ('grid', '(,)', false);
SELECT slots('grid', current_date + 1), slots('grid', current_date - 699);
DROP SCHEMA app, testing CASCADE;
