/* Writers of the journal and one who follows it: nothing that is committed is passed over. Numbers are
   bits of a byte, so that a set of events is one. */
#define WRITERS 2
#define BIT(number) (1 << (number))

byte drawn = 0;              /* the sequence */
byte mark[WRITERS] = 255;    /* the shared locks; 255 for none */
byte committed = 0, told = 0;
byte at_work = WRITERS;

/* What a writer has drawn in its transaction. */
inline draw() {
    atomic { drawn++; mine = mine | BIT(drawn) }
}

inline hold_back() {
#ifndef NO_MARK
    read = drawn;
    mark[w] = read
#else
    skip
#endif
}

proctype writer(byte w) {
    byte read, mine = 0;
#ifdef MARK_AFTER_DRAWING
    draw();
    hold_back();
#else
    hold_back();
    draw();
#endif
    /* A savepoint: it gives the lock back, and the number. */
    if
    :: true
    :: mark[w] = 255; mine = 0;
#ifndef NO_SECOND_MARK
       hold_back();
#endif
       draw()
    :: draw()
    fi;
    if
    :: true ->
#ifdef LOCK_GIVEN_BACK_FIRST
        mark[w] = 255;
#endif
        committed = committed | mine
    :: true
    fi;
    mark[w] = 255;
    at_work--
}

byte cursor = 0;

/* Between any two of these steps, others go on. */
inline find_settled() {
#ifdef MARKS_BEFORE_THE_SEQUENCE
    least_mark();
    settled = (least < drawn -> least : drawn);
#else
    settled = drawn;
    least_mark();
    settled = (least < settled -> least : settled);
#endif
}
inline least_mark() {
    d_step {
        least = 255;
        for (other : 0 .. WRITERS - 1) {
            least = (mark[other] < least -> mark[other] : least)
        }
    }
}

inline read_on() {
#ifdef SNAPSHOT_FIRST
    snapshot = committed;
    find_settled();
#else
    find_settled();
    snapshot = committed;
#endif
    if
    :: most = 1
    :: most = 255 /* max_events */
    fi;
    d_step {
        number = cursor + 1;
        do
        :: number <= settled && most > 0 ->
            if
            :: snapshot & BIT(number) ->
                told_twice = told_twice || (told & BIT(number)) != 0;
                told = told | BIT(number);
                cursor = number;
                most--
            :: else
            fi;
            number++
        :: else -> break
        od;
        number = 0; snapshot = 0; settled = 0; least = 0; most = 0 /* no states of their own */
    }
    assert(!told_twice)
}

proctype reader() {
    byte settled, least, other, snapshot, number, most;
    bool told_twice = false;
    do
    :: at_work > 0 -> read_on()
    :: at_work == 0 -> break
    od;
    /* All have ended: one who reads on to the end has been told all that there is. */
    do
    :: cursor < drawn && (committed >> (cursor + 1)) -> read_on()
    :: else -> break
    od;
    bool an_event_is_missed = (committed != told);
    assert(!an_event_is_missed)
}

init {
    byte w;
    atomic {
        for (w : 0 .. WRITERS - 1) { run writer(w) }
        run reader()
    }
}
