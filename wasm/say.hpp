// Saying a phrase of which there are plural forms.
#pragma once

#include <string>

#include "wasm/languages.hpp"

namespace slotguard {

/**
 * The phrase in the plural form for `count` by Intl.PluralRules, or in its form "zero" for none where it
 * has one; `{count}` is written in the locale's digits.
 */
std::string counted(const language& words, std::string_view locale, std::string_view path,
                    int count, std::initializer_list<filling> others);

/** The text of the form of a phrase that a count asks for, empty where it has no forms. */
std::string_view plural_form(const language& words, std::string_view path, std::string_view count);

} // namespace slotguard
