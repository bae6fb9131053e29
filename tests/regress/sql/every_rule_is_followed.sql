-- Many rules, each against an arithmetic of days and weeks that shares no code with libical.
SET timezone TO 'UTC';
SET datestyle TO 'ISO';
\getenv here PG_ABS_SRCDIR
\set begin :here /begin.sql
\i :begin
DO 'BEGIN PERFORM setup_booking(); END';
SELECT testing.open('anna', 'America/New_York');
INSERT INTO mentor_availability (mentor_id, opens, closes) VALUES ('anna', '20:00', '20:30');

-- FREQ, INTERVAL, BYDAY, WKST, what ends it, and the first day: a Tuesday, a Saturday, a Sunday.
CREATE TABLE testing.rules AS
SELECT freq, step, days, week_start, ending, valid_from, rrule
FROM unnest('{DAILY,WEEKLY}'::text[]) freq,
    unnest('{1,2,3,5}'::int[]) step,
    unnest('{NULL,MO,"MO,WE,FR",SU,"SU,SA"}'::text[]) days,
    unnest('{NULL,SU,TU,SA}'::text[]) week_start,
    unnest('{NULL,COUNT=1,COUNT=10,UNTIL=20500420,UNTIL=20500420T195959,UNTIL=20500421T000000Z}'::text[]) ending,
    unnest('{2050-03-01,2050-03-05,2050-03-06}'::date[]) valid_from,
    concat_ws(';', 'FREQ=' || freq, 'INTERVAL=' || step, 'BYDAY=' || days, 'WKST=' || week_start, ending) rrule;
SELECT count(*) FROM testing.rules;

-- 20:00 of the 20th in New York is midnight of the 21st in UTC: UNTIL includes it.
CREATE FUNCTION testing.days_of(rule testing.rules) RETURNS date[]
    LANGUAGE sql
    AS $$
    WITH matching AS (
        SELECT rule.valid_from + n AS day
        FROM generate_series(0, 399) n,
            LATERAL (SELECT array_position('{MO,TU,WE,TH,FR,SA,SU}', coalesce(rule.week_start, 'MO')) - 1 AS first_dow) w,
            LATERAL (SELECT rule.valid_from - (extract(isodow FROM rule.valid_from)::int - 1 - first_dow + 7) % 7 AS first_week) f
        WHERE (CASE rule.freq WHEN 'DAILY' THEN n ELSE (rule.valid_from + n - first_week) / 7 END) % rule.step = 0
            AND (substr(upper(to_char(rule.valid_from + n, 'DY')), 1, 2) = ANY (string_to_array(rule.days, ','))
                 OR rule.days IS NULL AND (rule.freq = 'DAILY' OR n % 7 = 0))
    ), numbered AS (
        SELECT day, row_number() OVER (ORDER BY day) AS number FROM matching
    )
    SELECT array_agg(day ORDER BY day)
    FROM numbered
    WHERE day <= '2050-06-30'
        AND CASE left(rule.ending, 5)
            WHEN 'COUNT' THEN number <= split_part(rule.ending, '=', 2)::int
            WHEN 'UNTIL' THEN day <= CASE WHEN rule.ending LIKE '%T195959' THEN date '2050-04-19' ELSE '2050-04-20' END
            ELSE true
        END
    $$;

-- One mentor takes up each rule in turn: each list also shows that the last change was seen.
DO $$
DECLARE
    rule testing.rules;
    listed date[];
    wrong int := 0;
BEGIN
    FOR rule IN SELECT * FROM testing.rules LOOP
        UPDATE mentor_availability SET rrule = rule.rrule, valid_from = rule.valid_from;
        -- The end first: what comes before it is worked out anew then.
        listed := (SELECT array_agg(session_date ORDER BY starts_at)
                   FROM available_slots('anna', '2050-06-01', '2050-06-30'));
        listed := (SELECT array_agg(session_date ORDER BY starts_at)
                   FROM available_slots('anna', '2050-02-20', '2050-05-31')) || listed;
        IF listed IS DISTINCT FROM testing.days_of(rule) THEN
            wrong := wrong + 1;
            IF wrong <= 5 THEN
                RAISE WARNING E'% from %\n listed %\n should %', rule.rrule, rule.valid_from, listed, testing.days_of(rule);
            END IF;
        END IF;
    END LOOP;
    RAISE WARNING '% rules were not followed', wrong;
END
$$;

DROP SCHEMA app, testing CASCADE;
