#include "extension/slot_list.hpp"

#include "core/nearest.hpp"

#include "extension/judgement.hpp"

namespace slotguard {
namespace {

constexpr elapsed days(int count) { return count * one_day; }

listed_slot slot_from(const slot_query& query, instant start) {
    return {start, start + query.length, query.who.clock.local_of(start), slot_state::available};
}

/** Adds slots that can be booked until there are `how_many`, and jumps over what can't be. */
void add_available(const slot_query& query, interval starts, std::optional<wisher> wisher,
                   std::size_t how_many, palloc_list<listed_slot>& slots) {
    slot_judge judge{query, starts, wisher};
    for (auto start = judge.offered().next(starts.starts_at()); start && slots.size() < how_many;) {
        CHECK_FOR_INTERRUPTS();
        const listed_slot slot = slot_from(query, *start);
        const auto refused = judge.of_offered(*start, slot.local);
        if (!refused)
            slots.add(slot);
        const instant next = refused ? judge.next_chance(*start, *refused) : *start;
        start = judge.offered().next(std::max(next, *start + 1));
    }
}

/** Whether at least as many starts are offered within `starts` as alternatives are wanted. */
bool offers_enough(const slot_query& query, interval starts) {
    const offered_times offered{recall_mentor(query.tables, query.who.key), query.length, starts};
    std::size_t count = 0;
    for (auto start = offered.next(starts.starts_at()); start && count < most_alternatives;
         start = offered.next(*start + 1))
        ++count;
    return count == most_alternatives;
}

} // namespace

palloc_list<listed_slot> list_slots(const slot_query& query, interval starts) {
    palloc_list<listed_slot> slots;
    slot_judge judge{query, starts, std::nullopt};
    for (auto start = judge.offered().next(starts.starts_at()); start;
         start = judge.offered().next(*start + 1)) {
        listed_slot slot = slot_from(query, *start);
        slot.state = state_of(judge.of_offered(*start, slot.local));
        slots.add(slot);
    }
    return slots;
}

palloc_list<listed_slot> nearest_available(const slot_query& query, std::int64_t startup_id,
                                           instant wish) {
    const bookable_range bookable = query.who.bookable_at(query.now);
    const instant centre =
        std::clamp(wish, bookable.earliest, std::max(bookable.earliest, bookable.latest));
    const auto around = [centre](elapsed radius) {
        return *interval::make(centre - radius, centre + radius + 1);
    };
    palloc_list<listed_slot> found;
    if (!recall_mentor(query.tables, query.who.key).has_hours)
        return found;
    for (elapsed radius = 6 * one_hour; radius <= days(64); radius *= 2) {
        // What the mentor offers is at hand, and what stands against it has to be read.
        if (radius < days(64) && !offers_enough(query, around(radius)))
            continue;
        found.shorten(0);
        add_available(query, around(radius), wisher{startup_id, false}, SIZE_MAX, found);
        if (found.size() >= most_alternatives)
            break;
    }
    found.shorten(nearest_first(found.all(), wish));
    return found;
}

palloc_list<listed_slot> next_available(const slot_query& query, instant after,
                                        std::size_t how_many) {
    const bookable_range bookable = query.who.bookable_at(query.now);
    palloc_list<listed_slot> found;
    if (after >= bookable.latest || !recall_mentor(query.tables, query.who.key).has_hours)
        return found;
    elapsed span = days(2); // grows, since what a mentor opens in years is worth few looks
    for (instant from = std::max(after + 1, bookable.earliest);
         from <= bookable.latest && found.size() < how_many;
         from += span, span = std::min(span * 2, days(1792))) {
        const instant end = std::min(from + span, bookable.latest + 1);
        add_available(query, *interval::make(from, end), std::nullopt, how_many, found);
    }
    return found;
}

} // namespace slotguard
