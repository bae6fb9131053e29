#!/usr/bin/env bash
# Compares ways to book, as `make bench`: each situation of bench/situations.hpp, then the steps that are
# repeated, prepared or taken back (bench/steps.hpp), a reader of the journal, a thousand who listen to the gateway,
# the list of thirty days with the refusals that look for free times in it, COPY, the browser module's lists, and then the
# first load of the booking page on a slow phone.
#
# SITUATION picks those whose name contains it (win, empty, loaded, refusal; replay, hold, move; follow; listeners;
# list or "list, clocks"; copy; formatter; first load).
# ROUNDS and SECONDS_A_RUN make the runs more or longer; CLIENTS and LOADED, how many sessions stand in
# loaded tables and are copied, change what is measured:
#
#   SITUATION=refusal ROUNDS=5 SECONDS_A_RUN=4 make bench
source "$(dirname "$0")/tools.sh"

situation=(${SITUATION:+"$SITUATION"})
rounds=${ROUNDS:-3}
export LOADED=${LOADED:-1000000}

compare_ways() {
    local databases sessions
    compile compare compare.cpp measure.cpp clients.cpp session.cpp
    databases=$(build/bench/compare loads "${situation[@]}")
    for sessions in $databases; do
        make_ways "slotguard_bench_$sessions"
        ((sessions > 0)) || make_ways_without_journal slotguard_bench_0_no_journal
        ((sessions == 0)) || bench/load.sh "slotguard_bench_$sessions" "$sessions"
    done
    build/bench/compare run "${CLIENTS:-4}" "${SECONDS_A_RUN:-2}" "$rounds" "${situation[@]}"
    for sessions in $databases; do
        no_double_booking "slotguard_bench_$sessions"
        dropdb "slotguard_bench_$sessions"
        dropdb --if-exists "slotguard_bench_${sessions}_no_journal"
    done
}

# Replays, holds and moves.
measure_steps() {
    compile steps steps.cpp clients.cpp session.cpp
    make_steps
    build/bench/steps "${CLIENTS:-4}" "${SECONDS_A_RUN:-2}" "$rounds" "${situation[@]}"
    end_steps
}

# Readers of the journal.
measure_reader() {
    compile follow follow.cpp clients.cpp session.cpp
    make_steps
    build/bench/follow "${WRITERS:-16}" "${SECONDS_A_RUN:-10}"
    end_steps
}

# Those who listen to one mentor, on one gateway.
measure_listeners() {
    local database=slotguard_bench_listeners
    createdb "$database"
    run_script "$database" bench/listeners/mentor.sql web/server/api_role.sql
    tools/node.sh bench/listeners.mjs "$database"
    no_double_booking "$database"
    dropdb "$database"
}

make_steps() {
    make_ways slotguard_bench_steps
    run_script slotguard_bench_steps bench/steps.sql
}

end_steps() {
    no_double_booking slotguard_bench_steps
    dropdb slotguard_bench_steps
}

# The mentors of whom lists are asked, on clocks that are not and that are changed in the thirty days.
measure_lists() {
    local database=slotguard_bench_lists
    compile lists lists.cpp calendars.cpp clients.cpp session.cpp
    make_ways "$database"
    make_calendars "$database" "'UTC', 'UTC', current_date" "'Paris', 'Europe/Paris', current_date" \
        "'Paris, clock changed', 'Europe/Paris', thirty_days_about_a_change('Europe/Paris')" \
        "'Casablanca, clock changed', 'Africa/Casablanca', thirty_days_about_a_change('Africa/Casablanca')"
    ask "$database" "CALL book_calendars(1, 100)"
    run_script "$database" bench/in_sql.sql
    build/bench/lists "${CLIENTS:-4}" "${SECONDS_A_RUN:-2}" "$rounds" "${situation[@]}"
    no_double_booking "$database"
    dropdb "$database"
}

# A year of slots in words, in the browser that the tests drive.
measure_formatter() {
    tools/setup.sh test && tools/node.sh bench/formatter.mjs
}

# Until a free time can be pressed, in the browser that the tests drive.
measure_first_load() {
    tools/setup.sh test && tools/node.sh bench/first_load.mjs
}

machine
case ${SITUATION:-} in
'')
    compare_ways
    measure_steps
    measure_reader
    measure_listeners
    measure_lists
    bench/copy.sh "$LOADED" "$rounds"
    measure_formatter
    measure_first_load
    ;;
replay* | hold* | move*) measure_steps ;;
follow) measure_reader ;;
listeners) measure_listeners ;;
list*) measure_lists ;;
copy) bench/copy.sh "$LOADED" "$rounds" ;;
formatter) measure_formatter ;;
"first load") measure_first_load ;;
*) compare_ways ;;
esac
