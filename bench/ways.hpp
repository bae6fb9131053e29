// The ways to book that are compared. Their tables and functions are made by bench/ways.sql.
#pragma once

#include <array>
#include <cstddef>

namespace bench {

/** How a way answers. */
enum class answer {
    nothing, ///< it asks nothing
    error,   ///< done, or an error for the one who came second
    outcome, ///< its first column says what came of it
};

struct way {
    const char* name;
    const char* schema;    ///< where its table of sessions stands
    const char* statement; ///< of ($1 mentor, $2 startup, $3 date, $4 time, $5, $6 its instants)
    int arguments;         ///< how many of them it takes
    answer answers;
    const char* refusal; ///< the SQLSTATE, or the outcome, for the one who came second
    bool may_deadlock;   ///< then 40P01 is a call that was not served, else the bench fails
};

// Whoever has no trigger to work out the instants is given them by its caller.
inline constexpr std::array ways{
    way{"empty round trip", nullptr, "SELECT 1", 0, answer::nothing, nullptr, false},
    way{"founding: INSERT, a unique index", "founding",
        "INSERT INTO founding.mentor_startup_sessions"
        " (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        6, answer::error, "23505", false},
    way{"ceiling: two more indexes, no guard", "ceiling",
        "INSERT INTO ceiling.mentor_startup_sessions"
        " (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        6, answer::error, "23505", false},
    way{"INSERT, two exclusion constraints", "exclusion",
        "INSERT INTO exclusion.mentor_startup_sessions"
        " (mentor_id, startup_id, session_date, session_time, starts_at, ends_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        6, answer::error, "23P01", true},
    way{"textbook: FOR UPDATE, check, INSERT", "parent_rows",
        "SELECT * FROM parent_rows.book($1, $2, $3, $4)", 4, answer::outcome, "slot_taken", false},
    way{"founding, caught in PL/pgSQL", "founding", "SELECT * FROM founding.book($1, $2, $3, $4)",
        4, answer::outcome, "slot_taken", false},
    way{"slotguard: INSERT", "public",
        "INSERT INTO public.mentor_startup_sessions"
        " (mentor_id, startup_id, session_date, session_time) VALUES ($1, $2, $3, $4)",
        4, answer::error, "23505", false},
    way{"book_session, SELECT * FROM", "public", "SELECT * FROM book_session($1, $2, $3, $4)", 4,
        answer::outcome, "slot_taken", false},
    way{"book_session, outcome alone", "public", "SELECT (book_session($1, $2, $3, $4)).outcome", 4,
        answer::outcome, "slot_taken", false},
};

constexpr std::size_t empty_round_trip = 0;
constexpr std::size_t founding = 1;
constexpr std::size_t exclusion = 3;
constexpr std::size_t guarded_insert = 6;
constexpr std::size_t first_call = 7;

} // namespace bench
