#include "services/relay/domain/named_in.h"

#include <gtest/gtest.h>

#include "holdfast/alerting/v1/alerting_events.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "holdfast/proceedings/v1/proceedings_events.pb.h"

namespace holdfast::relay {
namespace {

TEST(NamedIn, IsTheAuthorityOfAnEventOrOfTheSubmissionThatItIsOf) {
  cases::v1::CasesEvent registered;
  registered.mutable_child_registered()->set_authority("N");
  EXPECT_EQ(NamedIn(registered).authority, "N");
  cases::v1::CasesEvent row;
  row.mutable_row_stated()->mutable_submission()->set_authority("S");
  EXPECT_EQ(NamedIn(row).authority, "S");
}

TEST(NamedIn, IsNothingForWhatIsLeftToTheSubject) {
  cases::v1::CasesEvent assigned;
  assigned.mutable_case_assigned()->set_team("A");
  EXPECT_EQ(NamedIn(assigned), Named{});
  alerting::v1::AlertingEvent raised;
  raised.mutable_alert_raised()->set_alert("0123456789abcdef");
  EXPECT_EQ(NamedIn(raised), Named{});
}

TEST(NamedIn, IsTheAuthorityBeforeTheSourceAndTheSourceWhereNoneIsNamed) {
  proceedings::v1::ProceedingsEvent item;
  item.mutable_item_received()->set_source("court");
  EXPECT_EQ(BodyOf(NamedIn(item)), "@court");
  EXPECT_TRUE(IsSource(BodyOf(NamedIn(item))));
  item.mutable_item_received()->set_authority("N");
  EXPECT_EQ(BodyOf(NamedIn(item)), "N");
}

TEST(NamedIn, IsEachAuthorityThatASourceCovers) {
  proceedings::v1::ProceedingsEvent registered;
  registered.mutable_source_registered()->set_source("court");
  registered.mutable_source_registered()->add_covers("N");
  registered.mutable_source_registered()->add_covers("S");
  EXPECT_EQ(NamedIn(registered).covers, (std::vector<std::string>{"N", "S"}));
  EXPECT_EQ(BodyOf(NamedIn(registered)), "@court");
}

TEST(NamedIn, IsEverybodyForLostHistoryAndNobodyForADay) {
  cases::v1::CasesEvent lost;
  lost.mutable_history_lost()->set_service("cases");
  EXPECT_TRUE(NamedIn(lost).everybody);
  alerting::v1::AlertingEvent day;
  day.mutable_day_started();
  EXPECT_TRUE(NamedIn(day).nobody);
}

}  // namespace
}  // namespace holdfast::relay
