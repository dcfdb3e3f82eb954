#include "libs/measures/hearing_counts.h"

#include <algorithm>

#include "libs/measures/histogram.h"
#include "libs/permanence/order_days.h"

namespace holdfast {
namespace {

bool IsLookedAfterBetween(const History& history, CivilDate first, CivilDate last) {
  return std::ranges::any_of(history.care_days, [&](const CareDays& care) {
    return care.known && care.days.start <= last && (!care.days.end || first < *care.days.end);
  });
}

// Made in the year, or in force in it while the child was looked after.
bool IsUnderOrderIn(const History& history, const Year& year) {
  return std::ranges::any_of(history.happenings, [&](const Happening& order) {
    if (order.kind != EntryKind::kOrder || year.last < order.on) return false;
    if (year.Holds(order.on)) return true;
    const auto end = StatedEnd(order);
    if (end && *end <= year.first) return false;
    return IsLookedAfterBetween(history, year.first,
                                end ? std::min(end->PlusDays(-1), year.last) : year.last);
  });
}

}  // namespace

void CountHearings(const History& history, const Disputes& disputes, const Year& year,
                   CivilDate known_at, HearingCounts& counts) {
  uint64_t held = 0;
  for (const auto& hearing : history.proceedings) {
    const CivilDate on = hearing.ended.value_or(hearing.on);
    if (hearing.kind != EntryKind::kHearing || !year.Holds(on)) continue;
    switch (hearing.state) {
      case HearingState::kPlanned:
        if (on <= known_at) ++counts.not_known;
        continue;
      case HearingState::kCancelled:
        ++counts.cancelled;
        continue;
      case HearingState::kHeld:
        ++counts.held;
        break;
      case HearingState::kContinued:
        ++counts.continued;
        break;
    }
    ++held;
    if (disputes.Touch(hearing.entry)) ++counts.disputed;
  }
  if (held > 0 || IsUnderOrderIn(history, year)) ++counts.children;
}

void Add(const HearingCounts& other, HearingCounts& counts) {
  counts.held += other.held;
  counts.continued += other.continued;
  counts.cancelled += other.cancelled;
  counts.not_known += other.not_known;
  counts.disputed += other.disputed;
  counts.children += other.children;
}

Measure HearingsPerChild(const HearingCounts& counts) {
  Measure measure;
  measure.id = "hearings_per_child";
  measure.numerator = counts.held + counts.continued;
  measure.denominator = counts.children;
  measure.value = Share(*measure.numerator, counts.children);
  measure.excluded = counts.cancelled;
  measure.unknown = counts.not_known;
  measure.disputed = counts.disputed;
  measure.parts = {Part("continued", counts.continued),
                   Part("continued_share", Share(counts.continued, *measure.numerator)),
                   Part("held", counts.held)};
  return measure;
}

}  // namespace holdfast
