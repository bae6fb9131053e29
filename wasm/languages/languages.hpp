// The table of languages, and which of them a visitor is answered in.
#pragma once

#include <array>
#include <string_view>

#include "wasm/languages/english.hpp"
#include "wasm/languages/german.hpp"
#include "wasm/phrases.hpp"

namespace slotguard {

/** Every language; the first is the one that a visitor of any other language gets. */
inline constexpr std::array all_languages{&english::words, &german::words};

/**
 * The language for a canonical BCP 47 tag: `de-Latn-AT` asks for itself, then `de-Latn`, then
 * `de` (RFC 4647, section 3.4), and at last gets English.
 */
constexpr const phrases& language_for(std::string_view tag) noexcept {
    while (true) {
        for (const phrases* words : all_languages)
            if (words->language == tag)
                return *words;
        const auto last_hyphen = tag.rfind('-');
        if (last_hyphen == std::string_view::npos)
            return *all_languages.front();
        tag = tag.substr(0, last_hyphen);
    }
}

} // namespace slotguard
