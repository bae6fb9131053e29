-- The mentors of whom lists are asked (bench/calendars.hpp): three rules, ten overrides and a hundred
-- sessions in thirty days each, on clocks that differ. To be run after bench/ways.sql.
\set ON_ERROR_STOP on
SET client_min_messages TO warning;

CREATE TABLE calendars (
    number integer GENERATED ALWAYS AS IDENTITY,
    mentor_id text PRIMARY KEY,
    time_zone text NOT NULL,
    first_day date NOT NULL,
    taken_date date, -- in the middle of the calendar
    taken_time time
);

-- The hundred sessions of each, in the order of their starts.
CREATE TABLE calendar_sessions (
    mentor_id text, nth bigint, session_date date, session_time time, duration interval,
    PRIMARY KEY (mentor_id, nth)
);

-- Thirty days with the zone's next change of the clock in their middle; where none is known, the coming
-- thirty days.
CREATE FUNCTION thirty_days_about_a_change(zone text) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT coalesce(min(day) - 15, current_date)
    FROM generate_series(15, 500) number, LATERAL (SELECT current_date + number) AS that (day)
    WHERE timezone(zone, day + time '12:00') - timezone(zone, day - 1 + time '12:00')
          <> interval '24 hours'
$$;

CREATE PROCEDURE make_calendar(mentor text, zone text, begins date) LANGUAGE sql AS $$
    INSERT INTO calendars (mentor_id, time_zone, first_day) VALUES (mentor, zone, begins);

    INSERT INTO mentor_settings (mentor_id, time_zone, minimum_notice, booking_horizon)
    VALUES (mentor, zone, '1 day', '2 years');

    -- The mentor has been here for a year.
    INSERT INTO mentor_availability (mentor_id, rrule, opens, closes, valid_from)
    VALUES (mentor, 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '09:00', '12:00', begins - 365),
           (mentor, 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '13:00', '17:00', begins - 365),
           (mentor, 'FREQ=WEEKLY;BYDAY=SA', '10:00', '14:00', begins - 365);

    -- Time off in the middle of slots, a holiday, and three evenings more.
    INSERT INTO mentor_availability_overrides (mentor_id, during, available)
    SELECT mentor,
           tstzrange(timezone(zone, begins + from_day + from_time),
                     timezone(zone, begins + to_day + to_time)),
           available
    FROM (VALUES (1, time '10:10', 1, time '11:20', false), (5, '13:45', 5, '14:15', false),
                 (8, '10:10', 8, '11:20', false), (11, '15:20', 11, '23:00', false),
                 (18, '00:00', 20, '00:00', false), (23, '09:10', 23, '09:20', false),
                 (27, '10:10', 27, '13:50', false),
                 (4, '18:00', 4, '20:00', true), (13, '18:00', 13, '20:00', true),
                 (22, '18:00', 22, '20:00', true))
        AS override (from_day, from_time, to_day, to_time, available);

    -- A hundred of the times that are listed, every tenth for an hour.
    INSERT INTO calendar_sessions
    SELECT mentor, nth * 100 / total, session_date, session_time,
           CASE WHEN nth * 100 / total % 10 = 0 THEN interval '1 hour' ELSE '30 minutes' END
    FROM (SELECT session_date, session_time,
                 row_number() OVER (ORDER BY starts_at) AS nth, count(*) OVER () AS total
          FROM available_slots(mentor, begins, begins + 29)) AS slot
    WHERE nth * 100 / total > (nth - 1) * 100 / total;

    UPDATE calendars c SET taken_date = session_date, taken_time = session_time
    FROM calendar_sessions s
    WHERE c.mentor_id = mentor AND s.mentor_id = mentor AND s.nth = 50;
$$;

-- Books some of the hundred of everybody, each for a startup that has no other session.
CREATE PROCEDURE book_calendars(first bigint, last bigint) LANGUAGE sql AS $$
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration)
    SELECT mentor_id, 30000 + 100 * number + nth, session_date, session_time, duration
    FROM calendar_sessions JOIN calendars USING (mentor_id) WHERE nth BETWEEN first AND last
$$;
