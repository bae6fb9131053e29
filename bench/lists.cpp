// Compares the list of thirty days, and the refusals that look for free times in it, with the same list
// written in SQL and with an empty round trip; and then mentors whose clocks differ. In turn in one run, by
// calls per second.
//
// Usage: lists CLIENTS SECONDS ROUNDS [SITUATION]
// SITUATION picks of `list, thirty days` and `list, clocks` those whose name contains it. The database
// slotguard_bench_lists is made by bench/run.sh.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "bench/calendars.hpp"
#include "bench/clients.hpp"
#include "bench/ratios.hpp"

using namespace bench;

namespace {

const std::string database = "dbname=slotguard_bench_lists";

constexpr double list_of_exists = 5;
constexpr double refusal_of_empty = 0.4;

/** What one question came to, round by round. */
struct rounds {
    std::vector<double> rates; ///< calls per second
    std::vector<double> processor;
};

void measure(const question& asked, const calendar& of, load by, rounds& all) {
    const auto answer = [&](PGconn* client) {
        call(client, asked, of);
        return answered::served;
    };
    const rate measured =
        let_loose(database, by,
                  {.prepare = [&](PGconn* client) { prepare(client, asked); }, .call = answer})
            .measured;
    all.rates.push_back(measured.served);
    all.processor.push_back(measured.processor);
}

void print_question(std::size_t i, const std::array<rounds, questions.size()>& all) {
    const question& asked = questions[i];
    std::printf("  %-35s %8.0f %8.1f", asked.name, median(all[i].rates), median(all[i].processor));
    if (asked.what == about::thirty_days) {
        const double aim = i == list_by_slotguard ? list_of_exists : 0;
        print_ratio(ratio(all[i].rates, all[list_by_exists].rates), aim);
        print_ratio(ratio(all[i].rates, all[list_by_ranges].rates), 0);
    } else {
        std::printf("  %20s  %20s", "", "");
    }
    print_ratio(ratio(all[i].rates, all[nothing_asked].rates),
                is_refused(asked.what) ? refusal_of_empty : 0);
    std::printf("\n");
}

void compare_questions(const char* name, const calendar& of, load by, int count) {
    std::array<rounds, questions.size()> all;
    for (int round = 0; round < count; ++round)
        for (std::size_t i = 0; i < questions.size(); ++i)
            measure(questions[i], of, by, all[i]);
    std::printf("\n%s: %s, %s to %s\n  %-35s %8s %9s  %-20s  %-20s  %s\n", name,
                of.time_zone.c_str(), of.first_day.c_str(), of.last_day.c_str(), "", "calls/s",
                "µs*", "of NOT EXISTS", "of range_agg", "of empty");
    for (std::size_t i = 0; i < questions.size(); ++i)
        print_question(i, all);
    std::fflush(stdout);
}

void print_clock(const calendar& of, const rounds& lists, const rounds& first_lists,
                 const rounds& refusals, const rounds& first_refusals) {
    std::printf("  %-27s %-10s  %8.0f %8.1f  %8.2f  %8.0f %8.1f  %8.2f\n", of.mentor.c_str(),
                of.first_day.c_str(), median(lists.rates), median(lists.processor),
                ratio(lists.rates, first_lists.rates), median(refusals.rates),
                median(refusals.processor), ratio(refusals.rates, first_refusals.rates));
}

void compare_clocks(const char* name, const std::vector<calendar>& mentors, load by, int count) {
    std::vector<rounds> lists(mentors.size()), refusals(mentors.size());
    for (int round = 0; round < count; ++round)
        for (std::size_t i = 0; i < mentors.size(); ++i) {
            measure(questions[list_by_slotguard], mentors[i], by, lists[i]);
            measure(questions[whole_refusal], mentors[i], by, refusals[i]);
        }
    std::printf("\n%s\n  %-38s  %-29s %s\n  %-27s %-10s  %8s %9s  %8s  %8s %9s  %8s\n", name, "",
                "available_slots", "slot_taken, SELECT * FROM", "", "from", "calls/s", "µs*",
                "of UTC", "calls/s", "µs*", "of UTC");
    for (std::size_t i = 0; i < mentors.size(); ++i)
        print_clock(mentors[i], lists[i], lists[0], refusals[i], refusals[0]);
    std::fflush(stdout);
}

/** The mentors, after all that they will be asked has been answered rightly once. */
std::vector<calendar> checked_calendars() {
    PGconn* connection = connect(database);
    for (const question& asked : questions)
        prepare(connection, asked);
    const std::vector<calendar> all = read_calendars(connection);
    for (const calendar& of : all)
        check_answers(connection, of);
    PQfinish(connection);
    return all;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 4 && count != 5) {
        std::fprintf(stderr, "usage: lists CLIENTS SECONDS ROUNDS [SITUATION]\n");
        return 2;
    }
    const load by{.clients = std::atoi(arguments[1]), .seconds = std::atof(arguments[2])};
    const int rounds = std::atoi(arguments[3]);
    const auto wanted = [&](const std::string& name) {
        return count == 4 || name.find(arguments[4]) != name.npos;
    };
    std::printf("%d clients, prepared statements, %g s a run, medians of %d rounds taken in turn\n"
                "* how long the server's processes had a processor for one call\n",
                by.clients, by.seconds, rounds);
    const std::vector<calendar> mentors = checked_calendars();
    if (wanted("list, thirty days"))
        compare_questions("list, thirty days", mentors.at(1), by, rounds);
    if (wanted("list, clocks"))
        compare_clocks("list, clocks", mentors, by, rounds);
}
