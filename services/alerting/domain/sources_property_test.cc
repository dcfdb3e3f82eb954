// Whatever courts, reporters and the team say, in whatever order it is heard and however often the
// alerts are looked at meanwhile: once all has arrived, the clocks with their states and the alerts
// that are open are the same, and each alert that is resolved says what its clock says.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "libs/policy/alert_state.h"
#include "libs/testing/some_sources.h"
#include "services/alerting/domain/alert_messages.h"
#include "services/alerting/domain/child_in_alert_tests.h"

namespace holdfast::alerting {
namespace {

// Each case of the property is this many seeds; 100 cases make 1,000.
constexpr int kSeedsPerCase = 10;
constexpr char kToday[] = "2026-06-01";

// Clock, entry, occurrence, due day and state; of one that is resolved also what ended it and when.
std::string WordsOf(const AlertId& id, const v1::AlertClock& clock, v1::AlertState state,
                    const std::optional<Resolution>& resolution) {
  const auto due = DayOf(clock.due_on());
  std::string words = clock.clock() + " " + id.HexText() + " " +
                      (due ? due->Iso() : std::string("not known")) + " " +
                      v1::AlertState_Name(state);
  if (state == v1::ALERT_STATE_RESOLVED && resolution)
    words += " " + v1::StopKind_Name(resolution->stop) + " " + resolution->on.Iso();
  return words;
}

// What stands once all has arrived.
struct Standing {
  std::set<std::string> clocks;  // that ask for something, or have stopped
  std::set<std::string> open_clocks;
  std::set<std::string> open;      // alerts
  std::set<std::string> resolved;  // alerts
};

Standing After(const std::vector<ToldEvent>& events, Random& random) {
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
  Standing standing;
  const ClocksToday today = alerts.Today();
  for (const auto& [id, run] : today.runs()) {
    const auto state = StateOn(run, today.day());
    if (!state) continue;
    std::optional<Resolution> resolution;
    if (run.stop) resolution = Resolution{MessageOf(run.stop->event), run.stop->on};
    auto words = WordsOf(id, MessageOf(run), MessageOf(*state), resolution);
    if (holdfast::IsOpen(*state)) standing.open_clocks.insert(words);
    standing.clocks.insert(std::move(words));
  }
  for (const auto& [id, alert] : alerts.alerts().alerts) {
    if (alert.state == v1::ALERT_STATE_WITHDRAWN) continue;
    auto& among = IsOpen(alert.state) ? standing.open : standing.resolved;
    among.insert(WordsOf(id, alert.clock, alert.state, alert.resolution));
  }
  return standing;
}

// What one child's sources say, heard in two orders.
std::pair<Standing, Standing> HeardInTwoOrders(Random& random) {
  const auto feeds = SomeFeeds(random);
  auto record = SomeCare(random);
  for (auto& event : SomeRecord(random)) record.push_back(std::move(event));
  auto one = After(Arriving(feeds, record, random), random);
  auto other = After(Arriving(feeds, record, random), random);
  return {std::move(one), std::move(other)};
}

// A clock that had stopped before anybody looked raises no alert: which of the clocks that have
// stopped had one is of the ledger. What each says is not.
RC_GTEST_PROP(Alerts, AreTheSameInWhateverOrderSourcesAreHeard, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (int i = 0; i < kSeedsPerCase; ++i) {
    const auto [one, other] = HeardInTwoOrders(random);
    RC_ASSERT(one.clocks == other.clocks);
    RC_ASSERT(one.open == other.open);
    for (const auto* standing : {&one, &other}) {
      RC_ASSERT(standing->open == standing->open_clocks);
      RC_ASSERT(std::ranges::includes(standing->clocks, standing->resolved));
    }
  }
}

TEST(Alerts, OfTheSourcesInTestsAreOpenAndResolvedAndOfTheLaw) {
  Random random(1);
  size_t open = 0;
  std::set<std::string> resolved;
  for (int i = 0; i < 10 * kSeedsPerCase; ++i) {
    const auto heard = HeardInTwoOrders(random).first;
    open += heard.open.size();
    resolved.insert(heard.resolved.begin(), heard.resolved.end());
  }
  EXPECT_GT(open, 100u);
  EXPECT_GT(resolved.size(), 10u);
  EXPECT_TRUE(std::ranges::any_of(
      resolved, [](const auto& words) { return words.starts_with("sco-lac-review-1 "); }));
}

}  // namespace
}  // namespace holdfast::alerting
