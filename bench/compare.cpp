// Compares ways to book, in turn in one run, by calls per second.
//
// Usage: compare loads [SITUATION]                       how many sessions each database has to hold
//        compare run CLIENTS SECONDS ROUNDS [SITUATION]
// SITUATION picks those whose name contains it. The environment's LOADED says how many sessions a
// loaded table holds. The databases, slotguard_bench_<sessions> and
// slotguard_bench_0_no_journal, are made by bench/run.sh.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <set>
#include <vector>

#include "bench/measure.hpp"
#include "bench/ratios.hpp"

using namespace bench;

namespace {

/** A figure of each way, round by round. */
using rounds_of_ways = std::array<std::vector<double>, ways.size()>;

/** All that was measured in one situation. */
struct comparison {
    rounds_of_ways rates; ///< calls per second
    rounds_of_ways processor;
    std::array<long, ways.size()> deadlocked{};
};

void print_way(std::size_t i, const situation& in, const comparison& all) {
    const aim wanted = !is_ours(ways[i])                    ? aim{}
                       : ways[i].answers == answer::outcome ? in.call
                                                            : in.insert;
    std::printf("  %-35s %8.0f %8.1f", ways[i].name, median(all.rates[i]),
                median(all.processor[i]));
    print_ratio(ratio(all.rates[i], all.rates[founding]), wanted.of_founding);
    print_ratio(ratio(all.rates[i], all.rates[exclusion]), wanted.of_exclusion);
    print_ratio(ratio(all.rates[i], all.rates[empty_round_trip]), wanted.of_empty);
    if (all.deadlocked[i])
        std::printf("  %ld deadlocks", all.deadlocked[i]);
    std::printf("\n");
}

void compare(const situation& in, load by, int rounds, slots_asked& next) {
    comparison all;
    for (int round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < ways.size(); ++i) {
            if (!is_asked(ways[i], in))
                continue;
            const rate measured = measure(ways[i], in, by, next);
            all.rates[i].push_back(measured.served);
            all.processor[i].push_back(measured.processor);
            all.deadlocked[i] += measured.deadlocked;
        }
    std::printf("\n%s\n  %-35s %8s %9s  %-20s  %-20s  %s\n", in.name, "", "calls/s", "µs*",
                "of founding", "of exclusion", "of empty");
    for (std::size_t i = 0; i < ways.size(); ++i)
        if (is_asked(ways[i], in))
            print_way(i, in, all);
    std::fflush(stdout);
}

std::vector<const situation*> chosen(const char* part) {
    std::vector<const situation*> found;
    for (const situation& in : situations)
        if (!part || std::strstr(in.name, part))
            found.push_back(&in);
    if (found.empty()) {
        std::fprintf(stderr, "bench: no situation's name contains '%s'; there are:\n", part);
        for (const situation& in : situations)
            std::fprintf(stderr, "    %s\n", in.name);
        std::exit(2);
    }
    return found;
}

} // namespace

int main(int count, char** arguments) {
    const bool loads = count >= 2 && std::strcmp(arguments[1], "loads") == 0;
    const int wanted = loads ? 2 : 5;
    if (count != wanted && count != wanted + 1) {
        std::fprintf(stderr, "usage: compare loads [SITUATION]\n"
                             "       compare run CLIENTS SECONDS ROUNDS [SITUATION]\n");
        return 2;
    }
    const auto asked_for = chosen(count > wanted ? arguments[wanted] : nullptr);
    if (loads) {
        std::set<std::string> sizes;
        for (const situation* in : asked_for)
            sizes.insert(sessions_in(*in));
        for (const std::string& size : sizes)
            std::printf("%s\n", size.c_str());
        return 0;
    }
    const load by{.clients = std::atoi(arguments[2]), .seconds = std::atof(arguments[3])};
    const int rounds = std::atoi(arguments[4]);
    std::printf("%d clients, prepared statements, %g s a run, medians of %d rounds taken in turn\n"
                "* how long the server's processes had a processor for one call\n",
                by.clients, by.seconds, rounds);
    slots_asked next;
    // The first to write on a new cluster makes files that those after it use again. One round alone
    // is no measurement, only a look at whether all goes well.
    for (std::size_t i = 0; rounds > 1 && i < ways.size(); ++i)
        if (is_asked(ways[i], *asked_for.front()))
            measure(ways[i], *asked_for.front(), by, next);
    for (const situation* in : asked_for)
        compare(*in, by, rounds, next);
}
