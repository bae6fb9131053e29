#include "core/booking_event.hpp"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace slotguard {
namespace {

TEST(BookingEvent, NoTwoShareAWord) {
    std::set<std::string_view> words;
    for (booking_event what : all_booking_events)
        EXPECT_TRUE(words.insert(word(what)).second) << word(what);
}

TEST(BookingEvent, TheListIsInTheOrderOfTheEnumAndWhole) {
    for (std::size_t index = 0; index < all_booking_events.size(); ++index)
        EXPECT_EQ(static_cast<std::size_t>(all_booking_events[index]), index);
    EXPECT_EQ(word(static_cast<booking_event>(all_booking_events.size())), "");
}

TEST(BookingEvent, AScheduledSessionIsBookedAndTheOthersAreCalledByTheirStatus) {
    EXPECT_EQ(event_of_status("scheduled"), booking_event::booked);
    EXPECT_EQ(event_of_status("cancelled"), booking_event::cancelled);
    EXPECT_EQ(event_of_status("completed"), booking_event::completed);
    EXPECT_EQ(event_of_status("no_show"), booking_event::no_show);
}

TEST(BookingEvent, WhatIsNoStatusIsNoEvent) {
    for (std::string_view status : {"", "booked", "Scheduled", "held", "deleted"})
        EXPECT_FALSE(event_of_status(status)) << status;
}

} // namespace
} // namespace slotguard
