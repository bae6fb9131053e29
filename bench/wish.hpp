// What a measured caller wants: the slots of every situation, each a function of a number alone, so
// that ways to book are asked for the same things and bench/load.sql can leave room between them.
#pragma once

#include <chrono>
#include <cstdio>

namespace bench {

/** Whom the callers want. */
enum class crowd {
    spread,              ///< many mentors, each half-hour of each once: everybody wins
    one_mentor,          ///< one mentor, each half-hour once, in no order: everybody wins
    one_slot,            ///< one slot, taken already, of a mentor who has set no hours
    one_slot_with_hours, ///< the same of a mentor with hours: a refusal names alternatives
};

constexpr bool everybody_wins(crowd wants) {
    return wants == crowd::spread || wants == crowd::one_mentor;
}

/** The arguments of a call, as text. The instants are for ways whose caller works them out. */
struct wish {
    char mentor[32];
    char startup[16];
    char date[16];
    char time[16];
    char starts_at[32];
    char ends_at[32];
    char key[48]; ///< an idempotency key, another one for each wish
};

// The same in bench/load.sql.
constexpr long mentors = 2000;
constexpr long startups = 10'000;

// The half-hours of 57 years, and a step that visits them all: two callers at the same moment want
// different hours, as visitors do.
constexpr long half_hours_of_one = 1'000'000;
constexpr long step_through_them = 700'001;

inline void write_instant(char (&text)[32], std::chrono::sys_days first_day, long half_hour) {
    const std::chrono::year_month_day day{first_day + std::chrono::days{half_hour / 48}};
    std::snprintf(text, sizeof text, "%04d-%02u-%02u %02ld:%02ld+00", int(day.year()),
                  unsigned(day.month()), unsigned(day.day()), half_hour % 48 / 2,
                  half_hour % 2 * 30);
}

/** A mentor's half-hour, counted from midnight UTC of the first day, for a startup. */
inline wish wish_for(const char* mentor, long startup, long half_hour,
                     std::chrono::sys_days first_day) {
    wish made;
    std::snprintf(made.mentor, sizeof made.mentor, "%s", mentor);
    std::snprintf(made.startup, sizeof made.startup, "%ld", startup);
    write_instant(made.starts_at, first_day, half_hour);
    write_instant(made.ends_at, first_day, half_hour + 1);
    std::snprintf(made.date, sizeof made.date, "%.10s", made.starts_at);
    std::snprintf(made.time, sizeof made.time, "%.5s", made.starts_at + 11);
    made.key[0] = '\0';
    return made;
}

/**
 * Slot `number` of the mentors' even half-hours (which bench/load.sql fills) or odd ones (which it
 * leaves free, so that whoever books has a neighbour on both sides). In one half-hour every mentor
 * has another startup, and each startup goes from mentor to mentor: nobody is ever busy.
 */
inline wish spread_wish(long number, bool loaded, std::chrono::sys_days first_day) {
    const long mentor = number % mentors;
    const long half_hour = number / mentors * 2 + (loaded ? 0 : 1);
    char name[32];
    std::snprintf(name, sizeof name, "mentor %ld", mentor);
    return wish_for(name, 1 + (5 * mentor + half_hour) % startups, half_hour, first_day);
}

/** As long as a UUID, and in as little order. */
inline void write_key(char (&text)[48], long number) {
    const unsigned long mixed = static_cast<unsigned long>(number) * 0x9e37'79b9'7f4a'7c15;
    std::snprintf(text, sizeof text, "%08lx-%04lx-4000-8000-%012lx", mixed >> 32,
                  mixed >> 16 & 0xffff, static_cast<unsigned long>(number));
}

/** The startups of the other crowds have nothing else to do: it is the mentor that they lack. */
inline wish slot_number(long number, crowd wants, std::chrono::sys_days first_day) {
    const long idle_startup = startups + 1 + number % startups;
    switch (wants) {
    case crowd::spread: return spread_wish(number, false, first_day);
    case crowd::one_mentor:
        return wish_for("popular", idle_startup, number * step_through_them % half_hours_of_one,
                        first_day);
    case crowd::one_slot: return wish_for("taken", idle_startup, 0, first_day);
    case crowd::one_slot_with_hours:
        return wish_for("taken with hours", idle_startup, 0, first_day);
    }
    __builtin_unreachable();
}

inline wish wish_number(long number, crowd wants, std::chrono::sys_days first_day) {
    wish made = slot_number(number, wants, first_day);
    write_key(made.key, number);
    return made;
}

} // namespace bench
