-- Two mentors in two time zones, with weekly hours and a first booking each, for `make demo`.
INSERT INTO mentor_settings (mentor_id, time_zone, slot_duration)
VALUES ('ada', 'Europe/Berlin', '30 minutes'),
       ('grace', 'America/New_York', '45 minutes');

INSERT INTO mentor_availability (mentor_id, rrule, opens, closes)
VALUES ('ada', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '09:00', '12:00'),
       ('ada', 'FREQ=WEEKLY;BYDAY=TU,TH', '14:00', '17:00'),
       ('grace', 'FREQ=WEEKLY;BYDAY=MO,WE,FR', '10:00', '16:00'),
       ('grace', 'FREQ=WEEKLY;BYDAY=SA', '09:00', '12:00');

-- A list in which something is taken already looks like one in use.
SELECT (book_session(mentor_id, 7, session_date, session_time)).outcome
FROM (VALUES ('ada'), ('grace')) AS mentors (mentor_id),
     LATERAL (SELECT session_date, session_time
              FROM next_available_slots(mentor_id, how_many => 3)
              ORDER BY starts_at DESC LIMIT 1) AS third;
