// A slot as the visitor reads it on a button and hears it from a screen reader.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/interval.hpp"
#include "core/slot_state.hpp"

#include "wasm/visitor.hpp"

namespace slotguard {

/** A time that can be chosen, wherever it came from: a row of the list, or an alternative. */
struct slot {
    std::string_view session_date; ///< the mentor's, where the question has it
    std::string_view session_time;
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
    read.reserve(from.at_most(count));
    for (int index = 0; index < count && !wrong.made(); ++index) {
        fields row{from, {name, index}, wrong};
        read.push_back(read_one(row));
    }
    return read;
}

/** What the visitor's clock shows when a slot starts. */
struct shown_time {
    const reading& read;
    std::string_view day_in_words;
    std::string_view time;
};

/**
 * Writes what a screen reader says of slots: day, time, zone, the mentor's time where it differs, state.
 * All that is the same for each slot of a list is put together once.
 */
class slot_writer {
  public:
    explicit slot_writer(const visitor& who);

    /** Appends the sentence. */
    void describe(text_writer& to, const slot& each, const shown_time& local);

  private:
    std::string_view state_in_words(const slot& each) const&;
    void describe_with_mentor(text_writer& to, const slot& each, const shown_time& local,
                              const reading& mentors);
    std::string_view isolated(std::string& room, std::string_view text) const&;
    std::string_view isolated(std::string& room, std::string&& text) const& = delete;

    const visitor& who_;
    sentence one_zone_;
    sentence same_day_;
    sentence other_day_;
    std::array<std::string, all_slot_states.size()> states_; ///< in the order of the enum
    std::string in_the_past_;
    bool zones_read_the_same_;
    std::optional<instant> mentors_day_; ///< that is in words in the next
    std::string mentors_day_in_words_;
    std::string time_, mentors_time_; ///< room for what has to be isolated
};

} // namespace slotguard
