// Whether a wish can be granted, by all rules, in the order in which a refusal names them.
#pragma once

#include <cstdint>
#include <optional>

#include "extension/guard_locks.hpp"
#include "extension/session_store.hpp"
#include "extension/slot_list.hpp"

namespace slotguard {

/** Why a wish can't be granted. */
struct refusal {
    outcome why;
    booking_window window = booking_window::too_late;
    std::optional<std::int64_t> session_id = std::nullopt; ///< for already_yours
};

/** One call: what it wishes for, and where it looks. */
struct booking {
    const mentor_tables& tables;
    const sessions_table& sessions;
    session_wish wish;
    instant now;

    slot_query query(Snapshot snapshot) const {
        return {tables, sessions, wish.who, wish.when.length(), now, snapshot};
    }
};

/** What stands against the wish by what `snapshot` shows; nothing where it can be granted. */
std::optional<refusal> judge(const booking& call, Snapshot snapshot);

} // namespace slotguard
