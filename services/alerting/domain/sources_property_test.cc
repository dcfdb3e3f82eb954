// Whatever courts, reporters and the team say, in whatever order it is heard and however often the
// alerts are looked at meanwhile: once all has arrived, the alerts that are open are the same.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "libs/testing/some_sources.h"
#include "services/alerting/domain/child_in_alert_tests.h"

namespace holdfast::alerting {
namespace {

// Each case of the property is this many seeds; 100 cases make 1,000.
constexpr int kSeedsPerCase = 10;
constexpr char kToday[] = "2026-06-01";

// Clock, entry, occurrence, due day and state of each alert that is open.
std::set<std::string> OpenAfter(const std::vector<ToldEvent>& events, Random& random) {
  ChildOfSources child;
  ChildInAlertTests alerts;
  const auto look = [&] {
    alerts.Know(child.AsKnown(), LiveSince("2000-01-01"));
    alerts.On(kToday);
  };
  for (const auto& event : events) {
    child.Told(event);
    if (random.Chance(300)) look();
  }
  look();
  std::set<std::string> open;
  for (const auto& [id, alert] : alerts.alerts().alerts) {
    if (!IsOpen(alert.state)) continue;
    const auto due = DayOf(alert.clock.due_on());
    open.insert(alert.clock.clock() + " " + id.HexText() + " " +
                (due ? due->Iso() : std::string("not known")) + " " +
                v1::AlertState_Name(alert.state));
  }
  return open;
}

RC_GTEST_PROP(Alerts, AreTheSameInWhateverOrderSourcesAreHeard, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  size_t seen = 0;
  for (int i = 0; i < kSeedsPerCase; ++i) {
    const auto feeds = SomeFeeds(random);
    auto record = SomeCare(random);
    for (auto& event : SomeRecord(random)) record.push_back(std::move(event));
    const auto one = OpenAfter(Arriving(feeds, record, random), random);
    RC_ASSERT(one == OpenAfter(Arriving(feeds, record, random), random));
    seen += one.size();
  }
  RC_ASSERT(seen > 0U);
}

}  // namespace
}  // namespace holdfast::alerting
