-- Every writer's instants are computed, never supplied; what can't be is refused.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
CREATE EXTENSION slotguard;
SELECT count(*) > 0 AS is_set_up FROM setup_booking();
INSERT INTO mentor_settings (mentor_id, time_zone) VALUES ('anna', 'Europe/Berlin'), ('bert', 'Asia/Kathmandu');

-- INSERT: the zone is the mentor's, UTC where there are no settings; supplied instants are overridden.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)
VALUES ('anna', 1, '2050-07-04', '10:00', now(), now()), ('nobody', 2, '2050-07-04', '10:00', now(), now());
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration, time_zone)
VALUES ('anna', 3, '2050-07-04', '11:00', '24 hours', 'america/new_york');
COPY mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) FROM stdin;
bert	4	2050-07-04	10:00
\.
SELECT id, mentor_id, session_time, duration, time_zone, starts_at, ends_at FROM mentor_startup_sessions ORDER BY id;

-- UPDATE: what moves is computed anew; another mentor brings another zone; a status leaves it alone.
UPDATE mentor_startup_sessions SET session_time = '12:00' WHERE id = 1;
UPDATE mentor_startup_sessions SET mentor_id = 'bert', session_time = '16:00' WHERE id = 2;
UPDATE mentor_startup_sessions SET duration = '45 minutes', starts_at = now() WHERE id = 3;
UPDATE mentor_startup_sessions SET status = 'completed', starts_at = now() WHERE id = 4;
SELECT id, mentor_id, session_time, time_zone, starts_at, ends_at, status, updated_at >= created_at AS updated
FROM mentor_startup_sessions ORDER BY id;

-- Midnight has two spellings, and one key.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('carl', 1, '2050-07-04', '24:00');
SELECT session_date, session_time, starts_at FROM mentor_startup_sessions WHERE mentor_id = 'carl';
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('carl', 2, '2050-07-05', '00:00');

-- Refused, for every writer.
\set SHOW_CONTEXT never
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('anna', 1, '2050-03-27', '02:30');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES ('anna', 1, 'infinity', '10:00');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration) VALUES ('anna', 1, '2050-07-05', '10:00', '0');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration) VALUES ('anna', 1, '2050-07-05', '10:00', '1 mon -29 days');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, status) VALUES ('anna', 1, '2050-07-05', '10:00', 'maybe');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone) VALUES ('anna', 1, '2050-07-05', '10:00', 'Mars/Olympus');
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone) VALUES ('anna', 1, '2050-07-05', '10:00', 'FAR+99');
\set VERBOSITY terse
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) VALUES (NULL, 1, '2050-07-05', '10:00');
\set VERBOSITY default
UPDATE mentor_startup_sessions SET duration = '25 hours' WHERE id = 1;
CREATE TRIGGER misplaced BEFORE INSERT ON mentor_settings FOR EACH ROW EXECUTE FUNCTION slotguard_internal.prepare_session();
INSERT INTO mentor_settings (mentor_id) VALUES ('carl');
DROP TRIGGER misplaced ON mentor_settings;
CREATE TEMP TABLE anybodys (a int, b int, c bigint);
CREATE TRIGGER misplaced BEFORE INSERT OR DELETE ON anybodys FOR EACH ROW EXECUTE FUNCTION slotguard_internal.check_availability();
INSERT INTO anybodys VALUES (1, 1, 12345);
DROP TABLE anybodys;

-- Many rows in one transaction, at PostgreSQL's default settings.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
SELECT 'many ' || n % 100, n, date '2050-01-01' + n / 100, '10:00' FROM generate_series(0, 99999) n;
SELECT count(*) FROM mentor_startup_sessions WHERE mentor_id LIKE 'many%';
UPDATE mentor_startup_sessions SET status = 'cancelled' WHERE mentor_id LIKE 'many%';
DELETE FROM mentor_startup_sessions WHERE mentor_id LIKE 'many%';

SET client_min_messages TO warning;
DROP EXTENSION slotguard CASCADE;
DROP TABLE mentor_startup_sessions, mentor_settings, mentor_availability, mentor_availability_overrides, slot_holds, booking_events;
