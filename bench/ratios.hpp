// How one way does beside another, and beside what slotguard aims at.
#pragma once

#include <cstdio>
#include <vector>

#include "bench/session.hpp"

namespace bench {

/**
 * The median of the rounds' ratios, since two runs of one round stand close together in time, and a
 * machine that has something else to do slows both.
 */
inline double ratio(const std::vector<double>& rates, const std::vector<double>& others) {
    std::vector<double> ratios;
    for (std::size_t round = 0; round < rates.size(); ++round)
        ratios.push_back(rates[round] / others[round]);
    return median(ratios);
}

/** A ratio, and beside it whether it is what slotguard aims at, where it aims at anything. */
inline void print_ratio(double ratio, double aim) {
    char beside[32] = "";
    if (aim > 0)
        std::snprintf(beside, sizeof beside, "%s %.4g", ratio >= aim ? "of" : "MISSES", aim);
    std::printf("  %8.2f %-11s", ratio, beside);
}

} // namespace bench
