// core/recurrence_rule.hpp: which rules are understood, and what is wrong with the others.
#include "core/recurrence_rule.hpp"

#include <string>

#include <gtest/gtest.h>

using namespace slotguard;

static_assert(judge_rule("FREQ=WEEKLY;BYDAY=MO,WE").fault == rule_fault::none);

namespace {

rule_fault fault_of(std::string_view rule) { return judge_rule(rule).fault; }

} // namespace

TEST(RecurrenceRule, DailyAndWeeklyRulesAreUnderstoodInAnyCaseAndOrder) {
    for (const char* rule :
         {"FREQ=DAILY", "freq=daily", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
          "BYDAY=mo;FREQ=weekly", "FREQ=DAILY;COUNT=9999", "FREQ=DAILY;UNTIL=20500101",
          "FREQ=DAILY;UNTIL=20500101T235959", "FREQ=DAILY;UNTIL=20500101T235959Z"})
        EXPECT_EQ(fault_of(rule), rule_fault::none) << rule;
}

TEST(RecurrenceRule, WhatIsNotSupportedIsToldFromWhatIsWrong) {
    EXPECT_EQ(fault_of("FREQ=MONTHLY"), rule_fault::frequency_unsupported);
    EXPECT_EQ(fault_of("FREQ=SECONDLY"), rule_fault::frequency_unsupported);
    EXPECT_EQ(fault_of("FREQ=DAILY;BYMONTH=1"), rule_fault::part_unsupported);
    EXPECT_EQ(fault_of("FREQ=FORTNIGHTLY"), rule_fault::bad_value);
    EXPECT_EQ(fault_of("FREQ=DAILY;BYFULLMOON=1"), rule_fault::malformed);
}

TEST(RecurrenceRule, ValuesThatRfc5545DoesNotAllowAreRefused) {
    for (const char* part :
         {"INTERVAL=0", "INTERVAL=-1", "INTERVAL=1e3", "INTERVAL=", "INTERVAL=10000", "COUNT=0000",
          "BYDAY=", "BYDAY=MO,", "BYDAY=,MO", "BYDAY=1MO", "BYDAY=MONDAY", "WKST=1", "UNTIL=2050",
          "UNTIL=20501301", "UNTIL=20500132", "UNTIL=20500101T", "UNTIL=20500101Z",
          "UNTIL=20500101T240000", "UNTIL=20500101T1200", "UNTIL=20500101X120000"})
        EXPECT_EQ(fault_of(std::string{"FREQ=DAILY;"} + part), rule_fault::bad_value) << part;
}

TEST(RecurrenceRule, TheFaultNamesThePartThatIsWrong) {
    EXPECT_EQ(judge_rule("FREQ=DAILY;INTERVAL=x;COUNT=1").part, "INTERVAL=x");
    EXPECT_EQ(judge_rule("FREQ=DAILY;FREQ=WEEKLY").part, "FREQ=WEEKLY");
    EXPECT_EQ(fault_of("FREQ=DAILY;FREQ=WEEKLY"), rule_fault::repeated);
}

TEST(RecurrenceRule, AFrequencyIsNeededAndCountExcludesUntil) {
    EXPECT_EQ(fault_of(""), rule_fault::no_frequency);
    EXPECT_EQ(fault_of("BYDAY=MO"), rule_fault::no_frequency);
    EXPECT_EQ(fault_of("FREQ=DAILY;COUNT=1;UNTIL=20500101"), rule_fault::count_and_until);
}

TEST(RecurrenceRule, NoTextIsTakenForARuleByAccident) {
    for (const char* rule : {";", "=", "FREQ", "FREQ=", "FREQ=DAILY;", ";FREQ=DAILY", "FREQ=DAILY;;COUNT=1",
                             "FREQ==DAILY", " FREQ=DAILY", "FREQ=DAILY ", "FREQ=DAILY\n"})
        EXPECT_NE(fault_of(rule), rule_fault::none) << rule;
}
