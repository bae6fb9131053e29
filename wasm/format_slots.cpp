// The list of slots as days in the visitor's zone: read all, sort, group, and only then say.
#include "wasm/timestamp.hpp"

#include <algorithm>
#include <utility>

#include "wasm/slot_words.hpp"

#include "wasm/format_slots.hpp"

using emscripten::val;

namespace slotguard {
namespace {

struct shown_slot {
    slot what;
    reading local;
};

slot read_slot(const fields& row) {
    slot read = read_slot_time(row);
    const auto state = slot_state_from_word(row.text("state"));
    if (!state)
        row.complain("state", "\"available\", \"booked\", \"held\" or \"closed\"");
    read.state = state.value_or(slot_state::closed);
    return read;
}

std::vector<shown_slot> in_order(std::vector<slot> slots, const wall_clock& clock) {
    std::vector<shown_slot> shown;
    shown.reserve(slots.size());
    for (slot& each : slots) {
        reading local = clock.at(each.starts_at);
        shown.push_back({std::move(each), std::move(local)});
    }
    // By date first: a clock put back at midnight shows the end of a day after the next began.
    std::stable_sort(shown.begin(), shown.end(), [](const shown_slot& a, const shown_slot& b) {
        return std::pair{a.local.day, a.what.starts_at} < std::pair{b.local.day, b.what.starts_at};
    });
    return shown;
}

/** The day in words, said to be today or tomorrow where it is. */
std::string heading(instant day, const std::string& in_words, const visitor& who) {
    const instant today = who.clock->at(who.now).day;
    if (day == today)
        return say(who.words->today, {{"day", in_words}});
    if (day == today + one_day)
        return say(who.words->tomorrow, {{"day", in_words}});
    return in_words;
}

val slot_object(const shown_slot& each, const std::string& day, bool put_back, const visitor& who) {
    const instant when = each.what.starts_at;
    const time_style style{.with_seconds = each.local.second != 0,
                           .with_offset = put_back && who.clock->shows_twice(when)};
    const std::string label = who.clock->time(when, style);
    val object = val::object();
    object.set("key", each.what.key);
    object.set("startsAt", utc_text(when));
    object.set("label", label);
    object.set("description", describe(each.what, {each.local.day, day, label}, who));
    object.set("state", std::string{word(each.what.state)});
    object.set("bookable", each.what.state == slot_state::available);
    return object;
}

using slot_iterator = std::vector<shown_slot>::const_iterator;

val day_object(slot_iterator first, slot_iterator last, const visitor& who) {
    const instant begins = first->what.starts_at;
    const std::string day = who.clock->day(begins);
    const bool put_back = who.clock->put_back_near(begins, (last - 1)->what.starts_at);
    val slots = val::array();
    for (auto each = first; each != last; ++each)
        slots.call<void>("push", slot_object(*each, day, put_back, who));
    val object = val::object();
    object.set("date", date_text(first->local.day));
    object.set("heading", heading(first->local.day, day, who));
    object.set("slots", slots);
    return object;
}

} // namespace

val format_slots(val slots, val options) {
    complaint wrong;
    std::vector<slot> rows = read_rows(slots, "slots", wrong, read_slot);
    const auto who = read_visitor(options, std::nullopt, wrong);
    if (!who)
        return wrong.as_error();

    const std::vector<shown_slot> shown = in_order(std::move(rows), *who->clock);
    val days = val::array();
    for (auto first = shown.begin(); first != shown.end();) {
        const auto last = std::find_if(first, shown.end(), [&](const shown_slot& each) {
            return each.local.day != first->local.day;
        });
        days.call<void>("push", day_object(first, last, *who));
        first = last;
    }
    return days;
}

} // namespace slotguard
