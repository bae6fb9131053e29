// When a session is: in the visitor's zone, and in the mentor's where that reads otherwise.
#include "wasm/timestamp.hpp"

#include "wasm/visitor.hpp"

#include "wasm/answers.hpp"

namespace slotguard {
namespace {

struct session_time {
    instant starts_at;
    instant ends_at;
    std::optional<zone_field> mentor_zone;
};

session_time read_session(joined_fields& from, complaint& wrong) {
    fields session{from, {"session"}, wrong};
    session_time read{session.timestamp("starts_at"), session.timestamp("ends_at"), std::nullopt};
    if (!interval::make(read.starts_at, read.ends_at))
        session.complain("ends_at", "a timestamp after starts_at", utc_text(read.ends_at));
    if (!session.lacks())
        read.mentor_zone =
            zone_field{session.name_of("time_zone"), std::string{session.text("time_zone")}};
    return read;
}

/** From when to when. Where the clock is put back meanwhile, each end has its own offset. */
std::string range_in_words(const session_time& session, const wall_clock& clock,
                           const language& words) {
    const auto [starts_at, ends_at, zone] = session;
    if (clock.at(starts_at).ahead == clock.at(ends_at).ahead)
        return clock.range(starts_at, ends_at);
    const bool over_midnight = clock.at(starts_at).day != clock.at(ends_at).day;
    const time_style style{.with_day = over_midnight, .with_offset = true};
    return words.say("slots.time_range",
                     {{"from", clock.time(starts_at, style)}, {"to", clock.time(ends_at, style)}});
}

/** Day and time in one; a session that ends on another day has both days in its range. */
std::string when_in_words(const session_time& session, const wall_clock& clock,
                          const language& words) {
    const std::string range = range_in_words(session, clock, words);
    if (clock.at(session.starts_at).day != clock.at(session.ends_at).day)
        return range;
    return words.say("slots.day_and_time",
                     {{"day", clock.day(session.starts_at)}, {"time", range}});
}

} // namespace

answer describe_session(joined_fields& asked) {
    complaint wrong;
    const session_time session = read_session(asked, wrong);
    const auto who = read_visitor(asked, session.mentor_zone, wrong);
    if (!who)
        return wrong.as_answer();

    const wall_clock& clock = *who->clock;
    const std::string when = when_in_words(session, clock, *who->words);
    answer described;
    described.add(clock.day(session.starts_at));
    described.add(range_in_words(session, clock, *who->words));
    described.add(clock.zone_in_words(session.starts_at));
    described.add(when);
    if (!who->mentor_clock)
        return described;
    const std::string mentors_when = when_in_words(session, *who->mentor_clock, *who->words);
    if (mentors_when != when) {
        described.add(mentors_when);
        described.add(who->mentor_clock->zone_in_words(session.starts_at));
    }
    return described;
}

} // namespace slotguard
