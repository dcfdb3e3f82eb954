// The judge of the campaigns finds what is planted: one that finds nothing proves nothing.
#include "tests/prove/judge.h"

#include <gtest/gtest.h>

#include "tests/prove/judge_sets.h"

namespace holdfast {
namespace {

const std::map<std::string, std::string> kTold{{"a", "cases/1 events 1 to 2"},
                                               {"b", "cases/1 events 3 to 3"}};

TEST(JudgeCommands, FindsNothingWhereTheJournalHoldsWhatWasTold) {
  const auto judged = JudgeCommands(kTold, {{"a", "cases/1 events 1 to 2"},
                                            {"x", "cases/0 events 1 to 1"},
                                            {"b", "cases/1 events 3 to 3"}});
  EXPECT_TRUE(judged.lost.empty());
  EXPECT_TRUE(judged.doubled.empty());
}

TEST(JudgeCommands, FindsAPlantedLoss) {
  EXPECT_EQ(JudgeCommands(kTold, {{"a", "cases/1 events 1 to 2"}}).lost,
            std::vector<std::string>{"b"});
}

TEST(JudgeCommands, FindsACommandThatIsElsewhereThanItsAnswerSaid) {
  EXPECT_EQ(
      JudgeCommands(kTold, {{"a", "cases/1 events 1 to 2"}, {"b", "cases/1 events 4 to 4"}}).lost,
      std::vector<std::string>{"b"});
}

TEST(JudgeCommands, FindsAPlantedDouble) {
  const auto judged = JudgeCommands(kTold, {{"a", "cases/1 events 1 to 2"},
                                            {"b", "cases/1 events 3 to 3"},
                                            {"b", "cases/1 events 4 to 4"}});
  EXPECT_EQ(judged.doubled, std::vector<std::string>{"b"});
}

TEST(WhatStands, IsLostWhereItIsMissingAndDoubledWhereItStandsTooOften) {
  CampaignResult result;
  JudgeStanding("day", {"a", "b", "b"}, {"b", "b", "a"}, result);
  EXPECT_EQ(result.lost + result.doubled + result.violations, 0u);
  JudgeStanding("day", {"a", "b", "b", "c"}, {"a", "a", "b", "d"}, result);
  EXPECT_EQ(result.lost, 2u) << "one of b, and c";
  EXPECT_EQ(result.doubled, 1u) << "a";
  EXPECT_EQ(result.violations, 1u) << "nobody stated d";
}

}  // namespace
}  // namespace holdfast
