// Ends that follow from other entries, where no source states them.
#pragma once

#include <algorithm>
#include <tuple>
#include <vector>

#include "libs/permanence/history.h"

namespace holdfast {

// Of entries that follow each other, one that has not ended when the next starts ends there.
template <typename Entry>
void EndWhereTheNextStarts(std::vector<Entry>& entries) {
  std::ranges::sort(entries, {}, [](const Entry& e) { return std::tuple(e.start, e.facts); });
  for (size_t i = 0; i + 1 < entries.size(); ++i) {
    auto& entry = entries[i];
    const CivilDate next = entries[i + 1].start;
    const auto end =
        entry.not_known_since ? std::optional(entry.not_known_since->PlusDays(1)) : entry.end;
    if (end && *end <= next) continue;
    entry.end = next;
    entry.not_known_since.reset();
    entry.not_ended_by.reset();
  }
}

inline void EndPeriodsWhereTheNextStarts(std::vector<CarePeriod>& periods) {
  std::ranges::sort(periods, {}, [](const CarePeriod& p) { return std::tuple(p.start, p.facts); });
  for (size_t i = 0; i + 1 < periods.size(); ++i) {
    auto& period = periods[i];
    const CivilDate next = periods[i + 1].start;
    if (period.ended_by && *period.ended_by <= next) continue;
    period.status = period.status == EndStatus::kStated && !period.reason.empty()
                        ? EndStatus::kDisputed
                        : EndStatus::kNotStated;
    period.end = next;
    period.ended_by = next;
    period.not_known_since.reset();
  }
}

// What belongs to a care period, and of which no source states an end, ends with it.
template <typename Entry>
void EndWithCare(const std::vector<CarePeriod>& periods, std::vector<Entry>& entries) {
  for (auto& entry : entries) {
    const CarePeriod* holder = nullptr;
    for (const auto& period : periods) {
      if (period.start <= entry.start) holder = &period;
    }
    if (!holder || !holder->end || entry.end || *holder->end < entry.start) continue;
    entry.end = holder->end;
    entry.not_known_since.reset();
  }
}

}  // namespace holdfast
