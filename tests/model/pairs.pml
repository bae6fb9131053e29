/* Two writers of every kind, who want anything, in a table of two rows. */
#define WRITERS 2
#include "guard.pml"

inline choose_table() {
    if
    :: true
    :: committed[0] = FIRST_STEP
    :: committed[0] = BOTH_STEPS
    :: committed[0] = FIRST_STEP; committed[1] = SECOND_STEP
    :: committed[0] = FIRST_STEP; committed[1] = SECOND_STEP | MENTOR
    :: committed[0] = FIRST_STEP; committed[1] = SECOND_STEP | STARTUP
    :: committed[0] = FIRST_HALF; committed[1] = SECOND_HALF | MENTOR | STARTUP
    fi
}

inline choose_session(it) {
    if
    :: it = FIRST_STEP          :: it = SECOND_HALF          :: it = SECOND_STEP
    :: it = FIRST_STEP | MENTOR :: it = SECOND_HALF | MENTOR
    :: it = BOTH_STEPS          :: it = OTHER_ZONE
    fi;
    if
    :: true
    :: it = it | STARTUP
    fi
}

/* Only a plain UPDATE finds something to do in a row that is not scheduled. */
inline choose_writer(w) {
    if
    :: row[w] = FIRST_NEW_ROW + w; if :: deed[w] = INSERT :: deed[w] = CALL fi
    :: row[w] = 0
    :: row[w] = 1
    fi;
    if
    :: row[w] < FIRST_NEW_ROW -> deed[w] = MOVE
    :: row[w] < FIRST_NEW_ROW && committed[row[w]] ->
        if :: deed[w] = RESCHEDULE :: deed[w] = CANCEL :: deed[w] = CANCEL_FOR fi
    :: row[w] >= FIRST_NEW_ROW
    fi;
    if
    :: deed[w] <= RESCHEDULE -> choose_session(wish[w])
    :: else
    fi
}

/* Nor does it make a difference which mentor and which startup is which, while there is no row. */
#ifdef A_WAITER_NEVER_WINS
#define IS_WANTED (deed[0] == CALL && deed[1] == CALL && \
                   (wish[0] ^ STARTUP) == wish[1] && !committed[0])
#else
#define IS_WANTED (IN_ORDER(0, 1) && GET_ALONG(0, 1) && \
                   (committed[0] || !(wish[0] & (MENTOR | STARTUP))))
#endif

init {
    byte deed[WRITERS], row[WRITERS], wish[WRITERS], w;
    atomic {
        choose_table();
        choose_writer(0);
        choose_writer(1);
        if
        :: IS_WANTED
        :: else -> goto no_world
        fi;
        only_calls = !IS_PLAIN(0) && !IS_PLAIN(1);
        if
        :: true
        :: IS_CONCERNED(0) && IS_CONCERNED(1) && CALLS(0) && CALLS(1) ->
            most = COUNT_OF(IS_COUNTED) + 1
        fi;
        start(0);
        start(1)
    }
    atomic { writers_ended == WRITERS; all_were_told_the_truth() }
no_world:
    skip
}
