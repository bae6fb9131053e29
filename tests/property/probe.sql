-- What the property test asks of the database, and its own reckoning of hours beside it. Instants are
-- numbers here: microseconds since 1970.
CREATE SCHEMA probe;

CREATE FUNCTION probe.micros(at timestamptz) RETURNS float8 LANGUAGE sql IMMUTABLE
    RETURN (extract(epoch FROM at) * 1000000)::float8;

CREATE FUNCTION probe.elapsed(length interval) RETURNS interval LANGUAGE sql IMMUTABLE
    RETURN make_interval(secs => extract(epoch FROM length)::float8);

-- The days (of UTC) in which a zone's clock is changed.
CREATE FUNCTION probe.clock_changes(zone text, from_date date, to_date date) RETURNS date[]
    LANGUAGE sql STABLE
    RETURN (
        SELECT coalesce(array_agg(day::date ORDER BY day), '{}')
        FROM generate_series(from_date, to_date, interval '1 day') day
        WHERE (day AT TIME ZONE 'UTC' AT TIME ZONE zone) - day
            <> ((day + interval '1 day') AT TIME ZONE 'UTC' AT TIME ZONE zone) - (day + interval '1 day'));

-- now() and a length, as PostgreSQL adds them for a session that lives in that zone.
CREATE FUNCTION probe.from_now(length interval, zone text) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
DECLARE
    of_session CONSTANT text := current_setting('TimeZone');
    at timestamptz;
BEGIN
    PERFORM set_config('TimeZone', zone, true);
    at := now() + length;
    PERFORM set_config('TimeZone', of_session, true);
    RETURN at;
END
$$;

-- A session by another writer's hand. What the guard refuses is not there.
CREATE PROCEDURE probe.write(mentor text, startup bigint, at timestamp, length interval, is_now text)
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration, status)
    VALUES (mentor, startup, at::date, at::time, length, is_now);
EXCEPTION WHEN unique_violation OR exclusion_violation OR datetime_field_overflow THEN
    NULL;
END
$$;

-- A hold by its owner's hand, whatever stands there.
CREATE PROCEDURE probe.hold(mentor text, startup bigint, at timestamp, length interval, expires_in interval)
LANGUAGE sql AS $$
    INSERT INTO slot_holds (mentor_id, startup_id, session_date, session_time, duration, time_zone,
                            starts_at, ends_at, expires_at)
    SELECT mentor, startup, at::date, at::time, length, time_zone, starts_at, starts_at + probe.elapsed(length),
        now() + expires_in
    FROM mentor_info(mentor), LATERAL (SELECT at AT TIME ZONE time_zone AS starts_at) s
$$;

-- What book_session, or hold_slot, answers, with nothing of it left.
CREATE FUNCTION probe.ask(mentor text, startup bigint, at timestamp, length interval, is_to_hold boolean DEFAULT false)
    RETURNS booking_result LANGUAGE plpgsql AS $$
DECLARE
    answer booking_result;
BEGIN
    BEGIN
        IF is_to_hold THEN
            answer := hold_slot(mentor, startup, at::date, at::time, length);
        ELSE
            answer := book_session(mentor, startup, at::date, at::time, length);
        END IF;
        RAISE EXCEPTION USING ERRCODE = 'UNDO1';
    EXCEPTION
        WHEN SQLSTATE 'UNDO1' THEN NULL;
        WHEN OTHERS THEN answer.outcome := format('error %s: %s', SQLSTATE, SQLERRM);
    END;
    RETURN answer;
END
$$;

CREATE FUNCTION probe.facts(mentor text, startup bigint) RETURNS jsonb LANGUAGE sql STABLE
    RETURN (
        SELECT jsonb_build_object(
            'zone', s.time_zone, 'now', probe.micros(now()),
            'earliest', probe.micros(probe.from_now(s.minimum_notice, s.time_zone)),
            'latest', probe.micros(probe.from_now(s.booking_horizon, s.time_zone)),
            'gap', (extract(epoch FROM s.buffer_before) + extract(epoch FROM s.buffer_after)) * 1000000,
            'step', extract(epoch FROM s.slot_duration) * 1000000,
            'per_day', s.max_sessions_per_day, 'per_week', s.max_sessions_per_week,
            'has_hours', EXISTS (SELECT FROM mentor_availability WHERE mentor_id = mentor)
                OR EXISTS (SELECT FROM mentor_availability_overrides WHERE mentor_id = mentor),
            'sessions', (
                SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'is_theirs', t.mentor_id = mentor, 'startup', t.startup_id, 'status', t.status,
                    'key', to_char(t.session_date + t.session_time, 'YYYY-MM-DD"T"HH24:MI:SS.US'),
                    'starts', probe.micros(t.starts_at), 'ends', probe.micros(t.ends_at),
                    -- On the mentor's clock of now, whatever zone it was booked in.
                    'day', (t.starts_at AT TIME ZONE s.time_zone)::date,
                    'week', date_trunc('week', t.starts_at AT TIME ZONE s.time_zone)::date)), '[]')
                FROM mentor_startup_sessions t
                WHERE t.mentor_id = mentor OR t.startup_id = startup),
            -- Of those that are over nothing is to be seen.
            'holds', (
                SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'is_theirs', h.mentor_id = mentor, 'startup', h.startup_id,
                    'starts', probe.micros(h.starts_at), 'ends', probe.micros(h.ends_at),
                    'expires', probe.micros(h.expires_at),
                    'day', (h.starts_at AT TIME ZONE s.time_zone)::date,
                    'week', date_trunc('week', h.starts_at AT TIME ZONE s.time_zone)::date)), '[]')
                FROM slot_holds h
                WHERE (h.mentor_id = mentor OR h.startup_id = startup) AND h.expires_at > now()))
        FROM mentor_settings s
        WHERE s.mentor_id = mentor);

-- Every answer to one startup, for those local starts.
CREATE FUNCTION probe.ask_all(mentor text, startup bigint, starts timestamp[], length interval)
    RETURNS TABLE (key text, starts float8, is_skipped boolean, outcome text, told_start float8,
                   told_end float8, told_expiry float8, alternatives float8[], alternatives_fit boolean)
    LANGUAGE sql VOLATILE AS $$
    SELECT to_char(local, 'YYYY-MM-DD"T"HH24:MI:SS.US'), probe.micros(local AT TIME ZONE z.time_zone),
        local AT TIME ZONE z.time_zone AT TIME ZONE z.time_zone <> local,
        answer.outcome, probe.micros(answer.starts_at), probe.micros(answer.ends_at),
        probe.micros(answer.expires_at),
        ARRAY (SELECT probe.micros((a ->> 'starts_at')::timestamptz)
               FROM jsonb_array_elements(answer.alternatives) WITH ORDINALITY e (a, place) ORDER BY place),
        (SELECT bool_and(
            ((a ->> 'session_date')::date + (a ->> 'session_time')::time) AT TIME ZONE z.time_zone
                = (a ->> 'starts_at')::timestamptz
            AND (a ->> 'ends_at')::timestamptz
                = (a ->> 'starts_at')::timestamptz + probe.elapsed(coalesce(length, z.slot_duration)))
         FROM jsonb_array_elements(answer.alternatives) a)
    FROM mentor_settings z,
        unnest(starts) local,
        LATERAL probe.ask(mentor, startup, local, length) answer
    WHERE z.mentor_id = mentor
$$;

-- The starts of one day that hours and time off offer, by PostgreSQL's own ranges and series alone.
-- The hours are given as dates with the times that they open and close.
CREATE FUNCTION probe.offered(mentor text, day date, length interval, dates date[], opens time[], closes time[])
    RETURNS TABLE (key text, starts float8)
    LANGUAGE sql STABLE AS $$
    WITH settings AS (
        SELECT time_zone, probe.elapsed(slot_duration) AS step,
            probe.elapsed(coalesce(length, slot_duration)) AS length
        FROM mentor_settings WHERE mentor_id = mentor),
    during AS (
        SELECT available, tstzrange(
            lower(during) + CASE WHEN lower_inc(during) THEN '0' ELSE interval '1 microsecond' END,
            upper(during) + CASE WHEN upper_inc(during) THEN interval '1 microsecond' ELSE '0' END) AS during
        FROM mentor_availability_overrides WHERE mentor_id = mentor),
    recurring AS (
        SELECT (date + opens) AT TIME ZONE time_zone AS opens,
            (date + closes + CASE WHEN closes <= opens THEN interval '1 day' ELSE '0' END)
                AT TIME ZONE time_zone AS closes
        FROM settings, unnest(dates, opens, closes) AS h (date, opens, closes)),
    stretches AS (
        SELECT unnest(range_agg(hours)) AS stretch
        FROM (SELECT tstzrange(opens, closes) AS hours FROM recurring WHERE opens < closes
              UNION ALL SELECT during FROM during WHERE available) h),
    starts AS (
        SELECT lower(stretch) + nth * step AS at
        FROM settings, stretches,
            -- Begins some days early, so that no start of the day hangs on where.
            generate_series(greatest(0, floor(extract(epoch FROM
                ((day - 3)::timestamp AT TIME ZONE 'UTC') - lower(stretch)) / extract(epoch FROM step))::bigint),
                floor(extract(epoch FROM least(upper(stretch), (day + 3)::timestamp AT TIME ZONE 'UTC')
                    - settings.length - lower(stretch)) / extract(epoch FROM step))::bigint) nth)
    SELECT to_char(at AT TIME ZONE time_zone, 'YYYY-MM-DD"T"HH24:MI:SS.US'), probe.micros(at)
    FROM settings, starts
    WHERE (at AT TIME ZONE time_zone)::date = day
        AND at AT TIME ZONE time_zone AT TIME ZONE time_zone = at
        AND NOT EXISTS (SELECT FROM during
                        WHERE NOT available AND during && tstzrange(at, at + settings.length))
    ORDER BY at
$$;

-- A mentor as statements that make it again in an empty database.
CREATE FUNCTION probe.told(mentor text, startup bigint) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT format('INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time,'
        ' duration, time_zone, status) VALUES (%L, %s, %L, %L, %L, %L, %L);', mentor_id, startup_id, session_date,
        session_time, duration, time_zone, status)
    FROM mentor_startup_sessions WHERE mentor_id = mentor OR startup_id = startup
    UNION ALL
    SELECT format('INSERT INTO slot_holds (mentor_id, startup_id, session_date, session_time, duration, time_zone,'
        ' starts_at, ends_at, expires_at) VALUES (%L, %s, %L, %L, %L, %L, %L, %L, %L);', mentor_id, startup_id,
        session_date, session_time, duration, time_zone, starts_at, ends_at, expires_at)
    FROM slot_holds WHERE mentor_id = mentor OR startup_id = startup
    UNION ALL
    SELECT format('INSERT INTO mentor_availability (mentor_id, rrule, opens, closes, valid_from, valid_until)'
        ' VALUES (%L, %L, %L, %L, %L, %L);', mentor_id, rrule, opens, closes, valid_from, valid_until)
    FROM mentor_availability WHERE mentor_id = mentor
    UNION ALL
    SELECT format('INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES (%L, %L, %L);',
        mentor_id, during, available)
    FROM mentor_availability_overrides WHERE mentor_id = mentor
    UNION ALL
    SELECT format('INSERT INTO mentor_settings VALUES (%L, %L, %L, %L, %L, %L, %L, %L, %L);',
        mentor_id, time_zone, slot_duration, buffer_before, buffer_after, minimum_notice, booking_horizon,
        max_sessions_per_day, max_sessions_per_week)
    FROM mentor_settings WHERE mentor_id = mentor
$$;
