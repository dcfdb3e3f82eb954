// What holds of the history of any child, whatever its returns say.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "libs/testing/child_of_returns.h"
#include "libs/testing/history_as_text.h"

namespace holdfast {
namespace {

constexpr int kFirstYear = 2019;
constexpr int kYears = 4;

template <typename... Choices>
std::string OneOf(Choices... choices) {
  return *rc::gen::element<std::string>(choices...);
}

// Few days, so that rows meet; days about the year ends among them.
CivilDate SomeDay() {
  const CivilDate year_end = YearEnd(kFirstYear + *rc::gen::inRange(0, kYears));
  return year_end.PlusDays(*rc::gen::element(-360, -200, -100, -40, -10, -1, 0, 1));
}

RowInTests SomeEpisode(CivilDate decom, CivilDate year_end) {
  const auto row = Episode(decom.Iso(), OneOf("S", "P", "L", "T", "U", "B"),
                           OneOf("C1", "C2", "E1", "V3"), OneOf("U6", "A3", "K2"));
  const CivilDate dec = SomeDay();
  if (dec < decom || dec > year_end || *rc::gen::weightedElement<bool>({{2, true}, {3, false}}))
    return row;
  return row.Until(dec.Iso(), OneOf("X1", "X1", "E4A", "E2", "E11", ""));
}

// What one whole return of the year says, one row a key.
Return SomeReturn(int year) {
  Return submission(year);
  std::map<CivilDate, bool> days;
  for (int i = *rc::gen::inRange(0, 5); i > 0; --i) days[std::min(SomeDay(), YearEnd(year))] = true;
  for (const auto& [day, is_there] : days) {
    if (*rc::gen::weightedElement<bool>({{1, true}, {9, false}})) {
      submission.Refuses(Episode(day.Iso()));
    } else {
      submission.Has(SomeEpisode(day, YearEnd(year)));
    }
  }
  const CivilDate review = std::min(SomeDay(), YearEnd(year));
  submission.Has(ReviewOn(review.Iso(), OneOf("PN1", "PN2")));
  if (*rc::gen::arbitrary<bool>()) submission.Has(DecisionOn(review.Iso()));
  return submission;
}

// A few years' returns, each year once.
std::vector<Return> SomeReturns() {
  std::vector<Return> returns;
  for (int i = 0; i < kYears; ++i) {
    if (*rc::gen::weightedElement<bool>({{4, true}, {1, false}}))
      returns.push_back(SomeReturn(kFirstYear + i));
  }
  return returns;
}

std::vector<Lines> Words(const History& history) {
  return {CarePeriodsOf(history), PlacementsOf(history), LegalStatusesOf(history),
          ReviewsOf(history),     HappeningsOf(history), DiscrepanciesOf(history),
          CareDaysOf(history)};
}

ChildOfReturns Told(const std::vector<Return>& returns) {
  ChildOfReturns child;
  for (const auto& submission : returns) child.Told(submission);
  return child;
}

RC_GTEST_PROP(History, IsTheSameInWhateverOrderTheYearsArrive, ()) {
  const auto returns = SomeReturns();
  auto order = returns;
  for (size_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1], order[*rc::gen::inRange<size_t>(0, i)]);
  const History expected = Told(returns).AsKnown();
  const History shuffled = Told(order).AsKnown();
  RC_ASSERT(Words(shuffled) == Words(expected));
  for (size_t i = 0; i < expected.care_periods.size(); ++i) {
    RC_ASSERT(shuffled.care_periods[i].entry == expected.care_periods[i].entry);
  }
}

RC_GTEST_PROP(History, AsKnownAtAYearEndIsThatOfTheReturnsUpToIt, ()) {
  const auto returns = SomeReturns();
  const ChildOfReturns child = Told(returns);
  for (int year = kFirstYear; year < kFirstYear + kYears; ++year) {
    std::vector<Return> known;
    for (const auto& submission : returns) {
      if (submission.year_end() <= YearEnd(year)) known.push_back(submission);
    }
    RC_ASSERT(Words(child.AsKnownIn(year)) == Words(Told(known).AsKnown()));
  }
}

bool HasOpenRow(const Return& submission) {
  return std::ranges::any_of(submission.said(), [](const Return::Said& said) {
    return said.kind == StatementKind::kStated && said.row.row().has_episode() &&
           !said.row.row().episode().has_dec();
  });
}

RC_GTEST_PROP(History, HasTheChildLookedAfterAtAReturnsYearEndExactlyWhenItHasAnOpenRow, ()) {
  const auto returns = SomeReturns();
  const ChildOfReturns child = Told(returns);
  for (const auto& submission : returns) {
    const History history = child.AsKnown({.known_at = submission.year_end()});
    const bool looked_after =
        WhereaboutsOn(history, submission.year_end()) == Whereabouts::kLookedAfter;
    RC_ASSERT(looked_after == HasOpenRow(submission));
  }
}

RC_GTEST_PROP(History, HasNoDayTwice, ()) {
  const History history = Told(SomeReturns()).AsKnown();
  for (size_t i = 1; i < history.care_days.size(); ++i) {
    RC_ASSERT(history.care_days[i - 1].days.end.has_value());
    RC_ASSERT(*history.care_days[i - 1].days.end <= history.care_days[i].days.start);
  }
}

RC_GTEST_PROP(History, HasPeriodsThatFollowEachOtherAndEndInOneOfThreeWays, ()) {
  const History history = Told(SomeReturns()).AsKnown();
  for (size_t i = 0; i < history.care_periods.size(); ++i) {
    const CarePeriod& period = history.care_periods[i];
    const bool is_last = i + 1 == history.care_periods.size();
    RC_ASSERT((period.status == EndStatus::kOpen) == !period.ended_by);
    if (!is_last) {
      RC_ASSERT(period.ended_by.has_value());
      RC_ASSERT(*period.ended_by <= history.care_periods[i + 1].start);
    }
    const bool has_reason =
        period.status == EndStatus::kStated || period.status == EndStatus::kDisputed;
    RC_ASSERT(has_reason == !period.reason.empty());
  }
}

}  // namespace
}  // namespace holdfast
