// The clock of the register of children waiting for adoption: 90 days from the agency decision.
#include <gtest/gtest.h>

#include "libs/policy/alert_state.h"
#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

constexpr auto kClock = "eng-adoption-match-90d";

ChildInTests Decided() {
  return ChildInTests().CareStarts("2017-01-10").Happens(EntryKind::kAgencyDecision, "2017-05-02");
}

TEST(AdoptionMatch, IsDueNinetyDaysAfterTheDecision) {
  const auto runs = RunsOf(kClock, Decided());
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].due, Day("2017-07-31"));
  EXPECT_EQ(runs[0].lead_days, 42);
  EXPECT_EQ(ConfidenceMark(runs[0].confidence), "K") << "its last day is not known";
}

TEST(AdoptionMatch, StopsAtEachOfItsEventsAndAtNothingElse) {
  struct {
    EntryKind kind;
    const char* code;
    std::optional<StopEvent> stop;
  } const cases[] = {
      {EntryKind::kRegisterReferral, "", StopEvent::kRegisterReferral},
      {EntryKind::kMatch, "", StopEvent::kMatch},
      {EntryKind::kDecisionReversed, "RD1", StopEvent::kDecisionReversed},
      {EntryKind::kOrder, "ADOPTION", StopEvent::kAdoptionOrder},
      {EntryKind::kOrder, "SPECIAL_GUARDIANSHIP", StopEvent::kSpecialGuardianshipOrder},
      {EntryKind::kOrder, "CHILD_ARRANGEMENTS", StopEvent::kChildArrangementsOrder},
      {EntryKind::kOrder, "PLACEMENT", std::nullopt},
      {EntryKind::kPlacedForAdoption, "", std::nullopt},
  };
  for (const auto& event : cases) {
    for (const char* on : {"2017-05-02", "2017-06-01"}) {
      const auto run = RunsOf(kClock, Decided().Happens(event.kind, on, event.code)).at(0);
      EXPECT_EQ(run.stop.has_value(), event.stop.has_value());
      if (run.stop) {
        EXPECT_EQ(run.stop->event, event.stop);
        EXPECT_EQ(run.stop->on, Day(on));
      }
    }
    EXPECT_FALSE(
        RunsOf(kClock, Decided().Happens(event.kind, "2017-05-01", event.code)).at(0).stop);
  }
}

TEST(AdoptionMatch, StopsAtTheEarliestOfThem) {
  const auto run = RunsOf(kClock, Decided()
                                      .Happens(EntryKind::kMatch, "2017-07-01")
                                      .Happens(EntryKind::kRegisterReferral, "2017-06-01"))
                       .at(0);
  EXPECT_EQ(run.stop->on, Day("2017-06-01"));
}

TEST(AdoptionMatch, IsNotStoppedByTheEndOfCareButByDeath) {
  EXPECT_FALSE(RunsOf(kClock, Decided().CareEnds("2017-06-01")).at(0).stop);
  EXPECT_EQ(RunsOf(kClock, Decided().Died("2017-06-01")).at(0).stop->event, StopEvent::kDied);
}

TEST(AdoptionMatch, RunsAgainFromADecisionAfterAReversalEvenOnItsDay) {
  const auto runs = RunsOf(kClock, Decided()
                                       .Happens(EntryKind::kDecisionReversed, "2017-06-01")
                                       .Happens(EntryKind::kAgencyDecision, "2017-06-01"));
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].stop->on, Day("2017-06-01"));
  EXPECT_FALSE(runs[1].stop);
}

TEST(AdoptionMatch, IsNeverKnownFromReturnsAlone) {
  const auto run = RunsOf(kClock, Decided(), CoveredByReturns({2017, 2018})).at(0);
  EXPECT_EQ(run.not_known_since, Day("2017-05-02"));
  EXPECT_FALSE(StateOn(run, Day("2017-06-18"))) << "it would not yet be upcoming";
  EXPECT_EQ(StateOn(run, Day("2017-06-19")), AlertState::kNotKnown);
  EXPECT_EQ(StateOn(run, Day("2018-06-19")), AlertState::kNotKnown) << "never overdue";
}

}  // namespace
}  // namespace holdfast
