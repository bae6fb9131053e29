// The decision on one wish, to book it, to hold it or to move a session there: queue for its half-hours,
// look, and look again where somebody else was there first.
#pragma once

#include <optional>

#include "extension/booking_keys.hpp"
#include "extension/booking_result.hpp"
#include "extension/booking_tables.hpp"
#include "extension/guard_locks.hpp"
#include "extension/judgement.hpp"
#include "extension/session_store.hpp"

namespace slotguard {

/** What a call asks for, by the settings that its mentor has now. */
struct request {
    booking_tables tables;
    session_wish wish;
    bookable_range bookable;
    /** The length that the caller named, if any. */
    std::optional<elapsed> named_length = std::nullopt;
    /** The session that is to be moved, and the time that it leaves: looked past, and locked too. */
    std::optional<std::int64_t> moved_session = std::nullopt;
    std::optional<claimed_time> leaves = std::nullopt;
    /** Whether the slot is to be held only: a startup holds only so many. */
    bool is_for_hold = false;

    slot_query query(Snapshot snapshot) const;
};

/** 42501 where arguments 0 and 1 are another mentor or another startup than the request's claims name:
 *  nobody books, or looks, as another. */
void check_is_own_wish(FunctionCallInfo fcinfo, const booking_tables& tables);

/** Arguments 0 to 4 of a call: the mentor, the startup, the date, the time and the duration, which alone
 *  may be NULL. */
request read_request(FunctionCallInfo fcinfo, const booking_tables& tables);

/** What came of it. */
struct decision {
    std::optional<refusal> refused;   ///< nothing where it can be granted
    std::optional<kept_booking> kept; ///< the key has been used already: nothing else was asked
    palloc_list<slot_hold> own_holds; ///< of that slot, which are used up by booking it
    palloc_list<slot_hold> expired;   ///< found on the way
    instant looked_at = 0;            ///< the moment of the look
    /** The mentor has changed settings in the meantime, the zone perhaps: what was asked for may be
     *  another time now. */
    bool is_outdated = false;

    /** Held from the count of the mentor's holds on, until the hold is written: see end_turn(). */
    std::optional<guard_lock> turn = std::nullopt;

    bool is_granted() const { return !refused && !kept && !is_outdated; }
};

/** Looks without a lock: what is refused here is refused, what is not may be by decide(). */
decision look(const request& call);

/** The half-hours of a wish that is granted are locked, so that it stays so. Else no lock is left
 *  behind, and the call has waited for nobody unless the time looked free. */
decision decide(const request& call);

/** Lets the next one count the mentor's holds: ours is written, or will not be. */
void end_turn(decision& found);

/** Up to five slots nearest to the wish that its startup could have. */
palloc_list<listed_slot> find_alternatives(const request& call);

/** The wish as an answer names it. */
session_facts facts_of(const request& call, text* mentor_id);

/** An answer that tells of a refusal, with alternatives where they are of use. */
booking_answer refusal_answer(const request& call, text* mentor_id, const refusal& refused);

} // namespace slotguard
