// Entries of several sources: which are one, and which version counts.
#include <gtest/gtest.h>

#include "libs/testing/child_of_sources.h"
#include "libs/testing/history_as_text.h"

namespace holdfast {
namespace {

using namespace proceedings::v1;
using namespace cases::v1;

ItemInTests Made(const char* source, std::string_view on, const char* until) {
  return ItemInTests(source, "e", FEED_KIND_ORDER_MADE, on, "O1").Code("CSO").Until(until);
}
RecordedInTests Order(std::string_view on, const char* until) {
  return RecordedInTests("order", FACT_KIND_ORDER, on, "CSO").Until(until);
}

TEST(Precedence, OfWhatIsBeforeCourtsIsTheFeedsThenTheRecords) {
  struct Row {
    FeedKind feed;
    FactKind record;
    const char* code;
  };
  // Both state the day and a last day; the feed's counts.
  const Row rows[] = {
      {FEED_KIND_ORDER_MADE, FACT_KIND_ORDER, "CSO"},
      {FEED_KIND_APPLICATION_LODGED, FACT_KIND_APPLICATION, "PO"},
      {FEED_KIND_PROOF_LODGED, FACT_KIND_PROOF, ""},
      {FEED_KIND_APPEAL_LODGED, FACT_KIND_APPEAL, ""},
      {FEED_KIND_SAFEGUARDER_APPOINTED, FACT_KIND_SAFEGUARDER, ""},
  };
  for (const auto& row : rows) {
    ChildOfSources child;
    child.Told(RecordedInTests("r", row.record, "2026-03-01", row.code).Until("2026-04-02"));
    child.Told(
        ItemInTests("court", "e", row.feed, "2026-03-01").Code(row.code).Until("2026-04-01"));
    const auto history = child.AsKnown();
    const auto until = history.proceedings.empty() ? history.happenings.at(0).until
                                                   : history.proceedings.at(0).until;
    EXPECT_EQ(until, Day("2026-04-01")) << FeedKind_Name(row.feed);
    EXPECT_EQ(DisagreementsOf(history),
              Lines{"differs until court 2026-04-01 record/S12000901 2026-04-02 counts court from "
                    "2026-03-01"})
        << FeedKind_Name(row.feed);
  }
}

TEST(Precedence, OfAHearingIsTheFeedsAndPlannedSaysNothingOfWhatBecameOfIt) {
  ChildOfSources child;
  child.Told(RecordedInTests("r", FACT_KIND_HEARING, "2026-03-05", "planned"));
  child.Told(ItemInTests("reporter", "e", FEED_KIND_HEARING_SET, "2026-03-05", "H"));
  child.Told(ItemInTests("reporter", "f", FEED_KIND_HEARING_HELD, "2026-03-05", "H"));
  EXPECT_EQ(ProceedingsOf(child.AsKnown()), Lines{"2026-03-05 hearing held ended 2026-03-05"});
  EXPECT_EQ(DisagreementsOf(child.AsKnown()), Lines{});
  child.Told(RecordedInTests("s", FACT_KIND_HEARING, "2026-06-05", "cancelled"));
  child.Told(ItemInTests("reporter", "g", FEED_KIND_HEARING_HELD, "2026-06-05", "I"));
  EXPECT_EQ(ProceedingsOf(child.AsKnown()).back(), "2026-06-05 hearing held ended 2026-06-05");
  EXPECT_EQ(child.Only("differs").field, "state");
}

TEST(Precedence, OfTwoFeedsIsThatOfTheNameThatComesFirst) {
  for (const bool swapped : {false, true}) {
    ChildOfSources child;
    const auto a = Made("court-a", "2026-03-01", "2026-06-01");
    const auto b = Made("court-b", "2026-03-01", "2026-06-02");
    child.Told(swapped ? b : a).Told(swapped ? a : b);
    EXPECT_EQ(OrdersOf(child.AsKnown()), Lines{"2026-03-01 order CSO until 2026-06-01"});
  }
}

TEST(Precedence, GoesFieldByField) {
  ChildOfSources child;
  child.Told(Order("2026-03-01", "2027-02-28"));
  child.Told(ItemInTests("court", "e", FEED_KIND_ORDER_MADE, "2026-03-01", "O1").Code("CSO"));
  child.Told(ItemInTests("court", "f", FEED_KIND_ORDER_TERMINATED, "2026-09-01", "O1"));
  EXPECT_EQ(OrdersOf(child.AsKnown()),
            Lines{"2026-03-01 order CSO until 2027-02-28 ended 2026-09-01"});
  EXPECT_EQ(DisagreementsOf(child.AsKnown()), Lines{}) << "silence is no disagreement";
}

TEST(Precedence, OfAReturnsOrderComesLast) {
  ChildOfSources child;
  child.Told(Return(2026).Has(Episode("2025-05-01", "S", "E1")));
  child.Told(RecordedInTests("r", FACT_KIND_ORDER, "2025-05-03", "PLACEMENT"));
  child.Told(ItemInTests("court", "e", FEED_KIND_ORDER_MADE, "2025-05-03", "O").Code("PLACEMENT"));
  EXPECT_EQ(OrdersOf(child.AsKnown()), Lines{"2025-05-03 order PLACEMENT"});
  EXPECT_EQ(
      DisagreementsOf(child.AsKnown()),
      Lines{"near court 2025-05-03 ssda903/S12000901 2025-05-01 counts court from 2026-03-31"});
  EXPECT_EQ(child.AsKnown().happenings.at(0).facts.size(), 2u) << "the feed's and the record's";
}

TEST(Entry, OfThreeSourcesIsOneAndHasTheEarliestFirstKeyDay) {
  ChildOfSources child;
  child.Told(Return(2026).Has(Episode("2025-05-01", "P", "E1")));  // on or before
  child.Told(RecordedInTests("r", FACT_KIND_ORDER, "2025-04-20", "PLACEMENT"));
  child.Told(ItemInTests("court", "e", FEED_KIND_ORDER_MADE, "2025-04-20", "O").Code("PLACEMENT"));
  const auto history = child.AsKnown();
  EXPECT_EQ(OrdersOf(history), Lines{"2025-04-20 order PLACEMENT"});
  EXPECT_EQ(history.happenings.at(0).facts.size(), 3u);
  EXPECT_EQ(history.happenings.at(0).first_key_day, Day("2025-04-20"));
  EXPECT_EQ(DisagreementsOf(history), Lines{}) << "on or before neither differs nor is near";
}

TEST(Entry, IsJoinedByTheDayThatAnotherSourceSaidFirst) {
  ChildOfSources child;
  child.Told(Made("court", "2026-03-01", "2027-02-28"));
  child.Told(Made("court", "2026-04-20", "2027-02-28").Sent("2026-04-21"));
  child.Told(Order("2026-03-01", "2027-02-28"));
  EXPECT_EQ(OrdersOf(child.AsKnown()), Lines{"2026-04-20 order CSO until 2027-02-28"});
  EXPECT_EQ(child.Only("differs").field, "start");
}

TEST(Entry, ThatAPersonNamedCountsFirst) {
  const auto court = Made("court", "2026-01-01", "2027-02-28");
  ChildOfSources child;
  child.Told(court).Told(Order("2026-04-20", "2027-02-28").OfEntry({court.fact()}));
  EXPECT_EQ(OrdersOf(child.AsKnown()), Lines{"2026-01-01 order CSO until 2027-02-28"});
}

TEST(Entry, OfAnotherCodeIsAnother) {
  ChildOfSources child;
  child.Told(Made("court", "2026-03-01", "2027-02-28"));
  child.Told(RecordedInTests("r", FACT_KIND_ORDER, "2026-03-01", "MEO"));
  EXPECT_EQ(OrdersOf(child.AsKnown()).size(), 2u);
  EXPECT_EQ(DisagreementsOf(child.AsKnown()), Lines{});
}

TEST(RecordsEnds, StopWhatTheTeamRecordedItself) {
  ChildOfSources child;
  const RecordedInTests care("care", FACT_KIND_APPLICATION, "2026-01-05", "CARE");
  const RecordedInTests proof("proof", FACT_KIND_PROOF, "2026-01-06");
  const RecordedInTests appointed("safeguarder", FACT_KIND_SAFEGUARDER, "2026-01-07");
  child.Told(care).Told(proof).Told(appointed);
  const auto later = [&](const char* name, FactKind kind, const char* on, const auto& of,
                         const char* code = "") {
    return RecordedInTests(name, kind, on, code).OfEntry({of.fact()});
  };
  child.Told(later("i", FACT_KIND_APPLICATION_ISSUED, "2026-01-06", care));
  child.Told(later("x", FACT_KIND_APPLICATION_EXTENDED, "2026-06-01", care).Until("2026-09-01"));
  child.Told(later("y", FACT_KIND_APPLICATION_EXTENDED, "2026-08-01", care).Until("2026-10-01"));
  child.Told(later("d", FACT_KIND_APPLICATION_DISPOSED, "2026-09-20", care, "SUPERVISION"));
  child.Told(later("p", FACT_KIND_PROOF_DETERMINED, "2026-02-06", proof));
  child.Told(later("r", FACT_KIND_SAFEGUARDER_REPORTED, "2026-02-01", appointed));
  const auto things = child.AsKnown().proceedings;
  ASSERT_EQ(things.size(), 3u);
  EXPECT_EQ(things[0].issued, Day("2026-01-06"));
  EXPECT_EQ(things[0].until, Day("2026-10-01"));
  EXPECT_EQ(things[0].untils, (std::vector{Day("2026-09-01"), Day("2026-10-01")}));
  EXPECT_EQ(things[0].ended, Day("2026-09-20"));
  EXPECT_EQ(things[0].made, "SUPERVISION");
  EXPECT_EQ(things[0].facts.size(), 5u);
  EXPECT_EQ(things[1].ended, Day("2026-02-06"));
  EXPECT_EQ(things[2].ended, Day("2026-02-01"));
}

TEST(RecordsEnds, AreOfAFeedsThingTooAndTheFeedsOwnCounts) {
  const ItemInTests lodged("court", "e", FEED_KIND_APPLICATION_LODGED, "2026-01-05", "A");
  ChildOfSources child;
  child.Told(lodged.Code("CARE"));
  const RecordedInTests disposed("d", FACT_KIND_APPLICATION_DISPOSED, "2026-05-01");
  child.Told(disposed.OfEntry({lodged.fact()}));
  ASSERT_EQ(child.AsKnown().proceedings.size(), 1u);
  EXPECT_EQ(child.AsKnown().proceedings[0].ended, Day("2026-05-01"));
  EXPECT_EQ(DisagreementsOf(child.AsKnown()), Lines{}) << "it says nothing of the first day";
  child.Told(ItemInTests("court", "f", FEED_KIND_APPLICATION_DISPOSED, "2026-05-04", "A"));
  EXPECT_EQ(child.AsKnown().proceedings[0].ended, Day("2026-05-04"));
  EXPECT_EQ(child.Only("differs").field, "disposed");
}

TEST(RecordsEnds, OfWhatIsGoneSayNothing) {
  const RecordedInTests care("care", FACT_KIND_APPLICATION, "2026-01-05", "CARE");
  ChildOfSources child;
  child.Told(care);
  child.Told(
      RecordedInTests("d", FACT_KIND_APPLICATION_DISPOSED, "2026-05-01").OfEntry({care.fact()}));
  child.Told(care.Withdrawn("2026-06-01"));
  EXPECT_TRUE(child.AsKnown().proceedings.empty());
}

}  // namespace
}  // namespace holdfast
