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

/**
 * By date first: a clock put back at midnight shows the end of a day after the next began. Those of one
 * instant stay as they were given.
 */
bool comes_before(const shown_slot& a, const shown_slot& b) {
    if (a.local.day != b.local.day)
        return a.local.day < b.local.day;
    if (a.what.starts_at != b.what.starts_at)
        return a.what.starts_at < b.what.starts_at;
    return a.what.session_date.data() < b.what.session_date.data();
}

std::vector<shown_slot> in_order(const std::vector<slot>& slots, const wall_clock& clock) {
    std::vector<shown_slot> shown;
    shown.reserve(slots.size());
    for (const slot& each : slots)
        shown.push_back({each, clock.at(each.starts_at)});
    // As the database lists them they are so already; of the ways to sort, this is the shortest code.
    if (!std::is_sorted(shown.begin(), shown.end(), comes_before)) {
        std::make_heap(shown.begin(), shown.end(), comes_before);
        std::sort_heap(shown.begin(), shown.end(), comes_before);
    }
    return shown;
}

void add_slot(answer& to, const shown_slot& each, const std::string& day, bool put_back,
              const visitor& who, slot_writer& writer) {
    const instant when = each.what.starts_at;
    const time_style style{.with_seconds = each.local.second != 0,
                           .with_offset = put_back && who.clock->shows_twice(when)};
    const bool plain = !style.with_seconds && !style.with_offset;
    const std::string other = plain ? std::string{} : who.clock->time(when, style);
    const std::string_view label = plain ? who.clock->label(each.local) : other;
    write_slot_key(to.field(), each.what.session_date, each.what.session_time);
    write_utc(to.field(), when);
    to.add(label);
    writer.describe(to.field(), each.what, {each.local, day, label});
    to.add(word(each.what.state));
}

using slot_iterator = std::vector<shown_slot>::const_iterator;

void add_day(answer& to, slot_iterator first, slot_iterator last, const visitor& who,
             slot_writer& writer) {
    const instant begins = first->what.starts_at;
    const std::string day = who.clock->day(begins);
    const bool put_back = who.clock->put_back_near(begins, (last - 1)->what.starts_at);
    to.add(date_text(first->local.day));
    to.add(heading(first->local.day, day, who));
    to.add(std::to_string(last - first));
    for (auto each = first; each != last; ++each)
        add_slot(to, *each, day, put_back, who, writer);
}

} // namespace

answer format_slots(joined_fields& asked) {
    complaint wrong;
    const std::vector<slot> rows = read_rows(asked, "slots", wrong, read_slot);
    const auto who = read_visitor(asked, std::nullopt, wrong);
    if (!who)
        return wrong.as_answer();

    constexpr std::size_t about_a_slot = 200; // bytes
    const std::vector<shown_slot> shown = in_order(rows, *who->clock);
    slot_writer writer{*who};
    answer days;
    days.reserve(shown.size() * about_a_slot);
    for (auto first = shown.begin(); first != shown.end();) {
        const auto last = std::find_if(first, shown.end(), [&](const shown_slot& each) {
            return each.local.day != first->local.day;
        });
        add_day(days, first, last, *who, writer);
        first = last;
    }
    return days;
}

} // namespace slotguard
