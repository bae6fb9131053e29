// Measures what one call costs beside more and more sessions: one client, one call after the other, and
// how long its server process had a processor for that. So neither what else the machine does nor how
// fast its disk is comes into the picture.
//
// Usage: scale SESSIONS…
// Writes one line for each size and act: sessions, act, microseconds, separated by tabs. The
// database slotguard_bench_scale is made by bench/scale.sh, with one mentor of bench/calendars.sql.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/calendars.hpp"
#include "bench/session.hpp"

using namespace bench;

namespace {

/** What is measured: a way, and whether its callers want free slots; or a question about a calendar. */
struct act {
    const char* name;
    const way* asked;
    bool wins;
    const question* about_calendar;
};

const std::array acts{
    act{"empty round trip", &ways[empty_round_trip], true, nullptr},
    act{"founding INSERT", &ways[founding], true, nullptr},
    act{"slotguard INSERT", &ways[guarded_insert], true, nullptr},
    act{"book_session, a win", &ways[first_call], true, nullptr},
    act{"book_session, a refusal", &ways[first_call], false, nullptr},
    act{"refusal, five alternatives", nullptr, false, &questions[whole_refusal]},
    act{"list of thirty days", nullptr, false, &questions[list_by_slotguard]},
};
constexpr std::array schemas{"founding", "public"};
constexpr int calendar_sessions = 100;
constexpr int calendar_calls = 200; // they write nothing, so there may be many beside few sessions

/** Where the next callers find a slot that nobody asked for: free ones of each table, and taken. */
struct progress {
    long founding = 0;
    long guarded = 0;
    long refused = 0;
};

// Coprime to every power of ten, so that a walk by it visits each slot once, all over the table.
constexpr long stride = 618'033'989;

class scale {
  public:
    explicit scale(PGconn* connection)
        : connection{connection}, day{first_day(connection)},
          full{read_calendars(connection).at(0)} {
        ask(connection, "SET synchronous_commit = off");
        for (const act& measured : acts)
            if (measured.asked)
                prepare(connection, measured.name, *measured.asked);
            else
                prepare(connection, *measured.about_calendar);
    }

    void measure_at(long sessions) {
        grow_to(sessions);
        // The measured wins stay a small part of the table.
        const int calls = int(std::min(10'000L, std::max(10L, sessions / 20)));
        const int batches = int(std::max(5L, std::min(20L, 100'000L / calls)));
        std::array<std::vector<double>, acts.size()> costs;
        for (int batch = -1; batch < batches; ++batch) {
            for (std::size_t i = 0; i < acts.size(); ++i) {
                const int how_many = acts[i].asked ? calls : calendar_calls;
                const double cost = microseconds(acts[i], sessions, how_many);
                if (batch >= 0) // the first one fills the memories
                    costs[i].push_back(cost);
            }
            if (sessions < 1'000'000)
                take_wins_back();
        }
        for (std::size_t i = 0; i < acts.size(); ++i)
            std::printf("%ld\t%s\t%.2f\n", sessions, acts[i].name, median(costs[i]));
        std::fflush(stdout);
        take_wins_back();
    }

  private:
    PGconn* connection;
    std::chrono::sys_days day;
    calendar full;
    long loaded = 0;
    progress next;

    void load_to(const std::string& schema, long from, long sessions) {
        ask(connection, "CALL load_sessions('" + schema + "', " + std::to_string(from) + ", " +
                            std::to_string(sessions - 1) + ")");
    }

    /** The sessions of the calendar come one by one as the table grows, so they lie far apart in it. */
    void grow_to(long sessions) {
        load_to("founding", loaded, sessions);
        ask(connection,
            "DELETE FROM mentor_startup_sessions WHERE mentor_id = '" + full.mentor + "'");
        for (long nth = 1; nth <= calendar_sessions; ++nth) {
            const std::string number = std::to_string(nth);
            load_to("public", loaded + (sessions - loaded) * (nth - 1) / calendar_sessions,
                    loaded + (sessions - loaded) * nth / calendar_sessions);
            ask(connection, "CALL book_calendars(" + number + ", " + number + ")");
        }
        for (const std::string schema : schemas)
            ask(connection, "VACUUM ANALYZE " + schema + ".mentor_startup_sessions");
        loaded = sessions;
        ask(connection, "CHECKPOINT");
    }

    wish next_wish(const act& measured, long sessions) {
        long& number = !measured.wins                      ? next.refused
                       : measured.asked == &ways[founding] ? next.founding
                                                           : next.guarded;
        wish wanted = spread_wish(number++ * stride % sessions, !measured.wins, day);
        if (!measured.wins) // somebody else, who is free
            std::snprintf(wanted.startup, sizeof wanted.startup, "%ld",
                          startups + 1 + number % startups);
        return wanted;
    }

    void answer(const act& measured, const wish& wanted) {
        if (!measured.asked)
            return call(connection, *measured.about_calendar, full);
        if (call(connection, measured.name, *measured.asked, wanted) !=
            (measured.wins ? came::booked : came::refused))
            fail(connection, std::string{measured.name} + ": not what should have come of it");
    }

    double microseconds(const act& measured, long sessions, int calls) {
        std::vector<wish> wishes(std::size_t(calls), wish{});
        for (wish& wanted : wishes)
            if (measured.asked)
                wanted = next_wish(measured, sessions);
        // Beside few sessions there are few calls to measure, too few to wake a processor up.
        for (int i = 0; i < 1000; ++i)
            answer(acts[0], wishes[0]);
        const double before = processor_time(PQbackendPID(connection));
        for (const wish& wanted : wishes)
            answer(measured, wanted);
        return (processor_time(PQbackendPID(connection)) - before) / calls;
    }

    /** What was loaded begins on the hour, what was measured half an hour later; but a calendar's stays. */
    void take_wins_back() {
        for (const std::string schema : schemas) {
            const std::string table = schema + ".mentor_startup_sessions";
            ask(connection, "DELETE FROM " + table +
                                " WHERE session_time::text LIKE '%:30:%' AND mentor_id <> '" +
                                full.mentor + "'");
            ask(connection, "VACUUM " + table);
            const long more = schema == "public" ? calendar_sessions : 0;
            if (ask(connection, "SELECT count(*) FROM " + table) != std::to_string(loaded + more))
                fail(connection, table + " does not hold what was loaded");
        }
        next.founding = next.guarded = 0;
    }
};

} // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        std::fprintf(stderr, "usage: scale SESSIONS…\n");
        return 2;
    }
    PGconn* connection = connect("dbname=slotguard_bench_scale");
    scale measured{connection};
    for (int i = 1; i < count; ++i)
        measured.measure_at(std::atol(arguments[i]));
    PQfinish(connection);
}
