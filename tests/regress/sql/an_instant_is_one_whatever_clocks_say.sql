SET timezone TO 'UTC'; SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
\set writers :here /writers.sql
\i :writers
DO 'BEGIN PERFORM setup_booking(); END';

-- An instant is an instant, whatever the clock calls it: over midnight, where clocks change, a whole day
-- long, and between mentors' zones.
SELECT testing.open('ada', 'Europe/Paris'), testing.open('lord howe', 'Australia/Lord_Howe'),
       testing.open('apia', 'Pacific/Apia'), testing.open('kathmandu', 'Asia/Kathmandu'), testing.open('utc');
CREATE VIEW testing.times AS
    SELECT mentor_id, startup_id, session_date AS date, session_time AS time, duration, starts_at, ends_at
    FROM app.mentor_startup_sessions;

-- Over midnight, from either side.
SELECT insert_of('utc', 1, '2027-01-04', '23:30', '1 hour') AS over_midnight,
       insert_of('utc', 2, '2027-01-05', '00:29') AS after_it_began,
       insert_of('utc', 2, '2027-01-05', '00:30') AS after_its_end,
       insert_of('eve', 1, '2027-01-05', '00:15') AS startup_elsewhere,
       insert_of('utc', 3, '2027-01-04', '24:00', '15 minutes') AS midnight_as_24,
       insert_of('utc', 3, '2027-01-04', '22:45', '46 minutes') AS into_it;
-- 24 hours: with itself a day later it touches.
SELECT insert_of('day', 21, '2027-01-04', '12:00', '24 hours') AS a_day,
       insert_of('day', 22, '2027-01-05', '12:00', '1 day') AS the_next,
       insert_of('day', 23, '2027-01-05', '11:59', '1 minute') AS its_last_minute,
       insert_of('day', 23, '2027-01-04', '11:59', '1 minute') AS the_minute_before,
       insert_of('day', 23, '2027-01-04', '11:59', '2 minutes') AS one_longer,
       insert_of('day', 23, '2027-01-03', '12:01', '24 hours') AS the_day_before,
       insert_of('day', 23, '2027-01-03', '11:59', '24 hours') AS the_day_before_that_touches;

-- Spring in Paris, 2027-03-28: 02:00 is followed by 03:00.
SELECT insert_of('ada', 1, '2027-03-28', '02:30') AS skipped,
       insert_of('ada', 1, '2027-03-28', '01:30', '1 hour') AS over_the_gap,
       insert_of('ada', 2, '2027-03-28', '03:00') AS within_it,
       insert_of('ada', 2, '2027-03-28', '03:29', '1 minute') AS its_last_minute,
       insert_of('ada', 2, '2027-03-28', '03:30') AS after_it;
SELECT code, message FROM error_of($$UPDATE mentor_startup_sessions SET session_time = '02:15' WHERE mentor_id = 'ada' AND startup_id = 2$$);
SELECT * FROM times WHERE mentor_id = 'ada' ORDER BY starts_at;
-- A day of 24 elapsed hours ends at 13:00 then.
DELETE FROM mentor_startup_sessions WHERE mentor_id = 'ada';
SELECT insert_of('ada', 3, '2027-03-27', '12:00', '1 day') AS to_one_o_clock,
       insert_of('ada', 4, '2027-03-28', '12:45') AS into_its_end, insert_of('ada', 4, '2027-03-28', '13:00') AS after_it;

-- Autumn in Paris, 2027-10-31: 02:00 to 03:00 comes twice, and is read as AT TIME ZONE reads it.
SELECT insert_of('ada', 1, '2027-10-31', '01:30', '1 hour') AS over_the_first,
       insert_of('ada', 2, '2027-10-31', '02:30') AS the_second,
       insert_of('ada', 3, '2027-10-31', '02:00', '45 minutes') AS over_it,
       insert_of('ada', 3, '2027-10-31', '02:00', '30 minutes') AS before_it;
SELECT * FROM times WHERE mentor_id = 'ada' AND date = '2027-10-31' ORDER BY starts_at;
-- The same time, in the hour that only another zone's clock can name.
SELECT verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone)
    VALUES ('ada', 3, '2027-10-31', '00:15', 'UTC')$$) AS the_first_in_utc;

-- Half an hour in Lord Howe: 2027-10-03 02:00 is followed by 02:30, on 2027-04-04 01:30 comes twice.
SELECT insert_of('lord howe', 31, '2027-10-03', '02:15') AS skipped,
       insert_of('lord howe', 31, '2027-10-03', '01:45', '30 minutes') AS over_the_gap,
       insert_of('lord howe', 32, '2027-10-03', '02:30', '15 minutes') AS within_it,
       insert_of('lord howe', 32, '2027-10-03', '02:45', '15 minutes') AS after_it;
SELECT insert_of('lord howe', 31, '2027-04-04', '01:15', '1 hour') AS over_both,
       insert_of('lord howe', 32, '2027-04-04', '01:45', '15 minutes') AS within,
       insert_of('lord howe', 32, '2027-04-04', '01:44', '1 minute') AS its_last_minute_again;
SELECT * FROM times WHERE mentor_id = 'lord howe' ORDER BY starts_at;

-- Apia slept through 2011-12-30: 24 hours from the 29th end on the 31st.
SELECT insert_of('apia', 41, '2011-12-30', '10:00') AS never_was,
       insert_of('apia', 41, '2011-12-29', '12:00', '24 hours') AS over_the_lost_day,
       insert_of('apia', 42, '2011-12-31', '11:45') AS within_it,
       insert_of('apia', 42, '2011-12-31', '12:00') AS after_it;

-- One startup, mentors of several zones: 10:00 in Kathmandu is 04:15 in UTC.
SELECT insert_of('kathmandu', 7, '2027-06-01', '10:00', '45 minutes') AS kathmandu,
       insert_of('utc', 7, '2027-06-01', '04:59') AS into_its_end,
       insert_of('utc', 7, '2027-06-01', '10:00', '45 minutes') AS the_same_words,
       insert_of('ada', 7, '2027-06-01', '07:00') AS paris_after_it;
-- One mentor, who moved: every session keeps its own zone, and all of them are instants.
UPDATE mentor_settings SET time_zone = 'America/New_York' WHERE mentor_id = 'ada';
SELECT insert_of('ada', 8, '2027-06-01', '01:15') AS the_same_instant,
       insert_of('ada', 8, '2027-06-01', '01:30') AS after_it,
       insert_of('ada', 9, '2027-06-01', '07:00') AS the_same_words;
SELECT * FROM times WHERE date = '2027-06-01' ORDER BY starts_at;
-- The call says so too: the words stand in unique_mentor_time_slot, so they are taken.
INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, time_zone)
    VALUES ('ada', 8, '2050-06-01', '07:00', 'Europe/Paris');
SELECT outcome_of('ada', 9, '2050-06-01', '07:00') AS for_another, outcome_of('ada', 8, '2050-06-01', '07:00') AS for_itself,
       outcome_of('ada', 9, '2050-06-01', '01:15') AS the_same_instant, outcome_of('ada', 9, '2050-06-01', '01:30') AS after_it;

-- The ends of time.
SELECT verdict_on($$INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    VALUES ('utc', 1, 'infinity', '10:00')$$) AS infinite,
    insert_of('utc', 1, '4713-01-01 BC', '10:00') AS the_first_day, insert_of('utc', 1, '294276-12-31', '23:45') AS over_the_last;
SELECT overlapping_pairs();
DROP SCHEMA app, testing CASCADE;
