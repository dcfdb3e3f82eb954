#include "libs/permanence/contact_rate.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

TEST(ContactRate, IsReadFromWhatPeopleSay) {
  EXPECT_EQ(ReadRate("weekly"), "1 a week");
  EXPECT_EQ(ReadRate("Once a week, supervised at the centre"), "1 a week");
  EXPECT_EQ(ReadRate("twice weekly"), "2 a week");
  EXPECT_EQ(ReadRate("3 times per week"), "3 a week");
  EXPECT_EQ(ReadRate("every day"), "7 a week");
  EXPECT_EQ(ReadRate("letters twice a year"), "1 in 6 months");
  EXPECT_EQ(ReadRate("six sessions each year"), "1 in 2 months");
}

TEST(ContactRate, IsTheSameForTheSameHoweverItIsSaid) {
  EXPECT_EQ(ReadRate("fortnightly"), ReadRate("once every two weeks"));
  EXPECT_EQ(ReadRate("fortnightly"), ReadRate("every other week"));
  EXPECT_EQ(ReadRate("4 a year"), ReadRate("quarterly"));
  EXPECT_EQ(ReadRate("12 times a year"), ReadRate("monthly"));
  EXPECT_NE(ReadRate("weekly"), ReadRate("fortnightly"));
}

TEST(ContactRate, CountsTimesAndNotHours) {
  EXPECT_EQ(ReadRate("2 hours a week"), "1 a week");
  EXPECT_EQ(ReadRate("weekly for 3 hours"), "1 a week");
}

TEST(ContactRate, SaysThatThereIsNone) {
  for (const auto* words : {"none", "No contact", "never", "no", "0 times a week"})
    EXPECT_EQ(ReadRate(words), kNoContact) << words;
}

TEST(ContactRate, IsUnreadWhereNoneCanBeRead) {
  for (const auto* words : {"at weekends", "when she asks", "every 0 weeks", "5", "no later than May"})
    EXPECT_EQ(ReadRate(words), kUnreadRate) << words;
  EXPECT_EQ(ReadRate(" "), "");
}

}  // namespace
}  // namespace holdfast
