#include "libs/measures/interval_counts.h"

namespace holdfast {
namespace {

constexpr char kNotStated[] = "not_stated";

// Counts the intervals of one care period, as things stood at the end of the year.
class PeriodIntervals {
 public:
  PeriodIntervals(const History& history, const Disputes& disputes, const Year& year,
                  size_t care_period)
      : history_(history),
        disputes_(disputes),
        year_(year),
        pathway_(CountedPathway(history, care_period, year.last)),
        route_(pathway_.route.empty() ? kNotStated : pathway_.route) {}

  void Count(const Interval& interval, IntervalCounts& counts) const {
    const auto& from = pathway_.At(interval.from);
    const auto& to = pathway_.At(interval.to);
    if (from.state == MilestoneState::kNotApplicable) return;
    switch (to.state) {
      case MilestoneState::kNotApplicable:
        return;
      case MilestoneState::kReached:
        if (year_.Holds(*to.on)) CountEnded(from, to, counts);
        return;
      case MilestoneState::kNotKnown:
        if (const auto passed = PassedBy(interval.to); passed && year_.Holds(*passed))
          ++counts.unknown;
        return;
      case MilestoneState::kOpen:
        if (from.state != MilestoneState::kOpen) CountOpen(from, counts);
        return;
    }
  }

 private:
  void CountEnded(const MilestoneReached& from, const MilestoneReached& to,
                  IntervalCounts& counts) const {
    if (!from.on) {
      ++counts.unknown;
      return;
    }
    if (*to.on < *from.on) {
      ++counts.excluded;
      return;
    }
    ++counts.routes[route_].ended[DaysBetween(*from.on, *to.on)];
    if (disputes_.Touch(from.entry) || disputes_.Touch(to.entry)) ++counts.disputed;
    if (*from.on == *to.on) return;
    for (const auto& held : HoldersDuring(history_, pathway_.route, {*from.on, *to.on})) {
      counts.holders[std::string(NameOf(held.holder))] +=
          static_cast<uint64_t>(DaysBetween(held.days.start, *held.days.end));
    }
  }

  void CountOpen(const MilestoneReached& from, IntervalCounts& counts) const {
    const auto* days = CareDaysOn(history_, year_.last);
    const auto& period = *pathway_.care_period;
    const bool is_over = period.ended_by && *period.ended_by <= year_.last;
    if (days == nullptr || is_over) return;
    if (days->known && IsShortBreak(*days)) {
      ++counts.excluded;
    } else if (!days->known || !from.on) {
      ++counts.unknown;
    } else {
      ++counts.routes[route_].open[DaysBetween(*from.on, year_.last)];
    }
  }

  // The first day by which a milestone is known to have been passed, when the day itself is not.
  std::optional<CivilDate> PassedBy(Milestone milestone) const {
    if (milestone == Milestone::kM1) return pathway_.care_period->start;
    for (size_t i = static_cast<size_t>(milestone) + 1; i < kMilestones.size(); ++i) {
      if (pathway_.milestones[i].on) return pathway_.milestones[i].on;
    }
    return std::nullopt;
  }

  const History& history_;
  const Disputes& disputes_;
  const Year& year_;
  const Pathway pathway_;
  const std::string route_;
};

std::optional<double> Number(uint64_t count) { return static_cast<double>(count); }

}  // namespace

void CountIntervals(const History& history, const Disputes& disputes, const Year& year,
                    AllIntervalCounts& counts) {
  for (size_t p = 0; p < history.care_periods.size(); ++p) {
    if (history.care_periods[p].start > year.last) continue;
    const PeriodIntervals period(history, disputes, year, p);
    for (size_t i = 0; i < kIntervals.size(); ++i) period.Count(kIntervals[i], counts[i]);
  }
}

void Add(const IntervalCounts& other, IntervalCounts& counts) {
  for (const auto& [route, days] : other.routes) {
    AddEach(days.ended, counts.routes[route].ended);
    AddEach(days.open, counts.routes[route].open);
  }
  AddEach(other.holders, counts.holders);
  counts.excluded += other.excluded;
  counts.unknown += other.unknown;
  counts.disputed += other.disputed;
}

Measure MeasureOf(const Interval& interval, const IntervalCounts& counts) {
  Measure measure;
  measure.id = interval.id;
  measure.excluded = counts.excluded;
  measure.unknown = counts.unknown;
  measure.disputed = counts.disputed;
  measure.groups = {"holder", "route"};
  Histogram ended;
  for (const auto& [route, days] : counts.routes) {
    AddEach(days.ended, ended);
    measure.parts.push_back({{"route", route, "ended"}, Number(Sum(days.ended))});
    measure.parts.push_back({{"route", route, "median_days"}, Median(days.ended)});
    measure.parts.push_back({{"route", route, "open"}, Number(Sum(days.open))});
    measure.parts.push_back({{"route", route, "open_median_days"}, Median(days.open)});
  }
  for (const auto& [holder, days] : counts.holders)
    measure.parts.push_back({{"holder", holder}, Number(days)});
  measure.value = Median(ended);
  measure.denominator = Sum(ended);
  return measure;
}

}  // namespace holdfast
