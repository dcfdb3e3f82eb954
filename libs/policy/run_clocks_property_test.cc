// What holds of the review clocks of any child.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "libs/policy/care_stretches.h"
#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

const CivilDate kFirst = Day("2016-01-01");
constexpr int kDays = 900;

std::string SomeDay(int from, int to) { return kFirst.PlusDays(*rc::gen::inRange(from, to)).Iso(); }

// A child with one or two care periods, some reviews and some days of other law.
ChildInTests SomeChild() {
  ChildInTests child;
  const bool start_known = *rc::gen::arbitrary<bool>();
  child.CareStarts(SomeDay(0, 100), start_known);
  const auto review_days = *rc::gen::container<std::set<int>>(rc::gen::inRange(100, 400));
  for (const int day : review_days) child.Review(kFirst.PlusDays(day).Iso());
  if (*rc::gen::arbitrary<bool>()) child.LegalStatus("V3", SomeDay(0, 300), SomeDay(301, 420));
  if (*rc::gen::arbitrary<bool>()) child.Placement("A6", SomeDay(0, 200), SomeDay(201, 420));
  if (*rc::gen::arbitrary<bool>()) {
    child.CareEnds(SomeDay(400, 450));
    child.CareStarts(SomeDay(450, 500)).Review(SomeDay(500, 600));
  }
  if (*rc::gen::weightedElement<bool>({{1, true}, {4, false}})) child.Died(SomeDay(120, 700));
  return child;
}

std::vector<ClockRun> ReviewRuns(const History& history) {
  auto runs = RunClocks(history, LiveSince("2000-01-01"), ShippedPolicies(), View{});
  std::erase_if(runs, [](const ClockRun& run) { return !run.of_reviews; });
  return runs;
}

bool InCare(const History& history, CivilDate day) {
  if (history.died_on && *history.died_on <= day) return false;
  return std::ranges::any_of(history.care_periods, [&](const CarePeriod& period) {
    return period.start <= day && (!period.ended_by || day < *period.ended_by);
  });
}

RC_GTEST_PROP(ReviewClocks, RunOneAtATimeAndNeverOutsideOrdinaryCare, ()) {
  const auto child = SomeChild();
  const auto& history = child.history();
  const auto& pack = ShippedPolicies().packs.at(0);
  const bool all_starts_known = std::ranges::all_of(
      history.care_periods, [](const CarePeriod& period) { return period.start_known; });
  const auto runs = ReviewRuns(history);
  for (CivilDate day = kFirst; day < kFirst.PlusDays(kDays); day = day.PlusDays(1)) {
    const auto running = std::ranges::count_if(runs, [&](const ClockRun& run) {
      return run.start <= day && (!run.stop || day < run.stop->on);
    });
    const bool ordinary = InCare(history, day) && !OtherLawOn(history, pack, day);
    RC_ASSERT(running <= (ordinary ? 1 : 0));
    if (ordinary && all_starts_known) RC_ASSERT(running == 1);
  }
}

RC_GTEST_PROP(ReviewClocks, AreEachKnownByAnIdentityOfTheirOwn, ()) {
  const auto child = SomeChild();
  std::set<AlertId> ids;
  const auto runs = ReviewRuns(child.history());
  for (const auto& run : runs) {
    ids.insert(AlertIdOf(SubjectId{}, run));
    const CivilDate stopped = run.stop ? run.stop->on : kDistantFuture;
    RC_ASSERT(run.start <= stopped);
    RC_ASSERT(run.due.has_value());
    RC_ASSERT(run.start < *run.due);
  }
  RC_ASSERT(ids.size() == runs.size());
}

}  // namespace
}  // namespace holdfast
