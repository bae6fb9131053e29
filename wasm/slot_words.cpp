// A slot as the visitor reads it on a button and hears it from a screen reader.
#include "wasm/timestamp.hpp"

#include "wasm/slot_words.hpp"

namespace slotguard {
namespace {

/** The mentor's time of a slot, with the day where the two zones are not on the same one. */
std::string mentors_time(instant when, instant visitors_day, const visitor& who) {
    const wall_clock& clock = *who.mentor_clock;
    const reading mentors = clock.at(when);
    const std::string time = clock.time(when, {.with_seconds = mentors.second != 0});
    if (mentors.day == visitors_day)
        return time;
    return who.words->say("slots.day_and_time", {{"day", clock.day(when)}, {"time", time}});
}

std::string_view state_in_words(const slot& each, const visitor& who) {
    if (each.state == slot_state::closed && each.starts_at <= who.now)
        return who.words->find("states.in_the_past");
    return who.words->find("states." + std::string{word(each.state)});
}

} // namespace

slot read_slot_time(fields& row) {
    const std::string_view date = row.date("session_date");
    const std::string_view time = row.time("session_time");
    const instant starts_at = row.timestamp("starts_at");
    const instant ends_at = row.timestamp("ends_at");
    if (!interval::make(starts_at, ends_at))
        row.complain("ends_at", "a timestamp after starts_at", utc_text(ends_at));
    return {slot_key(date, time), starts_at, slot_state::available};
}

std::string describe(const slot& each, const shown_time& local, const visitor& who) {
    const std::string when =
        who.words->say("slots.day_and_time", {{"day", local.day_in_words}, {"time", local.time}});
    const std::string_view state = state_in_words(each, who);
    if (!who.mentor_clock)
        return who.words->say("slots.slot",
                              {{"when", when}, {"zone", who.clock->zone()}, {"state", state}});
    const std::string mentor_when = mentors_time(each.starts_at, local.day, who);
    return who.words->say("slots.slot_of_other_zone", {{"when", when},
                                                       {"zone", who.clock->zone()},
                                                       {"mentor_when", mentor_when},
                                                       {"mentor_zone", who.mentor_clock->zone()},
                                                       {"state", state}});
}

} // namespace slotguard
