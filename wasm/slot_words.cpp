// A slot as the visitor reads it on a button and hears it from a screen reader.
#include "wasm/timestamp.hpp"

#include "wasm/slot_words.hpp"

namespace slotguard {
namespace {

/** What is common to all slots filled in, the names of what is not left to be filled. */
std::string slot_phrase(const visitor& who, std::string_view path, std::string_view mentors_when) {
    const language& words = *who.words;
    const std::string zone = who.clock->zone_in_words(who.now);
    const std::string mentors_zone =
        who.mentor_clock ? who.mentor_clock->zone_in_words(who.now) : std::string{};
    return words.say(path, {{"when", words.find("slots.day_and_time"), true},
                            {"zone", zone},
                            {"mentor_when", mentors_when, true},
                            {"mentor_zone", mentors_zone},
                            {"state", "{state}", true}});
}

std::string mentors_day_and_time(const visitor& who) {
    return who.words->say("slots.day_and_time",
                          {{"day", "{mentor_day}", true}, {"time", "{mentor_time}", true}});
}

} // namespace

slot read_slot_time(fields& row) {
    const std::string_view date = row.date("session_date");
    const std::string_view time = row.time("session_time");
    const instant starts_at = row.timestamp("starts_at");
    const instant ends_at = row.timestamp("ends_at");
    if (!interval::make(starts_at, ends_at))
        row.complain("ends_at", "a timestamp after starts_at", utc_text(ends_at));
    return {date, time, starts_at, slot_state::available};
}

slot_writer::slot_writer(const visitor& who)
    : who_{who}, one_zone_{slot_phrase(who, "slots.slot", ""), {"day", "time", "state"}},
      same_day_{slot_phrase(who, "slots.slot_of_other_zone", "{mentor_time}"),
                {"day", "time", "state", "mentor_time"}},
      other_day_{slot_phrase(who, "slots.slot_of_other_zone", mentors_day_and_time(who)),
                 {"day", "time", "state", "mentor_time", "mentor_day"}},
      in_the_past_{who.words->find("states.in_the_past")},
      zones_read_the_same_{!who.mentor_clock || who.mentor_clock->zone_in_words(who.now) ==
                                                    who.clock->zone_in_words(who.now)} {
    for (slot_state state : all_slot_states)
        states_[static_cast<std::size_t>(state)] =
            who.words->find("states." + std::string{word(state)});
}

std::string_view slot_writer::state_in_words(const slot& each) const& {
    if (each.state == slot_state::closed && each.starts_at <= who_.now)
        return in_the_past_;
    return states_[static_cast<std::size_t>(each.state)];
}

std::string_view slot_writer::isolated(std::string& room, std::string_view text) const& {
    if (!runs_against(text, who_.words->which_way()))
        return text;
    room.clear();
    append_isolated(room, text, who_.words->which_way());
    return room;
}

void slot_writer::describe(text_writer& to, const slot& each, const shown_time& local) {
    if (who_.mentor_clock) {
        const reading mentors = who_.mentor_clock->at(each.starts_at);
        if (!zones_read_the_same_ || mentors.ahead != local.read.ahead)
            return describe_with_mentor(to, each, local, mentors);
    }
    one_zone_.say(to, {local.day_in_words, isolated(time_, local.time), state_in_words(each)});
}

void slot_writer::describe_with_mentor(text_writer& to, const slot& each, const shown_time& local,
                                       const reading& mentors) {
    const wall_clock& clock = *who_.mentor_clock;
    const std::string in_seconds =
        mentors.second == 0 ? std::string{} : clock.time(each.starts_at, {.with_seconds = true});
    const std::string_view mentors_time =
        isolated(mentors_time_, mentors.second == 0 ? clock.label(mentors) : in_seconds);
    const std::string_view time = isolated(time_, local.time);
    const std::string_view state = state_in_words(each);
    if (mentors.day == local.read.day)
        return same_day_.say(to, {local.day_in_words, time, state, mentors_time});
    if (mentors_day_ != mentors.day) {
        mentors_day_ = mentors.day;
        mentors_day_in_words_ = clock.day(each.starts_at);
    }
    other_day_.say(to, {local.day_in_words, time, state, mentors_time, mentors_day_in_words_});
}

} // namespace slotguard
