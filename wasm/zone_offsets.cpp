// The changes of a zone's clock, found through Intl.
#include "core/duration.hpp"

#include "wasm/fields.hpp"

#include "wasm/zone_offsets.hpp"

namespace slotguard {
namespace {

// The shortest that a clock has stood since 1970 was a week (Boa Vista, 2000), so a change that is taken
// back between two questions cannot be.
constexpr elapsed one_step = 4 * one_day;
constexpr elapsed asked_at_once = 48 * one_step;
constexpr elapsed one_second = 1'000'000;

constexpr instant floor_to(instant when, elapsed step) {
    return when - ((when % step) + step) % step;
}

} // namespace

elapsed zone_offsets::ask(instant when) const {
    const auto seconds =
        slotguard::ask({"offset", zone_, std::to_string(floor_to(when, one_second) / 1000)});
    return whole(seconds.value_or("0")).value_or(0) * one_second;
}

zone_offsets::stretch zone_offsets::stretch_around(instant when) {
    for (const stretch& each : known_)
        if (each.since <= when && when < each.until)
            return each;
    const instant from = floor_to(when, asked_at_once);
    ask_about(from, from + asked_at_once);
    return stretch_around(when);
}

void zone_offsets::ask_about(instant from, instant to) {
    stretch current{from, to, ask(from)};
    for (instant at = from; at < to; at += one_step) {
        const elapsed after = ask(at + one_step);
        if (after == current.ahead)
            continue;
        current.until = change_between(at, at + one_step, current.ahead);
        known_.push_back(current);
        current = {current.until, to, after};
    }
    known_.push_back(current);
}

/** The second from which on the clock is no longer `ahead`, as it is at the first of the two instants. */
instant zone_offsets::change_between(instant before, instant after, elapsed ahead) const {
    while (after - before > one_second) {
        const instant middle = before + floor_to((after - before) / 2, one_second);
        (ask(middle) == ahead ? before : after) = middle;
    }
    return after;
}

} // namespace slotguard
