// Reading what the caller passed, field by field; the first thing wrong is kept by its name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/interval.hpp"
#include "wasm/javascript.hpp"

namespace slotguard {

/** The first wrong field of a call. Later ones are not told: they often follow from the first. */
class complaint {
  public:
    /** `slots[3].starts_at: expected …, got …`. */
    void about(std::string_view field, std::string_view expected, const emscripten::val& got);
    bool made() const { return !text_.empty(); }
    emscripten::val as_error() const;

  private:
    std::string text_;
};

/** An object that the caller passed, with the name to call it by, such as `slots[3]`. */
class fields {
  public:
    /** Complains where `object` is none; its fields then read as missing. */
    fields(emscripten::val object, std::string name, complaint& wrong);

    std::string name_of(const char* field) const { return name_ + '.' + field; }
    emscripten::val get(const char* field) const;
    /** Whether the field is neither missing nor null. */
    bool has(const char* field) const;

    std::string text(const char* field) const;
    std::string date(const char* field) const;
    std::string time(const char* field) const;
    /** Microseconds since 1970. */
    instant timestamp(const char* field) const;
    bool boolean(const char* field) const;
    void whole_number(const char* field) const;

    void complain(const char* field, std::string_view expected) const;
    complaint& wrong() const { return wrong_; }

  private:
    emscripten::val object_;
    std::string name_;
    complaint& wrong_;
};

} // namespace slotguard
