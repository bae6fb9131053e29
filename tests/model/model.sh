#!/usr/bin/env bash
# Spin goes through every interleaving of the guard's protocol, and of the journal's: as they are, nothing may be wrong, and
# in each mutation it must find the fault that the mutation is there for.
source "$(dirname "$0")/../install/claims.sh"

# mutation, the fault, and what has been changed
mutations='
LOCK_AFTER_INSERT            deadlock  plain writers lock after the row is in the index
GUARD_BEFORE_ROW_ON_UPDATE   deadlock  a reschedule takes the guard before its row
ONLY_NEW_ROW_LOCKED          deadlock  an UPDATE locks the time that it takes, not that it leaves
MOVE_LOCKS_ONLY_ITS_NEW_TIME deadlock  a reschedule leaves the time that it leaves to the trigger
CANCEL_LOCKS_NOTHING         deadlock  a cancellation locks nothing, and its trigger books
UNSORTED_LOCKS               deadlock  an UPDATE locks the time that it leaves first, then the other
STARTUP_SIDE_FIRST           deadlock  startups are locked before mentors, and a trigger books
TRIES_PAST_A_LOCK            deadlock  a call keeps locks behind the one that it waits for
SNAPSHOT_BEFORE_LOCK         overlap   plain writers look under a snapshot older than their locks
NO_SECOND_LOOK               overlap   a call does not look again after it has waited
ONLY_MENTOR_SIDE_LOCKED      overlap   only the mentor is locked
LOCKS_RELEASED_BEFORE_COMMIT overlap   locks are given back before the commit is visible
LIMIT_FIRST                  deadlock  a call locks the day before the time, and a trigger books
NO_LIMIT_LOCK                excess    calls for different times do not lock the day
NO_LOCK_FOR_THE_KEY          error     sessions with one key at different instants share no lock
LOOK_SEES_UNCOMMITTED        lie       a look sees what is not committed
A_WAITER_NEVER_WINS          win       it is claimed that who waits never wins
BEYOND_THE_PROMISE           deadlock  one transaction writes two sessions, against the order
NO_MARK                      missed    writers of the journal hold no reader back
MARK_AFTER_DRAWING           missed    a writer takes its mark after its number
NO_SECOND_MARK               missed    a writer takes no other mark after its savepoint was rolled back
LOCK_GIVEN_BACK_FIRST        missed    the mark is given back before the commit is visible
MARKS_BEFORE_THE_SEQUENCE    missed    a reader looks at the marks before it reads the sequence
SNAPSHOT_FIRST               missed    a reader takes its snapshot before it looks at the marks
'

# How pan says that it found the fault, and what it is not to stop at before that.
declare -A words_for=([deadlock]='invalid end state' [overlap]='assertion violated.*double_booked'
    [error]='assertion violated.*a_call_met_an_error' [lie]='assertion violated.*told_wrong'
    [win]='assertion violated rival' [excess]='assertion violated.*day_is_too_full'
    [missed]='assertion violated.*an_event_is_missed')
declare -A looks_past=([deadlock]=-A [overlap]=-E [error]=-E [lie]=-E [win]=-E [excess]=-E [missed]=-E)

# examine NAME FAULT: builds the search in build/model/NAME and runs it; what it says is in `found`.
# Every state is kept whole (no -DBITSTATE, no -DHC), or the search fails for want of megabytes.
examine() {
    local name=$1 fault=$2 world=pairs optimise=-O0 folder=build/model/$1 flags=
    case $fault in
        none) world=$name optimise=-O2 ;;
        missed) world=journal flags=-D$name ;;
        overlap) flags="-D$name -DONLY_OVERLAP_COUNTS" ;;
        *) flags=-D$name ;;
    esac
    rm -rf "$folder"
    mkdir -p "$folder"
    cp tests/model/*.pml "$folder"
    cd "$folder" || return
    echo "$flags" >flags
    spin $flags -a "$world.pml" &&
        gcc $optimise -w -DSAFETY -DCOLLAPSE -DMEMLIM=900 -o pan pan.c &&
        ./pan -m1000 ${looks_past[$fault]-} >found
}

examine_all() {
    printf '%s\n' 'pairs none' 'trios none' 'journal none' "$(awk 'NF { print $1, $2 }' <<<"$mutations")" |
        xargs -P "$(nproc)" -L 1 tests/model/model.sh examine
}

finds_nothing() {
    grep -E 'pan:|errors' "$1"
    grep -q 'errors: 0' "$1"
}
is_exhaustive() {
    grep -E 'space search|Warning|too small|states, stored|total actual' "$1"
    grep -q 'Full statespace search' "$1" && ! grep -qE 'too small|not completed' "$1"
}
# A step that is never taken proves nothing.
takes_every_step() {
    local idle
    idle=$(grep -E '^\s*guard.pml:[0-9]+, state' "$1")
    echo "$idle"
    [[ $(wc -l <<<"$idle") == 1 && $idle == *a_call_met_an_error* ]]
}
finds() {
    grep -E 'pan:1|errors' "$2"
    grep -qE "pan:1: ${words_for[$1]}" "$2"
}

if [[ ${1-} == examine ]]; then
    examine "$2" "$3"
    exit
fi

examine_all
for world in pairs trios; do
    found=build/model/$world/found
    claim "$world of writers never overlap, deadlock or hear what is not so" finds_nothing "$found"
    claim "$world of writers are followed through all that they can do" is_exhaustive "$found"
    claim "$world of writers take every step there is, save that no call meets an error" \
        takes_every_step "$found"
    grep -E 'states, stored|total actual memory|elapsed time' "$found"
done
found=build/model/journal/found
claim "a reader of the journal misses nothing and is told nothing twice" finds_nothing $found
claim "readers and writers of the journal are followed through all that they can do" is_exhaustive $found
while read -r name fault change; do
    [[ $name ]] || continue
    claim "Spin finds the $fault where $change" finds "$fault" "build/model/$name/found"
done <<<"$mutations"
exit $status
