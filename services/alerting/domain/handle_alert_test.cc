#include "services/alerting/domain/handle_alert.h"

#include <gtest/gtest.h>

#include "services/alerting/domain/child_in_alert_tests.h"

namespace holdfast::alerting {
namespace {

// A child whose first review was due on 31 May 2017, seen the day after.
class HandleAlert : public testing::Test {
 protected:
  HandleAlert() { child_.Know(ChildInTests().CareStarts("2017-05-02")).On("2017-06-01"); }

  ChildInAlertTests child_;
  const AlertId id_ = child_.IdOf("eng-review-1", "care 2017-05-02");
};

TEST_F(HandleAlert, AcknowledgesUntilUndone) {
  EXPECT_EQ(child_.Do(Acknowledge(id_))->size(), 1u);
  EXPECT_EQ(child_.StateOf(id_), v1::ALERT_STATE_ACKNOWLEDGED);
  EXPECT_TRUE(child_.On("2017-06-14").empty()) << "it stands though the alert would be escalated";
  const auto undone = child_.Do(Undo(id_));
  EXPECT_EQ(undone->at(0).alert_handling_undone().state(), v1::ALERT_STATE_ESCALATED);
  EXPECT_EQ(child_.StateOf(id_), v1::ALERT_STATE_ESCALATED);
}

TEST_F(HandleAlert, SnoozesThroughTheLastDayOfQuiet) {
  const auto snoozed = child_.Do(Snooze(id_, "2017-06-10", "carer is ill"));
  EXPECT_EQ(snoozed->at(0).alert_snoozed().personal().open().text(), "carer is ill");
  EXPECT_EQ(snoozed->at(0).alert_snoozed().entry_facts_size(), 1);
  EXPECT_TRUE(child_.On("2017-06-10").empty());
  const auto ended = child_.On("2017-06-11");
  EXPECT_EQ(ended.at(0).alert_state_changed().from(), v1::ALERT_STATE_SNOOZED);
  EXPECT_EQ(ended.at(0).alert_state_changed().to(), v1::ALERT_STATE_OVERDUE);
  EXPECT_FALSE(child_.alerts().Find(id_)->handling);
}

TEST_F(HandleAlert, EndsWithANewLastPermittedDay) {
  for (const bool snooze : {false, true}) {
    ChildInAlertTests child;
    auto history = ChildInTests().CareStarts("2017-05-02");
    child.Know(history).On("2017-05-20");
    ASSERT_TRUE(snooze ? child.Do(Snooze(id_, "2017-07-10")) : child.Do(Acknowledge(id_)));
    history.history().care_periods[0].start = Day("2017-05-04");
    child.Know(history).On("2017-05-20");
    EXPECT_EQ(child.StateOf(id_), v1::ALERT_STATE_UPCOMING);
  }
}

TEST_F(HandleAlert, StandsWhenItsAlertComesBackWithTheSameDueDay) {
  for (const bool snoozed : {false, true}) {
    ASSERT_TRUE(snoozed ? child_.Do(Snooze(id_, "2017-06-20")) : child_.Do(Acknowledge(id_)));
    child_.Know(ChildInTests().CareStarts("2017-05-02").Review("2017-06-01")).On("2017-06-02");
    EXPECT_EQ(child_.StateOf(id_), v1::ALERT_STATE_RESOLVED);
    child_.Know(ChildInTests().CareStarts("2017-05-02")).On("2017-06-02");
    EXPECT_EQ(child_.StateOf(id_),
              snoozed ? v1::ALERT_STATE_SNOOZED : v1::ALERT_STATE_ACKNOWLEDGED);
  }
  child_.On("2017-06-21");
  EXPECT_EQ(child_.StateOf(id_), v1::ALERT_STATE_ESCALATED) << "the snooze has ended";
}

TEST_F(HandleAlert, EndsWhenItsAlertComesBackWithAnotherDueDay) {
  ASSERT_TRUE(child_.Do(Acknowledge(id_)));
  child_.Know(ChildInTests().CareStarts("2017-05-02").Review("2017-06-01")).On("2017-06-02");
  auto moved = ChildInTests().CareStarts("2017-05-02");
  moved.history().care_periods[0].start = Day("2017-05-03");
  child_.Know(moved).On("2017-06-02");
  EXPECT_EQ(child_.StateOf(id_), v1::ALERT_STATE_OVERDUE);
}

TEST_F(HandleAlert, DoesWhatWasDoneAlreadyWithoutAnEvent) {
  EXPECT_TRUE(child_.Do(Undo(id_))->empty());
  child_.Do(Acknowledge(id_));
  EXPECT_TRUE(child_.Do(Acknowledge(id_))->empty());
  EXPECT_EQ(child_.Do(Snooze(id_, "2017-06-10"))->size(), 1u)
      << "a snooze takes the place of an acknowledgement";
  EXPECT_TRUE(child_.Do(Snooze(id_, "2017-06-10"))->empty());
  EXPECT_EQ(child_.Do(Snooze(id_, "2017-06-11"))->size(), 1u);
  EXPECT_EQ(child_.Do(Acknowledge(id_))->size(), 1u);
}

TEST_F(HandleAlert, IsRefusedInOrderOfPrecedence) {
  const AlertId unknown{{7}};
  EXPECT_EQ(child_.Do(Acknowledge(unknown)).error(), Refusal::kUnknownAlert);
  EXPECT_EQ(child_.Do(Undo(unknown)).error(), Refusal::kUnknownAlert);
  EXPECT_EQ(child_.Do(Snooze(unknown, "", "")).error(), Refusal::kUnknownAlert);
  v1::AcknowledgeAlert garbled;
  garbled.set_alert("short");
  EXPECT_EQ(child_.Do(garbled).error(), Refusal::kUnknownAlert);
  EXPECT_EQ(child_.Do(Snooze(id_, "", " \n")).error(), Refusal::kNoReason);
  EXPECT_EQ(child_.Do(Snooze(id_, "2017-06-01", "")).error(), Refusal::kNoReason);
  EXPECT_EQ(child_.Do(Snooze(id_, "")).error(), Refusal::kNoEnd);
  auto no_such_day = Snooze(id_, "2017-06-30");
  no_such_day.mutable_until()->set_day(31);
  EXPECT_EQ(child_.Do(no_such_day).error(), Refusal::kNoEnd);
  EXPECT_EQ(child_.Do(Snooze(id_, "2017-06-01")).error(), Refusal::kEndNotAhead);
  child_.Know(ChildInTests().CareStarts("2017-05-02").Review("2017-06-01")).On("2017-06-02");
  EXPECT_EQ(child_.Do(Acknowledge(id_)).error(), Refusal::kNotOpen);
  EXPECT_EQ(child_.Do(Undo(id_)).error(), Refusal::kNotOpen);
  EXPECT_EQ(child_.Do(Snooze(id_, "", "")).error(), Refusal::kNotOpen);
  child_.Know(ChildInTests()).On("2017-06-02");
  EXPECT_EQ(child_.Do(Acknowledge(id_)).error(), Refusal::kNotOpen) << "withdrawn";
}

}  // namespace
}  // namespace holdfast::alerting
