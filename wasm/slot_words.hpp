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
slot read_slot_time(fields& row);

/** The rows that follow their number, each read by `read_one`; none after a complaint. */
template <typename Read>
std::vector<slot> read_rows(joined_fields& from, std::string_view name, complaint& wrong,
                            Read read_one) {
    fields counted{from, {}, wrong};
    const int count = static_cast<int>(counted.whole_number(name));
    std::vector<slot> read;
    for (int index = 0; index < count && !wrong.made(); ++index) {
        fields row{from, {name, index}, wrong};
        read.push_back(read_one(row));
    }
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
