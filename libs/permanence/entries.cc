#include "libs/permanence/entries.h"

namespace holdfast {

std::vector<ListedEntry> ListEntries(const History& history) {
  std::vector<ListedEntry> all;
  const auto add = [&](EntryKind kind, const auto& entry, CivilDate start,
                       std::optional<CivilDate> end) {
    all.push_back({kind, entry.entry, start, end, entry.facts});
  };
  for (const auto& period : history.care_periods) {
    add(EntryKind::kCarePeriod, period, period.start, period.ended_by);
    for (const auto& p : period.placements) add(EntryKind::kPlacement, p, p.start, p.end);
  }
  for (const auto& p : history.placements_outside_care)
    add(EntryKind::kPlacement, p, p.start, p.end);
  for (const auto& s : history.legal_statuses) add(EntryKind::kLegalStatus, s, s.start, s.end);
  for (const auto& r : history.reviews) add(EntryKind::kReview, r, r.on, r.on);
  for (const auto& h : history.happenings) add(h.kind, h, h.on, h.on);
  for (const auto& m : history.missing) add(EntryKind::kMissing, m, m.start, m.end);
  for (const auto& p : history.proceedings) {
    const bool goes_on = p.kind == EntryKind::kApplication || p.kind == EntryKind::kProof ||
                         p.kind == EntryKind::kAppeal || p.kind == EntryKind::kSafeguarder;
    add(p.kind, p, p.on, goes_on ? p.ended : p.on);
  }
  for (const auto& p : history.plans) add(EntryKind::kPlan, p, p.since, p.ended);
  for (const auto& agreement : history.agreements) {
    add(EntryKind::kAgreement, agreement, agreement.from, agreement.ended);
    for (const auto& r : agreement.reviews) add(EntryKind::kContactReview, r, r.on, r.on);
  }
  for (const auto& s : history.sessions) add(EntryKind::kSession, s, s.on, s.on);
  return all;
}

std::vector<ListedEntry> ListNearEntries(const History& history) {
  std::vector<ListedEntry> all;
  const auto add = [&](EntryKind kind, const auto& entry) {
    all.push_back({kind, entry.entry, entry.on, entry.on, entry.facts});
  };
  for (const auto& r : history.near_reviews) add(EntryKind::kReview, r);
  for (const auto& h : history.near_happenings) add(h.kind, h);
  for (const auto& p : history.near_proceedings) add(p.kind, p);
  return all;
}

}  // namespace holdfast
