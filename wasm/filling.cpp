// Filling a phrase, and keeping what runs the other way from mixing with it.
#include "wasm/filling.hpp"

#include <algorithm>
#include <cstdint>

namespace slotguard {
namespace {

constexpr std::string_view first_strong_isolate = "\u2068";
constexpr std::string_view pop_isolate = "\u2069";

/** Takes the first code point off a UTF-8 text, which is well formed: JavaScript made it. */
std::uint32_t take_code_point(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t point = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t next = 1; next < length && next < text.size(); ++next)
        point = point << 6 | (static_cast<unsigned char>(text[next]) & 0x3Fu);
    text.remove_prefix(std::min(length, text.size()));
    return point;
}

constexpr bool is_between(std::uint32_t point, std::uint32_t first, std::uint32_t last) {
    return point >= first && point <= last;
}

/** Hebrew, Arabic, Syriac and their presentation forms; digits of theirs are no letters. */
constexpr bool runs_left(std::uint32_t point) {
    return (is_between(point, 0x0590, 0x08FF) && !is_between(point, 0x0660, 0x0669)) ||
           is_between(point, 0xFB1D, 0xFDFF) || is_between(point, 0xFE70, 0xFEFE);
}

/** Letters of any script but those; blanks, punctuation and digits have no direction of their own. */
constexpr bool runs_right(std::uint32_t point) {
    if (point < 0x80)
        return is_between(point | 0x20, 'a', 'z');
    return point >= 0xC0 && !runs_left(point) && !is_between(point, 0x0660, 0x0669) &&
           !is_between(point, 0x2000, 0x2BFF) && !is_between(point, 0x3000, 0x3004);
}

const filling* find(std::span<const filling> fillings, std::string_view name) {
    for (const filling& each : fillings)
        if (each.name == name)
            return &each;
    return nullptr;
}

/** Calls `plain` and `named` with the pieces of a phrase in turn. */
template <typename Plain, typename Named>
void take_apart(std::string_view phrase, Plain plain, Named named) {
    while (!phrase.empty()) {
        const auto open = phrase.find('{');
        const auto close = phrase.find('}', open);
        plain(phrase.substr(0, open));
        if (close == std::string_view::npos)
            return;
        named(phrase.substr(open + 1, close - open - 1));
        phrase.remove_prefix(close + 1);
    }
}

} // namespace

bool runs_against(std::string_view text, direction which_way) {
    while (!text.empty()) {
        const std::uint32_t point = take_code_point(text);
        if (which_way == direction::left_to_right ? runs_left(point) : runs_right(point))
            return true;
    }
    return false;
}

void append_isolated(std::string& sentence, std::string_view text, direction which_way) {
    const bool apart = runs_against(text, which_way);
    if (apart)
        sentence += first_strong_isolate;
    sentence += text;
    if (apart)
        sentence += pop_isolate;
}

std::string filled(std::string_view phrase, std::span<const filling> fillings,
                   direction which_way) {
    std::string said;
    take_apart(
        phrase, [&](std::string_view text) { said += text; },
        [&](std::string_view name) {
            const filling* given = find(fillings, name);
            if (given && given->own_words)
                said += given->text;
            else if (given)
                append_isolated(said, given->text, which_way);
        });
    return said;
}

std::string_view unfilled(std::string_view phrase, std::span<const filling> fillings) {
    std::string_view first;
    take_apart(
        phrase, [](std::string_view) {},
        [&](std::string_view name) {
            if (first.empty() && !find(fillings, name))
                first = name;
        });
    return first;
}

sentence::sentence(std::string_view phrase, std::initializer_list<std::string_view> names) {
    pieces_.push_back({{}, names.size()});
    take_apart(
        phrase, [&](std::string_view text) { pieces_.back().before += text; },
        [&](std::string_view name) {
            const auto* known = std::find(names.begin(), names.end(), name);
            pieces_.back().filled_by = static_cast<std::size_t>(known - names.begin());
            pieces_.push_back({{}, names.size()});
        });
}

void sentence::say(text_writer& to, std::initializer_list<std::string_view> texts) const {
    for (const piece& each : pieces_) {
        to.add(each.before);
        if (each.filled_by < texts.size())
            to.add(texts.begin()[each.filled_by]);
    }
}

} // namespace slotguard
