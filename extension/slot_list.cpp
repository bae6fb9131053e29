#include "core/nearest.hpp"

#include "extension/slot_list.hpp"

#include "extension/mentor_hours.hpp"
#include "extension/session_row.hpp"

namespace slotguard {
namespace {

/** Somebody's sessions in order, so that one look tells whether any shares time with a slot. */
class busy_times {
  public:
    explicit busy_times(const palloc_list<scheduled_session>& sessions) {
        for (const scheduled_session& session : sessions.all())
            times_.add(session.when);
        std::sort(times_.all().begin(), times_.all().end(),
                  [](interval a, interval b) { return a.starts_at() < b.starts_at(); });
    }

    bool overlap(interval time) const {
        const auto all = times_.all();
        const auto later = std::partition_point(
            all.begin(), all.end(), [&](interval t) { return t.ends_at() <= time.starts_at(); });
        return later != all.end() && later->overlaps(time);
    }

  private:
    palloc_list<interval> times_; ///< apart from each other, so ordered by their ends too
};

/** What stands against the slots of a mentor that start within `starts`. */
class taken_times {
  public:
    taken_times(const slot_query& query, interval starts)
        : around_{query.who.around}, busy_{find_sessions(
                                         query.sessions, whose::mentor, query.who.key,
                                         around_.kept_free_around(starts.widened(0, query.length)),
                                         query.snapshot)},
          locals_{find_local_times(query.sessions, query.who.key,
                                   date_of(query.who.clock.local_of(starts.starts_at())) - 1,
                                   date_of(query.who.clock.local_of(starts.ends_at())) + 1,
                                   query.snapshot)} {
        std::sort(locals_.all().begin(), locals_.all().end());
    }

    /** Whether a session shares time with `slot`, or stands in the unique index at its local time. */
    bool takes(const listed_slot& slot) const {
        return busy_.overlap(slot.when()) ||
               std::binary_search(locals_.all().begin(), locals_.all().end(), slot.local);
    }
    bool leaves_too_little_room(const listed_slot& slot) const {
        return busy_.overlap(around_.kept_free_around(slot.when()));
    }

  private:
    buffers around_;
    busy_times busy_;
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

/** Every start that hours and time off offer within `starts`. */
palloc_list<listed_slot> offered_slots(const slot_query& query, mentor_record& record,
                                       interval starts) {
    palloc_list<listed_slot> slots;
    for (interval stretch : find_stretches(record, starts.widened(0, query.length)))
        add_grid(query, stretch, starts, record.time_off.all(), slots);
    return slots;
}

palloc_list<listed_slot> available_among(const palloc_list<listed_slot>& slots) {
    palloc_list<listed_slot> found;
    for (const listed_slot& slot : slots.all())
        if (slot.state == slot_state::available)
            found.add(slot);
    return found;
}

/** Takes out what shares time with a session that the startup has, with whatever mentor. */
void keep_free_of(const slot_query& query, std::int64_t startup_id,
                  palloc_list<listed_slot>& slots) {
    if (slots.empty())
        return;
    const interval window = *interval::make(slots[0].starts_at, slots[slots.size() - 1].ends_at);
    const busy_times own{find_sessions(query.sessions, whose::startup,
                                       startup_datum(query.sessions, startup_id), window,
                                       query.snapshot)};
    std::size_t kept = 0;
    for (const listed_slot& slot : slots.all())
        if (!own.overlap(slot.when()))
            slots[kept++] = slot;
    slots.shorten(kept);
}

constexpr elapsed days(int count) { return count * one_day; }

} // namespace

slot_list list_slots(const slot_query& query, interval starts) {
    mentor_record& record = recall_mentor(query.tables, query.who.key);
    slot_list list{.has_hours = record.has_hours, .slots = {}};
    if (!record.has_hours)
        return list;
    list.slots = offered_slots(query, record, starts);
    if (list.slots.empty())
        return list;

    const taken_times taken{query, starts};
    const bookable_range bookable = query.who.bookable_at(query.now);
    for (listed_slot& slot : list.slots.all())
        if (bookable.judge(slot.starts_at) != booking_window::inside)
            slot.state = slot_state::closed;
        else if (taken.takes(slot))
            slot.state = slot_state::booked;
        else if (taken.leaves_too_little_room(slot))
            slot.state = slot_state::closed;
    return list;
}

bool has_hours(const mentor_tables& tables, const mentor& who) {
    return recall_mentor(tables, who.key).has_hours;
}

offered is_offered(const slot_query& query, instant starts_at) {
    mentor_record& record = recall_mentor(query.tables, query.who.key);
    if (!record.has_hours)
        return offered::no_hours_set;
    const auto slots = offered_slots(query, record, *interval::make(starts_at, starts_at + 1));
    return slots.empty() ? offered::no : offered::yes;
}

palloc_list<listed_slot> nearest_available(const slot_query& query, std::int64_t startup_id,
                                           instant wish) {
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
        keep_free_of(query, startup_id, found);
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
