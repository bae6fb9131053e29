#include "core/nearest.hpp"

#include "extension/slot_list.hpp"

#include "extension/mentor_hours.hpp"

namespace slotguard {
namespace {

/** A mentor's sessions, ordered so that one look tells whether any shares time with a slot. */
class busy_times {
  public:
    explicit busy_times(palloc_list<scheduled_session> sessions) {
        const auto all = sessions.all();
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            return a.when.starts_at() < b.when.starts_at();
        });
        instant latest_end = DT_NOBEGIN;
        for (const scheduled_session& session : all) {
            latest_end = std::max(latest_end, session.when.ends_at());
            starts_.add(session.when.starts_at());
            latest_ends_.add(latest_end);
            locals_.add(session.local);
        }
        std::sort(locals_.all().begin(), locals_.all().end());
    }

    /** Whether a session shares time with `slot`, or stands in the unique index at its local time. */
    bool takes(const listed_slot& slot) const {
        const auto starts = starts_.all();
        const auto later = std::lower_bound(starts.begin(), starts.end(), slot.ends_at);
        const std::size_t before = std::size_t(later - starts.begin());
        return (before > 0 && latest_ends_[before - 1] > slot.starts_at) ||
               std::binary_search(locals_.all().begin(), locals_.all().end(), slot.local);
    }

  private:
    palloc_list<instant> starts_;
    palloc_list<instant> latest_ends_; ///< of the sessions up to and including this one
    palloc_list<local_time> locals_;
};

/** Adds the grid's starts in one stretch. A repeated local time is listed once, as it is read. */
void add_grid(const slot_query& query, interval stretch, interval starts,
              std::span<const interval> time_off, palloc_list<listed_slot>& slots) {
    const elapsed step = query.who.slot_duration;
    const instant last = std::min(stretch.ends_at() - query.length, starts.ends_at() - 1);
    for (instant at = first_start(stretch, step, starts.starts_at()); at <= last; at += step) {
        CHECK_FOR_INTERRUPTS();
        const listed_slot slot{at, at + query.length, query.who.clock.local_of(at),
                               slot_state::available};
        if (!overlaps_any(slot.when(), time_off) &&
            query.who.clock.reading_of(slot.local) == slot.starts_at)
            slots.add(slot);
    }
}

palloc_list<listed_slot> available_among(const palloc_list<listed_slot>& slots) {
    palloc_list<listed_slot> found;
    for (const listed_slot& slot : slots.all())
        if (slot.state == slot_state::available)
            found.add(slot);
    return found;
}

constexpr elapsed days(int count) { return count * one_day; }

} // namespace

slot_list list_slots(const slot_query& query, interval starts) {
    const interval window = *interval::make(starts.starts_at(), starts.ends_at() + query.length);
    mentor_record& record = recall_mentor(query.tables, query.who.key);
    slot_list list{.has_hours = record.has_hours, .slots = {}};
    if (!record.has_hours)
        return list;
    for (interval stretch : find_stretches(record, window))
        add_grid(query, stretch, starts, record.time_off.all(), list.slots);
    if (list.slots.empty())
        return list;

    const busy_times busy{find_sessions_around(query.sessions, query.who, window, query.snapshot)};
    const bookable_range bookable = query.who.bookable_at(query.now);
    for (listed_slot& slot : list.slots.all())
        if (bookable.judge(slot.starts_at) != booking_window::inside)
            slot.state = slot_state::closed;
        else if (busy.takes(slot))
            slot.state = slot_state::booked;
    return list;
}

palloc_list<listed_slot> nearest_available(const slot_query& query, instant wish) {
    const bookable_range bookable = query.who.bookable_at(query.now);
    const instant centre =
        std::clamp(wish, bookable.earliest, std::max(bookable.earliest, bookable.latest));
    palloc_list<listed_slot> found;
    for (int radius : {1, 8, 64}) {
        const slot_list list =
            list_slots(query, *interval::make(centre - days(radius), centre + days(radius) + 1));
        if (!list.has_hours)
            return found;
        found = available_among(list.slots);
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
    if (after >= bookable.latest)
        return found;
    elapsed span = days(28); // grows, since what a mentor opens in years is worth few looks
    for (instant from = std::max(after + 1, bookable.earliest);
         from <= bookable.latest && found.size() < how_many;
         from += span, span = std::min(span * 2, days(1792))) {
        CHECK_FOR_INTERRUPTS();
        const instant end = std::min(from + span, bookable.latest + 1);
        const slot_list list = list_slots(query, *interval::make(from, end));
        if (!list.has_hours)
            break;
        for (const listed_slot& slot : available_among(list.slots).all())
            found.add(slot);
    }
    found.shorten(std::min(found.size(), how_many));
    return found;
}

} // namespace slotguard
