#include "libs/permanence/disagreements.h"

#include <algorithm>

namespace holdfast {
namespace {

std::vector<AssertionId> AssertionsOf(const std::vector<StatedVersion>& versions) {
  std::vector<AssertionId> assertions;
  for (const auto& version : versions) assertions.push_back(version.assertion);
  std::ranges::sort(assertions);
  return assertions;
}

std::vector<std::string> IdentityOf(const std::vector<StatedVersion>& pair) {
  std::vector<std::string> identity;
  for (const auto& version : pair) identity.push_back(version.fact.Bytes());
  std::ranges::sort(identity);
  return identity;
}

Discrepancy NewOf(std::string kind, std::vector<FactId> facts, std::string detail) {
  std::ranges::sort(facts);
  return {.kind = std::move(kind),
          .facts = std::move(facts),
          .key_day = {},
          .detail = std::move(detail)};
}

void Resolve(const ResolvedVersion* decision, Discrepancy& discrepancy) {
  discrepancy.resolved = decision != nullptr;
  if (decision != nullptr) discrepancy.resolved_on = decision->reported;
}

}  // namespace

Disagreements::Disagreements(const ChildFacts& facts, const View& view) {
  for (const auto& decision : facts.resolved) {
    if (!view.Sees(decision.reported, decision.recorded_at)) continue;
    std::erase_if(decisions_, [&](const ResolvedVersion& earlier) {
      return earlier.kind == decision.kind && earlier.field == decision.field &&
             earlier.compared == decision.compared;
    });
    decisions_.push_back(decision);
  }
  for (const auto& decision : decisions_) {
    if (decision.keep.empty()) same_.push_back(decision.compared);
  }
}

const ResolvedVersion* Disagreements::DecisionOn(const std::string& kind, const std::string& field,
                                                 const std::vector<StatedVersion>& versions) const {
  if (decisions_.empty()) return nullptr;
  const auto compared = AssertionsOf(versions);
  const auto decision = std::ranges::find_if(decisions_, [&](const ResolvedVersion& d) {
    return d.kind == kind && d.field == field && d.compared == compared;
  });
  return decision == decisions_.end() ? nullptr : &*decision;
}

size_t Disagreements::Differ(EntryKind kind, const std::string& field,
                             std::vector<StatedVersion> versions, std::vector<FactId> facts) {
  const auto* decision = DecisionOn("differs", field, versions);
  size_t counts = 0;
  if (decision) {
    const auto kept = std::ranges::find(versions, decision->keep, &StatedVersion::source);
    if (kept != versions.end()) counts = static_cast<size_t>(kept - versions.begin());
  }
  auto& found = found_.emplace_back(NewOf("differs", std::move(facts), field));
  found.entry_kind = NameOf(kind);
  found.field = field;
  found.counts = versions[counts].source;
  found.versions = std::move(versions);
  Resolve(decision, found);
  return counts;
}

Disagreements::Counts Disagreements::Near(EntryKind kind, std::vector<StatedVersion> pair,
                                          std::vector<FactId> facts) {
  return AddPair("near", kind, std::move(pair), std::move(facts), Counts::kFirst);
}

Disagreements::Counts Disagreements::Overlap(EntryKind kind, std::vector<StatedVersion> pair,
                                             std::vector<FactId> facts) {
  return AddPair("overlap", kind, std::move(pair), std::move(facts), Counts::kBoth);
}

Disagreements::Counts Disagreements::AddPair(const std::string& kind, EntryKind entry_kind,
                                             std::vector<StatedVersion> pair,
                                             std::vector<FactId> facts, Counts undecided) {
  const auto* decision = DecisionOn(kind, "", pair);
  Counts counts = undecided;
  if (decision) counts = decision->keep == pair[1].source ? Counts::kSecond : Counts::kFirst;
  auto& found =
      found_.emplace_back(NewOf(kind, std::move(facts), kind == "overlap" ? "sources" : ""));
  found.entry_kind = NameOf(entry_kind);
  found.identity = IdentityOf(pair);
  if (counts != Counts::kBoth) found.counts = pair[counts == Counts::kFirst ? 0 : 1].source;
  found.versions = std::move(pair);
  Resolve(decision, found);
  return counts;
}

void Disagreements::Joined(EntryKind kind, const std::vector<StatedVersion>& versions,
                           const std::vector<FactId>& facts) {
  for (const auto& decision : decisions_) {
    if (!decision.keep.empty()) continue;
    std::vector<StatedVersion> pair;
    std::ranges::copy_if(versions, std::back_inserter(pair), [&](const StatedVersion& version) {
      return std::ranges::binary_search(decision.compared, version.assertion);
    });
    if (pair.size() != 2) continue;
    auto& found = found_.emplace_back(
        NewOf(decision.kind, facts, decision.kind == "overlap" ? "sources" : ""));
    found.entry_kind = NameOf(kind);
    found.identity = IdentityOf(pair);
    found.versions = std::move(pair);
    Resolve(&decision, found);
  }
}

std::vector<Discrepancy> Disagreements::Take(std::vector<Discrepancy> others) {
  for (auto& other : others) {
    const auto* decision = DecisionOn(other.kind, other.field, other.versions);
    Resolve(decision, other);
    if (decision && other.counts.empty()) other.counts = decision->keep;
    found_.push_back(std::move(other));
  }
  return std::move(found_);
}

}  // namespace holdfast
