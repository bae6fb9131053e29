#!/usr/bin/env bash
# The command that a stranger types first.
source "$(dirname "$0")/claims.sh"

words=build/log/demo-words.log
make_demo() {
    # The demo has a cluster of its own, as at a stranger's, and nothing of the tests' around it.
    DEMO_EXIT=1 make demo >"$words" 2>&1 || {
        cat "$words"
        return 1
    }
}
# Somebody else's demo may run beside ours: what counts is a cluster whose demo has ended.
no_cluster_left() {
    local owner
    for owner in build/cluster/demo-*/owner; do
        [[ ! -e $owner ]] || kill -0 "$(<"$owner")" || return 1
    done
}

claim "make demo plays the founding race and ends well" make_demo
claim "it tells who booked" grep 'is told: booked' "$words"
claim "it tells who came second, kindly" grep 'is told: slot_taken\. This time slot' "$words"
claim "it shows that nobody books as another" grep 'as another: 403 42501' "$words"
claim "it shows that nobody cancels what is another's" grep "is another's: not_found" "$words"
claim "it shows that each sees its own sessions" grep 'to look: 1 session in all' "$words"
claim "it shows that nobody books without a token" grep 'book at all: 401 42501' "$words"
claim "it leaves no cluster behind" no_cluster_left
exit $status
