// Reading what the caller passed, field by field in the order of wasm/public_functions.js; the first
// thing wrong is kept by its name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/interval.hpp"
#include "wasm/exchange.hpp"

namespace slotguard {

/** What JavaScript puts before a field that is no text. What it is in words follows, or its value. */
enum mark : char { other_kind = '\1', number = '\2', boolean = '\3', missing = '\4' };

constexpr bool is_text(std::string_view field) noexcept {
    return field.empty() || static_cast<unsigned char>(field.front() - mark::other_kind) >
                                mark::missing - mark::other_kind;
}

/** A whole number as JavaScript writes it. */
std::optional<std::int64_t> whole(std::string_view digits);

/** The first wrong field of a call. Later ones are not told: they often follow from the first. */
class complaint {
  public:
    /** `slots[3].starts_at: expected …, got …`. */
    void about(std::string_view field, std::string_view expected, std::string_view got);
    bool made() const { return !text_.empty(); }
    /** What goes back instead of an answer; wasm/public_functions.js throws it. */
    answer as_answer() const { return answer{'\1' + text_}; }

  private:
    std::string text_;
};

/** Where the fields of an object stand: `slots[3]`, or `result`. */
struct place {
    std::string_view name;
    int index = -1; ///< below zero where it is not one of many

    std::string of(std::string_view field) const;
};

/** An object that the caller passed. Each call takes its next field, whose name it is given. */
class fields {
  public:
    fields(joined_fields& from, place where, complaint& wrong)
        : from_{from}, where_{where}, wrong_{wrong} {}

    std::string_view text(std::string_view name) &;
    std::string_view date(std::string_view name) &;
    std::string_view time(std::string_view name) &;
    /** Microseconds since 1970. */
    instant timestamp(std::string_view name);
    /** As JavaScript writes the number, which Intl reads again; empty after a complaint. */
    std::string_view number(std::string_view name) &;
    std::int64_t whole_number(std::string_view name);
    void boolean(std::string_view name);

    /** Whether the next field is missing or null; then it is taken. */
    bool lacks();

    void complain(std::string_view name, std::string_view expected, std::string_view got);
    std::string name_of(std::string_view field) const { return where_.of(field); }
    complaint& wrong() const& { return wrong_; }

  private:
    joined_fields& from_;
    place where_;
    complaint& wrong_;
};

} // namespace slotguard
