-- Recurring hours against generate_series, which shares no code with libical.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
CREATE EXTENSION slotguard;
SELECT count(*) > 0 AS is_set_up FROM setup_booking();

CREATE TEMP TABLE rules (mentor text, rrule text, valid_from date, valid_until date);
INSERT INTO rules VALUES
    ('daily', 'FREQ=DAILY', '2050-01-01', NULL),
    ('every third day', 'FREQ=DAILY;INTERVAL=3', '2050-01-05', NULL),
    ('workdays', 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', '2050-01-01', NULL),
    ('weekly as it began', 'FREQ=WEEKLY', '2050-01-06', NULL),
    ('mondays and wednesdays', 'FREQ=WEEKLY;BYDAY=MO,WE', '2050-01-04', NULL),
    ('every other week', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU', '2050-01-05', NULL),
    ('every other week from sunday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU', '2050-01-05', NULL),
    ('ten times', 'FREQ=WEEKLY;COUNT=10;BYDAY=TU,TH', '2050-01-05', NULL),
    ('until a day', 'FREQ=DAILY;UNTIL=20500210', '2050-01-01', NULL),
    ('until just before', 'FREQ=DAILY;UNTIL=20500210T085959', '2050-01-01', NULL),
    ('until in utc', 'FREQ=DAILY;UNTIL=20500210T080000Z', '2050-01-01', NULL),
    ('until in utc just before', 'FREQ=DAILY;UNTIL=20500210T075959Z', '2050-01-01', NULL),
    ('for a while', 'freq=daily;interval=2', '2050-02-01', '2050-03-01'),
    ('first and last', 'FREQ=MONTHLY;BYMONTHDAY=1,-1', '2050-01-15', NULL),
    ('on the 31st', 'FREQ=MONTHLY', '2049-12-31', NULL),
    ('second and last friday', 'FREQ=MONTHLY;BYDAY=2FR,-1FR', '1950-01-01', NULL),
    ('every fifth month', 'FREQ=MONTHLY;INTERVAL=5;BYDAY=TU', '2049-11-01', NULL),
    ('last workday', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2050-01-01', NULL),
    ('twelve first days', 'FREQ=MONTHLY;BYMONTHDAY=1;COUNT=12', '2049-08-02', NULL),
    ('each birthday', 'FREQ=YEARLY', '1984-02-29', NULL),
    ('every third spring', 'FREQ=YEARLY;INTERVAL=3;BYMONTH=3,4;BYDAY=SU', '2020-06-01', NULL),
    ('hundredth workday', 'FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=100,-200', '2050-01-01', NULL),
    ('month ends of winter', 'FREQ=DAILY;BYMONTH=1,2,12;BYMONTHDAY=-1', '2050-01-01', NULL),
    ('last of the week', 'FREQ=WEEKLY;BYDAY=MO,WE,SU;BYSETPOS=-1', '2050-01-01', NULL);
INSERT INTO mentor_settings (mentor_id, time_zone, booking_horizon, slot_duration)
SELECT mentor, 'Europe/Berlin', '100 years', '1 hour' FROM rules;
INSERT INTO mentor_availability (mentor_id, rrule, opens, closes, valid_from, valid_until)
SELECT mentor, rrule, '09:00', '10:00', valid_from, valid_until FROM rules;

-- The same in plain SQL: ISO weeks begin on Monday, isodow 7 is Sunday.
CREATE TEMP TABLE oracle AS
SELECT r.mentor, day::date
FROM rules r, generate_series(date '2050-01-01', '2050-06-30', '1 day') day,
     LATERAL (SELECT extract(isodow FROM day) AS dow, day::date - r.valid_from AS since,
                     (day::date - date_trunc('week', r.valid_from)::date) / 7 AS week,
                     (day::date - (r.valid_from - extract(dow FROM r.valid_from)::int)) / 7 AS sunday_week,
                     extract(day FROM day) AS day_of_month,
                     (date_trunc('month', day) + interval '1 month - 1 day')::date AS month_end) d
WHERE day >= r.valid_from AND day <= coalesce(r.valid_until, 'infinity') AND CASE r.mentor
    WHEN 'daily' THEN true
    WHEN 'every third day' THEN since % 3 = 0
    WHEN 'workdays' THEN dow <= 5
    WHEN 'weekly as it began' THEN since % 7 = 0
    WHEN 'mondays and wednesdays' THEN dow IN (1, 3)
    WHEN 'every other week' THEN dow IN (1, 7) AND week % 2 = 0
    WHEN 'every other week from sunday' THEN dow IN (1, 7) AND sunday_week % 2 = 0
    WHEN 'ten times' THEN dow IN (2, 4) AND day <= '2050-02-08'
    WHEN 'until a day' THEN day <= '2050-02-10'
    WHEN 'until just before' THEN day <= '2050-02-09'
    WHEN 'until in utc' THEN day <= '2050-02-10'
    WHEN 'until in utc just before' THEN day <= '2050-02-09'
    WHEN 'for a while' THEN since % 2 = 0
    WHEN 'first and last' THEN day_of_month = 1 OR day = month_end
    WHEN 'on the 31st' THEN day_of_month = 31
    WHEN 'second and last friday' THEN dow = 5 AND (day_of_month BETWEEN 8 AND 14 OR day > month_end - 7)
    WHEN 'every fifth month' THEN dow = 2 AND extract(month FROM day) = 4
    WHEN 'last workday' THEN dow <= 5 AND (day = month_end OR dow = 5 AND day >= month_end - 2)
    WHEN 'twelve first days' THEN day_of_month = 1
    WHEN 'each birthday' THEN false
    WHEN 'every third spring' THEN dow = 7 AND extract(month FROM day) IN (3, 4)
    -- 2050 has 260 workdays, and begins on a Saturday: its 61st is the Monday of the 13th week.
    WHEN 'hundredth workday' THEN day IN ('2050-05-20', '2050-03-28')
    WHEN 'month ends of winter' THEN day = month_end AND extract(month FROM day) IN (1, 2)
    WHEN 'last of the week' THEN dow = 7
END;
SELECT mentor, count(*) FROM oracle GROUP BY 1 ORDER BY 1;

-- Asked at once, and asked month by month, from the end: both agree with the calendar.
CREATE TEMP TABLE listed AS
SELECT r.mentor, s.session_date AS day FROM rules r, available_slots(r.mentor, '2050-01-01', '2050-06-30') s;
(TABLE listed EXCEPT TABLE oracle) UNION ALL (TABLE oracle EXCEPT TABLE listed) ORDER BY 1, 2;
TRUNCATE listed;
INSERT INTO listed
SELECT r.mentor, s.session_date
FROM generate_series(5, 0, -1) month, rules r,
     available_slots(r.mentor, (date '2050-01-01' + month * interval '1 month')::date,
                     (date '2050-01-01' + (month + 1) * interval '1 month' - interval '1 day')::date) s;
(TABLE listed EXCEPT TABLE oracle) UNION ALL (TABLE oracle EXCEPT TABLE listed) ORDER BY 1, 2;
SELECT count(*) = (SELECT count(*) FROM oracle) AS none_twice FROM listed;
-- Far from its start, a rule still keeps its step.
SELECT session_date, (session_date - date '2050-01-05') % 3 AS off
FROM available_slots('every third day', '2100-06-01', '2100-06-07');
SELECT session_date FROM available_slots('each birthday', '2051-12-01', '2052-12-31');
SELECT session_date FROM available_slots('second and last friday', '9999-12-01', '9999-12-31');
SELECT session_date, (session_date - date '2050-01-05') % 3 AS off
FROM available_slots('every third day', '9999-06-01', '9999-06-07');

-- The next ones: in order, after the instant, as many as asked for, over a stretch without any.
SELECT session_date FROM next_available_slots('for a while', '2050-01-01', 3);
SELECT session_date FROM next_available_slots('for a while', '2050-02-01 08:00+00', 1);
SELECT session_date FROM next_available_slots('for a while', '2050-02-01 07:59+00', 1);
SELECT count(*) FROM next_available_slots('for a while', '2050-01-01', 1000);
SELECT count(*) FROM next_available_slots('daily', '2050-01-01', 0);
SELECT count(*) FROM next_available_slots('nobody', '2050-01-01');

SET client_min_messages TO warning;
DROP EXTENSION slotguard CASCADE;
DROP TABLE mentor_startup_sessions, mentor_settings, mentor_availability, mentor_availability_overrides, slot_holds, booking_events, rules, oracle, listed;
