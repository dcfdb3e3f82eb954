// What an authority's tracker sheets state: which sheet's word counts, and how it stands beside the
// record, returns and feeds.
#include "libs/permanence/tracker_facts.h"

#include <gtest/gtest.h>

#include "libs/testing/child_of_sources.h"
#include "libs/testing/history_as_text.h"

namespace holdfast {
namespace {

using namespace cases::v1;
using namespace proceedings::v1;

constexpr char kTracker[] = "tracker/S12000901";
constexpr char kRecord[] = "record/S12000901";
constexpr char kReturns[] = "ssda903/S12000901";

const SheetInTests kJanuary("2026-01-31", 1);
const SheetInTests kFebruary("2026-02-28", 2);
const SheetInTests kMarch("2026-03-31", 3);

std::vector<RecordFact> Standing(std::initializer_list<SheetInTests> sheets,
                                 const View& view = {}) {
  ChildOfSources child;
  for (const auto& sheet : sheets) child.Told(sheet);
  return StandingTracker(child.facts(), view);
}

TEST(StandingTracker, GoesByTheLatestSheetThatHasTheFactWhicheverCameLast) {
  const auto january = kJanuary.Says(FACT_KIND_PANEL, "2026-01-10", "adoption");
  const auto march = kMarch.Says(FACT_KIND_PANEL, "2026-01-12", "adoption");
  for (const auto& standing : {Standing({january, march}), Standing({march, january})}) {
    ASSERT_EQ(standing.size(), 1u);
    EXPECT_EQ(standing[0].on, Day("2026-01-12"));
    EXPECT_EQ(standing[0].reported, Day("2026-03-31"));
    EXPECT_EQ(standing[0].first_on, Day("2026-01-10"));
    EXPECT_EQ(standing[0].fact, SheetInTests::FactOf(FACT_KIND_PANEL, "adoption"));
  }
}

TEST(StandingTracker, KeepsWhatALaterSheetLacks) {
  const auto standing = Standing({kJanuary.Says(FACT_KIND_INVOLVEMENT, "2025-01-10"), kMarch});
  ASSERT_EQ(standing.size(), 1u);
  EXPECT_EQ(standing[0].on, Day("2025-01-10"));
}

TEST(StandingTracker, IsTheFirstSheetsWordWhileLaterOnesRepeatIt) {
  const auto january = kJanuary.Says(FACT_KIND_INVOLVEMENT, "2025-01-10");
  const auto standing =
      Standing({january, kMarch.Says(FACT_KIND_INVOLVEMENT, "2025-01-10")});
  EXPECT_EQ(standing[0].reported, Day("2026-01-31"));
  EXPECT_EQ(standing[0].assertion,
            AssertionId::FromBytes(january.Stated().tracker_facts_stated().facts(0).assertion()));
}

TEST(StandingTracker, BelievesASheetThatSaysAgainWhatOneBetweenHadChanged) {
  const auto a = kJanuary.Says(FACT_KIND_INVOLVEMENT, "2025-01-10");
  const auto b = kFebruary.Says(FACT_KIND_INVOLVEMENT, "2025-02-10");
  const auto c = kMarch.Says(FACT_KIND_INVOLVEMENT, "2025-01-10");
  for (const auto& standing : {Standing({a, b, c}), Standing({a, c, b}), Standing({c, b, a})}) {
    EXPECT_EQ(standing[0].on, Day("2025-01-10"));
    EXPECT_EQ(standing[0].reported, Day("2026-03-31"));
  }
}

TEST(StandingTracker, TakesOfOneDayTheSheetImportedLast) {
  const auto standing = Standing(
      {SheetInTests("2026-01-31", 4).Says(FACT_KIND_INVOLVEMENT, "2025-02-10"),
       SheetInTests("2026-01-31", 5).Says(FACT_KIND_INVOLVEMENT, "2025-03-10")});
  EXPECT_EQ(standing[0].on, Day("2025-03-10"));
  EXPECT_EQ(standing[0].first_on, Day("2025-02-10"));
}

TEST(StandingTracker, KnowsOnADayWhatSheetsUpToItSaid) {
  const auto january = kJanuary.Says(FACT_KIND_INVOLVEMENT, "2025-01-10");
  const auto march = kMarch.Says(FACT_KIND_INVOLVEMENT, "2025-01-12");
  const auto seen = Standing({january, march}, {.known_at = Day("2026-03-30")});
  EXPECT_EQ(seen[0].on, Day("2025-01-10"));
  EXPECT_TRUE(Standing({january}, {.known_at = Day("2026-01-30")}).empty());
}

TEST(StandingTracker, ForgetsASheetThatWasTakenBack) {
  const auto march = kMarch.Says(FACT_KIND_INVOLVEMENT, "2025-01-12");
  ChildOfSources child;
  child.Told(kJanuary.Says(FACT_KIND_INVOLVEMENT, "2025-01-10")).Told(march);
  child.Told(march.Withdrawn());
  EXPECT_EQ(StandingTracker(child.facts(), {}).at(0).on, Day("2025-01-10"));
}

// Beside other sources

TEST(Tracker, StatesAHistoryWhereNobodyElseDoes) {
  ChildOfSources child;
  child.Told(kMarch.Says(FACT_KIND_CARE_START, "2025-01-10")
                 .Says(FACT_KIND_LEGAL_STATUS, "2025-01-10", "CSO")
                 .Says(FACT_KIND_PLACEMENT_START, "2025-01-10", "KINSHIP")
                 .Says(FACT_KIND_PLACEMENT_END, "2025-06-10")
                 .Says(FACT_KIND_REVIEW, "2025-03-01", "looked_after")
                 .Says(FACT_KIND_PLAN, "2025-09-01", "adoption")
                 .Says(FACT_KIND_ORDER, "2025-01-10", "CSO"));
  const History history = child.AsKnown();
  EXPECT_EQ(CarePeriodsOf(history), Lines{"2025-01-10 to open"});
  EXPECT_EQ(PlacementsOf(history), Lines{"2025-01-10 to 2025-06-10 KINSHIP"});
  EXPECT_EQ(LegalStatusesOf(history), Lines{"2025-01-10 to open CSO"});
  EXPECT_EQ(ReviewsOf(history), Lines{"2025-03-01 looked_after in period 1"});
  ASSERT_EQ(history.plans.size(), 1u);
  EXPECT_EQ(history.plans[0].route, "adoption");
  EXPECT_EQ(history.happenings.at(0).code, "CSO");
  EXPECT_EQ(WhereaboutsOn(history, Day("2025-02-01")), Whereabouts::kLookedAfter);
  EXPECT_EQ(DisagreementsOf(history), Lines{});
}

TEST(Tracker, CountsAfterTheRecordFieldByField) {
  ChildOfSources child;
  child.Told(RecordedInTests("panel", FACT_KIND_PANEL, "2026-01-10", "home"));
  child.Told(kMarch.Says(FACT_KIND_PANEL, "2026-01-10", "adoption"));
  const auto differs = child.Only("differs");
  EXPECT_EQ(differs.field, "code");
  EXPECT_EQ(differs.counts, kRecord);
  ASSERT_EQ(differs.versions.size(), 2u);
  EXPECT_EQ(differs.versions[1].source, kTracker);
  EXPECT_EQ(differs.versions[1].value, "adoption");
  EXPECT_EQ(differs.opened, Day("2026-03-31"));
  EXPECT_EQ(child.AsKnown().happenings.at(0).code, "home");
}

TEST(Tracker, IsNearTheRecordsDayAndLeavesItThePlace) {
  ChildOfSources child;
  child.Told(RecordedInTests("review", FACT_KIND_REVIEW, "2026-01-10"));
  child.Told(kMarch.Says(FACT_KIND_REVIEW, "2026-01-14"));
  const History history = child.AsKnown();
  EXPECT_EQ(history.reviews.size(), 1u);
  EXPECT_EQ(history.reviews[0].on, Day("2026-01-10"));
  EXPECT_EQ(history.near_reviews.size(), 1u);
  const auto near = child.Only("near");
  EXPECT_EQ(near.counts, kRecord);
  EXPECT_EQ(near.versions.at(1).source, kTracker);
}

TEST(Tracker, LeavesAReturnsEntryWhole) {
  ChildOfSources child;
  child.Told(Return(2025).Has(HeaderBorn("2015-01-01"))
                 .Has(Episode("2024-06-01", "S", "C2", "U6").Until("2025-01-01", "X1"))
                 .Has(Episode("2025-01-01", "P", "C2", "K2")));
  child.Told(kMarch.Says(FACT_KIND_CARE_START, "2024-06-01")
                 .Says(FACT_KIND_PLACEMENT_START, "2024-06-01", "U6"));
  const History history = child.AsKnown();
  EXPECT_EQ(CarePeriodsOf(history), Lines{"2024-06-01 to open"});
  EXPECT_EQ(PlacementsOf(history), (Lines{"2024-06-01 to 2025-01-01 U6", "2025-01-01 to open K2"}));
  EXPECT_EQ(DisagreementsOf(history), Lines{});
}

TEST(Tracker, EndsWhatNobodyElseEndedAndDiffersWhereAReturnSaysOtherwise) {
  const auto ended = kMarch.Says(FACT_KIND_CARE_START, "2024-06-01")
                         .Says(FACT_KIND_CARE_END, "2026-02-01", "E3");
  ChildOfSources open;
  open.Told(Return(2025).Has(HeaderBorn("2015-01-01")).Has(Episode("2024-06-01"))).Told(ended);
  EXPECT_EQ(CarePeriodsOf(open.AsKnown()), Lines{"2024-06-01 to 2026-02-01 stated E3"});
  EXPECT_EQ(DisagreementsOf(open.AsKnown()), Lines{});

  ChildOfSources closed;
  closed.Told(Return(2026).Has(HeaderBorn("2015-01-01"))
                  .Has(Episode("2024-06-01").Until("2026-01-31", "E4A")))
      .Told(ended);
  EXPECT_EQ(CarePeriodsOf(closed.AsKnown()), Lines{"2024-06-01 to 2026-01-31 stated E4A"});
  const auto differs = closed.Only("differs");
  EXPECT_EQ(differs.field, "end");
  EXPECT_EQ(differs.counts, kReturns);
}

TEST(Tracker, NamesAllThreeWhereRecordReturnAndSheetDisagreeOnAnEnd) {
  ChildOfSources child;
  const RecordedInTests start("start", FACT_KIND_CARE_START, "2024-06-01");
  child.Told(Return(2026).Has(HeaderBorn("2015-01-01"))
                 .Has(Episode("2024-06-01").Until("2026-01-31", "E4A")))
      .Told(start)
      .Told(RecordedInTests("end", FACT_KIND_CARE_END, "2026-01-30").OfEntry({start.fact()}))
      .Told(kMarch.Says(FACT_KIND_CARE_START, "2024-06-01")
                .Says(FACT_KIND_CARE_END, "2026-02-01", "E3"));
  const auto differs = child.Only("differs");
  ASSERT_EQ(differs.versions.size(), 3u);
  EXPECT_EQ(differs.versions[0].source, kRecord);
  EXPECT_EQ(differs.versions[1].source, kReturns);
  EXPECT_EQ(differs.versions[2].source, kTracker);
  EXPECT_EQ(child.AsKnown().care_periods.at(0).end, Day("2026-01-30"));
  child.Told(Resolved(differs, kTracker, "2026-04-02"));
  EXPECT_EQ(child.AsKnown().care_periods.at(0).end, Day("2026-02-01"));
}

TEST(Tracker, EndsTheEntryThatBeganLastWhereTheSheetStatesNoStart) {
  ChildOfSources child;
  child.Told(RecordedInTests("first", FACT_KIND_PLACEMENT_START, "2024-06-01", "KINSHIP"))
      .Told(RecordedInTests("second", FACT_KIND_PLACEMENT_START, "2025-06-01", "HOME"))
      .Told(kMarch.Says(FACT_KIND_PLACEMENT_END, "2026-02-01"));
  const auto& placements = child.AsKnown().placements_outside_care;
  ASSERT_EQ(placements.size(), 2u);
  EXPECT_EQ(placements[1].end, Day("2026-02-01"));
}

TEST(Tracker, CountsAfterAFeedAndTheRecordInProceedings) {
  ChildOfSources child;
  child.Told(ItemInTests("court", "e", FEED_KIND_ORDER_MADE, "2026-03-01", "O1").Code("CSO"))
      .Told(kMarch.Says(FACT_KIND_ORDER, "2026-03-03", "CSO"));
  const auto near = child.Only("near");
  EXPECT_EQ(near.counts, "court");
  EXPECT_EQ(near.versions.at(1).source, kTracker);
  EXPECT_EQ(child.AsKnown().happenings.size(), 1u);
}

TEST(Tracker, StatesAPlanThatTheRecordHasToo) {
  ChildOfSources child;
  child.Told(RecordedInTests("plan", FACT_KIND_PLAN, "2025-09-01", "adoption"))
      .Told(kJanuary.Says(FACT_KIND_PLAN, "2025-09-01", "adoption"))
      .Told(kFebruary.Says(FACT_KIND_PLAN, "2025-11-01", "home"));
  const History history = child.AsKnown();
  ASSERT_EQ(history.plans.size(), 2u);
  EXPECT_EQ(history.plans[0].facts.size(), 2u);
  EXPECT_EQ(history.plans[0].ended, Day("2025-11-01"));
  child.Told(kMarch.Says(FACT_KIND_PLAN, "2025-09-03", "adoption"));
  EXPECT_EQ(child.Only("differs").field, "start") << "it is still the plan that it was first";
}

TEST(Tracker, StatesAPlanNearTheRecords) {
  ChildOfSources child;
  child.Told(RecordedInTests("plan", FACT_KIND_PLAN, "2025-09-01", "adoption"))
      .Told(kMarch.Says(FACT_KIND_PLAN, "2025-09-03", "adoption"));
  EXPECT_EQ(child.AsKnown().plans.size(), 1u);
  const auto near = child.Only("near");
  EXPECT_EQ(near.counts, kRecord);
  EXPECT_EQ(near.entry, child.AsKnown().plans[0].entry);
}

}  // namespace
}  // namespace holdfast
