#!/usr/bin/env bash
# Compares ways to book, as `make bench`: each situation of bench/situations.hpp, and then COPY.
#
# SITUATION picks those whose name contains it (win, empty, loaded, refusal, copy, …). ROUNDS and
# SECONDS_A_RUN make the runs more or longer; CLIENTS and LOADED, how many sessions stand in loaded
# tables and are copied, change what is measured:
#
#   SITUATION=refusal ROUNDS=5 SECONDS_A_RUN=4 make bench
source "$(dirname "$0")/tools.sh"

situation=(${SITUATION:+"$SITUATION"})
rounds=${ROUNDS:-3}
export LOADED=${LOADED:-1000000}

compare_ways() {
    local databases sessions
    databases=$(build/bench/compare loads "${situation[@]}")
    for sessions in $databases; do
        make_ways "slotguard_bench_$sessions"
        ((sessions == 0)) || bench/load.sh "slotguard_bench_$sessions" "$sessions"
    done
    build/bench/compare run "${CLIENTS:-4}" "${SECONDS_A_RUN:-2}" "$rounds" "${situation[@]}"
    for sessions in $databases; do
        no_double_booking "slotguard_bench_$sessions"
        dropdb "slotguard_bench_$sessions"
    done
}

compile compare compare.cpp measure.cpp clients.cpp session.cpp
machine
[[ ${SITUATION:-} == copy ]] || compare_ways
[[ ${SITUATION:-copy} != copy ]] || bench/copy.sh "$LOADED" "$rounds"
