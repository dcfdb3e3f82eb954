// What a court's or reporter's items come to: hearings, orders, applications and the rest.
#include <gtest/gtest.h>

#include "libs/testing/child_of_sources.h"
#include "libs/testing/history_as_text.h"

namespace holdfast {
namespace {

using namespace proceedings::v1;

ItemInTests Of(const char* event_id, FeedKind kind, std::string_view on, std::string ref = "1") {
  return ItemInTests("court", event_id, kind, on, std::move(ref));
}

History Told(const std::vector<ItemInTests>& items) {
  ChildOfSources child;
  for (const auto& item : items) child.Told(item);
  return child.AsKnown();
}

TEST(FeedThing, IsFoldedFromAllThatItsSourceSaidOfIt) {
  const std::vector<std::pair<std::vector<ItemInTests>, std::string>> rows{
      {{Of("e", FEED_KIND_REFERRAL, "2026-01-05")}, "2026-01-05 referral"},
      {{Of("e", FEED_KIND_GROUNDS, "2026-01-05").Code("67A")}, "2026-01-05 grounds 67A"},
      {{Of("e", FEED_KIND_HEARING_SET, "2026-03-05").Sent("2026-02-01")},
       "2026-03-05 hearing planned"},
      {{Of("e", FEED_KIND_HEARING_SET, "2026-03-05").Sent("2026-02-01"),
        Of("f", FEED_KIND_HEARING_HELD, "2026-03-06")},
       "2026-03-05 hearing held ended 2026-03-06"},
      {{Of("e", FEED_KIND_HEARING_SET, "2026-03-05").Sent("2026-02-01"),
        Of("f", FEED_KIND_HEARING_CONTINUED, "2026-03-05").Until("2026-04-02")},
       "2026-03-05 hearing continued until 2026-04-02 ended 2026-03-05"},
      {{Of("e", FEED_KIND_HEARING_SET, "2026-03-05").Sent("2026-02-01"),
        Of("f", FEED_KIND_HEARING_CONTINUED, "2026-03-05").Until("2026-04-02"),
        Of("g", FEED_KIND_HEARING_HELD, "2026-04-02")},
       "2026-03-05 hearing held ended 2026-04-02"},
      {{Of("e", FEED_KIND_HEARING_SET, "2026-03-05").Sent("2026-02-01"),
        Of("f", FEED_KIND_HEARING_CANCELLED, "2026-03-01")},
       "2026-03-05 hearing cancelled ended 2026-03-01"},
      {{Of("f", FEED_KIND_HEARING_HELD, "2026-03-06")}, "2026-03-06 hearing held ended 2026-03-06"},
      {{Of("e", FEED_KIND_APPLICATION_LODGED, "2026-01-05").Code("PO"),
        Of("f", FEED_KIND_APPLICATION_ISSUED, "2026-01-07"),
        Of("g", FEED_KIND_APPLICATION_EXTENDED, "2026-06-01").Until("2026-08-01"),
        Of("h", FEED_KIND_APPLICATION_DISPOSED, "2026-07-20").Code("KINSHIP")},
       "2026-01-05 application PO issued 2026-01-07 until 2026-08-01 ended 2026-07-20 made "
       "KINSHIP"},
      {{Of("e", FEED_KIND_PROOF_LODGED, "2026-01-05"),
        Of("f", FEED_KIND_PROOF_DETERMINED, "2026-02-05")},
       "2026-01-05 proof ended 2026-02-05"},
      {{Of("e", FEED_KIND_APPEAL_LODGED, "2026-01-05"),
        Of("f", FEED_KIND_APPEAL_DISPOSED, "2026-02-05")},
       "2026-01-05 appeal ended 2026-02-05"},
      {{Of("e", FEED_KIND_SAFEGUARDER_APPOINTED, "2026-01-05"),
        Of("f", FEED_KIND_SAFEGUARDER_REPORTED, "2026-02-05")},
       "2026-01-05 safeguarder ended 2026-02-05"},
  };
  for (auto [items, shown] : rows) {
    EXPECT_EQ(ProceedingsOf(Told(items)), Lines{shown});
    std::ranges::reverse(items);
    EXPECT_EQ(ProceedingsOf(Told(items)), Lines{shown}) << "heard the other way round";
  }
}

TEST(FeedThing, ThatIsAnOrderRunsUntilWhatWasLastDecided) {
  const std::vector<ItemInTests> made{
      Of("e", FEED_KIND_ORDER_MADE, "2026-01-05").Code("CSO").Until("2026-06-01"),
      Of("f", FEED_KIND_ORDER_CONTINUED, "2026-06-01").Until("2026-12-01")};
  EXPECT_EQ(OrdersOf(Told(made)), Lines{"2026-01-05 order CSO until 2026-12-01"});
  auto corrected = made;
  corrected.push_back(made[0].Until("2026-06-02").Sent("2026-07-01"));
  EXPECT_EQ(OrdersOf(Told(corrected)), Lines{"2026-01-05 order CSO until 2026-12-01"})
      << "the making was sent again later, but the continuation was decided later";
  auto ended = made;
  ended.push_back(Of("g", FEED_KIND_ORDER_TERMINATED, "2026-09-01"));
  EXPECT_EQ(OrdersOf(Told(ended)), Lines{"2026-01-05 order CSO until 2026-12-01 ended 2026-09-01"});
}

TEST(FeedThing, ThatIsAnOrderIsInForceFromItsDayThroughItsLastUnlessItIsEnded) {
  const auto order =
      Told({Of("e", FEED_KIND_ORDER_MADE, "2026-01-05").Code("ICSO").Until("2026-01-26")})
          .happenings.at(0);
  EXPECT_FALSE(order.InForceOn(Day("2026-01-04")));
  EXPECT_TRUE(order.InForceOn(Day("2026-01-05")));
  EXPECT_TRUE(order.InForceOn(Day("2026-01-26")));
  EXPECT_FALSE(order.InForceOn(Day("2026-01-27")));
  const auto ended = Told({Of("e", FEED_KIND_ORDER_MADE, "2026-01-05").Code("CSO"),
                           Of("f", FEED_KIND_ORDER_EXPIRED, "2026-03-01")})
                         .happenings.at(0);
  EXPECT_TRUE(ended.InForceOn(Day("2026-02-28")));
  EXPECT_FALSE(ended.InForceOn(Day("2026-03-01")));
}

TEST(FeedThing, WithoutARefIsItsItemsOwn) {
  EXPECT_EQ(ProceedingsOf(Told({Of("e", FEED_KIND_HEARING_SET, "2026-03-05", ""),
                                Of("f", FEED_KIND_HEARING_SET, "2026-05-05", "")})),
            (Lines{"2026-03-05 hearing planned", "2026-05-05 hearing planned"}));
}

TEST(FeedThing, KeepsItsEntryThroughANewDay) {
  const auto first = Told({Of("e", FEED_KIND_HEARING_SET, "2026-03-05").Sent("2026-02-01")});
  const auto moved = Told({Of("e", FEED_KIND_HEARING_SET, "2026-03-05").Sent("2026-02-01"),
                           Of("f", FEED_KIND_HEARING_SET, "2026-03-19").Sent("2026-02-03")});
  EXPECT_EQ(ProceedingsOf(moved), Lines{"2026-03-19 hearing planned"});
  EXPECT_EQ(moved.proceedings[0].entry, first.proceedings[0].entry);
}

TEST(FeedThing, OfTwoCodesIsTwo) {
  EXPECT_EQ(OrdersOf(Told({Of("e", FEED_KIND_ORDER_MADE, "2026-01-05", "1").Code("CSO"),
                           Of("f", FEED_KIND_ORDER_MADE, "2026-01-05", "2").Code("MEO")})),
            (Lines{"2026-01-05 order CSO", "2026-01-05 order MEO"}));
}

}  // namespace
}  // namespace holdfast
