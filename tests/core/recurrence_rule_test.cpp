#include "core/recurrence_rule.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

rule_fault fault_of(std::string_view rule) { return judge_rule(rule).fault; }

void expect_fault(rule_fault fault, std::string_view rule, std::string_view part) {
    const rule_verdict verdict = judge_rule(rule);
    EXPECT_EQ(static_cast<int>(verdict.fault), static_cast<int>(fault)) << rule;
    EXPECT_EQ(verdict.part, part) << rule;
}

TEST(RecurrenceRule, DailyAndWeeklyRulesAreUnderstood) {
    for (std::string_view rule :
         {"FREQ=DAILY", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=DAILY;INTERVAL=3",
          "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU", "FREQ=DAILY;COUNT=10",
          "FREQ=DAILY;UNTIL=20300131", "FREQ=DAILY;UNTIL=20300131T235959",
          "FREQ=DAILY;UNTIL=20300131T235959Z", "COUNT=2;FREQ=DAILY",
          "BYDAY=MO,TU,WE,TH,FR,SA,SU;FREQ=DAILY"})
        EXPECT_EQ(fault_of(rule), rule_fault::none) << rule;
}

TEST(RecurrenceRule, CaseDoesNotMatter) {
    EXPECT_EQ(fault_of("freq=weekly;byday=mo,We;until=20300131t120000z"), rule_fault::none);
}

TEST(RecurrenceRule, WhatIsNoListOfPartsIsMalformed) {
    expect_fault(rule_fault::malformed, "every day", "every day");
    expect_fault(rule_fault::malformed, "FREQ", "FREQ");
    expect_fault(rule_fault::malformed, "FREQ=DAILY;;COUNT=1", "");
    expect_fault(rule_fault::malformed, "FREQ=DAILY; COUNT=1", " COUNT=1");
    expect_fault(rule_fault::malformed, "FREQ=DAILY;FOO=1", "FOO=1");
    expect_fault(rule_fault::malformed, "RRULE:FREQ=DAILY", "RRULE:FREQ=DAILY");
    EXPECT_EQ(fault_of("FREQ=DAILY;"), rule_fault::malformed);
    EXPECT_EQ(fault_of(";"), rule_fault::malformed);
}

TEST(RecurrenceRule, ARuleWithoutFrequencyIsNone) {
    expect_fault(rule_fault::no_frequency, "", "");
    expect_fault(rule_fault::no_frequency, "BYDAY=MO", "BYDAY=MO");
}

TEST(RecurrenceRule, APartStandsOnce) {
    expect_fault(rule_fault::repeated, "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY");
    expect_fault(rule_fault::repeated, "FREQ=DAILY;COUNT=2;count=2", "count=2");
}

TEST(RecurrenceRule, CountAndUntilExcludeEachOther) {
    EXPECT_EQ(fault_of("FREQ=DAILY;COUNT=2;UNTIL=20300101"), rule_fault::count_and_until);
}

TEST(RecurrenceRule, ABadValueIsNamedWithItsPart) {
    for (std::string_view part : {"INTERVAL=0",
                                  "INTERVAL=00",
                                  "INTERVAL=-1",
                                  "INTERVAL=",
                                  "INTERVAL=1.5",
                                  "COUNT=0",
                                  "COUNT=ten",
                                  "COUNT=99999",
                                  "UNTIL=2030",
                                  "UNTIL=2030-01-01",
                                  "UNTIL=20301301",
                                  "UNTIL=20300132",
                                  "UNTIL=20300101T",
                                  "UNTIL=20300101T2400",
                                  "UNTIL=20300101T240000",
                                  "UNTIL=20300101T006000Z",
                                  "UNTIL=20300101Z",
                                  "BYDAY=",
                                  "BYDAY=MO,",
                                  "BYDAY=,MO",
                                  "BYDAY=XX",
                                  "BYDAY=MO TU",
                                  "WKST=1",
                                  "WKST=MO,TU"})
        expect_fault(rule_fault::bad_value, "FREQ=WEEKLY;" + std::string(part), part);
    expect_fault(rule_fault::bad_value, "FREQ=FORTNIGHTLY", "FREQ=FORTNIGHTLY");
    expect_fault(rule_fault::bad_value, "FREQ=", "FREQ=");
}

TEST(RecurrenceRule, WhatIsNotSupportedYetIsToldFromNonsense) {
    for (std::string_view rule :
         {"FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY"})
        expect_fault(rule_fault::frequency_unsupported, rule, rule);
    for (std::string_view part : {"BYMONTH=1", "BYMONTHDAY=1", "BYSETPOS=1", "BYYEARDAY=1",
                                  "BYWEEKNO=1", "BYHOUR=9", "BYMINUTE=30", "BYSECOND=0"})
        expect_fault(rule_fault::part_unsupported, "FREQ=DAILY;" + std::string(part), part);
}

TEST(RecurrenceRule, WeekdaysHaveNoNumbersInWeeklyRules) {
    EXPECT_NE(fault_of("FREQ=WEEKLY;BYDAY=1MO"), rule_fault::none);
    EXPECT_NE(fault_of("FREQ=DAILY;BYDAY=-1FR"), rule_fault::none);
}

} // namespace
} // namespace slotguard
