-- Two mentors in two time zones, with weekly hours and two weeks that look in use, for `make demo`.
INSERT INTO mentor_settings (mentor_id, time_zone, slot_duration)
VALUES ('ada', 'Europe/Berlin', '30 minutes'),
       ('grace', 'America/New_York', '45 minutes');

INSERT INTO mentor_availability (mentor_id, rrule, opens, closes)
VALUES ('ada', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '09:00', '12:00'),
       ('ada', 'FREQ=WEEKLY;BYDAY=TU,TH', '14:00', '17:00'),
       ('grace', 'FREQ=WEEKLY;BYDAY=MO,WE,FR', '10:00', '16:00'),
       ('grace', 'FREQ=WEEKLY;BYDAY=SA', '09:00', '12:00');

-- An hour off, in the week after this one.
INSERT INTO mentor_availability_overrides (mentor_id, during, available, reason)
SELECT 'ada', tstzrange(begins AT TIME ZONE 'Europe/Berlin', (begins + interval '1 hour') AT TIME ZONE 'Europe/Berlin'),
       false, 'Dentist'
FROM (SELECT date_trunc('week', now() AT TIME ZONE 'Europe/Berlin') + interval '10 days 14 hours') AS thursday (begins);

-- Every third free time of the coming two weeks is taken, the first one is left for whoever tries
-- the demo, and so are startups 1 to 20.
SELECT count(*) FILTER (WHERE (booked).outcome = 'booked') AS sessions
FROM (SELECT book_session(mentor_id, 21 + nth % 80, session_date, session_time,
                          visitor_note => (ARRAY['How do we find our first ten customers?', NULL,
                              'Please look at our pitch with us.', 'Should we hire, or wait?',
                              NULL])[1 + nth % 5]) AS booked
      FROM (SELECT mentor_id, session_date, session_time,
                   row_number() OVER (ORDER BY starts_at, mentor_id) AS nth,
                   row_number() OVER (PARTITION BY mentor_id ORDER BY starts_at) AS nth_of_mentor
            FROM (VALUES ('ada'), ('grace')) AS mentors (mentor_id),
                 LATERAL available_slots(mentor_id, CURRENT_DATE, CURRENT_DATE + 14)
            WHERE state = 'available') AS free
      WHERE nth_of_mentor % 3 = 2) AS asked;
