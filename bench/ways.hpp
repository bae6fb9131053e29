// The ways to book that are compared. Their tables and functions are made by bench/ways.sql.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace bench {

/** How a way answers. */
enum class answer {
    nothing, ///< it asks nothing
    error,   ///< done, or an error for the one who came second
    outcome, ///< its first column says what came of it
};

/** What a statement is given of a wish, in this order. */
enum class given {
    nothing,
    slot,              ///< mentor, startup, date, time
    slot_and_instants, ///< and when it starts and ends
    slot_and_key,      ///< and the caller's idempotency key
};

/** The way whose events nobody writes down: the same tables and functions, in a database whose journal is
 *  switched off. */
enum class journal { kept, off };

struct way {
    const char* name;
    const char* schema; ///< where its table of sessions stands
    const char* statement;
    given takes;
    answer answers;
    const char* refusal; ///< the SQLSTATE, or the outcome, for the one who came second
    bool may_deadlock;   ///< then 40P01 is a call that was not served, else the bench fails
    journal events = journal::kept;
};

inline constexpr const char* insert_slot =
    "INSERT INTO public.mentor_startup_sessions"
    " (mentor_id, startup_id, session_date, session_time) VALUES ($1, $2, $3, $4)";
inline constexpr const char* insert_with_key =
    "INSERT INTO public.mentor_startup_sessions"
    " (mentor_id, startup_id, session_date, session_time, idempotency_key)"
    " VALUES ($1, $2, $3, $4, $5)";
inline constexpr const char* book_whole = "SELECT * FROM book_session($1, $2, $3, $4)";
inline constexpr const char* book_whole_with_key =
    "SELECT * FROM book_session($1, $2, $3, $4, idempotency_key => $5)";
inline constexpr const char* book_with_key =
    "SELECT (book_session($1, $2, $3, $4, idempotency_key => $5)).outcome";

// Whoever has no trigger to work out the instants is given them by its caller.
inline constexpr std::array ways{
    way{"empty round trip", nullptr, "SELECT 1", given::nothing, answer::nothing, nullptr, false},
    way{"founding: INSERT, a unique index", "founding",
        "INSERT INTO founding.mentor_startup_sessions"
        " (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        given::slot_and_instants, answer::error, "23505", false},
    way{"ceiling: two more indexes, no guard", "ceiling",
        "INSERT INTO ceiling.mentor_startup_sessions"
        " (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        given::slot_and_instants, answer::error, "23505", false},
    way{"INSERT, two exclusion constraints", "exclusion",
        "INSERT INTO exclusion.mentor_startup_sessions"
        " (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        given::slot_and_instants, answer::error, "23P01", true},
    way{"textbook: FOR UPDATE, check, INSERT", "parent_rows",
        "SELECT * FROM parent_rows.book($1, $2, $3, $4)", given::slot, answer::outcome,
        "slot_taken", false},
    way{"founding, caught in PL/pgSQL", "founding", "SELECT * FROM founding.book($1, $2, $3, $4)",
        given::slot, answer::outcome, "slot_taken", false},
    way{"slotguard: INSERT", "public", insert_slot, given::slot, answer::error, "23505", false},
    way{"book_session, SELECT * FROM", "public", book_whole, given::slot, answer::outcome,
        "slot_taken", false},
    way{"book_session, outcome alone", "public", "SELECT (book_session($1, $2, $3, $4)).outcome",
        given::slot, answer::outcome, "slot_taken", false},
    way{"INSERT with a key", "public", insert_with_key, given::slot_and_key, answer::error, "23505",
        false},
    way{"with a key, SELECT * FROM", "public", book_whole_with_key, given::slot_and_key,
        answer::outcome, "slot_taken", false},
    way{"with a key, outcome alone", "public", book_with_key, given::slot_and_key, answer::outcome,
        "slot_taken", false},
    way{"no journal: INSERT", "public", insert_slot, given::slot, answer::error, "23505", false,
        journal::off},
    way{"no journal: SELECT * FROM", "public", book_whole, given::slot, answer::outcome,
        "slot_taken", false, journal::off},
    way{"no journal: with a key, SELECT * FROM", "public", book_whole_with_key, given::slot_and_key,
        answer::outcome, "slot_taken", false, journal::off},
};

constexpr std::size_t empty_round_trip = 0;
constexpr std::size_t founding = 1;
constexpr std::size_t exclusion = 3;
constexpr std::size_t guarded_insert = 6;
constexpr std::size_t first_call = 7;

/** Whether a way is one of ours, for which slotguard has an aim. */
constexpr bool is_ours(const way& asked) {
    return asked.schema && asked.schema == std::string_view{"public"};
}

} // namespace bench
