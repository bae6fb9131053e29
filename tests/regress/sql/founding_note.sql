-- The founding note's own verification: one slot, two startups, a partial unique index.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
CREATE EXTENSION slotguard;
SELECT count(*) > 0 AS is_set_up FROM setup_booking();

-- The index, to the letter.
SELECT pg_get_indexdef('unique_mentor_time_slot'::regclass);

-- The first startup books.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('mentor-1', 1, date '2050-01-03', '10:00');

-- The second one's INSERT fails with 23505 and these very words.
DO $$
BEGIN
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('mentor-1', 2, date '2050-01-03', '10:00');
EXCEPTION WHEN unique_violation THEN
    RAISE NOTICE '% %', SQLSTATE, SQLERRM;
END
$$;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('mentor-1', 2, date '2050-01-03', '10:00');

-- Another time, another day and another mentor are free.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('mentor-1', 2, date '2050-01-03', '10:30'),
       ('mentor-1', 2, date '2050-01-04', '10:00'),
       ('mentor-2', 3, date '2050-01-03', '10:00');

-- A cancelled session frees its slot, and can't come back once somebody else has it.
UPDATE mentor_startup_sessions SET status = 'cancelled' WHERE startup_id = 1;
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
VALUES ('mentor-1', 2, date '2050-01-03', '10:00');
UPDATE mentor_startup_sessions SET status = 'scheduled' WHERE startup_id = 1;

SELECT mentor_id, startup_id, session_date, session_time, status
FROM mentor_startup_sessions
ORDER BY mentor_id, session_date, session_time, startup_id;

SET client_min_messages TO warning;
DROP EXTENSION slotguard CASCADE;
DROP TABLE mentor_startup_sessions, mentor_settings, mentor_availability, mentor_availability_overrides, slot_holds, booking_events;
