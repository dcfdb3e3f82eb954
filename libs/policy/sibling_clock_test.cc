// The clock of a decision where siblings live: the last permitted day, the first day late, and what
// moves it; and what of several children stands in a calendar.
#include <gtest/gtest.h>

#include "libs/policy/alert_state.h"
#include "libs/policy/child_calendar.h"
#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

constexpr char kClock[] = "sibling-decision-review";

// A child of whom it was decided on 2026-03-02.
ChildInTests Decided(const char* review, const char* nation = "england") {
  ChildInTests child(nation);
  SiblingDecision decision{
      .entry = EntryNamed("siblings 2026-03-02"), .decision = "together", .on = Day("2026-03-02")};
  if (*review != 0) decision.review = Day(review);
  child.history().sibling_decisions.push_back(decision);
  return child;
}

std::optional<AlertState> StateOf(const ClockRun& run, std::string_view day) {
  return StateOn(run, Day(day));
}

TEST(ADecisionAboutSiblings, IsDueOnTheDayOfItsReviewInEachNation) {
  for (const auto* nation : {"england", "scotland"}) {
    const auto runs = RunsOf(kClock, Decided("2026-09-02", nation));
    ASSERT_EQ(runs.size(), 1u) << nation;
    EXPECT_EQ(runs[0].due, Day("2026-09-02"));
    EXPECT_EQ(runs[0].confidence, Confidence::kFromKnowledge);
    EXPECT_EQ(StateOf(runs[0], "2026-08-04"), std::nullopt);
    EXPECT_EQ(StateOf(runs[0], "2026-08-05"), AlertState::kUpcoming);
    EXPECT_EQ(StateOf(runs[0], "2026-09-02"), AlertState::kDue);
    EXPECT_EQ(StateOf(runs[0], "2026-09-03"), AlertState::kOverdue);
    EXPECT_EQ(StateOf(runs[0], "2026-09-16"), AlertState::kEscalated);
  }
}

TEST(ADecisionAboutSiblings, WithoutADayOfReviewLacksItFromItsFirstDayInEachNation) {
  for (const auto* nation : {"england", "scotland"}) {
    const auto runs = RunsOf(kClock, Decided("", nation));
    ASSERT_EQ(runs.size(), 1u) << nation;
    EXPECT_EQ(runs[0].due, Day("2026-03-02"));
    EXPECT_EQ(StateOf(runs[0], "2026-03-02"), AlertState::kDue);
    EXPECT_EQ(StateOf(runs[0], "2026-03-03"), AlertState::kOverdue);
    EXPECT_EQ(StateOf(runs[0], "2026-03-16"), AlertState::kEscalated);
  }
}

TEST(ADecisionAboutSiblings, GivenItsDayOfReviewLaterMovesTheSameClock) {
  const auto before = RunsOf(kClock, Decided("")).at(0);
  const auto after = RunsOf(kClock, Decided("2026-09-02")).at(0);
  EXPECT_EQ(AlertIdOf(SubjectId{}, before), AlertIdOf(SubjectId{}, after));
  EXPECT_EQ(StateOf(after, "2026-03-16"), std::nullopt);
}

TEST(ADecisionAboutSiblings, WithoutADayOfReviewIsNoLongerAskedForItOnceDecidedAnew) {
  auto child = Decided("");
  child.history().sibling_decisions[0].ended = Day("2026-08-20");
  EXPECT_EQ(StateOf(RunsOf(kClock, child).at(0), "2026-08-20"), AlertState::kResolved);
}

TEST(ADecisionAboutSiblings, CorrectedInItsReviewMovesTheSameClock) {
  const auto before = RunsOf(kClock, Decided("2026-09-02")).at(0);
  const auto after = RunsOf(kClock, Decided("2026-10-02")).at(0);
  EXPECT_EQ(AlertIdOf(SubjectId{}, before), AlertIdOf(SubjectId{}, after));
  EXPECT_EQ(after.due, Day("2026-10-02"));
}

TEST(ADecisionAboutSiblings, StopsWithTheNextOneOrWhenTheChildLeavesOrDies) {
  auto next = Decided("2026-09-02");
  next.history().sibling_decisions[0].ended = Day("2026-08-20");
  const auto decided = RunsOf(kClock, next).at(0);
  EXPECT_EQ(decided.stop->event, StopEvent::kSiblingsDecided);
  EXPECT_EQ(StateOf(decided, "2026-08-20"), AlertState::kResolved);
  next.history().sibling_decisions[0].left = true;
  EXPECT_EQ(RunsOf(kClock, next).at(0).stop->event, StopEvent::kSiblingsLeft);
  auto died = Decided("2026-09-02");
  died.history().died_on = Day("2026-04-01");
  EXPECT_EQ(RunsOf(kClock, died).at(0).stop->event, StopEvent::kDied);
}

TEST(ACalendar, HasTheReviewOfADecisionAboutSiblingsAndTheMeetingsPlanned) {
  auto child = Decided("2026-09-02");
  child.history().meetings = {
      {.entry = EntryNamed("past"), .kind = "review", .on = Day("2026-08-09")},
      {.entry = EntryNamed("review"), .kind = "review", .on = Day("2026-08-10")},
      {.entry = EntryNamed("panel"), .kind = "panel", .on = Day("2026-09-20")}};
  const auto runs = RunsOf(kClock, child);
  const auto items = CalendarOf(child.history(), runs, ShippedPolicies(), Day("2026-08-10"));
  std::vector<std::string> shown;
  for (const auto& item : items)
    shown.push_back(item.on.Iso() + " " + item.what + " " + item.clock + " " + item.state);
  EXPECT_EQ(shown, (std::vector<std::string>{"2026-08-10 review  planned",
                                             "2026-09-02 review sibling-decision-review upcoming",
                                             "2026-09-20 meeting  planned"}));
  EXPECT_EQ(items[1].confidence, "K");
}

}  // namespace
}  // namespace holdfast
