// The languages that are loaded: their phrases, and which of them a visitor is answered in.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "wasm/filling.hpp"
#include "wasm/phrase.hpp"

namespace slotguard {

class language {
  public:
    language(std::string_view tag, direction which_way) : tag_{tag}, which_way_{which_way} {}

    /** BCP 47, such as `de`. */
    const std::string& tag() const& { return tag_; }
    direction which_way() const { return which_way_; }

    void set(std::string_view path, std::string_view text);
    /** Empty where there is no such phrase. */
    std::string_view find(std::string_view path) const&;
    /** A phrase that every language has, filled. */
    std::string say(std::string_view path, std::initializer_list<filling> fillings) const;

  private:
    std::string tag_;
    direction which_way_;
    std::map<std::string, std::string, std::less<>> phrases_;
};

/** The one that is built in; a visitor of any language that is not loaded gets it. */
language& english();

/** The language of that tag, made where it was not loaded yet. */
language& language_to_fill(std::string_view tag, direction which_way);

/** The language of that very tag, or nullptr. */
language* loaded_language(std::string_view tag);

/**
 * The loaded language for a canonical BCP 47 tag: `de-Latn-AT` asks for itself, then `de-Latn`, then
 * `de` (RFC 4647, section 3.4), then for any other of that language, as `pt` gets `pt-BR`, and at
 * last gets English.
 */
const language& language_for(std::string_view tag);

/** The same among all that there are packs for. */
std::string_view language_to_load(std::string_view tag);

/** Whether the path is that of a plural form other than "other", which a language may be without. */
bool is_rare_plural_form(std::string_view path);

/** The first phrase of English that the other language lacks, empty where it has all. */
std::string_view missing_phrase(const language& other);

} // namespace slotguard
