#include "services/cases/domain/find_entry.h"

#include <algorithm>

namespace holdfast::cases {
namespace {

struct ListedEntry {
  EntryKind kind;
  FoundEntry entry;
  std::optional<CivilDate> end;
};

// Every entry of a history; of one day, it ends there.
std::vector<ListedEntry> List(const History& history) {
  std::vector<ListedEntry> all;
  for (const auto& period : history.care_periods) {
    all.push_back(
        {EntryKind::kCarePeriod, {period.entry, period.start, period.facts}, period.ended_by});
    for (const auto& placement : period.placements) {
      all.push_back({EntryKind::kPlacement,
                     {placement.entry, placement.start, placement.facts},
                     placement.end});
    }
  }
  for (const auto& placement : history.placements_outside_care) {
    all.push_back({EntryKind::kPlacement,
                   {placement.entry, placement.start, placement.facts},
                   placement.end});
  }
  for (const auto& status : history.legal_statuses) {
    all.push_back(
        {EntryKind::kLegalStatus, {status.entry, status.start, status.facts}, status.end});
  }
  for (const auto& review : history.reviews)
    all.push_back({EntryKind::kReview, {review.entry, review.on, review.facts}, review.on});
  for (const auto& happening : history.happenings) {
    all.push_back({happening.kind, {happening.entry, happening.on, happening.facts}, happening.on});
  }
  for (const auto& missing : history.missing) {
    all.push_back(
        {EntryKind::kMissing, {missing.entry, missing.start, missing.facts}, missing.end});
  }
  return all;
}

}  // namespace

std::optional<FoundEntry> FindEntry(const History& history, EntryKind kind, const EntryId& id) {
  for (const auto& listed : List(history)) {
    if (listed.kind == kind && listed.entry.id == id) return listed.entry;
  }
  return std::nullopt;
}

std::vector<FoundEntry> EntriesOpenOn(const History& history, EntryKind kind, CivilDate day) {
  std::vector<FoundEntry> open;
  for (const auto& listed : List(history)) {
    if (listed.kind == kind && listed.entry.start <= day && (!listed.end || day < *listed.end))
      open.push_back(listed.entry);
  }
  return open;
}

std::optional<EntryId> EntryHolding(const History& history, const FactId& fact) {
  for (const auto& listed : List(history)) {
    if (std::ranges::find(listed.entry.facts, fact) != listed.entry.facts.end())
      return listed.entry.id;
  }
  return std::nullopt;
}

}  // namespace holdfast::cases
