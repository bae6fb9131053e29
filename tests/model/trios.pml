/* Three writers: queues of more than one, and circles of more than two. What they may want is
 * chosen so that each can stand in the way of each, on one side or on both. */
#define WRITERS 3
#include "guard.pml"

inline choose_table() {
    if
    :: true
    :: committed[0] = FIRST_STEP
    :: committed[0] = FIRST_STEP; committed[1] = SECOND_STEP | MENTOR
    fi
}

inline choose_writer(w) {
    row[w] = FIRST_NEW_ROW + w;
    if
    :: deed[w] = INSERT
    :: deed[w] = CALL
    :: committed[0] -> row[w] = 0; deed[w] = MOVE
    :: committed[0] -> row[w] = 0; deed[w] = RESCHEDULE
    :: committed[0] -> row[w] = 0; deed[w] = CANCEL
    :: committed[0] -> row[w] = 0; deed[w] = CANCEL_FOR
    :: committed[1] -> row[w] = 1; deed[w] = MOVE
    fi;
    if
    :: deed[w] <= CALL -> wish[w] = FIRST_STEP
    :: deed[w] <= CALL -> wish[w] = FIRST_STEP | MENTOR | STARTUP
    :: deed[w] <= RESCHEDULE -> wish[w] = BOTH_STEPS | STARTUP
    :: deed[w] == MOVE || deed[w] == RESCHEDULE -> wish[w] = SECOND_STEP
    :: deed[w] >= CANCEL
    fi
}

init {
    byte deed[WRITERS], row[WRITERS], wish[WRITERS], w;
    atomic {
        choose_table();
        choose_writer(0);
        choose_writer(1);
        choose_writer(2);
        if
        :: IN_ORDER(0, 1) && IN_ORDER(1, 2) &&
            GET_ALONG(0, 1) && GET_ALONG(0, 2) && GET_ALONG(1, 2)
        :: else -> goto no_world
        fi;
        only_calls = !IS_PLAIN(0) && !IS_PLAIN(1) && !IS_PLAIN(2);
        if
        :: true
        :: IS_CONCERNED(0) && IS_CONCERNED(1) && IS_CONCERNED(2) &&
            CALLS(0) + CALLS(1) + CALLS(2) >= 2 ->
            most = COUNT_OF(IS_COUNTED) + 1
        fi;
        start(0);
        start(1);
        start(2)
    }
    atomic { writers_ended == WRITERS; all_were_told_the_truth() }
no_world:
    skip
}
