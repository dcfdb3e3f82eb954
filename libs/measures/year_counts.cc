#include "libs/measures/year_counts.h"

#include <algorithm>

#include "libs/permanence/coverage.h"

namespace holdfast {
namespace {

// The year being counted.
struct Year {
  CivilDate first;
  CivilDate last;

  bool Holds(CivilDate day) const { return first <= day && day <= last; }
};

bool IsShortBreak(const CareDays& days) {
  return days.legal_status == "V3" || days.legal_status == "V4";
}

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

template <typename Key>
void AddEach(const std::map<Key, uint64_t>& from, std::map<Key, uint64_t>& to) {
  for (const auto& [key, count] : from) to[key] += count;
}

template <typename Key>
uint64_t Sum(const std::map<Key, uint64_t>& counts) {
  uint64_t sum = 0;
  for (const auto& [key, count] : counts) sum += count;
  return sum;
}

// The median of a histogram, the mean of the middle two; none of an empty one.
std::optional<double> Median(const std::map<int, uint64_t>& histogram) {
  const uint64_t total = Sum(histogram);
  if (total == 0) return std::nullopt;
  const auto at = [&](uint64_t rank) {
    for (const auto& [days, count] : histogram) {
      if (rank < count) return days;
      rank -= count;
    }
    return 0;
  };
  return (at((total - 1) / 2) + at(total / 2)) / 2.0;
}

Measure CountOf(std::string id, std::string definition, uint64_t count) {
  Measure measure;
  measure.id = std::move(id);
  measure.definition = std::move(definition);
  measure.value = static_cast<double>(count);
  measure.numerator = count;
  return measure;
}

Measure ReviewsOnTime(const YearCounts& counts) {
  Measure measure;
  measure.id = "reviews_on_time";
  measure.definition =
      "Of the children with a review clock due in the year (Care Planning, Placement and Case "
      "Review (England) Regulations "
      "2010, reg 33), the share with every one stopped by its day. Unknown: children of whom no "
      "such clock is known.";
  measure.numerator = counts.reviews_on_time;
  measure.denominator = counts.reviews_due;
  measure.unknown = counts.reviews_not_known;
  if (counts.reviews_due > 0) {
    measure.value =
        static_cast<double>(counts.reviews_on_time) / static_cast<double>(counts.reviews_due);
  }
  return measure;
}

Measure DecisionToAdoption(const YearCounts& counts) {
  Measure measure;
  measure.id = "decision_to_adoption";
  measure.definition =
      "Adoption orders made in the year: median days since the last agency decision on or before "
      "the order. Unknown: orders "
      "with no such decision.";
  measure.value = Median(counts.days_to_adoption);
  measure.denominator = Sum(counts.days_to_adoption);
  measure.unknown = counts.adoptions_without_decision;
  measure.disputed = counts.adoptions_disputed;
  return measure;
}

}  // namespace

void Count(const History& history, ReviewsInYear reviews, CivilDate year_end, YearCounts& counts) {
  const Year year{YearStart(year_end), year_end};
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
}

std::vector<Measure> MeasuresOf(const YearCounts& counts) {
  const uint64_t settled = counts.looked_after - counts.short_breaks;
  const uint64_t not_known = Sum(counts.not_known);
  std::vector<Measure> measures;

  measures.push_back(CountOf("looked_after", "Children looked after at the end of 31 March.",
                             counts.looked_after));
  measures.back().unknown = not_known;
  measures.back().disputed = counts.looked_after_disputed;

  measures.push_back(CountOf("looked_after_without_short_breaks",
                             "Children looked after at the end of 31 March, without those whose "
                             "legal status is a series of "
                             "short breaks (V3, V4).",
                             settled));
  measures.back().excluded = counts.short_breaks;
  measures.back().unknown = not_known;

  measures.push_back(CountOf("not_known",
                             "Children of whom it is not known at the end of 31 March whether they "
                             "are looked after, by why: the "
                             "next return lacks their open episode, or refused it, or an episode "
                             "ended without the next (388).",
                             not_known));
  measures.back().by = counts.not_known;

  measures.push_back(CountOf(
      "starts",
      "Care periods begun in the year, their start known. Unknown: begun on or before a day of it.",
      counts.starts));
  measures.back().unknown = counts.starts_not_known;

  measures.push_back(CountOf("ends",
                             "Care periods ended in the year, by the reason stated or not_stated. "
                             "Disputed ends are counted in.",
                             Sum(counts.ends)));
  measures.back().by = counts.ends;
  measures.back().disputed = counts.ends_disputed;

  measures.push_back(CountOf("placements",
                             "Children looked after without short breaks on 31 March, by the "
                             "number of their placements that ran "
                             "at any time in the year.",
                             settled));
  measures.back().excluded = counts.short_breaks;
  measures.back().by = counts.placements;

  measures.push_back(ReviewsOnTime(counts));
  measures.push_back(DecisionToAdoption(counts));

  measures.push_back(CountOf("start_not_known",
                             "Of the children looked after without short breaks on 31 March, those "
                             "the start of whose care period "
                             "is not known.",
                             counts.start_not_known));
  measures.back().denominator = settled;
  measures.back().excluded = counts.short_breaks;
  return measures;
}

}  // namespace holdfast
