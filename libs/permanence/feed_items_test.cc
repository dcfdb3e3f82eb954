// Which versions of courts' and reporters' items count.
#include "libs/permanence/feed_items.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "libs/testing/child_of_sources.h"
#include "libs/testing/history_as_text.h"

namespace holdfast {
namespace {

using namespace proceedings::v1;

const SubjectId kOther{HashId("test", {"another child"})};

ItemInTests Hearing(std::string_view on) {
  return ItemInTests("court", "e1", FEED_KIND_HEARING_SET, on, "H1");
}

TEST(FeedItem, IsOfItsVersionSentLaterWhicheverCameFirst) {
  const auto first = Hearing("2026-03-05").Sent("2026-02-01");
  const auto second = Hearing("2026-03-12").Sent("2026-02-20");
  const auto early = ChildOfSources().Told(first).Told(second).AsKnown();
  const auto late = ChildOfSources().Told(second).Told(first).Told(second).AsKnown();
  EXPECT_EQ(ProceedingsOf(early), (Lines{"2026-03-12 hearing planned"}));
  EXPECT_EQ(ProceedingsOf(late), ProceedingsOf(early));
  EXPECT_EQ(late.proceedings[0].first_key_day, Day("2026-03-05")) << "the stale one's day";
  EXPECT_EQ(late.proceedings[0].entry, early.proceedings[0].entry);
}

TEST(FeedItem, OfTwoVersionsSentAtOnceIsTheOneOfTheLargerHash) {
  const auto a = Hearing("2026-03-05").Sent("2026-02-01");
  const auto b = Hearing("2026-03-12").Sent("2026-02-01");
  const auto hash = [](const ItemInTests& item) {
    return item.Stated().item_stated().content_sha256();
  };
  const auto right =
      hash(a) < hash(b) ? "2026-03-12 hearing planned" : "2026-03-05 hearing planned";
  EXPECT_EQ(ProceedingsOf(ChildOfSources().Told(a).Told(b).AsKnown()), Lines{right});
  EXPECT_EQ(ProceedingsOf(ChildOfSources().Told(b).Told(a).AsKnown()), Lines{right});
}

TEST(FeedItem, IsTakenBackByAWithdrawalThatWasSentNoEarlier) {
  const auto made =
      ItemInTests("court", "e1", FEED_KIND_ORDER_MADE, "2026-03-05", "O1").Code("CSO");
  const auto withdrawn =
      ItemInTests("court", "e2", FEED_KIND_WITHDRAWN, "2026-03-20").Withdraws("e1");
  EXPECT_EQ(OrdersOf(ChildOfSources().Told(withdrawn).Told(made).AsKnown()), Lines{});
  const auto again = made.Sent("2026-03-21");
  EXPECT_EQ(OrdersOf(ChildOfSources().Told(made).Told(again).Told(withdrawn).AsKnown()),
            Lines{"2026-03-05 order CSO"})
      << "it was sent again after it was withdrawn";
  const auto not_so = ItemInTests("court", "e3", FEED_KIND_WITHDRAWN, "2026-03-22").Withdraws("e2");
  EXPECT_EQ(OrdersOf(ChildOfSources().Told(not_so).Told(withdrawn).Told(made).AsKnown()),
            Lines{"2026-03-05 order CSO"})
      << "the withdrawal was itself withdrawn";
}

TEST(FeedItem, IsTakenBackByAWithdrawalThatIsPassedOnWithIt) {
  const auto made =
      ItemInTests("court", "e1", FEED_KIND_ORDER_MADE, "2026-03-05", "O1").Code("CSO");
  auto withdrawn =
      ItemInTests("court", "e2", FEED_KIND_WITHDRAWN, "2026-03-20").Withdraws("e1").Stated();
  withdrawn.mutable_item_stated()->set_passed_on(true);
  for (const bool withdrawn_first : {true, false}) {
    ChildOfSources child;
    if (withdrawn_first) child.Told(withdrawn);
    child.Told(made);
    if (!withdrawn_first) child.Told(withdrawn);
    EXPECT_EQ(OrdersOf(child.AsKnown()), Lines{});
    EXPECT_EQ(OrdersOf(child.AsKnown({.known_at = Day("2026-03-19")})),
              Lines{"2026-03-05 order CSO"});
  }
  auto held = ItemInTests("court", "e3", FEED_KIND_HEARING_HELD, "2026-03-20", "H1").Stated();
  held.mutable_item_stated()->set_passed_on(true);
  EXPECT_EQ(ProceedingsOf(ChildOfSources().Told(held).AsKnown()), Lines{})
      << "what is passed on is not of this child";
}

TEST(FeedItem, ThatNamesAnotherChildCountsHereNoLongerAndIsADisagreement) {
  const auto here = Hearing("2026-03-05").Sent("2026-02-01");
  const auto moved = here.Sent("2026-02-10");
  for (const bool away_first : {false, true}) {
    ChildOfSources child;
    if (away_first) child.Told(moved.TakenAway(kOther));
    child.Told(here);
    if (!away_first) child.Told(moved.TakenAway(kOther));
    EXPECT_EQ(ProceedingsOf(child.AsKnown()), Lines{});
    EXPECT_EQ(DisagreementsOf(child.AsKnown()),
              Lines{"wrong_child court another child counts court from 2026-02-10"});
    EXPECT_EQ(ProceedingsOf(child.AsKnown({.known_at = Day("2026-02-09")})),
              Lines{"2026-03-05 hearing planned"});
    child.Told(here.Sent("2026-02-11"));
    EXPECT_EQ(ProceedingsOf(child.AsKnown()), Lines{"2026-03-05 hearing planned"});
    EXPECT_EQ(DisagreementsOf(child.AsKnown()), Lines{}) << "it names this child again";
  }
}

TEST(FeedItem, IsADisagreementOfTheChildThatGotItTooInWhateverOrderItsVersionsCame) {
  const auto now = Hearing("2026-03-05").Sent("2026-02-10").Stated();
  auto before = Hearing("2026-03-05").Sent("2026-02-01").Stated();
  before.mutable_item_stated()->set_names_another_child(true);
  for (const bool before_first : {true, false}) {
    ChildOfSources child;
    if (before_first) child.Told(before);
    child.Told(now);
    if (!before_first) child.Told(before);
    EXPECT_EQ(ProceedingsOf(child.AsKnown()), Lines{"2026-03-05 hearing planned"});
    const auto wrong = child.Only("wrong_child");
    EXPECT_EQ(wrong.Due(), Day("2026-03-10"));
    EXPECT_EQ(wrong.facts.size(), 1u);
    child.Told(Resolved(wrong, "court", "2026-02-12"));
    EXPECT_TRUE(child.Only("wrong_child").resolved);
  }
}

TEST(FeedItem, ThatAPersonSaysIsOfThisChildIsNoDisagreement) {
  auto named = Hearing("2026-03-05").Sent("2026-02-01").Stated();
  named.mutable_item_stated()->set_names_another_child(true);
  EXPECT_EQ(DisagreementsOf(ChildOfSources().Told(named).AsKnown()), Lines{});
}

TEST(FeedItem, ThatAPersonTookAwayIsNoDisagreement) {
  const auto here = Hearing("2026-03-05").Sent("2026-02-01");
  const auto child =
      ChildOfSources().Told(here).Told(here.Sent("2026-02-03").TakenAway(SubjectId{}));
  EXPECT_EQ(ProceedingsOf(child.AsKnown()), Lines{});
  EXPECT_EQ(DisagreementsOf(child.AsKnown()), Lines{});
}

TEST(FeedItem, ThatIsPutBackCountsByTheLastWordOnWhoseItIs) {
  auto here = Hearing("2026-03-05").Sent("2026-02-01").Stated();
  auto away = Hearing("2026-03-05").Sent("2026-02-03").TakenAway(SubjectId{});
  auto back = here;
  here.mutable_item_stated()->set_source_event(1);
  away.mutable_item_taken_away()->set_source_event(2);
  back.mutable_item_stated()->set_source_event(3);
  EXPECT_EQ(ProceedingsOf(ChildOfSources().Told(here).Told(away).AsKnown()), Lines{});
  EXPECT_EQ(ProceedingsOf(ChildOfSources().Told(here).Told(away).Told(back).AsKnown()),
            Lines{"2026-03-05 hearing planned"});
  EXPECT_EQ(ProceedingsOf(ChildOfSources().Told(back).Told(away).Told(here).AsKnown()),
            Lines{"2026-03-05 hearing planned"});
}

TEST(FeedItem, ThatWasNeverStatedHereIsADisagreementAllTheSame) {
  const auto child =
      ChildOfSources().Told(Hearing("2026-03-05").Sent("2026-02-10").TakenAway(kOther));
  EXPECT_EQ(DisagreementsOf(child.AsKnown()),
            Lines{"wrong_child court another child counts court from 2026-02-10"});
}

TEST(FeedItem, IsSeenFromTheDayItWasSentAndTheInstantItWasRecorded) {
  const auto child = ChildOfSources().Told(Hearing("2026-03-05").Sent("2026-02-01"));
  const auto seen = [&](const View& view) { return child.AsKnown(view).proceedings.size(); };
  EXPECT_EQ(seen({.known_at = Day("2026-01-31")}), 0u);
  EXPECT_EQ(seen({.known_at = Day("2026-02-01")}), 1u);
  EXPECT_EQ(seen({.recorded_at = Instant(std::chrono::microseconds(0))}), 0u);
  EXPECT_EQ(seen({.recorded_at = Instant(std::chrono::microseconds(1))}), 1u);
}

TEST(FeedItem, SentLateInTheEveningOfSummerIsOfTheNextDayInLondon) {
  auto event = Hearing("2026-07-05").Sent("2026-06-30").Stated();
  auto& stated = *event.mutable_item_stated();
  stated.set_sent_at_us(stated.sent_at_us() + int64_t{11} * 3'600'000'000 + 1'800'000'000);
  const auto child = ChildOfSources().Told(event);
  EXPECT_EQ(child.AsKnown({.known_at = Day("2026-06-30")}).proceedings.size(), 0u);
  EXPECT_EQ(child.AsKnown({.known_at = Day("2026-07-01")}).proceedings.size(), 1u);
}

}  // namespace
}  // namespace holdfast
