// A text of a language file, by its path in it: `page.free_times.one`.
#pragma once

#include <string_view>
#include <type_traits>

namespace slotguard {

struct phrase {
    std::string_view path;
    std::string_view text; ///< `{name}` stands for what it is filled with
};
static_assert(std::is_trivially_destructible_v<phrase>);

} // namespace slotguard
