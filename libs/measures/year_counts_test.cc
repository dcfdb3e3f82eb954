#include "libs/measures/year_counts.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

const CivilDate kYearEnd = Day("2018-03-31");

// A child in care from `start`, with known days to match.
class LookedAfter : public ChildInTests {
 public:
  explicit LookedAfter(std::string_view start, bool known = true) {
    CareStarts(start, known);
    history().care_days.push_back({.days = {Day(start), {}}, .legal_status = "C2", .place = "U4"});
  }
  LookedAfter& Ends(std::string_view on, std::string_view reason) {
    CareEnds(on);
    history().care_periods.back().reason = std::string(reason);
    history().care_days.back().days.end = Day(on);
    return *this;
  }
  LookedAfter& OnShortBreaks() {
    history().care_days.back().legal_status = "V4";
    return *this;
  }
  LookedAfter& NotKnownSince(std::string_view day) {
    history().care_days.back().days.end = Day(day).PlusDays(1);
    CareIsNotKnownSince(day);
    return *this;
  }
};

YearCounts CountsOf(const ChildInTests& child, ReviewsInYear reviews = ReviewsInYear::kNoneDue) {
  YearCounts counts;
  Count(child.history(), reviews, kYearEnd, counts);
  return counts;
}

Measure Figure(const YearCounts& counts, std::string_view id) {
  for (auto& measure : MeasuresOf(counts, Nation::kEngland)) {
    if (measure.id == id) return measure;
  }
  return {};
}

using By = std::map<std::string, uint64_t>;

TEST(YearCounts, CountAChildLookedAfterAtTheEndOfMarch) {
  const auto counts = CountsOf(LookedAfter("2017-05-02"));
  EXPECT_EQ(counts.looked_after, 1u);
  EXPECT_EQ(counts.starts, 1u);
  EXPECT_EQ(CountsOf(LookedAfter("2017-05-02").Ends("2018-03-31", "E4A")).looked_after, 0u);
  EXPECT_EQ(CountsOf(LookedAfter("2018-04-01")).looked_after, 0u);
}

TEST(YearCounts, LeaveShortBreaksOutOfWhatGoesWithoutThem) {
  auto child = LookedAfter("2017-05-02");
  child.OnShortBreaks().Placement("U4", "2017-05-02");
  const auto counts = CountsOf(child);
  EXPECT_EQ(Figure(counts, "looked_after").numerator, 1u);
  const auto without = Figure(counts, "looked_after_without_short_breaks");
  EXPECT_EQ(without.numerator, 0u);
  EXPECT_EQ(without.excluded, 1u);
  EXPECT_EQ(Figure(counts, "starts").numerator, 1u);
  EXPECT_EQ(Figure(counts, "placements").by, By{});
}

TEST(YearCounts, SayWhyAChildIsNotKnown) {
  const auto counts = CountsOf(LookedAfter("2016-05-02").NotKnownSince("2017-03-31"));
  EXPECT_EQ(counts.looked_after, 0u);
  EXPECT_EQ(Figure(counts, "not_known").by, (By{{"not_in_next_return", 1}}));
  EXPECT_EQ(CountsOf(LookedAfter("2016-05-02").NotKnownSince("2018-03-31")).looked_after, 1u);
}

TEST(YearCounts, CountEndsByReasonAndDisputedOnesBeside) {
  auto child = LookedAfter("2016-05-02");
  child.Ends("2017-06-01", "E4A");
  EXPECT_EQ(Figure(CountsOf(child), "ends").by, (By{{"E4A", 1}}));
  child.history().care_periods.back().status = EndStatus::kDisputed;
  EXPECT_EQ(Figure(CountsOf(child), "ends").disputed, 1u);
  EXPECT_EQ(Figure(CountsOf(LookedAfter("2016-05-02").Ends("2017-06-01", "")), "ends").by,
            (By{{"not_stated", 1}}));
}

TEST(YearCounts, CountAStartThatIsNotKnownApart) {
  const auto counts = CountsOf(LookedAfter("2017-05-02", false));
  EXPECT_EQ(Figure(counts, "starts").numerator, 0u);
  EXPECT_EQ(Figure(counts, "starts").unknown, 1u);
  EXPECT_EQ(Figure(counts, "start_not_known").numerator, 1u);
  EXPECT_EQ(Figure(counts, "start_not_known").denominator, 1u);
}

TEST(YearCounts, CountAPlacementOnItsFirstAndLastDay) {
  auto child = LookedAfter("2016-05-02");
  child.Placement("U4", "2016-05-02", "2017-04-01").Placement("U4", "2017-04-01");
  EXPECT_EQ(Figure(CountsOf(child), "placements").by, (By{{"2", 1}}));
  child.Placement("U4", "2018-03-31");
  EXPECT_EQ(Figure(CountsOf(child), "placements").by, (By{{"3_or_more", 1}}));
  auto earlier = LookedAfter("2016-05-02");
  earlier.Placement("U4", "2016-05-02", "2017-03-31").Placement("U4", "2017-03-31");
  EXPECT_EQ(Figure(CountsOf(earlier), "placements").by, (By{{"1", 1}}));
}

TEST(YearCounts, TakeTheMeanOfTheMiddleTwoDaysToAdoption) {
  YearCounts counts;
  for (const char* decided : {"2017-05-01", "2017-05-11"}) {
    auto child = LookedAfter("2016-05-02");
    child.Happens(EntryKind::kAgencyDecision, "2016-09-01");
    child.Happens(EntryKind::kAgencyDecision, decided)
        .Happens(EntryKind::kOrder, "2017-08-09", "ADOPTION");
    Count(child.history(), ReviewsInYear::kNoneDue, kYearEnd, counts);
  }
  auto undecided = LookedAfter("2016-05-02");
  undecided.Happens(EntryKind::kOrder, "2017-08-09", "ADOPTION");
  Count(undecided.history(), ReviewsInYear::kNoneDue, kYearEnd, counts);
  const auto figure = Figure(counts, "decision_to_adoption");
  EXPECT_EQ(figure.value, 95.0);
  EXPECT_EQ(figure.denominator, 2u);
  EXPECT_EQ(figure.unknown, 1u);
}

TEST(YearCounts, GiveReviewsAsAShareAndNothingOverZero) {
  const LookedAfter child("2016-05-02");
  EXPECT_EQ(Figure(CountsOf(child), "reviews_on_time").value, std::nullopt);
  YearCounts counts = CountsOf(child, ReviewsInYear::kAllOnTime);
  Add(CountsOf(child, ReviewsInYear::kSomeLate), counts);
  Add(CountsOf(child, ReviewsInYear::kNotKnown), counts);
  const auto figure = Figure(counts, "reviews_on_time");
  EXPECT_EQ(figure.value, 0.5);
  EXPECT_EQ(figure.denominator, 2u);
  EXPECT_EQ(figure.unknown, 1u);
}

TEST(YearCounts, GiveTheSameFiguresInTheSameOrderOfNobody) {
  std::vector<std::string> ids;
  for (const auto& measure : MeasuresOf({}, Nation::kEngland)) {
    ids.push_back(measure.id);
    EXPECT_FALSE(measure.definition.empty()) << measure.id;
    EXPECT_TRUE(measure.by.empty()) << measure.id;
  }
  EXPECT_EQ(ids,
            (std::vector<std::string>{
                "looked_after", "looked_after_without_short_breaks", "not_known", "starts", "ends",
                "placements", "reviews_on_time", "decision_to_adoption", "start_not_known", "m0_m1",
                "m1_m2", "m2_m3", "m3_m4", "m4_m5", "m1_m5", "hearings_per_child", "interim_runs",
                "home_order_days", "decisions_as_recommended"}));
}

RC_GTEST_PROP(YearCounts, AddUpInAnyParts, (const std::vector<uint8_t>& lives, uint8_t cut)) {
  const auto child = [](uint8_t life) {
    LookedAfter child(life & 1 ? "2016-05-02" : "2017-05-02", life & 2);
    if (life & 4) child.OnShortBreaks();
    child.Placement("U4", "2017-05-02");
    if (life & 8) child.Ends("2017-12-01", life & 16 ? "E4A" : "");
    return child;
  };
  YearCounts all, first, second;
  for (size_t i = 0; i < lives.size(); ++i) {
    const auto reviews = static_cast<ReviewsInYear>(lives[i] >> 6);
    Count(child(lives[i]).history(), reviews, kYearEnd, all);
    Count(child(lives[i]).history(), reviews, kYearEnd, i < cut ? first : second);
  }
  Add(second, first);
  RC_ASSERT(first == all);
}

}  // namespace
}  // namespace holdfast
