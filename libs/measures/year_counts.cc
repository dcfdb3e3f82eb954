#include "libs/measures/year_counts.h"

#include <algorithm>

#include "libs/measures/definitions.h"

namespace holdfast {
namespace {

bool HasDiscrepancy(const History& history, const char* kind) {
  return std::ranges::find(history.discrepancies, kind, &Discrepancy::kind) !=
         history.discrepancies.end();
}

// True if `placement` ran on some day of the year: from its start to its end, or to the last day on
// which it is known.
bool RanIn(const Placement& placement, const Year& year) {
  if (placement.start > year.last) return false;
  const auto last = placement.not_known_since ? placement.not_known_since : placement.end;
  return !last || *last >= year.first;
}

void CountPlacements(const History& history, const Year& year, YearCounts& counts) {
  uint64_t ran = 0;
  for (const auto& period : history.care_periods) {
    ran += static_cast<uint64_t>(std::ranges::count_if(
        period.placements, [&](const Placement& p) { return RanIn(p, year); }));
  }
  ++counts.placements[ran >= 3 ? "3_or_more" : std::to_string(ran)];
}

const CarePeriod* PeriodOn(const History& history, CivilDate day) {
  const CarePeriod* current = nullptr;
  for (const auto& period : history.care_periods) {
    if (period.start <= day && (!period.ended_by || day < *period.ended_by)) current = &period;
  }
  return current;
}

void CountStock(const History& history, const Year& year, YearCounts& counts) {
  const CareDays* days = CareDaysOn(history, year.last);
  if (!days) return;
  if (!days->known) {
    ++counts.not_known[days->why];
    return;
  }
  ++counts.looked_after;
  if (HasDiscrepancy(history, "after_died")) ++counts.looked_after_disputed;
  if (IsShortBreak(*days)) {
    ++counts.short_breaks;
    return;
  }
  CountPlacements(history, year, counts);
  const CarePeriod* period = PeriodOn(history, year.last);
  if (period && !period->start_known) ++counts.start_not_known;
}

void CountFlow(const History& history, const Year& year, YearCounts& counts) {
  for (const auto& period : history.care_periods) {
    if (year.Holds(period.start)) ++(period.start_known ? counts.starts : counts.starts_not_known);
    if (!period.ended_by || !year.Holds(*period.ended_by)) continue;
    ++counts.ends[period.reason.empty() ? "not_stated" : period.reason];
    if (period.status == EndStatus::kDisputed) ++counts.ends_disputed;
  }
}

void CountAdoptions(const History& history, const Year& year, YearCounts& counts) {
  for (const auto& order : history.happenings) {
    if (order.kind != EntryKind::kOrder || order.code != "ADOPTION" || !year.Holds(order.on))
      continue;
    std::optional<CivilDate> decided;
    for (const auto& decision : history.happenings) {
      const bool is_of_adoption = decision.code.empty() || decision.code == "adoption";
      if (decision.kind == EntryKind::kAgencyDecision && is_of_adoption && decision.on <= order.on)
        decided = decision.on;
    }
    if (decided) {
      ++counts.days_to_adoption[DaysBetween(*decided, order.on)];
      if (order.disputed) ++counts.adoptions_disputed;
    } else {
      ++counts.adoptions_without_decision;
    }
  }
}

void CountReviews(ReviewsInYear reviews, YearCounts& counts) {
  switch (reviews) {
    case ReviewsInYear::kNoneDue:
      return;
    case ReviewsInYear::kAllOnTime:
      ++counts.reviews_on_time;
      ++counts.reviews_due;
      return;
    case ReviewsInYear::kSomeLate:
      ++counts.reviews_due;
      return;
    case ReviewsInYear::kNotKnown:
      ++counts.reviews_not_known;
      return;
  }
}

Measure CountOf(std::string id, uint64_t count) {
  Measure measure;
  measure.id = std::move(id);
  measure.value = static_cast<double>(count);
  measure.numerator = count;
  return measure;
}

Measure ReviewsOnTime(const YearCounts& counts) {
  Measure measure;
  measure.id = "reviews_on_time";
  measure.numerator = counts.reviews_on_time;
  measure.denominator = counts.reviews_due;
  measure.unknown = counts.reviews_not_known;
  measure.value = Share(counts.reviews_on_time, counts.reviews_due);
  return measure;
}

Measure DecisionToAdoption(const YearCounts& counts) {
  Measure measure;
  measure.id = "decision_to_adoption";
  measure.value = Median(counts.days_to_adoption);
  measure.denominator = Sum(counts.days_to_adoption);
  measure.unknown = counts.adoptions_without_decision;
  measure.disputed = counts.adoptions_disputed;
  return measure;
}

}  // namespace

void Count(const History& history, ReviewsInYear reviews, CivilDate year_end, YearCounts& counts) {
  const Year year = YearEnding(year_end);
  CountStock(history, year, counts);
  CountFlow(history, year, counts);
  CountAdoptions(history, year, counts);
  CountReviews(reviews, counts);
}

void Add(const YearCounts& other, YearCounts& counts) {
  counts.looked_after += other.looked_after;
  counts.looked_after_disputed += other.looked_after_disputed;
  counts.short_breaks += other.short_breaks;
  AddEach(other.not_known, counts.not_known);
  counts.starts += other.starts;
  counts.starts_not_known += other.starts_not_known;
  AddEach(other.ends, counts.ends);
  counts.ends_disputed += other.ends_disputed;
  AddEach(other.placements, counts.placements);
  counts.reviews_on_time += other.reviews_on_time;
  counts.reviews_due += other.reviews_due;
  counts.reviews_not_known += other.reviews_not_known;
  AddEach(other.days_to_adoption, counts.days_to_adoption);
  counts.adoptions_without_decision += other.adoptions_without_decision;
  counts.adoptions_disputed += other.adoptions_disputed;
  counts.start_not_known += other.start_not_known;
  Add(other.permanence, counts.permanence);
}

std::vector<Measure> MeasuresOf(const YearCounts& counts, Nation nation) {
  const uint64_t settled = counts.looked_after - counts.short_breaks;
  const uint64_t not_known = Sum(counts.not_known);
  std::vector<Measure> measures;

  measures.push_back(CountOf("looked_after", counts.looked_after));
  measures.back().unknown = not_known;
  measures.back().disputed = counts.looked_after_disputed;

  measures.push_back(CountOf("looked_after_without_short_breaks", settled));
  measures.back().excluded = counts.short_breaks;
  measures.back().unknown = not_known;

  measures.push_back(CountOf("not_known", not_known));
  measures.back().by = counts.not_known;

  measures.push_back(CountOf("starts", counts.starts));
  measures.back().unknown = counts.starts_not_known;

  measures.push_back(CountOf("ends", Sum(counts.ends)));
  measures.back().by = counts.ends;
  measures.back().disputed = counts.ends_disputed;

  measures.push_back(CountOf("placements", settled));
  measures.back().excluded = counts.short_breaks;
  measures.back().by = counts.placements;

  measures.push_back(ReviewsOnTime(counts));
  measures.push_back(DecisionToAdoption(counts));

  measures.push_back(CountOf("start_not_known", counts.start_not_known));
  measures.back().denominator = settled;
  measures.back().excluded = counts.short_breaks;

  for (auto& measure : PermanenceMeasures(counts.permanence, nation))
    measures.push_back(std::move(measure));
  for (auto& measure : measures) measure.definition = DefinitionOf(measure.id, nation);
  return measures;
}

}  // namespace holdfast
