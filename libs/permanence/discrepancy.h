// Where what is stated of a child disagrees: an object with the versions, which of them counts, and a
// clock.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "libs/base/civil_date.h"
#include "libs/base/ids.h"

namespace holdfast {

// Days from the opening of a discrepancy within which somebody settles it: our own aim (clock
// discrepancy-resolve).
inline constexpr int kSettleWithinDays = 28;

// What one source states, where sources disagree.
struct StatedVersion {
  std::string source;  // ssda903/CODE, record/CODE, or a feed's registered name
  FactId fact;
  AssertionId assertion;
  CivilDate reported;  // when its source knew it
  std::string value;   // a day or a code

  auto operator<=>(const StatedVersion&) const = default;
};

struct Discrepancy {
  // overlap, two_open, 388, after_died, not_in_next_return, removed_in_resubmission (import.md 20);
  // differs, near, wrong_child, departs. An overlap is a return's own, or between two sources.
  std::string kind;
  std::vector<FactId> facts;
  std::optional<CivilDate> key_day;  // only for the kinds that are one per key
  // differs: the field; overlap: "sources" when between two sources; removed_...: year end and
  // table
  std::string detail;
  std::string entry_kind{};  // of differs, near, overlap between sources
  std::string field{};       // differs, departs
  // The pair, or the item, by which near, overlap between sources, wrong_child and departs are
  // known.
  std::vector<std::string> identity{};
  std::vector<StatedVersion> versions{};  // the one that counts without a decision first
  std::string counts{};                   // the source that counts; blank: all do
  DiscrepancyId id{};
  EntryId entry{};  // the one that differs, or that counts of a pair; zero: none
  CivilDate opened{};
  bool resolved = false;
  CivilDate resolved_on{};  // of one that is resolved: the day its decision was reported

  CivilDate Due() const { return opened.PlusDays(kSettleWithinDays); }

  auto operator<=>(const Discrepancy&) const = default;
};

}  // namespace holdfast
