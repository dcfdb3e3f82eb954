// Where sources disagree: when it opens, what identifies it, when it closes.
#include "libs/permanence/discrepancy.h"

#include <gtest/gtest.h>

#include "libs/testing/child_of_sources.h"
#include "libs/testing/history_as_text.h"

namespace holdfast {
namespace {

using namespace proceedings::v1;
using namespace cases::v1;

constexpr char kRecord[] = "record/S12000901";
constexpr char kReturns[] = "ssda903/S12000901";

ItemInTests Made(std::string_view on) {
  return ItemInTests("court", "e", FEED_KIND_ORDER_MADE, on, "O1").Code("CSO").Sent("2026-03-10");
}
RecordedInTests Order(std::string_view on) {
  return RecordedInTests("order", FACT_KIND_ORDER, on, "CSO").Reported("2026-03-02");
}

TEST(Discrepancy, IsOpenFromTheDayOnWhichBothWereKnownAndDue28DaysLater) {
  ChildOfSources child;
  child.Told(Order("2026-03-01").Until("2027-01-01")).Told(Made("2026-03-01").Until("2027-01-02"));
  const auto differs = child.Only("differs");
  EXPECT_EQ(differs.opened, Day("2026-03-10"));
  EXPECT_EQ(differs.Due(), Day("2026-04-07"));
  EXPECT_EQ(differs.field, "until");
  EXPECT_EQ(differs.entry, child.AsKnown().happenings.at(0).entry);
  EXPECT_EQ(differs.counts, "court");
  EXPECT_FALSE(differs.resolved);
  EXPECT_EQ(DisagreementsOf(child.AsKnown({.known_at = Day("2026-03-09")})), Lines{});
}

TEST(Discrepancy, IsKnownByWhatItIsAboutNotByWhatIsStated) {
  ChildOfSources child;
  child.Told(Order("2026-03-01").Until("2027-01-01")).Told(Made("2026-03-01").Until("2027-01-02"));
  const auto before = child.Only("differs");
  child.Told(Made("2026-03-01").Until("2027-01-03").Sent("2026-03-12"));
  EXPECT_EQ(child.Only("differs").id, before.id);
  EXPECT_EQ(child.Only("differs").opened, Day("2026-03-12"));
}

TEST(Discrepancy, NearOpensOfDaysAtMost31Apart) {
  for (const auto& [court, near] : {std::pair("2026-04-01", true),
                                    {"2026-04-02", false},
                                    {"2026-01-29", true},
                                    {"2026-01-28", false}}) {
    ChildOfSources child;
    child.Told(Order("2026-03-01")).Told(Made(court));
    const auto history = child.AsKnown();
    EXPECT_EQ(history.discrepancies.size(), near ? 1u : 0u) << court;
    EXPECT_EQ(history.happenings.size(), near ? 1u : 2u) << court;
    EXPECT_EQ(history.near_happenings.size(), near ? 1u : 0u) << court;
  }
}

TEST(Discrepancy, NearIsOfTheNearestPairAndOfATieTheEarlier) {
  ChildOfSources child;
  child.Told(Made("2026-03-15"));
  child.Told(RecordedInTests("a", FACT_KIND_ORDER, "2026-03-10", "CSO"));
  child.Told(RecordedInTests("b", FACT_KIND_ORDER, "2026-03-20", "CSO"));
  const auto near = child.Only("near");
  EXPECT_EQ(near.versions.at(1).value, "2026-03-10");
  EXPECT_EQ(OrdersOf(child.AsKnown()), (Lines{"2026-03-15 order CSO", "2026-03-20 order CSO"}));
}

TEST(Discrepancy, IsClosedByKeepingASourcesVersionOfTheField) {
  ChildOfSources child;
  child.Told(Order("2026-03-01").Until("2027-01-01")).Told(Made("2026-03-01").Until("2027-01-02"));
  child.Told(Resolved(child.Only("differs"), kRecord, "2026-03-20"));
  EXPECT_EQ(OrdersOf(child.AsKnown()), Lines{"2026-03-01 order CSO until 2027-01-01"});
  EXPECT_TRUE(child.Only("differs").resolved);
  EXPECT_EQ(child.Only("differs").counts, kRecord);
  EXPECT_EQ(OrdersOf(child.AsKnown({.known_at = Day("2026-03-19")})),
            Lines{"2026-03-01 order CSO until 2027-01-02"})
      << "before the decision";
}

TEST(Discrepancy, OpensAgainWhenAnAssertionThatWasComparedChanges) {
  ChildOfSources child;
  const auto order = Order("2026-03-01").Until("2027-01-01");
  child.Told(order).Told(Made("2026-03-01").Until("2027-01-02"));
  child.Told(Resolved(child.Only("differs"), kRecord, "2026-03-20"));
  child.Told(Made("2026-03-01").Until("2027-01-05").Sent("2026-03-21"));
  EXPECT_FALSE(child.Only("differs").resolved);
  EXPECT_EQ(child.Only("differs").counts, "court");
  EXPECT_EQ(child.Only("differs").opened, Day("2026-03-21"));
}

TEST(Discrepancy, ClosesWhenTheFactIsWithdrawnOrBothComeToSayTheSame) {
  ChildOfSources child;
  const auto order = Order("2026-03-01");
  child.Told(order).Told(Made("2026-03-03"));
  EXPECT_EQ(child.Only("near").counts, "court");
  auto corrected = child;
  corrected.Told(order.CorrectedTo("2026-03-03", "2026-03-11"));
  EXPECT_EQ(DisagreementsOf(corrected.AsKnown()), Lines{});
  child.Told(order.Withdrawn("2026-03-11"));
  EXPECT_EQ(DisagreementsOf(child.AsKnown()), Lines{});
  EXPECT_EQ(OrdersOf(child.AsKnown()), Lines{"2026-03-03 order CSO"});
}

TEST(Discrepancy, NearIsClosedByKeepingTheOtherVersion) {
  ChildOfSources child;
  child.Told(Order("2026-03-01")).Told(Made("2026-03-03"));
  child.Told(Resolved(child.Only("near"), kRecord, "2026-03-20"));
  EXPECT_EQ(OrdersOf(child.AsKnown()), Lines{"2026-03-01 order CSO"});
  EXPECT_EQ(child.AsKnown().near_happenings.at(0).on, Day("2026-03-03"));
  EXPECT_TRUE(child.Only("near").resolved);
}

TEST(Discrepancy, NearIsClosedByTheSameWhichMakesOneEntryThatDiffers) {
  ChildOfSources child;
  child.Told(Order("2026-03-01")).Told(Made("2026-03-03"));
  const auto near = child.Only("near");
  child.Told(Resolved(near, "", "2026-03-20"));
  EXPECT_EQ(OrdersOf(child.AsKnown()), Lines{"2026-03-03 order CSO"});
  EXPECT_EQ(child.AsKnown().happenings.at(0).facts.size(), 2u);
  EXPECT_TRUE(child.Only("near").resolved);
  EXPECT_EQ(child.Only("near").id, near.id);
  EXPECT_FALSE(child.Only("differs").resolved);
  child.Told(Made("2026-03-04").Sent("2026-03-21"));
  EXPECT_FALSE(child.Only("near").resolved) << "another assertion than was compared";
}

TEST(Discrepancy, IsDecidedByTheLastDecision) {
  ChildOfSources child;
  child.Told(Order("2026-03-01")).Told(Made("2026-03-03"));
  const auto near = child.Only("near");
  child.Told(Resolved(near, "", "2026-03-20")).Told(Resolved(near, kRecord, "2026-03-20"));
  EXPECT_EQ(OrdersOf(child.AsKnown()), Lines{"2026-03-01 order CSO"});
  child.Told(Resolved(near, "court", "2026-03-21"));
  EXPECT_EQ(OrdersOf(child.AsKnown()), Lines{"2026-03-03 order CSO"});
}

TEST(Discrepancy, OverlapOfAReturnAndTheRecordIsOpenUntilOneCounts) {
  ChildOfSources child;
  child.Told(Return(2026).Has(Episode("2025-05-01", "S")));
  child.Told(RecordedInTests("p", FACT_KIND_PLACEMENT_START, "2025-09-01", "K2"));
  const auto overlap = child.Only("overlap");
  EXPECT_EQ(overlap.detail, "sources");
  EXPECT_EQ(overlap.counts, "");
  EXPECT_EQ(PlacementsOf(child.AsKnown()).size(), 2u);
  auto kept = child;
  kept.Told(Resolved(overlap, kReturns, "2026-04-20"));
  EXPECT_EQ(PlacementsOf(kept.AsKnown()), Lines{"2025-05-01 to open U6"});
  EXPECT_TRUE(kept.Only("overlap").resolved);
  EXPECT_EQ(kept.Only("overlap").id, overlap.id);
  auto same = child;
  same.Told(Resolved(overlap, "", "2026-04-20"));
  EXPECT_EQ(PlacementsOf(same.AsKnown()).size(), 1u);
  EXPECT_TRUE(same.Only("overlap").resolved);
}

TEST(Discrepancy, OfAReturnIsDecidedAlthoughTheNextReturnRepeatsTheRow) {
  const auto review = RecordedInTests("r", FACT_KIND_REVIEW, "2025-06-03", "PN2");
  ChildOfSources child;
  child.Told(Return(2026).Has(Episode("2025-05-01", "S")).Has(ReviewOn("2025-06-03", "PN1")));
  child.Told(review);
  child.Told(Resolved(child.Only("differs"), kReturns, "2026-04-20"));
  EXPECT_EQ(ReviewsOf(child.AsKnown()), Lines{"2025-06-03 PN1 in period 1"});
  child.Told(Return(2027).Has(Episode("2025-05-01", "S")).Has(ReviewOn("2025-06-03", "PN1")));
  EXPECT_TRUE(child.Only("differs").resolved);
  child.Told(Return(2028).Has(Episode("2025-05-01", "S")).Has(ReviewOn("2025-06-03", "PN3")));
  EXPECT_FALSE(child.Only("differs").resolved) << "a return says something else";
}

TEST(Discrepancy, OfTheEndOfAPlacementCanBeDecidedForTheReturn) {
  ChildOfSources child;
  const auto episode = Episode("2025-05-01", "S");
  child.Told(Return(2026).Has(episode));
  child.Told(RecordedInTests("e", FACT_KIND_PLACEMENT_END, "2025-09-01").OfEntry({episode.fact()}));
  const auto differs = child.Only("differs");
  EXPECT_EQ(differs.field, "end");
  EXPECT_EQ(differs.versions.at(1).value, "not by 2026-03-31");
  EXPECT_EQ(differs.entry, child.AsKnown().care_periods.at(0).placements.at(0).entry);
  child.Told(Resolved(differs, kReturns, "2026-04-20"));
  EXPECT_EQ(PlacementsOf(child.AsKnown()), Lines{"2025-05-01 to open U6"});
}

TEST(Discrepancy, OfTheReturnsOwnHasItsRowsAsVersions) {
  ChildOfSources child;
  child.Told(Return(2020).Has(Episode("2019-05-01")));
  child.Told(Return(2021));
  const auto lost = child.Only("not_in_next_return");
  EXPECT_EQ(lost.opened, YearEnd(2021)) << "the return that lacks it";
  ASSERT_EQ(lost.versions.size(), 1u);
  EXPECT_EQ(lost.versions[0].value, "2019-05-01");
  EXPECT_FALSE(lost.id.IsZero());
  child.Told(Resolved(lost, kReturns, "2021-05-01"));
  EXPECT_TRUE(child.Only("not_in_next_return").resolved);
}

}  // namespace
}  // namespace holdfast
