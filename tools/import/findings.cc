#include "tools/import/findings.h"

#include <algorithm>

namespace holdfast::import {
namespace {

const cases::OpenFindings& Of(const Findings& findings, const SubjectId& child) {
  static const cases::OpenFindings nothing;
  const auto found = findings.find(child);
  return found == findings.end() ? nothing : found->second;
}

template <typename Thing>
bool Has(const std::vector<Thing>& all, const Thing& one) {
  return std::ranges::find(all, one) != all.end();
}

}  // namespace

OpenCounts CountOpen(const Findings& findings) {
  OpenCounts counts;
  for (const auto& [child, open] : findings) {
    for (const auto& kind : open.kinds) {
      counts.overlap += kind == "overlap";
      counts.two_open += kind == "two_open";
      counts.lacks_continuation += kind == "388";
      counts.after_died += kind == "after_died";
    }
    counts.not_in_next_return += open.not_in_next_return.size();
    counts.removed_in_resubmission += open.removed_in_resubmission;
  }
  return counts;
}

FindingChanges CompareFindings(const Findings& before, const Findings& after,
                               const EpisodeKeys& stated) {
  FindingChanges changes;
  for (const auto& [child, now] : after) {
    const auto& then = Of(before, child);
    for (const auto day : now.not_in_next_return)
      changes.vanished += Has(then.not_in_next_return, day) ? 0 : 1;
    for (const auto& offer : now.moved) changes.moved += Has(then.moved, offer) ? 0 : 1;
  }
  for (const auto& [child, then] : before) {
    const auto& now = Of(after, child);
    for (const auto day : then.not_in_next_return) {
      changes.returned +=
          !Has(now.not_in_next_return, day) && stated.contains({child, day}) ? 1 : 0;
    }
  }
  return changes;
}

void Suppose(const std::vector<cases::v1::StateReturnRowsAnswer>& answers, Findings& findings) {
  for (const auto& answer : answers) {
    const SubjectId child = SubjectId::FromBytes(answer.child()).value_or(SubjectId{});
    findings.erase(child);
    if (auto open = cases::Read(answer.open()); !open.IsEmpty())
      findings.emplace(child, std::move(open));
  }
}

}  // namespace holdfast::import
