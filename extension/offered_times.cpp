#include "extension/offered_times.hpp"

#include "extension/mentor_hours.hpp"

namespace slotguard {

offered_times::offered_times(mentor_record& record, elapsed length, interval starts)
    : record_{record}, length_{length}, starts_{starts} {}

std::span<const interval> offered_times::stretches() const& {
    if (!stretches_)
        stretches_ = record_.has_hours ? find_stretches(record_, starts_.widened(0, length_))
                                       : std::span<const interval>{};
    return *stretches_;
}

grid offered_times::grid_of(interval stretch) const {
    return {.stretch = stretch, .step = record_.settings.slot_duration, .length = length_};
}

std::optional<instant> offered_times::time_off_until(instant start) const {
    const std::span<const interval> off = record_.time_off.all();
    const auto met = first_that_ends_after(off, start);
    if (met == off.end() || met->starts_at() >= start + length_)
        return std::nullopt;
    return met->ends_at();
}

bool offered_times::is_as_read(instant start) const {
    const mentor_clock& clock = record_.settings.clock;
    return clock.reading_of(clock.local_of(start)) == start;
}

bool offered_times::has(instant start) const {
    const auto all = stretches();
    const auto stretch = first_that_ends_after(all, start);
    return stretch != all.end() && stretch->starts_at() <= start && grid_of(*stretch).has(start) &&
           !time_off_until(start) && is_as_read(start);
}

std::optional<instant> offered_times::next(instant from) const {
    from = std::max(from, starts_.starts_at());
    const auto all = stretches();
    for (auto stretch = first_that_ends_after(all, from); stretch != all.end();) {
        CHECK_FOR_INTERRUPTS();
        const auto start = grid_of(*stretch).first_start(from);
        if (!start) {
            ++stretch;
            continue;
        }
        if (*start >= starts_.ends_at())
            break;
        if (const auto off_until = time_off_until(*start)) {
            from = *off_until;
            if (from >= stretch->ends_at()) // over days, mostly
                stretch = first_that_ends_after(all, from);
        } else if (is_as_read(*start)) {
            return start;
        } else {
            from = *start + 1;
        }
    }
    return std::nullopt;
}

} // namespace slotguard
