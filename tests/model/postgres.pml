/* What the guard takes from PostgreSQL: versions of rows, row locks, the unique index, snapshots,
 * heavyweight locks, and the order of things at a commit. A step is one atomic block; between two
 * of them anybody else may move. `me`, `row` and `session` are the writer's own. */

#define NOBODY 0
#define MYSELF (me + 1)

/* How far a writer has come with a row. */
#define UNTOUCHED 0
#define LOCKED    1
#define WRITTEN   2 /* its new version is in the heap */
#define INDEXED   3 /* and in the index */

/* Rows 0 and 1 are there from the start, scheduled or not; each writer has one more to insert. */
#define FIRST_NEW_ROW 2
#define ROWS          (FIRST_NEW_ROW + WRITERS)
#if WRITERS == 2
#define ANY_ROW(is) (is(0) || is(1) || is(2) || is(3))
#define COUNT_OF(is) (is(0) + is(1) + is(2) + is(3))
#define ALL_HELD    (held[0] | held[1])
#else
#define ANY_ROW(is) (is(0) || is(1) || is(2) || is(3) || is(4))
#define COUNT_OF(is) (is(0) + is(1) + is(2) + is(3) + is(4))
#define ALL_HELD    (held[0] | held[1] | held[2])
#endif

byte committed[ROWS]; /* what a new snapshot shows */
byte version[ROWS];   /* what the row's owner has written, for nobody else to see */
byte owner[ROWS];
byte stage[ROWS];
short held[WRITERS];  /* the guard's locks */
bit a_session_has_gone;

hidden byte r, s;
hidden byte mentor_is_double_booked, startup_is_double_booked, day_is_too_full;

#define OWN(r)      (owner[r] == MYSELF && stage[r] >= WRITTEN)
#define OTHERS(r)   (owner[r] != NOBODY && owner[r] != MYSELF && stage[r] >= WRITTEN)

/* A snapshot shows what was committed when it was taken, and one's own rows. What a look will find
 * is therefore settled when its snapshot is taken, and is kept as one bit from there on. */
#ifdef LOOK_SEES_UNCOMMITTED
#define SEEN(r)     ((owner[r] != NOBODY && stage[r] >= WRITTEN) -> version[r] : committed[r])
#else
#define SEEN(r)     (OWN(r) -> version[r] : committed[r])
#endif
#define OVERLAPS(r) (r != row && CONFLICT(SEEN(r), session))
#define STANDS_IN_THE_WAY(r) (OVERLAPS(r) || (r != row && SAME_KEY(SEEN(r), session)))
#define COUNTS(r)   (r != row && OF_LIMITED(SEEN(r)))
#define IS_FULL     (OF_LIMITED(session) && COUNT_OF(COUNTS) >= most)

/* The unique index sees all: it waits for whoever has an equal key in flight, coming or going, and
 * refuses one that is there. A row that is merely locked is there. */
#define IN_FLIGHT(r) (OTHERS(r) && (SAME_KEY(committed[r], session) || \
                      (stage[r] == INDEXED && SAME_KEY(version[r], session))))
#define IN_INDEX(r)  (r != row && !OTHERS(r) && \
                      SAME_KEY((OWN(r) -> version[r] : committed[r]), session))

inline lock_row() {
    owner[row] == NOBODY -> owner[row] = MYSELF; stage[row] = LOCKED
}

inline write_version(what) {
    owner[row] = MYSELF; version[row] = what; stage[row] = WRITTEN
}

/* Everything written becomes visible at one instant, and with it rows are free; the guard's locks
 * are given back later. */
inline end_of_rows(is_commit) {
    r = 0;
    do
    :: r < ROWS && owner[r] == MYSELF ->
        if
        :: is_commit && stage[r] >= WRITTEN ->
            a_session_has_gone = a_session_has_gone || committed[r];
            committed[r] = version[r]
        :: else
        fi;
        owner[r] = NOBODY; version[r] = NOTHING; stage[r] = UNTOUCHED; r++
    :: r < ROWS && owner[r] != MYSELF -> r++
    :: else -> break
    od;
    r = 0
}

#define IS_COUNTED(r) (OF_LIMITED(committed[r]))

/* The promises. Plain writers step over a limit. */
inline no_day_is_too_full() {
    day_is_too_full = only_calls && COUNT_OF(IS_COUNTED) > most;
    assert(!day_is_too_full)
}
inline nobody_is_in_two_places() {
    mentor_is_double_booked = 0; startup_is_double_booked = 0;
    r = 1;
    do
    :: r < ROWS ->
        s = 0;
        do
        :: s < r ->
            mentor_is_double_booked = mentor_is_double_booked ||
                OVERLAP(committed[r], committed[s], MENTOR);
            startup_is_double_booked = startup_is_double_booked ||
                OVERLAP(committed[r], committed[s], STARTUP);
            s++
        :: else -> break
        od;
        r++
    :: else -> break
    od;
    r = 0; s = 0;
    assert(!mentor_is_double_booked);
    assert(!startup_is_double_booked)
}
