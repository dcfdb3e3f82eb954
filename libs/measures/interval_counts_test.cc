// The intervals between milestones, on small lives with worked-out answers.
#include "libs/measures/interval_counts.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/measures/child_of_a_year.h"

namespace holdfast {
namespace {

constexpr char kYear[] = "2024-07-31";

// From involvement to a permanence order, all in 2023 and 2024.
ChildOfAYear OfAPermanenceOrder() {
  ChildOfAYear child;
  child.InCare("2023-03-01")
      .Plans("permanence_order", "2023-08-01")
      .Happens(EntryKind::kInvolvement, "2023-01-10")
      .Happens(EntryKind::kRecommendation, "2023-08-01", "permanence_order")
      .Happens(EntryKind::kPanel, "2023-10-02", "permanence_order")
      .Happens(EntryKind::kAgencyDecision, "2023-10-12", "permanence_order")
      .Proceeds(EntryKind::kApplication, "2024-01-15", "PO", "2024-06-13")
      .Happens(EntryKind::kOrder, "2024-06-13", "PO");
  return child;
}

TEST(Intervals, AreOfThoseThatEndedInTheYearSplitByWhoHeldTheNextStep) {
  const std::vector<ChildInTests> children = {OfAPermanenceOrder()};
  const auto m1_m5 = FigureOf("m1_m5", children, kYear);
  EXPECT_EQ(m1_m5.value, 470.0);
  EXPECT_EQ(m1_m5.denominator, 1u);
  EXPECT_EQ(PartsOf(m1_m5),
            "holder court 150\nholder decision_maker 10\nholder social_work 310\n"
            "route permanence_order ended 1\nroute permanence_order median_days 470\n"
            "route permanence_order open 0\nroute permanence_order open_median_days none\n");
  const auto m2_m3 = FigureOf("m2_m3", children, kYear);
  EXPECT_EQ(m2_m3.value, 72.0);
  EXPECT_EQ(PartsOf(m2_m3).substr(0, 47), "holder decision_maker 10\nholder social_work 62\n");
  EXPECT_EQ(FigureOf("m1_m2", children, kYear).value, 153.0);
  EXPECT_EQ(FigureOf("m3_m4", children, kYear).value, 95.0);
  EXPECT_EQ(FigureOf("m4_m5", children, kYear).value, 150.0);
  EXPECT_EQ(FigureOf("m0_m1", children, kYear).denominator, 0u) << "it ended the year before";
  EXPECT_EQ(FigureOf("m0_m1", children, "2023-07-31").value, 50.0);
}

TEST(Intervals, BelongToTheYearOfTheLaterMilestoneFirstAndLastDayIncluded) {
  const auto recommended = [](std::string_view on) {
    ChildOfAYear child;
    child.InCare("2023-03-01").Happens(EntryKind::kRecommendation, on, "kinship");
    return FigureOf("m1_m2", {child}, kYear).denominator;
  };
  EXPECT_EQ(recommended("2023-07-31"), 0u);
  EXPECT_EQ(recommended("2023-08-01"), 1u);
  EXPECT_EQ(recommended("2024-07-31"), 1u);
  EXPECT_EQ(recommended("2024-08-01"), 0u);
}

TEST(Intervals, HaveTheMeanOfTheMiddleTwoAndNothingOverZero) {
  const auto reached = [](std::string_view on) {
    ChildOfAYear child;
    child.InCare("2024-01-01").Happens(EntryKind::kRecommendation, on, "home");
    return child;
  };
  const std::vector<ChildInTests> four = {reached("2024-01-11"), reached("2024-01-21"),
                                          reached("2024-01-24"), reached("2024-06-01")};
  EXPECT_EQ(FigureOf("m1_m2", four, kYear).value, 21.5);
  const auto none = FigureOf("m1_m2", {}, kYear);
  EXPECT_EQ(none.value, std::nullopt);
  EXPECT_EQ(none.denominator, 0u);
  EXPECT_EQ(none.groups, (std::vector<std::string>{"holder", "route"}));
}

TEST(Intervals, AreOpenAsThingsStoodAtTheEndOfTheYear) {
  const auto open = FigureOf("m1_m2", {OfAPermanenceOrder()}, "2023-07-31");
  EXPECT_EQ(open.value, std::nullopt);
  EXPECT_EQ(PartsOf(open),
            "route not_stated ended 0\nroute not_stated median_days none\n"
            "route not_stated open 1\nroute not_stated open_median_days 152\n")
      << "recommended and planned the day after";
  auto gone = ChildOfAYear();
  gone.InCare("2023-03-01", "2024-07-31");
  EXPECT_EQ(PartsOf(FigureOf("m1_m2", {gone}, kYear)), "") << "no longer looked after";
}

TEST(Intervals, ThatDoNotApplyAreNeverMissing) {
  ChildOfAYear kinship;
  kinship.InCare("2023-03-01")
      .Happens(EntryKind::kRecommendation, "2023-09-01", "kinship")
      .Proceeds(EntryKind::kApplication, "2023-12-01", "KINSHIP", "2024-03-01")
      .Happens(EntryKind::kOrder, "2024-03-01", "KINSHIP");
  for (const char* id : {"m2_m3", "m3_m4"}) {
    const auto figure = FigureOf(id, {kinship}, kYear);
    EXPECT_EQ(figure.denominator, 0u) << id;
    EXPECT_EQ(figure.unknown, 0u) << id;
    EXPECT_EQ(PartsOf(figure), "") << id;
  }
  EXPECT_EQ(FigureOf("m4_m5", {kinship}, kYear).value, 91.0);
}

TEST(Intervals, WithAMilestonePassedOnADayThatNobodyStatesAreUnknown) {
  ChildOfAYear lodged;  // no recommendation and no decision
  lodged.InCare("2023-03-01")
      .Plans("permanence_order", "2023-05-01")
      .Proceeds(EntryKind::kApplication, "2024-01-15", "PO");
  for (const char* id : {"m1_m2", "m2_m3", "m3_m4"}) {
    EXPECT_EQ(FigureOf(id, {lodged}, kYear).unknown, 1u) << id;
    EXPECT_EQ(FigureOf(id, {lodged}, "2023-07-31").unknown, 0u) << id;
  }
  EXPECT_EQ(FigureOf("m0_m1", {lodged}, "2023-07-31").unknown, 1u) << "no involvement is stated";
  EXPECT_EQ(FigureOf("m0_m1", {lodged}, kYear).unknown, 0u);
  ChildOfAYear by;
  by.InCareBy("2023-09-01");
  EXPECT_EQ(FigureOf("m1_m2", {by}, kYear).unknown, 1u) << "open, and its age is not known";
  EXPECT_EQ(FigureOf("m0_m1", {by}, kYear).unknown, 1u);
  ChildOfAYear lost;
  lost.InCare("2023-03-01").CareIsNotKnownSince("2024-03-31");
  lost.history().care_days.front().days.end = Day("2024-04-01");
  EXPECT_EQ(FigureOf("m1_m2", {lost}, kYear).unknown, 1u);
}

TEST(Intervals, InTheOtherOrderAreExcluded) {
  ChildOfAYear child;
  child.InCare("2023-03-01")
      .Happens(EntryKind::kAgencyDecision, "2023-09-01", "adoption")
      .Happens(EntryKind::kRecommendation, "2023-10-01", "adoption");
  const auto figure = FigureOf("m2_m3", {child}, kYear);
  EXPECT_EQ(figure.excluded, 1u);
  EXPECT_EQ(figure.denominator, 0u);
}

TEST(Intervals, OnShortBreaksAreExcludedWhileOpen) {
  ChildOfAYear child("england");
  child.InCare("2023-03-01").history().care_days.back().legal_status = "V4";
  const auto figure = FigureOf("m1_m2", {child}, "2024-03-31");
  EXPECT_EQ(figure.excluded, 1u);
  EXPECT_EQ(PartsOf(figure), "");
}

TEST(Intervals, AreDisputedWhileSourcesDisagreeAboutAMilestone) {
  ChildOfAYear child;
  child.InCare("2023-03-01").Happens(EntryKind::kRecommendation, "2023-09-01", "home");
  auto disputed = child;
  disputed.LastIsDisputed();
  EXPECT_EQ(FigureOf("m1_m2", {child, disputed}, kYear).disputed, 1u);
  EXPECT_EQ(FigureOf("m1_m2", {child, disputed}, kYear).denominator, 2u);
  auto settled = child;
  settled.LastIsDisputed(true);
  EXPECT_EQ(FigureOf("m1_m2", {settled}, kYear).disputed, 0u);
}

TEST(Intervals, OfParallelPlansAreOfTheOneAchievedAndWhileOpenOfTheFirstNamed) {
  ChildOfAYear child;
  child.InCare("2023-03-01")
      .Plans("home", "2023-04-01")
      .Plans("kinship", "2023-04-01")
      .Happens(EntryKind::kRecommendation, "2023-05-01", "home")
      .Happens(EntryKind::kRecommendation, "2023-09-01", "kinship")
      .Proceeds(EntryKind::kApplication, "2024-01-10", "KINSHIP", "2024-09-01")
      .Happens(EntryKind::kOrder, "2024-09-01", "KINSHIP");
  EXPECT_EQ(PartsOf(FigureOf("m1_m5", {child}, kYear)),
            "route home ended 0\nroute home median_days none\nroute home open 1\n"
            "route home open_median_days 518\n");
  EXPECT_EQ(PartsOf(FigureOf("m1_m5", {child}, "2025-07-31")).substr(0, 33),
            "holder court 235\nholder social_wo");
  EXPECT_EQ(FigureOf("m1_m5", {child}, "2025-07-31").value, 550.0);
}

ChildOfAYear RandomChild() {
  const auto day = [](int after) { return Day("2022-01-01").PlusDays(after).Iso(); };
  const auto some = [&](int from, int to) { return day(*rc::gen::inRange(from, to)); };
  ChildOfAYear child;
  child.InCare(some(0, 100), *rc::gen::arbitrary<bool>() ? some(500, 900) : "");
  const std::string routes[] = {"adoption", "kinship", "home", "permanence_order"};
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
    child.Plans(routes[*rc::gen::inRange(0, 4)], some(50, 400));
  const EntryKind kinds[] = {EntryKind::kInvolvement, EntryKind::kRecommendation,
                             EntryKind::kPanel,       EntryKind::kAgencyDecision,
                             EntryKind::kLegalPapers, EntryKind::kLegalOpinion};
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i)
    child.Happens(kinds[*rc::gen::inRange(0, 6)], some(0, 800));
  const std::string orders[] = {"ADOPTION", "KINSHIP", "CSO", "PO"};
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
    child.Order(orders[*rc::gen::inRange(0, 4)], some(100, 900));
  const EntryKind before[] = {EntryKind::kApplication, EntryKind::kHearing, EntryKind::kReferral,
                              EntryKind::kSafeguarder};
  for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
    const int from = *rc::gen::inRange(0, 800);
    child.Proceeds(before[*rc::gen::inRange(0, 4)], day(from), orders[*rc::gen::inRange(0, 4)],
                   *rc::gen::arbitrary<bool>() ? day(from + *rc::gen::inRange(0, 200)) : "");
    child.history().proceedings.back().known_since = Day(day(from));
  }
  std::ranges::stable_sort(child.history().happenings, {}, &Happening::on);
  std::ranges::stable_sort(child.history().proceedings, {}, &Proceeding::on);
  return child;
}

RC_GTEST_PROP(Intervals, ByHolderSumToTheWhole, ()) {
  const auto child = RandomChild();
  for (const char* year_end : {"2022-07-31", "2023-07-31", "2024-07-31"}) {
    AllIntervalCounts counts;
    const Disputes disputes(child.history());
    CountIntervals(child.history(), disputes, YearEnding(Day(year_end)), counts);
    for (const auto& interval : counts) {
      uint64_t ended = 0;
      for (const auto& [route, days] : interval.routes) {
        for (const auto& [length, count] : days.ended)
          ended += static_cast<uint64_t>(length) * count;
      }
      RC_ASSERT(Sum(interval.holders) == ended);
    }
  }
}

RC_GTEST_PROP(Intervals, AddUpInAnyParts, ()) {
  PermanenceCounts all, first, second;
  for (int i = 0; i < 4; ++i) {
    const auto child = RandomChild();
    const Year year = YearEnding(Day("2023-07-31"));
    CountPermanence(child.history(), year, year.last, all);
    CountPermanence(child.history(), year, year.last, *rc::gen::arbitrary<bool>() ? first : second);
  }
  Add(second, first);
  RC_ASSERT(first == all);
}

}  // namespace
}  // namespace holdfast
