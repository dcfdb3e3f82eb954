// The clocks of agreements about contact: the last permitted day, the first day late, and what moves them.
#include <gtest/gtest.h>

#include "libs/policy/alert_state.h"
#include "libs/policy/child_calendar.h"
#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

constexpr char kPurpose[] = "contact-purpose";
constexpr char kReview[] = "contact-review";

ChildInTests In(const char* nation) { return ChildInTests(nation); }

std::optional<AlertState> StateOf(const ClockRun& run, std::string_view day) {
  return StateOn(run, Day(day));
}

TEST(ContactPurpose, IsDueOnTheFirstDayOfAnAgreementWithoutOneInEachNation) {
  for (const auto* nation : {"england", "scotland"}) {
    const auto runs = RunsOf(kPurpose, In(nation).AgreesContact("2026-03-02"));
    ASSERT_EQ(runs.size(), 1u) << nation;
    EXPECT_EQ(runs[0].due, Day("2026-03-02"));
    EXPECT_EQ(runs[0].entry, EntryNamed("agreement 2026-03-02"));
    EXPECT_EQ(StateOf(runs[0], "2026-03-02"), AlertState::kDue);
    EXPECT_EQ(StateOf(runs[0], "2026-03-03"), AlertState::kOverdue);
    EXPECT_EQ(StateOf(runs[0], "2026-03-16"), AlertState::kEscalated);
  }
}

TEST(ContactPurpose, IsNotAskedForWhereThereIsOne) {
  EXPECT_TRUE(RunsOf(kPurpose, In("england").AgreesContact("2026-03-02", "assess_return")).empty());
  auto proposed = In("england").AgreesContact("2026-03-02");
  proposed.history().agreements.back().agreed = false;
  EXPECT_TRUE(RunsOf(kPurpose, proposed).empty());
  EXPECT_TRUE(RunsOf(kReview, proposed).empty());
}

TEST(ContactPurpose, StopsOnceOneIsGivenOrContactEnds) {
  const auto given =
      RunsOf(kPurpose, In("england").AgreesContact("2026-03-02").VariesContact("2026-03-05", "x"));
  EXPECT_EQ(given.at(0).stop->event, StopEvent::kContactPurpose);
  EXPECT_EQ(given.at(0).stop->on, Day("2026-03-05"));
  const auto ended =
      RunsOf(kPurpose, In("england").AgreesContact("2026-03-02").ContactEnds("2026-03-04"));
  EXPECT_EQ(ended.at(0).stop->event, StopEvent::kContactEnded);
  EXPECT_EQ(StateOf(ended.at(0), "2026-03-05"), AlertState::kResolved);
}

TEST(ContactReview, IsDueOnItsDayAndLateTheDayAfter) {
  for (const auto* nation : {"england", "scotland"}) {
    const auto runs = RunsOf(kReview, In(nation).AgreesContact("2026-03-02", "x", "2026-06-01"));
    ASSERT_EQ(runs.size(), 1u) << nation;
    EXPECT_EQ(runs[0].due, Day("2026-06-01"));
    EXPECT_EQ(StateOf(runs[0], "2026-05-17"), std::nullopt);
    EXPECT_EQ(StateOf(runs[0], "2026-05-18"), AlertState::kUpcoming);
    EXPECT_EQ(StateOf(runs[0], "2026-06-01"), AlertState::kDue);
    EXPECT_EQ(StateOf(runs[0], "2026-06-02"), AlertState::kOverdue);
  }
}

TEST(ContactReview, OfAnAgreementWithoutADayIsDueOnItsFirst) {
  EXPECT_EQ(RunsOf(kReview, In("england").AgreesContact("2026-03-02", "x")).at(0).due,
            Day("2026-03-02"));
}

TEST(ContactReview, IsMovedByACorrectionAndByAVariation) {
  EXPECT_EQ(RunsOf(kReview, In("england").AgreesContact("2026-03-02", "x", "2026-07-01")).at(0).due,
            Day("2026-07-01"));
  EXPECT_EQ(RunsOf(kReview, In("england")
                                .AgreesContact("2026-03-02", "x", "2026-06-01")
                                .VariesContact("2026-05-01", "x", "2026-09-01"))
                .at(0)
                .due,
            Day("2026-09-01"));
}

TEST(ContactReview, HeldMovesOnToTheNext) {
  const auto runs = RunsOf(kReview, In("scotland")
                                        .AgreesContact("2026-03-02", "x", "2026-06-01")
                                        .ReviewsContact("2026-05-28", "2026-11-28")
                                        .ReviewsContact("2026-11-30"));
  ASSERT_EQ(runs.size(), 3u);
  EXPECT_EQ(runs[0].stop->event, StopEvent::kContactReview);
  EXPECT_EQ(runs[1].entry, EntryNamed("contact review 2026-05-28"));
  EXPECT_EQ(runs[1].due, Day("2026-11-28"));
  EXPECT_EQ(runs[2].due, Day("2026-11-30"));
}

TEST(ContactReview, StopsWhenContactEndsOrTheChildDies) {
  const auto child = [] { return In("england").AgreesContact("2026-03-02", "x", "2026-06-01"); };
  EXPECT_EQ(RunsOf(kReview, child().ContactEnds("2026-05-01")).at(0).stop->event,
            StopEvent::kContactEnded);
  EXPECT_EQ(RunsOf(kReview, child().Died("2026-05-01")).at(0).stop->event, StopEvent::kDied);
  EXPECT_EQ(RunsOf(kReview, child().ContactEnds("2026-05-01").ReviewsContact("2026-05-20")).size(), 1u);
}

TEST(ContactReview, IsKnownWhateverSourcesCover) {
  const auto runs = RunsOf(kReview, In("england").AgreesContact("2026-03-02", "x"), Coverage{});
  EXPECT_EQ(StateOf(runs.at(0), "2026-03-03"), AlertState::kOverdue);
}

TEST(Calendar, HasSessionsThatArePlanned) {
  const auto child = In("england").Session("2026-03-07", "planned").Session("2026-03-08", "cancelled");
  const auto on = [&](const char* day) {
    return CalendarOf(child.history(), {}, ShippedPolicies(), Day(day));
  };
  ASSERT_EQ(on("2026-03-07").size(), 1u);
  EXPECT_EQ(on("2026-03-07")[0].what, "session");
  EXPECT_EQ(on("2026-03-07")[0].why, "direct contact with mother");
  EXPECT_TRUE(on("2026-03-08").empty());
}

}  // namespace
}  // namespace holdfast
