// What is asked of each way, and what slotguard aims at there.
#pragma once

#include <array>

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

inline constexpr std::array situations{
    situation{"win, commit off, empty tables",
              "off",
              false,
              crowd::spread,
              {0.68, 1.2, 0},
              {0.68, 1.2, 0}},
    situation{
        "win, commit on, empty tables", "on", false, crowd::spread, {0.85, 1.2, 0}, {0.85, 1.2, 0}},
    situation{
        "win, commit off, loaded tables", "off", true, crowd::spread, {0, 1.2, 0}, {0, 1.2, 0}},
    situation{"win, commit on, loaded tables", "on", true, crowd::spread, {0, 1.2, 0}, {0, 1.2, 0}},
    situation{"win, commit off, many slots of one mentor", "off", false, crowd::one_mentor, {}, {}},
    situation{"win, commit on, many slots of one mentor", "on", false, crowd::one_mentor, {}, {}},
    situation{"refusal, all on one slot, no hours",
              "off",
              false,
              crowd::one_slot,
              {0, 50, 0},
              {2.5, 0, 0.75}},
    situation{"refusal, all on one slot, five alternatives",
              "off",
              false,
              crowd::one_slot_with_hours,
              {},
              {}},
};

} // namespace bench
