// The languages that are loaded. English comes with the module, in step with core's vocabulary.
#include "wasm/languages.hpp"

#include <array>
#include <memory>
#include <vector>

#include "build/languages/english_phrases.hpp"
#include "core/message.hpp"
#include "core/outcome.hpp"
#include "core/slot_state.hpp"

namespace slotguard {
namespace {

/** The text in English, at compile time, of the path that the parts make together. */
constexpr std::string_view in_english(std::string_view group, std::string_view name,
                                      std::string_view part) {
    for (const phrase& each : english_phrases)
        if (each.path.size() == group.size() + name.size() + part.size() &&
            each.path.starts_with(group) && each.path.ends_with(part) &&
            each.path.substr(group.size(), name.size()) == name)
            return each.text;
    return {};
}

constexpr std::string_view body_in_english(outcome what, std::string_view part) {
    return in_english("outcomes.", word(what), part);
}

/** What the page tells is what SQL tells, but for the slot that is taken: SQL's caller has no list. */
constexpr bool says_what_core_says(outcome what) {
    switch (what) {
    case outcome::slot_taken:
        return body_in_english(what, ".body") ==
               "This time slot is no longer available. Please select another time.";
    case outcome::outside_booking_window:
        return body_in_english(what, ".too_late") == message(what, booking_window::too_late) &&
               body_in_english(what, ".too_early") == message(what, booking_window::too_early);
    case outcome::limit_reached:
        for (session_limit limit : all_session_limits)
            if (in_english("outcomes.limit_reached.", word(limit), "") != message(what, {}, limit))
                return false;
        return true;
    default: return body_in_english(what, ".body") == message(what);
    }
}

constexpr bool speaks_of_each_outcome() {
    for (outcome what : all_outcomes)
        if (body_in_english(what, ".title").empty() || !says_what_core_says(what))
            return false;
    return true;
}

constexpr bool speaks_of_each_state() {
    for (slot_state state : all_slot_states)
        if (in_english("states.", word(state), "").empty())
            return false;
    return true;
}

static_assert(speaks_of_each_outcome(), "wasm/languages/en.json and core/message.hpp disagree");
static_assert(speaks_of_each_state(),
              "wasm/languages/en.json lacks a state of core/slot_state.hpp");

std::vector<std::unique_ptr<language>>& loaded() {
    static std::vector<std::unique_ptr<language>> languages;
    if (languages.empty()) {
        languages.push_back(std::make_unique<language>("en", direction::left_to_right));
        for (const phrase& each : english_phrases)
            languages.front()->set(each.path, each.text);
    }
    return languages;
}

std::string_view primary(std::string_view tag) { return tag.substr(0, tag.find('-')); }

/** RFC 4647's lookup over `count` tags; `count` where there is none. */
template <typename TagAt>
std::size_t lookup(std::string_view tag, std::size_t count, TagAt tag_at) {
    for (std::string_view range = tag; !range.empty();
         range = range.substr(0, range.find('-') == range.npos ? 0 : range.rfind('-')))
        for (std::size_t index = 0; index < count; ++index)
            if (tag_at(index) == range)
                return index;
    for (std::size_t index = 0; index < count; ++index)
        if (primary(tag_at(index)) == primary(tag))
            return index;
    return count;
}

} // namespace

void language::set(std::string_view path, std::string_view text) {
    phrases_.insert_or_assign(std::string{path}, std::string{text});
}

std::string_view language::find(std::string_view path) const& {
    const auto found = phrases_.find(path);
    return found == phrases_.end() ? std::string_view{} : std::string_view{found->second};
}

std::string language::say(std::string_view path, std::initializer_list<filling> fillings) const {
    return filled(find(path), fillings, which_way_);
}

language& english() { return *loaded().front(); }

language* loaded_language(std::string_view tag) {
    for (const auto& each : loaded())
        if (each->tag() == tag)
            return each.get();
    return nullptr;
}

language& language_to_fill(std::string_view tag, direction which_way) {
    if (language* known = loaded_language(tag))
        return *known;
    loaded().push_back(std::make_unique<language>(tag, which_way));
    return *loaded().back();
}

const language& language_for(std::string_view tag) {
    const auto& all = loaded();
    const std::size_t found = lookup(
        tag, all.size(), [&](std::size_t index) { return std::string_view{all[index]->tag()}; });
    return found == all.size() ? english() : *all[found];
}

std::string_view language_to_load(std::string_view tag) {
    constexpr std::size_t count = std::size(languages_to_load);
    const std::size_t found =
        lookup(tag, count, [](std::size_t index) { return languages_to_load[index]; });
    return found == count ? std::string_view{"en"} : languages_to_load[found];
}

bool is_rare_plural_form(std::string_view path) {
    const std::string_view form = path.substr(path.rfind('.') + 1);
    for (std::string_view rare : {"zero", "one", "two", "few", "many"})
        if (form == rare)
            return true;
    return false;
}

std::string_view missing_phrase(const language& other) {
    for (const phrase& each : english_phrases)
        if (!is_rare_plural_form(each.path) && other.find(each.path).empty())
            return each.path;
    return {};
}

} // namespace slotguard
