/* The small world: two steps of time, as long as one lock covers, in two halves each; two mentors;
 * two startups.
 *
 * A session is one byte, 0 Z S M hhhh: its halves, its mentor, its startup. Z marks one that was
 * given another zone: it takes the second step, and its date and time are those of the first.
 * Zero is no session, or one that is not scheduled. */

#define NOTHING 0
#define HALVES  15
#define MENTOR  16
#define STARTUP 32
#define ZONE    64

/* Sessions within a step that touch or overlap, in one step, across both. */
#define FIRST_HALF  1
#define SECOND_HALF 2
#define FIRST_STEP  3
#define BOTH_STEPS  6
#define SECOND_STEP 12
#define OTHER_ZONE  (SECOND_STEP | ZONE)

#define SAME(a, b, who)  (((a) & (who)) == ((b) & (who)))
#define LOWEST(set)      ((set) & -(set))

/* What the guard forbids: shared time of a mentor or of a startup. */
#define OVERLAP(a, b, who)  (((a) & (b) & HALVES) && SAME(a, b, who))
#define CONFLICT(a, b)      (OVERLAP(a, b, MENTOR) || OVERLAP(a, b, STARTUP))

/* What unique_mentor_time_slot forbids: a mentor's date and time twice. */
#define KEY(a)          (((a) & ZONE) -> 1 : LOWEST((a) & HALVES))
#define SAME_KEY(a, b)  ((a) && (b) && SAME(a, b, MENTOR) && KEY(a) == KEY(b))

/* The guard's locks of a session, a bit each: the mentors' two steps each, and the startups'. The
 * step of the key is locked too, on the mentor's side. */
#define STEPS(a)          ((((a) & 3) -> 1 : 0) | (((a) & 12) -> 2 : 0))
#ifdef NO_LOCK_FOR_THE_KEY
#define KEY_STEP(a)       0
#else
#define KEY_STEP(a)       (((a) & ZONE) -> 1 : 0)
#endif
#define MENTOR_LOCKS(a)   ((STEPS(a) | KEY_STEP(a)) << (((a) & MENTOR) -> 2 : 0))
#ifdef ONLY_MENTOR_SIDE_LOCKED
#define STARTUP_LOCKS(a)  0
#else
#define STARTUP_LOCKS(a)  (STEPS(a) << (((a) & STARTUP) -> 6 : 4))
#endif
#define LOCKS(a)          (MENTOR_LOCKS(a) | STARTUP_LOCKS(a))

/* Both steps are of one day. The mentor without the bit may take only so many sessions in it, and
 * a call for that mentor then locks the day. */
#define NO_LIMIT          9
#define OF_LIMITED(a)     ((a) && !((a) & MENTOR))
byte most = NO_LIMIT;
bit only_calls; /* in this world nobody writes plainly */
#ifdef NO_LIMIT_LOCK
#define DAY_LOCK(a)       0
#else
#define DAY_LOCK(a)       ((most != NO_LIMIT && OF_LIMITED(a)) -> 256 : 0)
#endif

/* The order in which locks are taken: the mentors' side first, the day last. Within a side any
 * order would do. */
#ifdef LIMIT_FIRST
#define FIRST(set)        (((set) & 256) -> 256 : LOWEST(set))
#elif defined(STARTUP_SIDE_FIRST)
#define FIRST(set)        (((set) & 240) -> LOWEST((set) & 240) : LOWEST(set))
#else
#define FIRST(set)        LOWEST(set)
#endif
