// The list of slots as days in the visitor's zone: read all, sort, group, and only then say.
#include "wasm/timestamp.hpp"

#include <algorithm>
#include <utility>

#include "wasm/slot_words.hpp"

#include "wasm/answers.hpp"

namespace slotguard {
namespace {

struct shown_slot {
    slot what;
    reading local;
};

slot read_slot(fields& row) {
    slot read = read_slot_time(row);
    const std::string_view given = row.text("state");
    const auto state = slot_state_from_word(given);
    if (!state)
        row.complain("state", "\"available\", \"booked\", \"held\" or \"closed\"", given);
    read.state = state.value_or(slot_state::closed);
    return read;
}

std::vector<shown_slot> in_order(std::vector<slot> slots, const wall_clock& clock) {
    std::vector<shown_slot> shown;
    shown.reserve(slots.size());
    for (slot& each : slots) {
        const reading local = clock.at(each.starts_at);
        shown.push_back({std::move(each), local});
    }
    // By date first: a clock put back at midnight shows the end of a day after the next began.
    std::stable_sort(shown.begin(), shown.end(), [](const shown_slot& a, const shown_slot& b) {
        return std::pair{a.local.day, a.what.starts_at} < std::pair{b.local.day, b.what.starts_at};
    });
    return shown;
}

void add_slot(answer& to, const shown_slot& each, const std::string& day, bool put_back,
              const visitor& who) {
    const instant when = each.what.starts_at;
    const time_style style{.with_seconds = each.local.second != 0,
                           .with_offset = put_back && who.clock->shows_twice(when)};
    const std::string label = who.clock->time(when, style);
    to.add(each.what.key);
    to.add(utc_text(when));
    to.add(label);
    to.add(describe(each.what, {each.local.day, day, label}, who));
    to.add(word(each.what.state));
}

using slot_iterator = std::vector<shown_slot>::const_iterator;

void add_day(answer& to, slot_iterator first, slot_iterator last, const visitor& who) {
    const instant begins = first->what.starts_at;
    const std::string day = who.clock->day(begins);
    const bool put_back = who.clock->put_back_near(begins, (last - 1)->what.starts_at);
    to.add(date_text(first->local.day));
    to.add(heading(first->local.day, day, who));
    to.add(std::to_string(last - first));
    for (auto each = first; each != last; ++each)
        add_slot(to, *each, day, put_back, who);
}

} // namespace

std::string format_slots(joined_fields& asked) {
    complaint wrong;
    std::vector<slot> rows = read_rows(asked, "slots", wrong, read_slot);
    const auto who = read_visitor(asked, std::nullopt, wrong);
    if (!who)
        return wrong.as_answer();

    const std::vector<shown_slot> shown = in_order(std::move(rows), *who->clock);
    answer days;
    for (auto first = shown.begin(); first != shown.end();) {
        const auto last = std::find_if(first, shown.end(), [&](const shown_slot& each) {
            return each.local.day != first->local.day;
        });
        add_day(days, first, last, *who);
        first = last;
    }
    return days.take();
}

} // namespace slotguard
