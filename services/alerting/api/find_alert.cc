#include "services/alerting/api/find_alert.h"

#include "services/alerting/app/alerting_index.h"

namespace holdfast::alerting {
namespace {

// The child of the alert's row; where there is none a child that is not there, which takes as long
// to look up.
SubjectId ChildOfRow(const AlertId& id, const std::vector<IndexRow>& rows) {
  const auto child = rows.empty() ? std::nullopt : SubjectId::FromBytes(rows.front().value);
  return child.value_or(SubjectId{id.bytes});
}

}  // namespace

Status NoSuchAlert() { return {StatusCode::kNotFound, "UNKNOWN_ALERT", "no such alert"}; }

void FindAlert(const AlertingParts& parts, const AnyUnaryCall& call, const std::string& id,
               AlertSearch search) {
  const auto alert_id = AlertId::FromBytes(id);
  if (!alert_id) return search.done(tl::unexpected(NoSuchAlert()));
  const auto found = std::make_shared<bool>(false);
  const auto shared = std::make_shared<AlertSearch>(std::move(search));
  WholeRead read;
  if (shared->header != nullptr) {
    read.at_least = [header = *shared->header](uint32_t partition) {
      return EventsNeeded(header, partition);
    };
  }
  read.deadline = DeadlineOf(parts, call);
  read.visit = [&parts, &call, id = *alert_id, found, shared](uint32_t partition,
                                                              ShardView& shard) -> Result<void> {
    const auto rows = shard.Scan(AlertRow(id), "", 1);
    if (!rows) return tl::unexpected(rows.error());
    const SubjectId child = ChildOfRow(id, *rows);
    const auto& state = StateOf<AlertingState>(shard.subjects(), child);
    const auto known = KnownOf(shard.subjects(), child, parts.shards.partition_count());
    const Alert* alert = state.alerts.Find(id);
    const auto authority = AuthorityCode::FromText(state.owner());
    if (alert == nullptr || !authority || !call.Reaches(*authority)) return {};
    *found = true;
    shared->use({partition, child, *authority, state, *alert, known});
    return {};
  };
  read.done = [found, shared](const Result<void>& done) {
    if (done && !*found) return shared->done(tl::unexpected(NoSuchAlert()));
    shared->done(done);
  };
  ReadAll(parts, std::move(read));
}

}  // namespace holdfast::alerting
