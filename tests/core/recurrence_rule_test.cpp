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

TEST(RecurrenceRule, RulesByDaysWeeksMonthsAndYearsAreUnderstood) {
    for (std::string_view rule : {"FREQ=DAILY",
                                  "FREQ=WEEKLY",
                                  "FREQ=WEEKLY;BYDAY=MO,WE",
                                  "FREQ=DAILY;INTERVAL=3",
                                  "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU",
                                  "FREQ=DAILY;COUNT=10",
                                  "FREQ=DAILY;UNTIL=20300131",
                                  "FREQ=DAILY;UNTIL=20300131T235959",
                                  "FREQ=DAILY;UNTIL=20300131T235959Z",
                                  "COUNT=2;FREQ=DAILY",
                                  "BYDAY=MO,TU,WE,TH,FR,SA,SU;FREQ=DAILY",
                                  "FREQ=MONTHLY;BYDAY=1MO,-1FR,+2TU,5SU,WE",
                                  "FREQ=MONTHLY;BYMONTHDAY=1,31,-1,-31,+15",
                                  "BYDAY=53SU,-53MO;FREQ=YEARLY",
                                  "FREQ=YEARLY;BYMONTH=1,12;BYDAY=MO;BYSETPOS=1,-1,366,-366",
                                  "FREQ=DAILY;BYMONTH=02;BYMONTHDAY=-01",
                                  "FREQ=WEEKLY;BYMONTH=1;BYSETPOS=1",
                                  "FREQ=DAILY;COUNT=10000",
                                  "FREQ=DAILY;INTERVAL=32767",
                                  "FREQ=DAILY;INTERVAL=00002",
                                  "FREQ=DAILY;UNTIL=20280229"})
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
                                  "UNTIL=2030",
                                  "UNTIL=2030-01-01",
                                  "UNTIL=20301301",
                                  "UNTIL=20300132",
                                  "UNTIL=20300229",
                                  "UNTIL=20300431T120000",
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
                                  "WKST=MO,TU",
                                  "BYDAY=0MO",
                                  "BYDAY=54MO",
                                  "BYDAY=--1MO",
                                  "BYDAY=1",
                                  "BYDAY=001MO",
                                  "BYMONTH=0",
                                  "BYMONTH=13",
                                  "BYMONTH=-1",
                                  "BYMONTH=1,",
                                  "BYMONTH=5L",
                                  "BYMONTHDAY=0",
                                  "BYMONTHDAY=32",
                                  "BYMONTHDAY=-32",
                                  "BYMONTHDAY=1,,2",
                                  "BYSETPOS=0",
                                  "BYSETPOS=367",
                                  "BYSETPOS=-"})
        expect_fault(rule_fault::bad_value, "FREQ=WEEKLY;" + std::string(part), part);
    expect_fault(rule_fault::bad_value, "FREQ=FORTNIGHTLY", "FREQ=FORTNIGHTLY");
    expect_fault(rule_fault::bad_value, "FREQ=", "FREQ=");
}

TEST(RecurrenceRule, ANumberThatIsTooLargeIsTold) {
    for (std::string_view part :
         {"INTERVAL=32768", "INTERVAL=65537", "COUNT=10001", "COUNT=4294967297", "COUNT=999999999",
          "INTERVAL=99999999999999999999"})
        expect_fault(rule_fault::too_large, "FREQ=WEEKLY;" + std::string(part), part);
}

std::string listed(std::string_view name, std::string_view value, int times) {
    std::string part = std::string(name) + "=" + std::string(value);
    while (--times > 0)
        part += "," + std::string(value);
    return part;
}

TEST(RecurrenceRule, AListThatLibicalDoesNotHoldIsTold) {
    const std::string_view lists[][2] = {
        {"BYMONTH", "1"}, {"BYMONTHDAY", "-1"}, {"BYDAY", "1MO"}, {"BYSETPOS", "1"}};
    const int most[] = {12, 31, 366, 366};
    for (int which = 0; which < 4; ++which) {
        const auto [name, value] = lists[which];
        const std::string beside = name == "BYSETPOS" ? "FREQ=MONTHLY;BYMONTH=1;" : "FREQ=MONTHLY;";
        EXPECT_EQ(fault_of(beside + listed(name, value, most[which])), rule_fault::none) << name;
        const std::string longer = listed(name, value, most[which] + 1);
        expect_fault(rule_fault::too_many_values, beside + longer, longer);
    }
}

TEST(RecurrenceRule, WhatIsNotSupportedIsToldFromNonsense) {
    for (std::string_view rule : {"FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY"})
        expect_fault(rule_fault::frequency_unsupported, rule, rule);
    for (std::string_view part :
         {"BYYEARDAY=1", "BYWEEKNO=1", "BYHOUR=9", "BYMINUTE=30", "BYSECOND=0"})
        expect_fault(rule_fault::part_unsupported, "FREQ=YEARLY;" + std::string(part), part);
}

TEST(RecurrenceRule, WeekdaysHaveNumbersOnlyInMonthsAndYears) {
    expect_fault(rule_fault::numbered_weekday, "FREQ=WEEKLY;BYDAY=MO,1TU", "BYDAY=MO,1TU");
    expect_fault(rule_fault::numbered_weekday, "BYDAY=-1FR;FREQ=DAILY", "BYDAY=-1FR");
}

TEST(RecurrenceRule, AWeekHasNoDaysOfTheMonth) {
    expect_fault(rule_fault::month_day_in_week, "BYMONTHDAY=1;FREQ=WEEKLY", "BYMONTHDAY=1");
    EXPECT_EQ(fault_of("FREQ=DAILY;BYMONTHDAY=1"), rule_fault::none);
}

TEST(RecurrenceRule, APositionIsOneAmongOtherDays) {
    expect_fault(rule_fault::lone_set_position, "BYSETPOS=1;FREQ=MONTHLY", "BYSETPOS=1");
    expect_fault(rule_fault::lone_set_position, "FREQ=WEEKLY;WKST=SU;BYSETPOS=-1", "BYSETPOS=-1");
}

} // namespace
} // namespace slotguard
