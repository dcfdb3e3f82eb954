// Where sources disagree, found while their entries are joined, and what persons decided about it.
#pragma once

#include <string>
#include <vector>

#include "libs/permanence/discrepancy.h"
#include "libs/permanence/facts.h"
#include "libs/permanence/history.h"
#include "libs/permanence/match_entries.h"
#include "libs/permanence/view.h"

namespace holdfast {

class Disagreements {
 public:
  // With the decisions that `view` sees. A decision stands while the assertions that it compared
  // are those that disagree.
  Disagreements(const ChildFacts& facts, const View& view);

  // What persons said to be one thing.
  const SamePairs& same() const { return same_; }

  // Several sources state one field of one entry differently. `versions`: the one that counts by
  // precedence first. The index of the one that counts.
  size_t Differ(EntryKind kind, const std::string& field, std::vector<StatedVersion> versions,
                std::vector<FactId> facts);

  enum class Counts { kFirst, kSecond, kBoth };
  // Two versions are near, or two entries overlap: the one that counts by precedence first. Both
  // count only in an overlap that nobody has decided.
  Counts Near(EntryKind kind, std::vector<StatedVersion> pair, std::vector<FactId> facts);
  Counts Overlap(EntryKind kind, std::vector<StatedVersion> pair, std::vector<FactId> facts);
  // Versions that are one entry: what a person said to be the same among them is settled.
  void Joined(EntryKind kind, const std::vector<StatedVersion>& versions,
              const std::vector<FactId>& facts);

  // All of them, with `others` that were found elsewhere: those that a person has decided resolved.
  std::vector<Discrepancy> Take(std::vector<Discrepancy> others);

 private:
  // The decision about these versions, or null.
  const ResolvedVersion* DecisionOn(const std::string& kind, const std::string& field,
                                    const std::vector<StatedVersion>& versions) const;
  Counts AddPair(const std::string& kind, EntryKind entry_kind, std::vector<StatedVersion> pair,
                 std::vector<FactId> facts, Counts undecided);

  std::vector<ResolvedVersion> decisions_;  // the last of each comparison
  SamePairs same_;
  std::vector<Discrepancy> found_;
};

}  // namespace holdfast
