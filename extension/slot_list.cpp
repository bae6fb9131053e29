#include <array>
#include <optional>

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
void add_available(const slot_query& query, interval starts, std::size_t how_many,
                   palloc_list<listed_slot>& slots) {
    slot_judge judge{query, starts, std::nullopt};
    for (auto start = judge.offered().next(starts.starts_at()); start && slots.size() < how_many;) {
        CHECK_FOR_INTERRUPTS();
        const listed_slot slot = slot_from(query, *start);
        const auto refused = judge.of_offered(*start, slot.local);
        if (!refused)
            slots.add(slot);
        const instant next =
            refused ? judge.hopeless_around(*start, *refused).ends_at() : *start + 1;
        start = judge.offered().next(next);
    }
}

/** How far from the wish alternatives are looked for. */
constexpr elapsed farthest_alternative = days(64);

/** Up to `how_many` starts that the mentor offers, whoever has booked them, nearest to `wish` first. */
std::span<const instant> nearest_offered(const slot_query& query, instant wish,
                                         std::size_t how_many, palloc_list<instant>& starts) {
    const auto [earliest, latest] = query.bookable;
    if (latest < earliest)
        return {};
    const instant centre = std::clamp(wish, earliest, latest);
    mentor_record& record = recall_mentor(query.tables.mentors, query.who.key);
    for (elapsed radius = 6 * one_hour;; radius *= 2) {
        starts.shorten(0);
        const instant first = std::max(centre - radius, earliest);
        const instant last = std::min(centre + radius, latest);
        const offered_times offered{record, query.length, *interval::make(first, last + 1)};
        for (auto start = offered.next(first); start; start = offered.next(*start + 1))
            starts.add(*start);
        if (starts.size() >= how_many || radius >= farthest_alternative)
            return nearest_first(starts.all(), wish, how_many);
    }
}

/** What was refused last on either side of a wish, so that what lies in the same day or beside the same
 *  session is not judged again. */
class hopeless_times {
  public:
    bool hold(instant start) const {
        return std::any_of(last_.begin(), last_.end(), [start](const auto& time) {
            return time && time->starts_at() <= start && start < time->ends_at();
        });
    }
    void add(interval time, bool is_before_wish) { last_[is_before_wish] = time; }

  private:
    std::array<std::optional<interval>, 2> last_{};
};

/** The first five of `starts`, which are the nearest to `wish` first, that the startup can book. */
palloc_list<listed_slot> first_available(const slot_query& query, std::int64_t startup_id,
                                         instant wish, std::span<const instant> starts) {
    palloc_list<listed_slot> found;
    if (starts.empty())
        return found;
    const auto [first, last] = std::minmax_element(starts.begin(), starts.end());
    slot_judge judge{query, *interval::make(*first, *last + 1),
                     wisher{.startup_id = startup_id, .minds_policies = false}};
    hopeless_times hopeless;
    for (instant start : starts) {
        CHECK_FOR_INTERRUPTS();
        if (hopeless.hold(start))
            continue;
        const listed_slot slot = slot_from(query, start);
        if (const auto refused = judge.of_offered(start, slot.local))
            hopeless.add(judge.hopeless_around(start, *refused), start < wish);
        else
            found.add(slot);
        if (found.size() == most_alternatives)
            break;
    }
    return found;
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
    palloc_list<instant> starts;
    // What the mentor offers is at hand, and what stands against it has to be read: so only as much
    // of that as mostly will do, and more where it does not.
    for (std::size_t how_many = most_alternatives + 3;; how_many *= 4) {
        const auto nearest = nearest_offered(query, wish, how_many, starts);
        const auto found = first_available(query, startup_id, wish, nearest);
        if (found.size() == most_alternatives || nearest.size() < how_many)
            return found;
    }
}

palloc_list<listed_slot> next_available(const slot_query& query, instant after,
                                        std::size_t how_many) {
    const bookable_range& bookable = query.bookable;
    palloc_list<listed_slot> found;
    if (after >= bookable.latest || !recall_mentor(query.tables.mentors, query.who.key).has_hours)
        return found;
    elapsed span = days(2); // grows, since what a mentor opens in years is worth few looks
    for (instant from = std::max(after + 1, bookable.earliest);
         from <= bookable.latest && found.size() < how_many;
         from += span, span = std::min(span * 2, days(1792))) {
        const instant end = std::min(from + span, bookable.latest + 1);
        add_available(query, *interval::make(from, end), how_many, found);
    }
    return found;
}

} // namespace slotguard
