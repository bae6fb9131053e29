#include "extension/held_times.hpp"

namespace slotguard {

void held_times::read() {
    if (live_)
        return;
    const interval slots = starts_.widened(0, query_.length - 1);
    live_ = find_holds(query_.tables.holds, query_.who.key,
                       query_.who.around.kept_free_around(slots), query_.snapshot);
    const auto all = live_->all();
    const auto is_over = [now = query_.now](const slot_hold& hold) { return !hold.is_live(now); };
    live_->shorten(std::size_t(std::remove_if(all.begin(), all.end(), is_over) - all.begin()));
}

held_times::rivals held_times::against(interval slot) {
    read();
    const interval kept_free = query_.who.around.kept_free_around(slot);
    rivals found;
    for (const slot_hold& hold : live_->all()) {
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
    read();
    palloc_list<slot_hold> found;
    for (const slot_hold& hold : live_->all())
        if (is_own(hold) && hold.when.overlaps(slot))
            found.add(hold);
    return found;
}

} // namespace slotguard
