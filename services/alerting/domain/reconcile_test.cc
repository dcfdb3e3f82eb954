#include "services/alerting/domain/reconcile.h"

#include <gtest/gtest.h>

#include "services/alerting/domain/child_in_alert_tests.h"

namespace holdfast::alerting {
namespace {

using Event = v1::AlertingEvent;

ChildInTests InCareSince(std::string_view day) { return ChildInTests().CareStarts(day); }

TEST(Reconcile, RaisesAnAlertOnTheDayItIsUpcomingAndFollowsItsStates) {
  ChildInAlertTests child;  // first review due on 31 May
  child.Know(InCareSince("2017-05-02"));
  EXPECT_TRUE(child.On("2017-05-02").empty());
  const auto raised = child.On("2017-05-03");
  ASSERT_EQ(raised.size(), 1u);
  EXPECT_EQ(raised[0].alert_raised().state(), v1::ALERT_STATE_UPCOMING);
  EXPECT_EQ(DayOf(raised[0].alert_raised().clock().due_on()), Day("2017-05-31"));
  EXPECT_TRUE(child.On("2017-05-30").empty());
  EXPECT_EQ(child.On("2017-05-31").at(0).alert_state_changed().to(), v1::ALERT_STATE_DUE);
  EXPECT_EQ(child.On("2017-06-01").at(0).alert_state_changed().to(), v1::ALERT_STATE_OVERDUE);
  EXPECT_EQ(child.On("2017-06-14").at(0).alert_state_changed().to(), v1::ALERT_STATE_ESCALATED);
  EXPECT_TRUE(child.On("2018-06-14").empty());
}

TEST(Reconcile, ResolvesAnAlertByWhatStoppedItsClock) {
  ChildInAlertTests child;
  child.Know(InCareSince("2017-05-02")).On("2017-06-01");
  const auto events = child.Know(InCareSince("2017-05-02").Review("2017-05-25")).On("2017-06-02");
  ASSERT_EQ(events.size(), 1u) << "the second review is not yet upcoming";
  EXPECT_EQ(events[0].alert_resolved().stop(), v1::STOP_KIND_REVIEW);
  EXPECT_EQ(DayOf(events[0].alert_resolved().on()), Day("2017-05-25"));
  EXPECT_EQ(events[0].alert_resolved().facts_size(), 1);
}

TEST(Reconcile, RaisesNothingForAClockThatStoppedBeforeItWasShown) {
  ChildInAlertTests child;
  EXPECT_TRUE(child.Know(InCareSince("2017-05-02").Review("2017-05-25")).On("2017-06-02").empty());
}

TEST(Reconcile, RaisesAnAlertAgainWhenItsReviewIsTakenBack) {
  ChildInAlertTests child;
  child.Know(InCareSince("2017-05-02")).On("2017-06-01");
  child.Know(InCareSince("2017-05-02").Review("2017-05-25")).On("2017-06-02");
  const auto events = child.Know(InCareSince("2017-05-02")).On("2017-06-03");
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].alert_raised().state(), v1::ALERT_STATE_OVERDUE);
  EXPECT_EQ(child.alerts().alerts.size(), 1u) << "the same alert";
}

TEST(Reconcile, TellsFromWhatToWhatAndWhyADayMoved) {
  ChildInAlertTests child;
  auto history = InCareSince("2017-05-02");
  child.Know(history).On("2017-05-20");
  history.history().care_periods[0].start = Day("2017-05-04");  // corrected; the entry keeps its id
  const auto events = child.Know(history).On("2017-05-20");
  ASSERT_EQ(events.size(), 1u);
  const auto& moved = events[0].alert_moved();
  EXPECT_EQ(DayOf(moved.from()), Day("2017-05-31"));
  EXPECT_EQ(DayOf(moved.clock().due_on()), Day("2017-06-02"));
  EXPECT_EQ(moved.reason(), v1::MOVE_REASON_START_MOVED);
  EXPECT_EQ(DayOf(moved.started_on_before()), Day("2017-05-02"));
  EXPECT_EQ(DayOf(moved.clock().started_on()), Day("2017-05-04"));
  EXPECT_EQ(moved.state(), v1::ALERT_STATE_UPCOMING);
}

TEST(Reconcile, WithdrawsAnAlertThatMovedOutOfSightAndShowsItAgainLater) {
  ChildInAlertTests child;
  auto history = InCareSince("2017-05-02");
  child.Know(history).On("2017-05-20");
  history.history().care_periods[0].start = Day("2017-06-26");
  const auto events = child.Know(history).On("2017-05-20");
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].alert_moved().state(), v1::ALERT_STATE_WITHDRAWN);
  EXPECT_EQ(events[1].alert_withdrawn().reason(), v1::WITHDRAWAL_REASON_NOT_YET);
  EXPECT_EQ(child.On("2017-06-26").at(0).alert_raised().state(), v1::ALERT_STATE_UPCOMING);
}

TEST(Reconcile, WithdrawsWhatShouldNeverHaveFired) {
  ChildInAlertTests child;
  child.Know(InCareSince("2017-05-02")).On("2017-06-01");
  const auto events = child.Know(ChildInTests()).On("2017-06-01");
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].alert_withdrawn().reason(), v1::WITHDRAWAL_REASON_NO_START);
}

TEST(Reconcile, WithdrawsTheOtherAlertWhenTwoEntriesBecomeOneAndKeepsWhatAPersonDid) {
  ChildInAlertTests child;
  auto history = InCareSince("2017-05-02");
  child.Know(history).On("2017-06-01");
  const AlertId before = child.IdOf("eng-review-1", "care 2017-05-02");
  ASSERT_TRUE(child.Do(Acknowledge(before)));
  history.history().care_periods[0].entry = EntryNamed("care of both sources");
  const auto events = child.Know(history).On("2017-06-01");
  ASSERT_EQ(events.size(), 3u);
  const AlertId after = child.IdOf("eng-review-1", "care of both sources");
  EXPECT_TRUE(events[0].has_alert_raised());
  EXPECT_EQ(events[1].alert_handling_followed().alert(), after.Bytes());
  EXPECT_EQ(events[2].alert_withdrawn().reason(), v1::WITHDRAWAL_REASON_SAME_AS);
  EXPECT_EQ(events[2].alert_withdrawn().same_as(), after.Bytes());
  EXPECT_EQ(child.StateOf(after), v1::ALERT_STATE_ACKNOWLEDGED);
  EXPECT_EQ(child.StateOf(before), v1::ALERT_STATE_WITHDRAWN);
}

TEST(Reconcile, CountsWhatIsNotKnownApartAndLetsALaterReturnCloseTheGap) {
  ChildInAlertTests child;
  const auto history = InCareSince("2018-03-20");  // due on 19 April 2018
  child.Know(history, CoveredByReturns({2018}));
  EXPECT_EQ(child.On("2018-06-01").at(0).alert_raised().state(), v1::ALERT_STATE_NOT_KNOWN);
  EXPECT_TRUE(child.On("2018-12-01").empty()) << "never overdue";
  const auto events = child.Know(history, CoveredByReturns({2018, 2019})).On("2018-12-02");
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].alert_state_changed().to(), v1::ALERT_STATE_ESCALATED);
  EXPECT_FALSE(events[0].alert_state_changed().clock().has_not_known_since()) << "known today";
  EXPECT_EQ(child.On("2019-04-01").at(0).alert_state_changed().to(), v1::ALERT_STATE_NOT_KNOWN);
}

TEST(Reconcile, SaysNothingOfFactsThatOnlyConfirmAStart) {
  ChildInAlertTests child;
  auto history = InCareSince("2017-05-02");
  child.Know(history).On("2017-06-01");
  history.history().care_periods[0].facts.push_back(FactId{{9}});
  EXPECT_TRUE(child.Know(history).On("2017-06-01").empty());
}

TEST(NextChange, IsTheDayOnWhichSomethingWillBeSaid) {
  ChildInAlertTests child;
  child.Know(InCareSince("2017-05-02")).On("2017-05-02");
  EXPECT_EQ(NextChange(child.alerts(), child.Today()), Day("2017-05-03"));
  child.On("2017-05-03");
  EXPECT_EQ(NextChange(child.alerts(), child.Today()), Day("2017-05-31"));
  ASSERT_TRUE(child.Do(Snooze(child.IdOf("eng-review-1", "care 2017-05-02"), "2017-05-10")));
  EXPECT_EQ(NextChange(child.alerts(), child.Today()), Day("2017-05-11"));
  child.On("2017-07-01");
  EXPECT_EQ(NextChange(child.alerts(), child.Today()), std::nullopt);
}

}  // namespace
}  // namespace holdfast::alerting
