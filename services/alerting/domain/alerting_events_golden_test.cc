// The bytes of each event ever written, which are read for ever. Lines are added, never changed.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "holdfast/alerting/v1/alerting_events.pb.h"
#include "libs/base/ids.h"
#include "libs/permanence/dates.h"

namespace holdfast::alerting {
namespace {

using Event = v1::AlertingEvent;

const std::string kAlert(16, '\x0a');
const std::string kOtherAlert(16, '\x0b');
const std::string kFact(16, '\x0f');

common::v1::Date Date(int year, int month, int day) {
  return DateOf(*CivilDate::FromYmd(year, month, day));
}

v1::AlertClock Clock() {
  v1::AlertClock clock;
  clock.set_clock("eng-review-1");
  clock.set_entry(std::string(16, '\x0e'));
  clock.set_occurrence(1);
  *clock.mutable_started_on() = Date(2017, 5, 2);
  *clock.mutable_due_on() = Date(2017, 5, 31);
  *clock.mutable_not_known_since() = Date(2018, 3, 31);
  clock.set_confidence("K");
  clock.add_facts(kFact);
  return clock;
}

Event Lost() {
  Event event;
  event.mutable_history_lost()->set_service("cases");
  event.mutable_history_lost()->set_partition(3);
  event.mutable_history_lost()->set_from(121);
  event.mutable_history_lost()->set_to(150);
  event.mutable_history_lost()->set_chain(std::string(32, '\x0c'));
  return event;
}
Event Raised() {
  Event event;
  event.mutable_alert_raised()->set_alert(kAlert);
  *event.mutable_alert_raised()->mutable_clock() = Clock();
  event.mutable_alert_raised()->set_state(v1::ALERT_STATE_UPCOMING);
  return event;
}
Event Moved() {
  Event event;
  auto* moved = event.mutable_alert_moved();
  moved->set_alert(kAlert);
  *moved->mutable_from() = Date(2017, 5, 30);
  *moved->mutable_started_on_before() = Date(2017, 4, 28);
  *moved->mutable_clock() = Clock();
  moved->set_reason(v1::MOVE_REASON_START_MOVED);
  moved->set_state(v1::ALERT_STATE_DUE);
  return event;
}
Event StateChanged() {
  Event event;
  event.mutable_alert_state_changed()->set_alert(kAlert);
  event.mutable_alert_state_changed()->set_from(v1::ALERT_STATE_SNOOZED);
  event.mutable_alert_state_changed()->set_to(v1::ALERT_STATE_OVERDUE);
  *event.mutable_alert_state_changed()->mutable_clock() = Clock();
  return event;
}
Event Resolved() {
  Event event;
  auto* resolved = event.mutable_alert_resolved();
  resolved->set_alert(kAlert);
  resolved->set_stop(v1::STOP_KIND_REVIEW);
  *resolved->mutable_on() = Date(2017, 5, 25);
  resolved->add_facts(kFact);
  *resolved->mutable_clock() = Clock();
  return event;
}
Event Withdrawn() {
  Event event;
  event.mutable_alert_withdrawn()->set_alert(kAlert);
  event.mutable_alert_withdrawn()->set_reason(v1::WITHDRAWAL_REASON_SAME_AS);
  event.mutable_alert_withdrawn()->set_same_as(kOtherAlert);
  return event;
}
Event Acknowledged() {
  Event event;
  event.mutable_alert_acknowledged()->set_alert(kAlert);
  event.mutable_alert_acknowledged()->add_entry_facts(kFact);
  return event;
}
Event Snoozed() {
  Event event;
  auto* snoozed = event.mutable_alert_snoozed();
  snoozed->set_alert(kAlert);
  *snoozed->mutable_until() = Date(2017, 6, 10);
  snoozed->add_entry_facts(kFact);
  snoozed->mutable_personal()->mutable_sealed()->set_key_id(std::string(16, '\x01'));
  return event;
}
Event Undone() {
  Event event;
  event.mutable_alert_handling_undone()->set_alert(kAlert);
  event.mutable_alert_handling_undone()->set_state(v1::ALERT_STATE_ESCALATED);
  return event;
}
Event Followed() {
  Event event;
  event.mutable_alert_handling_followed()->set_alert(kAlert);
  event.mutable_alert_handling_followed()->set_from(kOtherAlert);
  return event;
}
Event InForce() {
  Event event;
  auto* file = event.mutable_policy_in_force()->add_files();
  file->set_name("england.yaml");
  file->set_sha256(std::string(32, '\x05'));
  file->set_yaml("pack: england\n");
  return event;
}
Event Started() {
  Event event;
  *event.mutable_day_started()->mutable_day() = Date(2018, 4, 1);
  return event;
}

Event Scheduled() {
  Event event;
  *event.mutable_clocks_scheduled()->mutable_next() = Date(2018, 4, 3);
  return event;
}
Event Computed() {
  Event event;
  event.mutable_children_computed()->set_through(7);
  return event;
}

Event Watched() {
  Event event;
  event.mutable_feed_watched()->set_source("sheriff-a");
  event.mutable_feed_watched()->set_authority("S12000901");
  return event;
}

Event Counts() {
  Event event;
  event.mutable_feed_counts()->set_source("sheriff-a");
  return event;
}

Event Erased() {
  Event event;
  event.mutable_child_erased()->set_authority("S12000901");
  return event;
}

struct Golden {
  const char* name;
  Event event;
  const char* hex;
};

const std::vector<Golden>& Goldens() {
  static const std::vector<Golden> goldens{
      {"Raised", Raised(),
       "52680a100a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a12520a0c656e672d7265766965772d311210"
       "0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e1801220708e10f100518022a0708e10f1005181f3207"
       "08e20f1003181f3a014b42100f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f1801"},
      {"Moved", Moved(),
       "5a7c0a100a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a120708e10f1005181e1a0708e10f1004181c"
       "22520a0c656e672d7265766965772d3112100e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e18012207"
       "08e10f100518022a0708e10f1005181f320708e20f1003181f3a014b42100f0f0f0f0f0f0f0f"
       "0f0f0f0f0f0f0f0f28013002"},
      {"StateChanged", StateChanged(),
       "626a0a100a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a1008180322520a0c656e672d726576696577"
       "2d3112100e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e1801220708e10f100518022a0708e10f1005"
       "181f320708e20f1003181f3a014b42100f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"},
      {"Resolved", Resolved(),
       "6a83010a100a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a10011a0708e10f1005181922100f0f0f0f"
       "0f0f0f0f0f0f0f0f0f0f0f0f2a520a0c656e672d7265766965772d3112100e0e0e0e0e0e0e0e"
       "0e0e0e0e0e0e0e0e1801220708e10f100518022a0708e10f1005181f320708e20f1003181f3a"
       "014b42100f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"},
      {"Withdrawn", Withdrawn(),
       "72260a100a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a10021a100b0b0b0b0b0b0b0b0b0b0b0b0b0b"
       "0b0b"},
      {"Acknowledged", Acknowledged(),
       "7a240a100a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a12100f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"},
      {"Snoozed", Snoozed(),
       "8201430a100a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a120708e10f1006180a1a100f0f0f0f0f0f"
       "0f0f0f0f0f0f0f0f0f0f7a1412120a1001010101010101010101010101010101"},
      {"Undone", Undone(), "8a01140a100a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a1004"},
      {"Followed", Followed(),
       "9201240a100a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a12100b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"
       "0b"},
      {"InForce", InForce(),
       "f201420a400a0c656e676c616e642e79616d6c12200505050505050505050505050505050505"
       "0505050505050505050505050505051a0e7061636b3a20656e676c616e640a"},
      {"Started", Started(), "fa01090a0708e20f10041801"},
      {"Scheduled", Scheduled(), "9a01090a0708e20f10041803"},
      {"Computed", Computed(), "8202020807"},
      {"Watched", Watched(), "a201160a09736865726966662d611209533132303030393031"},
      {"Counts", Counts(), "aa010b0a09736865726966662d61"},
      {"Erased", Erased(), "b2010b0a09533132303030393031"},
      {"Lost", Lost(),
       "9203300a056361736573100318792096012a200c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c"
       "0c0c0c0c0c0c0c0c0c0c0c0c0c"},
  };
  return goldens;
}

TEST(AlertingEvents, AreWrittenAndReadAsTheyEverWere) {
  for (const auto& golden : Goldens()) {
    EXPECT_EQ(Hex(golden.event.SerializeAsString()), golden.hex) << golden.name;
    Event read;
    EXPECT_TRUE(read.ParseFromString(FromHex(golden.hex).value_or("?"))) << golden.name;
    EXPECT_EQ(read.SerializeAsString(), golden.event.SerializeAsString()) << golden.name;
  }
}

TEST(AlertingEvents, EachHaveAGolden) {
  const auto* events = Event::descriptor()->FindOneofByName("event");
  EXPECT_EQ(static_cast<size_t>(events->field_count()), Goldens().size());
}

}  // namespace
}  // namespace holdfast::alerting
