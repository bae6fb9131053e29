// A slot as the visitor reads it on a button and hears it from a screen reader.
#pragma once

#include <string>
#include <vector>

#include "core/interval.hpp"
#include "core/slot_state.hpp"

#include "wasm/visitor.hpp"

namespace slotguard {

/** A time that can be chosen, wherever it came from: a row of the list, or an alternative. */
struct slot {
    std::string key;
    instant starts_at;
    slot_state state;
};

/** Reads session_date, session_time, starts_at and ends_at; the state is for the caller to set. */
slot read_slot_time(const fields& row);

/** The rows of an array, each read by `read_one`; none after a complaint. */
template <typename Read>
std::vector<slot> read_rows(const emscripten::val& rows, const std::string& name, complaint& wrong,
                            Read read_one) {
    std::vector<slot> read;
    if (kind_of(rows) != value_kind::array)
        wrong.about(name, "an array", rows);
    else
        for (unsigned index = 0, count = length_of(rows); index < count && !wrong.made(); ++index)
            read.push_back(read_one(
                fields{element(rows, index), name + '[' + std::to_string(index) + ']', wrong}));
    return read;
}

/** What the visitor's clock shows when a slot starts. */
struct shown_time {
    instant day;
    const std::string& day_in_words;
    const std::string& time;
};

/** The sentence for a screen reader: day, time, zone, the mentor's time where it differs, state. */
std::string describe(const slot& each, const shown_time& local, const visitor& who);

} // namespace slotguard
