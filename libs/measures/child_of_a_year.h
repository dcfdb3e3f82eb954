// For tests: children whose days in care are known, and what one figure says of them.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "libs/measures/definitions.h"
#include "libs/measures/permanence_counts.h"
#include "libs/policy/child_in_tests.h"

namespace holdfast {

class ChildOfAYear : public ChildInTests {
 public:
  explicit ChildOfAYear(std::string nation = "scotland") : ChildInTests(std::move(nation)) {}

  ChildOfAYear& InCare(std::string_view from, std::string_view to = "") {
    CareStarts(from);
    history().care_days.push_back({.days = {Day(from), {}}});
    if (to.empty()) return *this;
    CareEnds(to);
    history().care_days.back().days.end = Day(to);
    return *this;
  }
  // In care by `day`, since when is not known.
  ChildOfAYear& InCareBy(std::string_view day) {
    InCare(day).history().care_periods.back().start_known = false;
    return *this;
  }
  ChildOfAYear& Order(std::string_view code, std::string_view on, std::string_view until = "",
                      std::string_view ended = "") {
    Happens(EntryKind::kOrder, on, code);
    if (!until.empty()) history().happenings.back().until = Day(until);
    if (!ended.empty()) history().happenings.back().ended = Day(ended);
    std::ranges::stable_sort(history().happenings, {}, &Happening::on);
    return *this;
  }
  ChildOfAYear& Hearing(std::string_view on, HearingState state) {
    Proceeds(EntryKind::kHearing, on);
    history().proceedings.back().known_since = Day(on);
    history().proceedings.back().state = state;
    return *this;
  }
  // Sources disagree about the entry that happened last.
  ChildOfAYear& LastIsDisputed(bool resolved = false) {
    history().discrepancies.push_back(
        {.kind = "differs", .facts = history().happenings.back().facts, .resolved = resolved});
    return *this;
  }
};

// The figure over these children in the year that ends on `year_end`, as known a month later.
inline Measure FigureOf(std::string_view id, const std::vector<ChildInTests>& children,
                        std::string_view year_end) {
  PermanenceCounts counts;
  for (const auto& child : children)
    CountPermanence(child.history(), YearEnding(Day(year_end)), Day(year_end).PlusDays(31), counts);
  const Nation nation = children.empty() || children.front().history().nation == "scotland"
                            ? Nation::kScotland
                            : Nation::kEngland;
  for (auto& measure : PermanenceMeasures(counts, nation)) {
    if (measure.id == id) return measure;
  }
  return {};
}

// A line for each part, such as "route adoption ended 1", by path.
inline std::string PartsOf(const Measure& measure) {
  std::vector<std::string> lines;
  for (const auto& part : measure.parts) {
    lines.push_back(fmt::format("{} {}\n", fmt::join(part.path, " "),
                                part.value ? fmt::format("{:g}", *part.value) : "none"));
  }
  std::ranges::sort(lines);
  return fmt::format("{}", fmt::join(lines, ""));
}

}  // namespace holdfast
