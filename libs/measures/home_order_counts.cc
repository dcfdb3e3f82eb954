#include "libs/measures/home_order_counts.h"

#include <algorithm>

#include "libs/policy/care_stretches.h"
#include "libs/policy/pack.h"

namespace holdfast {
namespace {

constexpr int kTwoYearsDays = 730;

const PlacedIn& AtHomeUnderAnOrder(const History& history) {
  static const PlacedIn scotland{.places = {"HOME"}, .orders = {"CSO"}};
  static const PlacedIn england{.places = {"P1"}, .orders = {"CARE", "INTERIM_CARE", "C1", "C2"}};
  return history.nation == NameOf(Nation::kScotland) ? scotland : england;
}

bool IsOfTheOrderAtHome(const Review& review) {
  return review.code == "at_home" || review.code == "peer";
}

uint64_t OverTwoYears(const Histogram& days) {
  uint64_t over = 0;
  for (auto at = days.upper_bound(kTwoYearsDays); at != days.end(); ++at) over += at->second;
  return over;
}

}  // namespace

void CountHomeOrder(const History& history, const Disputes& disputes, const Year& year,
                    HomeOrderCounts& counts) {
  for (const auto& stretch : PlacedStretches(history, AtHomeUnderAnOrder(history))) {
    const bool runs = stretch.start <= year.last && (!stretch.end || year.last < stretch.end->on);
    const auto where = WhereaboutsOn(history, year.last);
    if (!runs || where == Whereabouts::kNotLookedAfter) continue;
    if (where == Whereabouts::kNotKnown || !stretch.start_known) {
      ++counts.unknown;
      continue;
    }
    const int days = DaysBetween(stretch.start, year.last);
    ++counts.days[days];
    if (disputes.Touch(stretch.entry)) ++counts.disputed;
    const bool reviewed = std::ranges::any_of(stretch.reviews, [&](const Review* review) {
      return IsOfTheOrderAtHome(*review) && review->on <= year.last &&
             DaysBetween(stretch.start, review->on) > kTwoYearsDays;
    });
    if (reviewed) ++counts.reviewed;
  }
}

void Add(const HomeOrderCounts& other, HomeOrderCounts& counts) {
  AddEach(other.days, counts.days);
  counts.reviewed += other.reviewed;
  counts.unknown += other.unknown;
  counts.disputed += other.disputed;
}

Measure HomeOrderDays(const HomeOrderCounts& counts) {
  const uint64_t over = OverTwoYears(counts.days);
  Measure measure;
  measure.id = "home_order_days";
  measure.value = Median(counts.days);
  measure.denominator = Sum(counts.days);
  measure.unknown = counts.unknown;
  measure.disputed = counts.disputed;
  measure.parts = {Part("over_2_years", over), Part("reviewed_after_2_years", counts.reviewed),
                   Part("reviewed_after_2_years_share", Share(counts.reviewed, over))};
  return measure;
}

}  // namespace holdfast
