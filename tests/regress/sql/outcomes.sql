-- Every outcome, with the whole answer. The answers are written to outcomes.json, which the tests of
-- the browser module and of the page read: rename a word here, and they fail.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
CREATE EXTENSION slotguard;
SELECT count(*) > 0 AS is_set_up FROM setup_booking();

INSERT INTO mentor_settings (mentor_id, time_zone, booking_horizon)
VALUES ('anna', 'Europe/Berlin', '100 years');
INSERT INTO mentor_settings (mentor_id, max_sessions_per_day, booking_horizon) VALUES ('carl', 0, '100 years');
INSERT INTO mentor_availability (mentor_id, rrule, opens, closes, valid_from)
VALUES ('anna', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '09:00', '12:00', date '2050-01-01');

CREATE TEMP TABLE answers (place int GENERATED ALWAYS AS IDENTITY, answer booking_result);
INSERT INTO answers (answer) SELECT book_session('anna', 1, date '2050-03-28', '10:00');
INSERT INTO answers (answer) SELECT book_session('anna', 2, date '2050-03-28', '10:00');
INSERT INTO answers (answer) SELECT book_session('anna', 1, date '2050-03-28', '10:00');
INSERT INTO answers (answer) SELECT book_session('anna', 1, date '2050-03-28', '10:00', '1 hour');
INSERT INTO answers (answer) SELECT book_session('anna', 2, date '2050-03-28', '10:10');
INSERT INTO answers (answer) SELECT book_session('anna', 2, date '2020-03-27', '10:00');
INSERT INTO answers (answer) SELECT book_session('carl', 2, date '2050-03-28', '10:00');
INSERT INTO answers (answer) SELECT book_session('anna', 2, date '2050-03-27', '02:30');
INSERT INTO answers (answer) SELECT hold_slot('anna', 3, date '2050-03-28', '11:00');
INSERT INTO answers (answer) SELECT book_session('anna', 2, date '2050-03-28', '11:00');
INSERT INTO answers (answer)
SELECT release_hold((answer).hold_token) FROM answers WHERE (answer).outcome = 'held';
-- A hold that has expired, of a time that somebody else holds since.
SELECT hold_token AS expired FROM hold_slot('anna', 3, date '2050-03-28', '11:00', hold_for => '1 microsecond') \gset
SELECT outcome FROM hold_slot('anna', 4, date '2050-03-28', '11:00');
INSERT INTO answers (answer)
SELECT book_session('anna', 3, date '2050-03-28', '11:00', hold_token => :'expired');
INSERT INTO answers (answer) SELECT reschedule_session(1, date '2050-03-28', '10:30');
INSERT INTO answers (answer) SELECT cancel_session(1);
INSERT INTO answers (answer) SELECT cancel_session(1);
INSERT INTO answers (answer) SELECT cancel_session(404);

-- Tokens and the ends of holds are others each time; what is written down has always these.
UPDATE answers SET answer.hold_token = '00000000-0000-4000-8000-000000000000'
WHERE (answer).hold_token IS NOT NULL;
UPDATE answers SET answer.expires_at = '2050-03-01 10:05:00+00' WHERE (answer).expires_at > now();

SELECT (answer).outcome, (answer).session_id, (answer).message, (answer).hint
FROM answers
ORDER BY place;
SELECT (answer).outcome, (answer).mentor_id, (answer).startup_id, (answer).session_date,
       (answer).session_time, (answer).starts_at, (answer).ends_at, (answer).time_zone,
       (answer).replayed, (answer).hold_token, (answer).expires_at
FROM answers
ORDER BY place;
SELECT (answer).outcome, jsonb_pretty((answer).alternatives) FROM answers WHERE place IN (2, 8);

-- Too far ahead is another sentence of the same outcome.
INSERT INTO mentor_settings (mentor_id) VALUES ('bert');
SELECT outcome, message FROM book_session('bert', 2, date '2150-01-03', '10:00');
-- So is a full week.
INSERT INTO mentor_settings (mentor_id, max_sessions_per_week, booking_horizon) VALUES ('dora', 0, '100 years');
SELECT outcome, message FROM book_session('dora', 2, date '2050-03-28', '10:00');

-- A booking that is asked for again with its key is the same outcome, and tells that it was there.
SELECT outcome, replayed, message FROM book_session('anna', 5, date '2050-03-29', '10:00', idempotency_key => 'a press');
SELECT outcome, replayed, message FROM book_session('anna', 5, date '2050-03-29', '10:00', idempotency_key => 'a press');

\getenv abs_builddir PG_ABS_BUILDDIR
\set outcomes :abs_builddir '/outcomes.json'
\t on
\pset format unaligned
\o :outcomes
SELECT jsonb_pretty(jsonb_object_agg((answer).outcome, to_jsonb(answer))) FROM answers;
\o
\t off
\pset format aligned

SET client_min_messages TO warning;
DROP EXTENSION slotguard CASCADE;
DROP TABLE mentor_startup_sessions, mentor_settings, mentor_availability, mentor_availability_overrides, slot_holds, booking_events, answers;
