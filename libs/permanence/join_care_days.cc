#include <algorithm>
#include <set>

#include "libs/permanence/join_record.h"

namespace holdfast {
namespace {

// The latest of `entries` that runs on `day`, or null.
template <typename Entry>
const Entry* RunningOn(const std::vector<Entry>& entries, CivilDate day) {
  const Entry* running = nullptr;
  for (const auto& entry : entries) {
    if (entry.start <= day && (!entry.end || day < *entry.end)) running = &entry;
  }
  return running;
}

std::string PlaceOn(const Placement& placement, CivilDate day) {
  std::string place;
  for (const auto& from : placement.places) {
    if (from.from <= day || place.empty()) place = from.place;
  }
  return place;
}

// The days at which code or place can change within `days`.
std::vector<CivilDate> CutsOf(const SourceHistory& sources, const Days& days) {
  std::set<CivilDate> cuts;
  const auto add = [&](CivilDate day) {
    if (days.start < day && (!days.end || day < *days.end)) cuts.insert(day);
  };
  for (const auto& status : sources.legal_statuses) {
    add(status.start);
    if (status.end) add(*status.end);
  }
  for (const auto& placement : sources.placements) {
    for (const auto& from : placement.places) add(from.from);
    if (placement.end) add(*placement.end);
  }
  return {cuts.begin(), cuts.end()};
}

// Known days, cut where legal status or place changes.
void AddKnown(const SourceHistory& sources, Days days, std::vector<CareDays>& all) {
  std::vector<CivilDate> starts{days.start};
  const auto cuts = CutsOf(sources, days);
  starts.insert(starts.end(), cuts.begin(), cuts.end());
  for (size_t i = 0; i < starts.size(); ++i) {
    const auto end = i + 1 < starts.size() ? std::optional(starts[i + 1]) : days.end;
    if (end && *end <= starts[i]) continue;
    const auto* status = RunningOn(sources.legal_statuses, starts[i]);
    const auto* placement = RunningOn(sources.placements, starts[i]);
    all.push_back({.days = {starts[i], end},
                   .known = true,
                   .why = {},
                   .legal_status = status ? status->code : "",
                   .place = placement ? PlaceOn(*placement, starts[i]) : ""});
  }
}

// The part of `days` from `start` until `end`.
Days Within(const Days& days, CivilDate start, std::optional<CivilDate> end) {
  Days part{std::max(days.start, start), days.end};
  if (end && (!part.end || *end < *part.end)) part.end = end;
  return part;
}

}  // namespace

std::vector<CareDays> JoinCareDays(const SourceHistory& sources,
                                   const std::vector<CareDays>& returns,
                                   const std::vector<bool>& stated_by_day) {
  std::vector<CareDays> all;
  for (size_t i = 0; i < sources.care_periods.size(); ++i) {
    const auto& period = sources.care_periods[i];
    if (stated_by_day[i]) {
      AddKnown(sources, {period.start, period.end}, all);
      continue;
    }
    const auto next = i + 1 < sources.care_periods.size()
                          ? std::optional(sources.care_periods[i + 1].start)
                          : std::nullopt;
    for (const auto& days : returns) {
      const Days part = Within(days.days, period.start, period.end ? period.end : next);
      if (part.end && *part.end <= part.start) continue;
      if (days.known) {
        AddKnown(sources, part, all);
      } else {
        all.push_back(days);
        all.back().days = part;
      }
    }
  }
  std::ranges::sort(all, {}, [](const CareDays& d) { return d.days.start; });
  return all;
}

}  // namespace holdfast
