// The time that a mentor keeps free around each session. It widens the mentor's side only.
#pragma once

#include "core/interval.hpp"

#include "core/pure_cpp.hpp"

namespace slotguard {

/** The longest buffer on either side of a session. */
inline constexpr elapsed longest_buffer = one_day;

struct buffers {
    elapsed before = 0;
    elapsed after = 0;

    /** What lies between two sessions: one's buffer after it, and the other's before it. */
    constexpr elapsed gap() const noexcept { return after + before; }

    /** A session with its buffers. Two such of one mentor may touch, and never overlap. */
    constexpr interval with(interval session) const noexcept {
        return session.widened(before, after);
    }
    /** Where no other session of the mentor may reach into: the other one has buffers too. */
    constexpr interval kept_free_around(interval session) const noexcept {
        return session.widened(gap(), gap());
    }

    friend constexpr bool operator==(buffers, buffers) noexcept = default;
};

} // namespace slotguard
