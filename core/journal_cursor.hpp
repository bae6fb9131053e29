// Where a reader of the journal stands: at an event that it has read, named by its number and its
// instant, so that another database's event of that number is not taken for it.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "core/pure_cpp.hpp"

namespace slotguard {

struct journal_cursor {
    std::int64_t event_id;
    std::int64_t occurred_at; ///< microseconds, on whatever clock the writer keeps

    bool operator==(const journal_cursor&) const = default;
};
static_assert(std::is_trivially_destructible_v<journal_cursor>);

/** A cursor as text, for readers to keep and not to read. */
struct written_cursor {
    std::array<char, 44> letters; ///< two numbers of up to 20 letters, and what is between
    std::size_t length;

    std::string_view text() const& noexcept { return {letters.data(), length}; }
    std::string_view text() const&& = delete; // its letters would be gone with it
};

inline written_cursor written(journal_cursor cursor) noexcept {
    written_cursor made{};
    char* const end = made.letters.data() + made.letters.size();
    char* at = std::to_chars(made.letters.data(), end, cursor.event_id).ptr;
    *at++ = '-';
    at = std::to_chars(at, end, cursor.occurred_at).ptr;
    made.length = std::size_t(at - made.letters.data());
    return made;
}

/** The cursor that was written so, or nothing: no other spelling of its numbers is one. */
inline std::optional<journal_cursor> cursor_from_text(std::string_view text) noexcept {
    journal_cursor read{};
    const char* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, read.event_id);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '-')
        return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, read.occurred_at);
    const written_cursor again = written(read);
    if (second.ec != std::errc{} || again.text() != text)
        return std::nullopt;
    return read;
}

} // namespace slotguard
