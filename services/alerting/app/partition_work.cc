#include "services/alerting/app/partition_work.h"

#include <algorithm>

#include "libs/shard/keeper_of.h"
#include "services/alerting/app/alerting_index.h"

namespace holdfast::alerting {
namespace {

bool SameFiles(const v1::PolicyInForce& one, const v1::PolicyInForce& other) {
  return std::ranges::equal(one.files(), other.files(), [](const auto& left, const auto& right) {
    return left.name() == right.name() && left.sha256() == right.sha256();
  });
}

Result<std::optional<BehindChildren>> FindBehind(ShardView& view, const WorkQuery& query) {
  const auto rows = view.Scan(BehindRows(), "", 1);
  if (!rows) return tl::unexpected(rows.error());
  if (rows->empty()) return std::nullopt;
  BehindChildren behind;
  behind.of =
      *SubjectId::FromBytes(std::string_view(rows->front().key).substr(BehindRows().size()));
  behind.through = StateOf<AlertingState>(view.subjects(), behind.of).to_compute();
  const bool goes_on = query.progress.of == behind.of && query.progress.through == behind.through;
  const auto& subject = StateOf<AlertingState>(view.subjects(), query.progress.after);
  const std::string prefix = ChildRows(rows->front().value);
  const bool from_start = !goes_on || query.progress.after.IsZero();
  const std::string after =
      from_start ? "" : ChildRows(subject.owner()) + query.progress.after.Bytes();
  const auto children = view.Scan(prefix, after, query.children + 1);
  if (!children) return tl::unexpected(children.error());
  behind.last = children->size() <= query.children;
  for (const auto& row : *children) {
    if (behind.children.size() == query.children) break;
    behind.children.push_back(
        *SubjectId::FromBytes(std::string_view(row.key).substr(row.key.size() - 16)));
  }
  return behind;
}

Result<void> FindDue(ShardView& view, const WorkQuery& query, PartitionWork& work) {
  const auto rows = view.Scan(DueRows(), "", query.children + 1);
  if (!rows) return tl::unexpected(rows.error());
  for (const auto& row : *rows) {
    const auto day = DayOfDueRow(row.key);
    if (!day || !work.day) continue;
    if (*work.day < *day) {
      work.next_due = day;
      break;
    }
    if (work.due.size() < query.children) work.due.push_back(*ChildOfDueRow(row.key));
  }
  return {};
}

}  // namespace

Result<PartitionWork> FindWork(ShardView& view, const WorkQuery& query) {
  const SubjectId subject = PartitionSubject(query.partition, query.partition_count);
  const auto& place = StateOf<AlertingState>(view.subjects(), subject);
  PartitionWork work;
  work.day = place.day;
  work.has_policy = SameFiles(place.kept.policy(), query.policy);
  auto behind = FindBehind(view, query);
  if (!behind) return tl::unexpected(behind.error());
  work.behind = std::move(*behind);
  if (auto due = FindDue(view, query, work); !due) return tl::unexpected(due.error());
  return work;
}

Result<bool> IsBehind(ShardView& view, const SubjectId& partition) {
  const auto& place = StateOf<AlertingState>(view.subjects(), partition);
  if (place.policies == nullptr || !place.day) return true;  // it has just been made
  return view.Scan(BehindRows(), "", 1).map([](const auto& rows) { return !rows.empty(); });
}

}  // namespace holdfast::alerting
