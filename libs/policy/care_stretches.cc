#include "libs/policy/care_stretches.h"

#include <algorithm>

namespace holdfast {
namespace {

// The end of what is open or not known.
constexpr CivilDate kNever = kDistantFuture;

// Current at the end of no day.
bool IsEmpty(CivilDate start, std::optional<CivilDate> end) { return end && *end <= start; }

bool Contains(const std::vector<std::string>& codes, const std::string& code) {
  return std::ranges::find(codes, code) != codes.end();
}

// The day by which something else applies. What was last known before days that are not known goes
// on through them.
CivilDate EndOf(const History& history, std::optional<CivilDate> end,
                std::optional<CivilDate> not_known_since) {
  if (!end && !not_known_since) return kNever;
  CivilDate day = end ? *end : not_known_since->PlusDays(1);
  for (const auto& care : history.care_days) {
    if (!care.known && care.days.Holds(day)) day = care.days.end.value_or(kNever);
  }
  return end || !history.care_days.empty() ? day : kNever;
}

OtherLawDays Span(CivilDate start, CivilDate end, const OtherLaw& law,
                  const std::vector<FactId>& facts) {
  const auto last = end == kNever ? std::nullopt : std::optional(end);
  return {.days = {start, last}, .law = &law, .facts = facts};
}

void AddLegalStatuses(const History& history, const OtherLaw& law,
                      std::vector<OtherLawDays>* spans) {
  for (const auto& status : history.legal_statuses) {
    if (!Contains(law.legal_statuses, status.code) || IsEmpty(status.start, status.end)) continue;
    const CivilDate end = EndOf(history, status.end, status.not_known_since);
    spans->push_back(Span(status.start, end, law, status.facts));
  }
}

void AddPlaces(const History& history, const CarePeriod& period, const OtherLaw& law,
               std::vector<OtherLawDays>* spans) {
  for (const auto& placement : period.placements) {
    const auto& places = placement.places;
    for (size_t i = 0; i < places.size(); ++i) {
      const bool is_last = i + 1 == places.size();
      if (!Contains(law.places, places[i].place)) continue;
      if (is_last && IsEmpty(places[i].from, placement.end)) continue;
      const CivilDate end = is_last ? EndOf(history, placement.end, placement.not_known_since)
                                    : EndOf(history, places[i + 1].from, std::nullopt);
      spans->push_back(Span(places[i].from, end, law, placement.facts));
    }
  }
}

}  // namespace

std::optional<ClockStop> EndOfCare(const History& history, const CarePeriod& period) {
  if (history.died_on && (!period.ended_by || *history.died_on <= *period.ended_by)) {
    return ClockStop{.on = std::max(*history.died_on, period.start), .event = StopEvent::kDied};
  }
  if (!period.ended_by) return std::nullopt;
  return ClockStop{.on = *period.ended_by,
                   .event = StopEvent::kCareEnded,
                   .entry = period.entry,
                   .stated = period.end.has_value(),
                   .facts = period.facts};
}

void AddReviews(const History& history, CareStretch* stretch) {
  const auto index = static_cast<size_t>(stretch->period - history.care_periods.data());
  for (const auto& review : history.reviews) {
    if (review.care_period != index || review.on < stretch->start) continue;
    if (stretch->end && stretch->end->on < review.on) continue;
    stretch->reviews.push_back(&review);
  }
}

namespace {

// The stretches of one care period, which `laws` break up; `laws` by start.
class StretchesOfPeriod {
 public:
  StretchesOfPeriod(const History& history, const CarePeriod& period)
      : history_(history), period_(period) {
    end_of_care_ = EndOfCare(history, period);
  }

  std::vector<CareStretch> Read(const std::vector<OtherLawDays>& laws) {
    CivilDate from = period_.start;
    for (const auto& law : laws) {
      if (law.days.end && *law.days.end <= from) continue;
      if (from < law.days.start) {
        Add(from, ClockStop{.on = law.days.start,
                            .event = StopEvent::kOtherLaw,
                            .detail = law.law->name,
                            .facts = law.facts});
      }
      if (!law.days.end) return std::move(stretches_);
      from = *law.days.end;
    }
    Add(from, end_of_care_);
    return std::move(stretches_);
  }

 private:
  void Add(CivilDate from, std::optional<ClockStop> end) {
    if (end_of_care_ && (!end || end_of_care_->on <= end->on)) end = end_of_care_;
    if (end && end->on <= from) return;
    CareStretch stretch{.period = &period_,
                        .entry = period_.entry,
                        .facts = period_.facts,
                        .start = from,
                        .start_known = period_.start_known || from != period_.start,
                        .end = std::move(end),
                        .reviews = {}};
    AddReviews(history_, &stretch);
    stretches_.push_back(std::move(stretch));
  }

  const History& history_;
  const CarePeriod& period_;
  std::optional<ClockStop> end_of_care_;
  std::vector<CareStretch> stretches_;
};

}  // namespace

std::vector<OtherLawDays> OtherLawOf(const History& history, const std::vector<OtherLaw>& laws) {
  std::vector<OtherLawDays> spans;
  for (const auto& law : laws) {
    AddLegalStatuses(history, law, &spans);
    for (const auto& period : history.care_periods) AddPlaces(history, period, law, &spans);
  }
  std::ranges::stable_sort(spans, {}, [](const OtherLawDays& span) { return span.days.start; });
  return spans;
}

std::optional<OtherLawDays> OtherLawOn(const History& history, const Pack& pack, CivilDate day) {
  const bool in_care = std::ranges::any_of(history.care_periods, [&](const CarePeriod& period) {
    return period.start <= day && (!period.ended_by || day < *period.ended_by);
  });
  if (!in_care || (history.died_on && *history.died_on <= day)) return std::nullopt;
  for (auto& span : OtherLawOf(history, pack.other_law)) {
    if (span.days.Holds(day)) return span;
  }
  return std::nullopt;
}

std::vector<CareStretch> CareStretches(const History& history, const std::vector<OtherLaw>& laws) {
  const auto other_law = OtherLawOf(history, laws);
  std::vector<CareStretch> stretches;
  for (const auto& period : history.care_periods) {
    for (auto& stretch : StretchesOfPeriod(history, period).Read(other_law)) {
      stretches.push_back(std::move(stretch));
    }
  }
  return stretches;
}

}  // namespace holdfast
