// How texts pass between JavaScript and C++: joined into one, since each crossing costs more than what
// is said in it. Fields are parted by U+001F, which wasm/public_functions.js lets into none of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "wasm/text_writer.hpp"

namespace slotguard {

inline constexpr char field_end = '\x1f';

/** Takes one field after another off the front of what JavaScript joined. */
class joined_fields {
  public:
    explicit joined_fields(std::string_view text) : rest_{text} {}

    std::string_view next() & {
        const auto end = rest_.find(field_end);
        const std::string_view field = rest_.substr(0, end);
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
        at_end_ = end == std::string_view::npos;
        return field;
    }
    bool at_end() const { return at_end_; }
    /** The count, or how much room is left where that is less: a count may be anything. */
    std::size_t at_most(int count) const {
        return std::min(static_cast<std::size_t>(std::max(count, 0)), rest_.size());
    }

  private:
    std::string_view rest_;
    bool at_end_ = false;
};

/** What goes back. */
class answer {
  public:
    answer() = default;
    explicit answer(std::string_view only) { add(only); }

    void add(std::string_view next) { field().add(next); }
    /** Where the next field is to be written. */
    text_writer& field() & {
        if (begun_)
            text_.add(field_end);
        begun_ = true;
        return text_;
    }
    void reserve(std::size_t size) { text_.reserve(size); }
    std::string_view text() const& { return text_.text(); }
    std::string_view text() const&& = delete;

  private:
    text_writer text_;
    bool begun_ = false;
};

/**
 * What the browser's Intl knows, by the functions of wasm/intl.js: the first word is the function's
 * name, the others are its arguments. Nothing where it refuses (an unknown zone, say).
 */
std::optional<std::string> ask(std::initializer_list<std::string_view> question);

/** Room for its reply, of at most that many bytes, which JavaScript asks for. */
std::uintptr_t reply_room(std::size_t size);

} // namespace slotguard
