#!/usr/bin/env bash
# The bench measures what it says, on this cluster. Its figures are worth nothing here, but each call
# of it has to be answered as its situation wants.
source "$(dirname "$0")/claims.sh"

measured=build/log/bench-measured.log
measure() {
    SITUATION=$1 LOADED=2000 ROUNDS=1 SECONDS_A_RUN=0.1 bench/run.sh >"$measured" 2>&1 || {
        cat "$measured"
        return 1
    }
}
steps() {
    measure replay && measure hold && measure move
}
listeners() {
    LISTENERS=20 BOOKINGS=10 measure listeners
}
scale() {
    SIZES="100 1000" bench/scale.sh 2>&1
}

claim "every way that is compared wins free slots in loaded tables" measure "commit off, loaded"
claim "every way refuses a taken slot, or deadlocks" measure "no hours"
claim "replays, holds and moves are answered as they should be" steps
claim "a reader of the journal gets each event of many writers once" measure follow
claim "all who listen to a mentor are told of each booking" listeners
claim "slotguard lists what the same list in SQL does, and a refusal names five times" measure list
claim "sessions are copied under the guard and without it" measure copy
claim "the browser module says what plain JavaScript says of a year of slots" measure formatter
claim "the first load on a slow phone is measured" measure "first load"
claim "a call beside more and more sessions is measured" scale
exit $status
