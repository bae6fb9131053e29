// What is asked about the mentors of bench/calendars.sql: the list of thirty days full of rules,
// overrides and sessions, and refusals that have to look for five free times in it.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "bench/session.hpp"

namespace bench {

/** One mentor, and thirty days of him or her. */
struct calendar {
    std::string mentor;
    std::string time_zone;
    std::string first_day;
    std::string last_day;
    std::string taken_date; ///< of a session in the middle
    std::string taken_time;
};

/** What a question is about, and so what its statement takes. */
enum class about {
    nothing,
    thirty_days, ///< the list, of ($1 mentor, $2 first day, $3 last day)
    first_free,  ///< the first five free times, of ($1 mentor, $2 first day)
    taken_time,  ///< a refusal, of ($1 mentor, $2 startup, $3 date, $4 time)
    late_time,   ///< the same, for an hour at which the mentor is never there
};

struct question {
    const char* name;
    const char* statement;
    about what;
};

inline constexpr std::array questions{
    question{"empty round trip", "SELECT 1", about::nothing},
    question{"list in SQL, NOT EXISTS", "SELECT * FROM in_sql.list($1, $2, $3)",
             about::thirty_days},
    question{"list in SQL, range_agg", "SELECT * FROM in_sql.list_by_ranges($1, $2, $3)",
             about::thirty_days},
    question{"available_slots", "SELECT * FROM available_slots($1, $2, $3)", about::thirty_days},
    question{"next_available_slots, five",
             "SELECT * FROM next_available_slots($1, $2::date::timestamptz, 5)", about::first_free},
    question{"slot_taken, SELECT * FROM", "SELECT * FROM book_session($1, $2, $3, $4)",
             about::taken_time},
    question{"slot_taken, outcome alone", "SELECT (book_session($1, $2, $3, $4)).outcome",
             about::taken_time},
    question{"mentor_unavailable, SELECT * FROM", "SELECT * FROM book_session($1, $2, $3, $4)",
             about::late_time},
    question{"mentor_unavailable, outcome alone", "SELECT (book_session($1, $2, $3, $4)).outcome",
             about::late_time},
};

constexpr std::size_t nothing_asked = 0;
constexpr std::size_t list_by_exists = 1;
constexpr std::size_t list_by_ranges = 2;
constexpr std::size_t list_by_slotguard = 3;
constexpr std::size_t whole_refusal = 5;

constexpr bool is_refused(about what) {
    return what == about::taken_time || what == about::late_time;
}

std::vector<calendar> read_calendars(PGconn* connection);

/** Prepares what `call` executes. */
void prepare(PGconn* connection, const question& asked);

/** Asks; an answer that no such question should get ends the bench. */
void call(PGconn* connection, const question& asked, const calendar& of);

/** Ends the bench unless all lists have the same rows, and the refusals name five free times. */
void check_answers(PGconn* connection, const calendar& of);

} // namespace bench
