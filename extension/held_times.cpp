#include "extension/held_times.hpp"

namespace slotguard {

std::span<const slot_hold> held_times::live() {
    if (!found_) {
        const interval slots = starts_.widened(0, query_.length - 1);
        found_ = find_holds(query_.tables.holds, query_.who.key,
                            query_.who.around.kept_free_around(slots), query_.snapshot);
        const auto all = found_->all();
        const auto over = std::stable_partition(
            all.begin(), all.end(), [this](const auto& hold) { return hold.is_live(query_.now); });
        live_count_ = std::size_t(over - all.begin());
    }
    return std::span<const slot_hold>{found_->all()}.first(live_count_);
}

std::span<const slot_hold> held_times::expired() {
    live();
    return std::span<const slot_hold>{found_->all()}.subspan(live_count_);
}

held_times::rivals held_times::against(interval slot) {
    const interval kept_free = query_.who.around.kept_free_around(slot);
    rivals found;
    for (const slot_hold& hold : live()) {
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
