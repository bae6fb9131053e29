// What is asked of each way, and what slotguard aims at there.
#pragma once

#include <array>

#include "bench/ways.hpp"
#include "bench/wish.hpp"

namespace bench {

/** A ratio that slotguard aims at, 0 where it aims at none. */
struct aim {
    double of_founding;
    double of_exclusion;
    double of_empty;
};

struct situation {
    const char* name;
    const char* synchronous_commit;
    bool loaded; ///< among the sessions of bench/load.sql, else in tables that begin empty
    crowd wants;
    aim insert; ///< of a plain INSERT
    aim call;   ///< of book_session
};

inline constexpr aim win_off{.of_founding = 0.55, .of_exclusion = 1.2, .of_empty = 0};
inline constexpr aim win_on{.of_founding = 0.78, .of_exclusion = 1.2, .of_empty = 0};
inline constexpr aim win_loaded{.of_founding = 0, .of_exclusion = 1.2, .of_empty = 0};
inline constexpr aim refused_insert{.of_founding = 0, .of_exclusion = 50, .of_empty = 0};
inline constexpr aim refused_call{.of_founding = 2.5, .of_exclusion = 0, .of_empty = 0.75};
inline constexpr aim none{};

// clang-format off
inline constexpr std::array situations{
    situation{"win, commit off, empty tables", "off", false, crowd::spread, win_off, win_off},
    situation{"win, commit on, empty tables", "on", false, crowd::spread, win_on, win_on},
    situation{"win, commit off, loaded tables", "off", true, crowd::spread, win_loaded, win_loaded},
    situation{"win, commit on, loaded tables", "on", true, crowd::spread, win_loaded, win_loaded},
    situation{"win, commit off, many slots of one mentor", "off", false, crowd::one_mentor, none, none},
    situation{"win, commit on, many slots of one mentor", "on", false, crowd::one_mentor, none, none},
    situation{"refusal, all on one slot, no hours", "off", false, crowd::one_slot,
              refused_insert, refused_call},
    situation{"refusal, all on one slot, five alternatives", "off", false,
              crowd::one_slot_with_hours, none, none},
};
// clang-format on

/** Whether a way is asked there: only wins on tables that begin empty show what a journal costs. */
constexpr bool is_asked(const way& asked, const situation& in) {
    return asked.events == journal::kept || (!in.loaded && everybody_wins(in.wants));
}

} // namespace bench
