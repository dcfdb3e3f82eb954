#include <set>
#include <thread>

#include "services/alerting/town_in_tests.h"

namespace holdfast::alerting {
namespace {

using cases::v1::FACT_KIND_CARE_START;
using cases::v1::FACT_KIND_REVIEW;
using Stub = v1::AlertingService::Stub;

class Alerts : public Town {
 protected:
  // A child of a live authority whose first review is due on 1 May 2018.
  Known ChildInCare(const std::string& local_id = "N1", std::string_view since = "2018-04-03") {
    Known child = Register(local_id);
    Record(child, FACT_KIND_CARE_START, since);
    return child;
  }
  template <typename Request>
  Request On(const std::string& alert) {
    Request request;
    *request.mutable_header() = Header();
    request.set_id(alert);
    return request;
  }
  std::string FirstId(const std::string& state = "") {
    v1::ListAlertsRequest request;
    request.set_state(state);
    const auto page = ListPage(request);
    return page && page->alerts_size() > 0 ? page->alerts(0).id() : std::string(16, '\0');
  }
};

TEST_F(Alerts, ACareStartGivesAnAlertOfItsFirstReview) {
  GoLive("2018-04-01");
  ChildInCare();
  EXPECT_EQ(List(), "eng-review-1 upcoming 2018-05-01");
  const auto page = ListPage();
  EXPECT_EQ(page->alerts(0).local_id(), "N1");
  EXPECT_EQ(page->counts().at("upcoming"), 1u);
  EXPECT_EQ(page->counts().size(), 9u);
  EXPECT_EQ(page->counts().at("escalated"), 0u);
  EXPECT_EQ(DayOf(page->day()), DayIn("2018-04-03"));
}

TEST_F(Alerts, AReviewHeldResolvesItAndStartsTheNext) {
  GoLive("2018-04-01");
  Known child = ChildInCare();
  ASSERT_TRUE(SetDay("2018-04-25"));
  Record(child, FACT_KIND_REVIEW, "2018-04-25", "PN1");
  EXPECT_EQ(List(), "");
  EXPECT_EQ(ListOf("resolved"), "eng-review-1 resolved 2018-05-01");
  ASSERT_TRUE(SetDay("2018-06-26"));
  EXPECT_EQ(List(), "");
  ASSERT_TRUE(SetDay("2018-06-27"));
  EXPECT_NE(List().find("eng-review-2 upcoming 2018-07-25"), std::string::npos) << List();
  EXPECT_NE(List().find("eng-permanence-plan-2nd-review upcoming 2018-07-25"), std::string::npos);
}

TEST_F(Alerts, ACorrectionMovesItWithItsReason) {
  GoLive("2018-04-01");
  const Known child = ChildInCare();
  ASSERT_TRUE(SetDay("2018-04-05"));
  Correct(child, "2018-04-01");
  EXPECT_EQ(List(), "eng-review-1 upcoming 2018-04-30");
  const auto explained = ExplainFirst();
  ASSERT_EQ(explained.moves_size(), 1);
  EXPECT_EQ(explained.moves(0),
            "moved from 2018-05-01 to 2018-04-30: what it starts from was on 2018-04-01, not on "
            "2018-04-03");
  EXPECT_EQ(explained.title(), "First review");
  EXPECT_EQ(explained.facts_size(), 1);
  EXPECT_NE(explained.source().find("regulation 33"), std::string::npos);
}

TEST_F(Alerts, AFactWithdrawnWithdrawsIt) {
  GoLive("2018-04-01");
  const Known child = ChildInCare();
  EXPECT_EQ(List(), "eng-review-1 upcoming 2018-05-01");
  Withdraw(child);
  EXPECT_EQ(List(), "");
  EXPECT_EQ(ListOf("withdrawn"), "eng-review-1 withdrawn 2018-05-01");
  EXPECT_EQ(ExplainFirst("withdrawn").alert().state(), "withdrawn");
}

TEST_F(Alerts, WhatReturnsAloneTellIsNotKnownUntilTheTeamsRecordCoversIt) {
  ImportReturn("N1", "2018-03-12", "2018-03-31");
  EXPECT_EQ(List(), "eng-review-1 not_known 2018-04-11");
  EXPECT_EQ(DayOf(ListPage()->alerts(0).not_known_since()), DayIn("2018-03-31"));
  GoLive("2018-04-01");
  EXPECT_EQ(List(), "eng-review-1 upcoming 2018-04-11");
}

TEST_F(Alerts, AreNotDoubledByAReturnThatConfirmsTheRecord) {
  GoLive("2018-03-01");
  ChildInCare("N1", "2018-03-12");
  EXPECT_EQ(List(), "eng-review-1 upcoming 2018-04-11");
  const std::string id = FirstId();
  ImportReturn("N1", "2018-03-12", "2018-03-31");
  EXPECT_EQ(List(), "eng-review-1 upcoming 2018-04-11");
  EXPECT_EQ(FirstId(), id);
  EXPECT_EQ(ListOf("withdrawn"), "");
}

TEST_F(Alerts, PassThroughTheirStatesDayByDay) {
  GoLive("2018-04-01");
  ChildInCare();
  const std::pair<const char*, const char*> days[] = {{"2018-04-30", "upcoming"},
                                                      {"2018-05-01", "due"},
                                                      {"2018-05-02", "overdue"},
                                                      {"2018-05-14", "overdue"},
                                                      {"2018-05-15", "escalated"}};
  for (const auto& [day, state] : days) {
    const auto set = SetDay(day);
    ASSERT_TRUE(set) << set.error().status.message;
    EXPECT_EQ(DayOf(set->day()), DayIn(day));
    EXPECT_EQ(List(), std::string("eng-review-1 ") + state + " 2018-05-01");
  }
  EXPECT_EQ(SetDay("2018-05-14").error().status.reason, "CLOCK_BACKWARDS");
}

TEST_F(Alerts, AreAcknowledgedUndoneAndPutOff) {
  GoLive("2018-04-01");
  ChildInCare();
  const std::string id = FirstId();
  const auto seen = On<v1::AcknowledgeAlertRequest>(id);
  EXPECT_EQ(Ask(alerting_, &Stub::AcknowledgeAlert, seen)->result(), "accepted");
  EXPECT_EQ(Ask(alerting_, &Stub::AcknowledgeAlert, seen)->result(),
            "accepted");  // the same command
  EXPECT_EQ(Ask(alerting_, &Stub::AcknowledgeAlert, On<v1::AcknowledgeAlertRequest>(id))->result(),
            "unchanged");
  EXPECT_EQ(List(), "eng-review-1 acknowledged 2018-05-01");
  EXPECT_TRUE(Ask(alerting_, &Stub::UndoAlert, On<v1::UndoAlertRequest>(id)));
  EXPECT_EQ(List(), "eng-review-1 upcoming 2018-05-01");

  auto snooze = On<v1::SnoozeAlertRequest>(id);
  *snooze.mutable_until() = DateOf(DayIn("2018-05-02"));
  EXPECT_EQ(Ask(alerting_, &Stub::SnoozeAlert, snooze).error().status.reason, "NO_REASON");
  snooze.mutable_header()->CopyFrom(Header());
  snooze.set_reason("the carer is ill");
  const auto snoozed = Ask(alerting_, &Stub::SnoozeAlert, snooze);
  ASSERT_TRUE(snoozed) << snoozed.error().status.message;
  snooze.set_reason("another reason");
  EXPECT_EQ(Ask(alerting_, &Stub::SnoozeAlert, snooze).error().status.reason, "COMMAND_ID_REUSED");
  ASSERT_TRUE(SetDay("2018-05-02"));
  EXPECT_EQ(List(), "eng-review-1 snoozed 2018-05-01");
  ASSERT_TRUE(SetDay("2018-05-03"));
  EXPECT_EQ(List(), "eng-review-1 overdue 2018-05-01");
}

TEST_F(Alerts, FollowTheCaseToItsTeamAndWorker) {
  GoLive("2018-04-01");
  const Known child = ChildInCare();
  v1::ListAlertsRequest east;
  east.set_team("East");
  v1::ListAlertsRequest west;
  west.set_team("West");
  west.set_worker("W7");
  Assign(child, "East", "W1");
  EXPECT_EQ(ListPage(east)->alerts_size(), 1);
  Assign(child, "West", "W7");
  EXPECT_EQ(ListPage(east)->alerts_size(), 0);
  EXPECT_EQ(ListPage(east)->counts().at("upcoming"), 0u);
  ASSERT_EQ(ListPage(west)->alerts_size(), 1);
  EXPECT_EQ(ListPage(west)->alerts(0).worker(), "W7");
}

TEST_F(Alerts, AreListedByPagesMostUrgentChildFirst) {
  GoLive("2018-01-01");
  for (int i = 0; i < 7; ++i)
    ChildInCare("N" + std::to_string(i), DayIn("2018-03-05").PlusDays(i * 3).Iso());
  ImportReturn("R1", "2018-03-01", "2018-03-31");
  v1::ListAlertsRequest request;
  std::vector<std::string> ids;
  std::string last;
  const size_t reads_before = audit_.reads().size();
  do {
    request.set_limit(3);
    const auto page = ListPage(request);
    ASSERT_TRUE(page) << page.error().status.message;
    EXPECT_EQ(
        page->counts().at("upcoming") + page->counts().at("overdue") + page->counts().at("due"),
        8u);
    for (const auto& alert : page->alerts()) {
      const std::string due = DayOf(alert.due())->Iso();
      EXPECT_LE(last, due);
      last = due;
      ids.push_back(alert.id());
    }
    request.set_page(page->next_page());
  } while (!request.page().empty());
  EXPECT_EQ(ids.size(), 8u);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 8u);
  ASSERT_EQ(audit_.reads().size() - reads_before, 3u);
  EXPECT_EQ(audit_.reads().back().children_size(), 2);
  EXPECT_EQ(audit_.reads().back().method(), "holdfast.alerting.v1.AlertingService/ListAlerts");
}

TEST_F(Alerts, OfAnotherAuthorityAreNotThere) {
  GoLive("2018-04-01");
  ChildInCare();
  const std::string id = FirstId();
  acts_for_ = kSouth;
  v1::ExplainAlertRequest foreign;
  foreign.set_id(id);
  v1::ExplainAlertRequest unknown;
  unknown.set_id(std::string(16, '\x5a'));
  const auto one = Ask(alerting_, &Stub::ExplainAlert, foreign);
  const auto other = Ask(alerting_, &Stub::ExplainAlert, unknown);
  EXPECT_EQ(one.error().status, other.error().status);
  EXPECT_EQ(one.error().status.reason, "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(Ask(alerting_, &Stub::AcknowledgeAlert, On<v1::AcknowledgeAlertRequest>(id))
                .error()
                .status.reason,
            "NOT_FOUND_OR_NOT_ALLOWED");
  v1::ListAlertsRequest list;
  list.set_authority(kNorth.text());
  EXPECT_FALSE(ListPage(list));
}

TEST_F(Alerts, StandAfterARestartAndNothingIsWrittenWhenIdle) {
  GoLive("2018-04-01");
  ChildInCare();
  ASSERT_TRUE(SetDay("2018-05-02"));
  const std::string before = List();
  Stop();
  Start();
  EXPECT_EQ(List(), before);
  const uint64_t records = RecordsInJournal();
  std::this_thread::sleep_for(
      std::chrono::milliseconds(2500));  // two rounds, and what cursors may write
  EXPECT_EQ(RecordsInJournal(), records);
}

TEST_F(Alerts, AreRebuiltToTheSameBytes) {
  GoLive("2018-04-01");
  Known child = ChildInCare();
  ImportReturn("R1", "2018-03-12", "2018-03-31");
  Assign(child, "East", "W1");
  ASSERT_TRUE(SetDay("2018-05-20"));
  ASSERT_TRUE(Ask(alerting_, &Stub::AcknowledgeAlert, On<v1::AcknowledgeAlertRequest>(FirstId())));
  Record(child, FACT_KIND_REVIEW, "2018-05-18", "PN1");
  const std::string before = List();
  Stop();
  Start();  // the claim that a start appends is in both
  Stop();
  auto rows = AllRows();
  std::filesystem::remove_all(data_ / "state/alerting");
  Start();
  EXPECT_EQ(List(), before);
  Stop();
  auto rebuilt = AllRows();
  const auto is_checkpoint = [](const StoredRow& row) {
    return row.key.size() == 2 && row.key[1] == 'c';
  };
  std::erase_if(rows, is_checkpoint);
  std::erase_if(rebuilt, is_checkpoint);
  EXPECT_TRUE(rows == rebuilt);
  Start();
}

class AlertsBySystemClock : public Town {
 protected:
  AlertsBySystemClock() : Town("2018-04-03", ClockMode::kSystem) {}

  v1::ShowClockResponse Clock() {
    return *Ask(alerting_, &Stub::ShowClock, v1::ShowClockRequest(), Role::kOperator);
  }
  std::optional<CivilDate> Day() { return DayOf(Clock().day()); }
  // Whether the day comes within a few seconds.
  bool Comes(CivilDate day) {
    for (int i = 0; i < 500 && Day() != day; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return Day() == day;
  }
};

TEST_F(AlertsBySystemClock, SeeADayBeginOnceItWasShownForAMinute) {
  const CivilDate first = Today();
  ASSERT_TRUE(Comes(first));
  clock_.MoveWall(std::chrono::hours(48));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Day(), first);
  clock_.MoveSteady(std::chrono::seconds(59));
  EXPECT_EQ(Day(), first);
  clock_.MoveSteady(std::chrono::seconds(2));
  EXPECT_TRUE(Comes(first.PlusDays(2)));
}

TEST_F(AlertsBySystemClock, WaitForAPersonAfterTheClockLeapt) {
  const CivilDate first = Today();
  ASSERT_TRUE(Comes(first));
  Stop();
  clock_.MoveWall(std::chrono::hours(24 * 21));
  Start();
  clock_.MoveSteady(std::chrono::seconds(61));
  EXPECT_EQ(Clock().refused(), "the system's clock is over 20 days ahead of the newest record");
  EXPECT_EQ(Day(), first);
  EXPECT_FALSE(alerting_service_->serving());
  v1::AcknowledgeAlertRequest request;
  *request.mutable_header() = Header();
  EXPECT_EQ(Ask(alerting_, &Stub::AcknowledgeAlert, request).error().status.reason, "NOT_TAKEN");

  EXPECT_TRUE(Ask(alerting_, &Stub::AcceptClock, v1::AcceptClockRequest(), Role::kOperator));
  EXPECT_EQ(audit_.acts(), std::vector<std::string>{"clock_accepted"});
  EXPECT_TRUE(Comes(Today()));
  EXPECT_EQ(Clock().refused(), "");
}

}  // namespace
}  // namespace holdfast::alerting
