// The steps that a caller repeats, prepares or takes back, each beside what the founding table offers for
// it. Their tables are filled by bench/steps.sql.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "bench/session.hpp"

namespace bench {

/** What one caller asks for, as text: with the session that it has already, and the hold that it gets. */
struct asked_step : wish {
    char session_id[16];
    char token[48];
};

/** Whom it asks. */
enum class target {
    free_slot,    ///< nobody has it
    booked_slot,  ///< the caller booked it under this key
    taken_slot,   ///< somebody else has booked it: all want the same one
    held_slot,    ///< somebody else is filling in the form for it: the same
    another_slot, ///< a free one, for the session that the caller has
};

using values = std::vector<const char*>;

struct statement {
    const char* text;
    values (*given)(const asked_step&);
    const char* expected; ///< the first column, or the SQLSTATE; nullptr where no error is enough
};

struct step {
    const char* name;
    const char* schema; ///< where its table of sessions stands; nullptr where it needs none
    target wanted;
    std::vector<statement> statements; ///< each in a transaction of its own
    double aim = 0;                    ///< as a ratio to the first step but the empty one
};

struct step_situation {
    const char* name;
    std::vector<step> steps; ///< an empty round trip, what the founding table offers, and ours
};

namespace given_to {
inline values nothing(const asked_step&) { return {}; }
inline values slot(const asked_step& a) { return arguments(given::slot, a); }
inline values instants(const asked_step& a) { return arguments(given::slot_and_instants, a); }
inline values key(const asked_step& a) { return arguments(given::slot_and_key, a); }
inline values token(const asked_step& a) { return {a.mentor, a.startup, a.date, a.time, a.token}; }
inline values session(const asked_step& a) { return {a.session_id, a.date, a.time}; }
inline values session_and_instants(const asked_step& a) {
    return {a.session_id, a.date, a.time, a.starts_at, a.ends_at};
}
} // namespace given_to

inline const statement empty{"SELECT 1", given_to::nothing, "1"};
inline const statement founding_insert{
    "INSERT INTO founding.mentor_startup_sessions"
    " (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)"
    " VALUES ($1, $2, $3, $4, $5, $6)",
    given_to::instants, nullptr};
inline const statement founding_refusal{founding_insert.text, given_to::instants, "23505"};
inline const statement founding_update{
    "UPDATE founding.mentor_startup_sessions"
    " SET session_date = $2, session_time = $3, starts_at = $4, ends_at = $5 WHERE id = $1",
    given_to::session_and_instants, nullptr};
inline const statement guarded_update{
    "UPDATE public.mentor_startup_sessions SET session_date = $2, session_time = $3 WHERE id = $1",
    given_to::session, nullptr};
inline const statement hold{"SELECT outcome, hold_token FROM hold_slot($1, $2, $3, $4)",
                            given_to::slot, "held"};
inline const statement confirmation{"SELECT * FROM book_session($1, $2, $3, $4, hold_token => $5)",
                                    given_to::token, "booked"};

inline statement refused_hold(const char* why) {
    return {"SELECT * FROM hold_slot($1, $2, $3, $4)", given_to::slot, why};
}

// clang-format off
inline const std::array step_situations{
    step_situation{"replay of a booking by its key", {
        {"empty round trip", nullptr, target::booked_slot, {empty}},
        {"founding: INSERT, refused", "founding", target::booked_slot, {founding_refusal}},
        {"replay, SELECT * FROM", "public", target::booked_slot,
         {{book_whole_with_key, given_to::key, "booked"}}},
        {"replay, outcome alone", "public", target::booked_slot,
         {{book_with_key, given_to::key, "booked"}}},
    }},
    step_situation{"hold, then confirmation", {
        {"empty round trip, twice", nullptr, target::free_slot, {empty, empty}},
        {"founding: two INSERTs", "founding", target::free_slot, {founding_insert, founding_insert}},
        {"hold_slot, book_session", "public", target::free_slot, {hold, confirmation}},
        {"hold_slot alone", "public", target::free_slot, {hold}},
    }},
    step_situation{"hold, refused", {
        {"empty round trip", nullptr, target::taken_slot, {empty}},
        {"founding: INSERT, refused", "founding", target::taken_slot, {founding_refusal}},
        {"hold_slot of a taken slot", "public", target::taken_slot, {refused_hold("slot_taken")}},
        {"hold_slot of a held slot", "public", target::held_slot, {refused_hold("slot_held")}},
        {"book_session of a held slot", "public", target::held_slot,
         {{book_whole, given_to::slot, "slot_held"}}},
    }},
    step_situation{"move to a free time", {
        {"empty round trip", nullptr, target::another_slot, {empty}},
        {"founding: UPDATE", "founding", target::another_slot, {founding_update}},
        {"slotguard: UPDATE", "public", target::another_slot, {guarded_update}},
        {"reschedule_session, SELECT * FROM", "public", target::another_slot,
         {{"SELECT * FROM reschedule_session($1, $2, $3)", given_to::session, "rescheduled"}}},
        {"reschedule_session, outcome alone", "public", target::another_slot,
         {{"SELECT (reschedule_session($1, $2, $3)).outcome", given_to::session, "rescheduled"}}},
    }},
};
// clang-format on

} // namespace bench
