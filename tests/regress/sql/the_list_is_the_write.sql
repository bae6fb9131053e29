-- book_session books exactly the starts that available_slots shows as available, and refuses every
-- other: each five minutes of days around changes of the clock, for mentors of many kinds.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
CREATE EXTENSION slotguard;
SELECT count(*) > 0 AS is_set_up FROM setup_booking();

INSERT INTO mentor_settings (mentor_id, time_zone, slot_duration, minimum_notice, booking_horizon) VALUES
    ('berlin', 'Europe/Berlin', '30 minutes', '0', '100 years'),
    ('lord howe', 'Australia/Lord_Howe', '20 minutes', '0', '100 years'),
    ('new york', 'America/New_York', '45 minutes', '2 hours', '100 years'),
    ('round the clock', 'Europe/Berlin', '50 minutes', '0', '100 years'),
    ('by night', 'Europe/Berlin', '1 hour', '0', '100 years'),
    ('kathmandu', 'Asia/Kathmandu', '30 minutes', '0', '100 years');
INSERT INTO mentor_availability (mentor_id, rrule, opens, closes, valid_from) VALUES
    ('berlin', 'FREQ=DAILY', '01:00', '04:00', '2049-12-01'),
    ('berlin', 'FREQ=WEEKLY;BYDAY=SU', '03:30', '05:10', '2049-12-01'),
    ('lord howe', 'FREQ=DAILY', '00:10', '05:00', '2049-12-01'),
    ('new york', 'FREQ=DAILY', '00:00', '00:00', '2049-12-01'),
    ('round the clock', 'FREQ=DAILY', '00:00', '00:00', '2049-12-01'),
    ('by night', 'FREQ=DAILY', '22:00', '03:00', '2049-12-01'),
    ('kathmandu', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU,MO', '09:15', '12:00', '2049-12-01');
INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES
    ('berlin', '[2050-03-27 02:10+00, 2050-03-27 02:20+00)', false),
    ('berlin', '[2050-03-26 20:00+00, 2050-03-26 21:30+00]', true),
    ('kathmandu', '[2050-03-27 00:00+00, 2050-03-27 05:00+00)', true),
    ('round the clock', '(,2050-03-26 12:00+00)', false);
-- Sessions in the way: one off the grid, one across midnight, one of another zone.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration, time_zone) VALUES
    ('berlin', 9, '2050-03-27', '01:40', '10 minutes', NULL),
    ('round the clock', 10, '2050-03-26', '23:30', '70 minutes', NULL),
    ('by night', 11, '2050-03-27', '00:00', '1 hour', NULL),
    ('by night', 12, '2050-10-29', '23:00', '1 hour', 'UTC'),
    ('new york', 13, '2050-11-06', '01:30', '45 minutes', NULL);

-- What a call would answer, without leaving anything behind.
CREATE FUNCTION would(mentor text, day date, at time, lasting interval) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    told text;
BEGIN
    SELECT outcome INTO told FROM book_session(mentor, 1, day, at, lasting);
    RAISE EXCEPTION USING ERRCODE = 'ZZ001', MESSAGE = told;
EXCEPTION WHEN SQLSTATE 'ZZ001' THEN
    RETURN SQLERRM;
END
$$;
CREATE TEMP TABLE asked AS
SELECT mentor, day, at::time, lasting, would(mentor, day, at::time, lasting) AS told
FROM unnest('{berlin,lord howe,new york,round the clock,by night,kathmandu}'::text[]) mentor,
     unnest('{2050-03-13,2050-03-26,2050-03-27,2050-04-03,2050-10-02,2050-10-30,2050-11-06}'::date[]) day,
     generate_series(timestamp '2050-01-01 00:00', '2050-01-01 23:55', '5 minutes') at,
     unnest('{NULL,75 minutes}'::interval[]) lasting;
CREATE TEMP TABLE listed AS
SELECT mentor, s.session_date AS day, s.session_time AS at, lasting, s.state, s.starts_at, s.ends_at
FROM unnest('{berlin,lord howe,new york,round the clock,by night,kathmandu}'::text[]) mentor,
     unnest('{2050-03-13,2050-03-26,2050-03-27,2050-04-03,2050-10-02,2050-10-30,2050-11-06}'::date[]) day,
     unnest('{NULL,75 minutes}'::interval[]) lasting,
     LATERAL available_slots(mentor, day, day, lasting) s;

-- Each combination that there is, and how often: a state and an outcome that disagree would show.
SELECT l.state, a.told, count(*) > 0 AS some
FROM asked a
FULL JOIN listed l USING (mentor, day, at)
WHERE a.lasting IS NOT DISTINCT FROM l.lasting OR a.lasting IS NULL AND l.lasting IS NULL
GROUP BY 1, 2 ORDER BY 1, 2;
SELECT a.mentor, a.day, a.at, a.lasting, a.told, l.state
FROM asked a
LEFT JOIN listed l ON (a.mentor, a.day, a.at) = (l.mentor, l.day, l.at) AND a.lasting IS NOT DISTINCT FROM l.lasting
WHERE (a.told = 'booked') <> (l.state IS NOT DISTINCT FROM 'available')
    OR (a.told = 'slot_taken') <> (l.state IS NOT DISTINCT FROM 'booked')
    OR (l.state IS NULL) <> (a.told IN ('mentor_unavailable', 'invalid_time'))
ORDER BY 1, 2, 3, 4;
-- The list holds no start that was not asked for, and none twice; and it is no empty boast.
SELECT count(*) FROM listed l
WHERE NOT EXISTS (SELECT FROM asked a WHERE (a.mentor, a.day, a.at) = (l.mentor, l.day, l.at) AND a.lasting IS NOT DISTINCT FROM l.lasting);
SELECT mentor, day, at, lasting FROM listed GROUP BY 1, 2, 3, 4 HAVING count(*) > 1;
SELECT mentor, count(*) FILTER (WHERE state = 'available') AS available, count(*) FILTER (WHERE state = 'booked') AS booked
FROM listed WHERE lasting IS NULL GROUP BY 1 ORDER BY 1;
-- The day on which summer time starts and the one on which it ends, as a visitor sees them.
SELECT session_time, starts_at, state FROM available_slots('berlin', '2050-03-27', '2050-03-27');
SELECT session_time, starts_at, state FROM available_slots('berlin', '2050-10-30', '2050-10-30');

-- Alternatives: nearest first, and every one of them can be booked.
SELECT a.session_date, a.session_time, would('berlin', a.session_date, a.session_time, NULL)
FROM book_session('berlin', 1, '2050-03-27', '01:30') b,
     jsonb_to_recordset(b.alternatives) AS a (session_date date, session_time time);

SET client_min_messages TO warning;
DROP EXTENSION slotguard CASCADE;
DROP FUNCTION would(text, date, time, interval);
DROP TABLE mentor_startup_sessions, mentor_settings, mentor_availability, mentor_availability_overrides, slot_holds, booking_events, asked, listed;
