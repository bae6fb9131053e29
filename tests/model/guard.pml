/* The guard's protocol: in which order a writer of a session locks, looks and writes. pairs.pml and
 * trios.pml include it, and say who meets whom. Each #ifdef here and in world.pml is a mutation:
 * model.sh says what Spin must find in it. */
#include "world.pml"
#include "postgres.pml"

/* What a writer does, in a transaction of its own. */
#define INSERT     0 /* a plain INSERT */
#define CALL       1 /* book_session */
#define MOVE       2 /* a plain UPDATE; what is not scheduled is set back to it */
#define RESCHEDULE 3 /* reschedule_session: a look, its row, then as book_session */
#define CANCEL     4 /* or DELETE */
#define CANCEL_FOR 5 /* and somebody's trigger then calls book_session for the other startup */

byte writers_ended;
byte told[WRITERS]; /* the session that a new row was for, and whether it was refused */
#define REFUSED 128
hidden byte a_call_met_an_error, somebody_was_told_wrong;

/* After any step a writer may be bound to roll back: killed, timed out, or by its program's wish.
 * It does so in a step of its own. That is no way out of a deadlock: who waits, waits. */
#define MAY_ROLL_BACK if :: true :: goto roll_back fi

#define MISSING       (locks & ~held[me])
#define IS_FREE(lock) (!(ALL_HELD & ~held[me] & (lock)))
#ifdef UNSORTED_LOCKS
#define OF_OLD_ROW    (MISSING & LOCKS(was))
#define NEXT          (OF_OLD_ROW -> FIRST(OF_OLD_ROW) : FIRST(MISSING))
#else
#define NEXT          FIRST(MISSING)
#endif

/* Waits for each lock in order. They are kept until the end of the transaction. */
inline take_locks() {
    do
    :: atomic {
        !MISSING || IS_FREE(NEXT) ->
        if
        :: MISSING -> held[me] = held[me] | NEXT
        :: else
        fi;
        if
        :: !MISSING -> break
        :: MISSING
        :: true -> goto roll_back
        fi }
    od
}

/* The call's way: no further than the first lock that somebody else has, so that what is held then
 * is never behind, in order, what is waited for. */
inline try_locks() {
#ifdef TRIES_PAST_A_LOCK
#define UNTRIED (MISSING & ~tried)
    tried = NOTHING;
    do
    :: atomic {
        if
        :: UNTRIED && IS_FREE(FIRST(UNTRIED)) -> held[me] = held[me] | FIRST(UNTRIED)
        :: UNTRIED && !IS_FREE(FIRST(UNTRIED)) -> tried = tried | FIRST(UNTRIED)
        :: !UNTRIED -> break
        fi }
    od
#else
    do
    :: atomic {
        if
        :: MISSING && IS_FREE(NEXT) -> held[me] = held[me] | NEXT
        :: else -> break
        fi;
        MAY_ROLL_BACK }
    od
#endif
}

/* GetLatestSnapshot(), and what a look under it finds. */
#define TAKE_SNAPSHOT(finds) atomic { rival = finds; MAY_ROLL_BACK }
#define IS_REFUSED (ANY_ROW(STANDS_IN_THE_WAY) || IS_FULL)

/* Heap first, then the index, which may wait for somebody's end and may refuse. Nobody can meet a
 * new row in the heap before it is in the index. */
inline write_session() {
    atomic {
        write_version(session);
        if
        :: row < FIRST_NEW_ROW -> MAY_ROLL_BACK
        :: else
        fi
    }
    atomic {
        !session || !ANY_ROW(IN_FLIGHT);
        if
        :: session && ANY_ROW(IN_INDEX) ->
#ifndef ONLY_OVERLAP_COUNTS
            a_call_met_an_error = is_call;
            assert(!a_call_met_an_error);
#endif
            tell(REFUSED);
            goto roll_back
        :: else ->
            stage[row] = INDEXED;
            MAY_ROLL_BACK
        fi
    }
}

/* The trigger that books in a cancellation tells nobody. */
inline tell(what) {
    if
    :: row >= FIRST_NEW_ROW && deed != CANCEL_FOR -> told[me] = session | what
    :: else
    fi
}

/* A writer at its end is like any other: fewer states. */
inline forget() {
    was = 0; locks = 0; before = 0; rival = 0; is_call = 0; deed = 0; row = 0; session = 0
}

proctype writer(byte me; byte deed; byte row; byte session) {
    byte was;
    short locks, before;
    bit rival, is_call = (deed == CALL || deed == RESCHEDULE);
#ifdef TRIES_PAST_A_LOCK
    short tried;
#endif

    if
    :: row >= FIRST_NEW_ROW
    :: else ->
        if
        :: deed == RESCHEDULE ->
            /* What is refused at first sight locks nothing. */
            TAKE_SNAPSHOT(IS_REFUSED);
            if
            :: rival -> goto commit
            :: else
            fi
        :: else
        fi;
#ifdef GUARD_BEFORE_ROW_ON_UPDATE
        if
        :: deed == RESCHEDULE ->
            locks = LOCKS(committed[row]) | LOCKS(session) | DAY_LOCK(session);
            take_locks()
        :: else
        fi;
#endif
        /* PostgreSQL has the row before it fires the BEFORE triggers of an UPDATE. */
        atomic {
            lock_row();
            was = committed[row];
            if
            :: !was && deed != MOVE -> goto commit
            :: else -> MAY_ROLL_BACK
            fi
        }
    fi;
    if
    :: deed != CANCEL_FOR -> deed = 0 /* from here on, is_call says it all */
    :: else
    fi;

book:
    locks = LOCKS(was) | LOCKS(session) | (is_call -> DAY_LOCK(session) : NOTHING);
    if
    :: !is_call && session == was -> locks = NOTHING /* an UPDATE of other columns */
#ifdef ONLY_NEW_ROW_LOCKED
    :: session && session != was -> locks = locks & ~LOCKS(was) | LOCKS(session)
#endif
#ifdef MOVE_LOCKS_ONLY_ITS_NEW_TIME
    :: is_call && was && session != was -> locks = locks & ~LOCKS(was) | LOCKS(session)
#endif
#ifdef CANCEL_LOCKS_NOTHING
    :: !session -> locks = NOTHING
#endif
    :: else
    fi;
    if
    :: is_call ->
        before = held[me];
        try_locks();
        TAKE_SNAPSHOT(IS_REFUSED);
        if
        :: !rival && MISSING ->
            take_locks();
#ifndef NO_SECOND_LOOK
            TAKE_SNAPSHOT(IS_REFUSED);
#endif
#ifdef A_WAITER_NEVER_WINS
            assert(rival)
#endif
        :: else
        fi;
        if
        :: rival ->
            /* It gives back what it took, never what the transaction had before. */
            atomic { held[me] = before; tell(REFUSED); goto commit }
        :: else ->
#ifdef MOVE_LOCKS_ONLY_ITS_NEW_TIME
            locks = LOCKS(was) | locks; /* the trigger's, when the row is written */
            take_locks();
#endif
            write_session()
        fi
    :: else ->
        /* A plain writer: BEFORE trigger, row, AFTER trigger. */
#ifdef SNAPSHOT_BEFORE_LOCK
        TAKE_SNAPSHOT(ANY_ROW(OVERLAPS));
#endif
#ifdef LOCK_AFTER_INSERT
        write_session();
        take_locks();
#else
        take_locks();
        write_session();
#endif
#ifndef SNAPSHOT_BEFORE_LOCK
        TAKE_SNAPSHOT(ANY_ROW(OVERLAPS));
#endif
        if
        :: session && session != was && rival -> atomic { tell(REFUSED); goto roll_back }
        :: else
        fi;
        if
        :: deed == CANCEL_FOR ->
            is_call = 1; row = FIRST_NEW_ROW + me; session = was ^ STARTUP; was = NOTHING;
            goto book
        :: else
        fi
    fi;

commit:
#ifdef LOCKS_RELEASED_BEFORE_COMMIT
    held[me] = 0;
#endif
    atomic {
        if
        :: stage[row] == INDEXED -> tell(0)
        :: else
        fi;
        end_of_rows(1);
        forget();
        nobody_is_in_two_places();
        no_day_is_too_full();
        goto release
    }

roll_back:
    /* What was written is gone before the locks are. One step will do: with the locks alone, the
     * writer is to all others as it was before it wrote. */
    atomic { end_of_rows(0); forget() }

release:
    atomic { held[me] = 0; writers_ended++ }
}

/* Whoever was told "booked" has that session; whoever was refused has none, and unless a session
 * was moved or cancelled meanwhile, there is one in the way: nobody loses to a rival who rolls
 * back. */
#define IN_THE_WAY(r)  (CONFLICT(committed[r], told[w] & ~REFUSED) || \
                        SAME_KEY(committed[r], told[w] & ~REFUSED))
#define FULL_FOR(told)  (OF_LIMITED(told) && COUNT_OF(IS_COUNTED) >= most)
#define TOLD_WRONG     ((told[w] & REFUSED) -> \
                        (committed[FIRST_NEW_ROW + w] || \
                            (!a_session_has_gone && !ANY_ROW(IN_THE_WAY) && \
                                !FULL_FOR(told[w] & ~REFUSED))) : \
                        (told[w] && committed[FIRST_NEW_ROW + w] != told[w]))

inline all_were_told_the_truth() {
    w = 0; somebody_was_told_wrong = 0;
    do
    :: w < WRITERS -> somebody_was_told_wrong = somebody_was_told_wrong || TOLD_WRONG; w++
    :: else -> break
    od;
    w = 0;
    assert(!somebody_was_told_wrong)
}

/* Which writer is the first makes no difference. */
#define IN_ORDER(v, w) (deed[v] < deed[w] || (deed[v] == deed[w] && wish[v] <= wish[w]))

/* A cancellation whose trigger books for another writes two sessions. Beside a second one, or
 * an UPDATE that gives a session to another startup, it may deadlock; that is not promised. */
#define GIVES_AWAY(w)  ((deed[w] == MOVE || deed[w] == RESCHEDULE) && committed[row[w]] && \
                        !SAME(committed[row[w]], wish[w], STARTUP))
#ifdef BEYOND_THE_PROMISE
#define GET_ALONG(v, w) (deed[w] == CANCEL_FOR)
#else
#define GET_ALONG(v, w) (deed[w] != CANCEL_FOR || (deed[v] != CANCEL_FOR && !GIVES_AWAY(v)))
#endif

/* Whether a writer has to do with the limited mentor, and whether by a call. Where all have, and
 * two by a call, one place may be left. */
#define IS_CONCERNED(w) ((deed[w] <= RESCHEDULE && OF_LIMITED(wish[w])) || \
                         (row[w] < FIRST_NEW_ROW && OF_LIMITED(committed[row[w]])))
#define IS_PLAIN(w)     (deed[w] == INSERT || deed[w] == MOVE)
#define CALLS(w)        (deed[w] == CALL || deed[w] == RESCHEDULE || deed[w] == CANCEL_FOR)

inline start(w) {
    printf("writer %d: deed %d, row %d, session %d\n", w, deed[w], row[w], wish[w]);
    run writer(w, deed[w], row[w], wish[w]);
    deed[w] = 0; row[w] = 0; wish[w] = 0
}
