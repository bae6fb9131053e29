#include <utility>

#include "extension/held_times.hpp"

namespace slotguard {

void held_times::read() {
    if (are_read_)
        return;
    const interval slots = starts_.widened(0, query_.length - 1);
    const auto found = find_holds(query_.tables.holds, query_.who.key,
                                  query_.who.around.kept_free_around(slots), query_.snapshot);
    for (const slot_hold& hold : found.all())
        (hold.is_live(query_.now) ? live_ : expired_).add(hold);
    are_read_ = true;
}

std::span<const slot_hold> held_times::live() & {
    read();
    return std::as_const(live_).all();
}

std::span<const slot_hold> held_times::expired() & {
    read();
    return std::as_const(expired_).all();
}

held_times::rivals held_times::against(interval slot) {
    const interval kept_free = query_.who.around.kept_free_around(slot);
    rivals found;
    const auto all = live();
    // A hold lasts a day at most: what begins earlier is over.
    const auto first = std::partition_point(all.begin(), all.end(), [=](const slot_hold& hold) {
        return hold.when.starts_at() <= kept_free.starts_at() - one_day;
    });
    for (const slot_hold& hold : all.subspan(std::size_t(first - all.begin()))) {
        if (hold.when.starts_at() >= kept_free.ends_at())
            break;
        if (is_own(hold) || !hold.when.overlaps(kept_free))
            continue;
        if (hold.when.overlaps(slot))
            found.expire_at = std::max(found.expire_at.value_or(hold.expires_at), hold.expires_at);
        else
            found.only_too_near = true;
    }
    found.only_too_near &= !found.expire_at;
    return found;
}

palloc_list<slot_hold> held_times::own(interval slot) {
    palloc_list<slot_hold> found;
    for (const slot_hold& hold : live())
        if (is_own(hold) && hold.when.overlaps(slot))
            found.add(hold);
    return found;
}

} // namespace slotguard
