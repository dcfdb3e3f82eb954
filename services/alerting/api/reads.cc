#include "services/alerting/api/reads.h"

#include <algorithm>

#include "libs/rpc/at_least.h"
#include "libs/rpc/principal.h"

namespace holdfast::alerting {
namespace {

constexpr std::chrono::seconds kLongestWait{30};

Status NotYetRead() {
  return {StatusCode::kUnavailable, "NOT_YET_READ",
          "alerts do not yet follow from all that was recorded"};
}

// A partition that is behind is asked again after Rounds has been there.
void Visit(const AlertingParts& parts, const std::shared_ptr<WholeRead>& read, uint32_t partition) {
  if (partition >= parts.shards.partition_count()) return read->done({});
  const auto run = [&parts, read, partition](Result<ShardView> view) {
    if (!view) return read->done(tl::unexpected(view.error()));
    const auto behind =
        IsBehind(*view, PartitionSubject(partition, parts.shards.partition_count()));
    if (!behind) return read->done(tl::unexpected(behind.error()));
    if (*behind) {
      if (parts.clock.Steady() >= read->deadline) return read->done(tl::unexpected(NotYetRead()));
      return parts.rounds.AfterRound([&parts, read, partition](const Result<void>& went) {
        if (!went) return read->done(tl::unexpected(NotYetRead()));
        Visit(parts, read, partition);
      });
    }
    if (auto visited = read->visit(partition, *view); !visited) return read->done(visited);
    Visit(parts, read, read->only ? parts.shards.partition_count() : partition + 1);
  };
  parts.shards.Read(partition, {.at_least = read->at_least(partition),
                                .after_sources = true,
                                .deadline = read->deadline,
                                .run = run});
}

}  // namespace

Result<AuthorityCode> AuthorityMeant(const AnyUnaryCall& call, const std::string& code) {
  if (code.empty() && call.reach() == Reach::kOwnAuthority) return call.principal().authority;
  const auto authority = AuthorityCode::FromText(code);
  if (!authority)
    return Fail(StatusCode::kInvalidArgument, "AUTHORITY_NEEDED", "an authority's code is needed");
  return *authority;
}

std::string PrincipalOf(const AnyUnaryCall& call) {
  const auto& principal = call.principal();
  return IdentityUri({principal.authority, principal.role, principal.name});
}

Monotonic DeadlineOf(const AlertingParts& parts, const AnyUnaryCall& call) {
  const auto left = call.deadline() - std::chrono::system_clock::now();
  const auto limit = std::chrono::duration_cast<std::chrono::nanoseconds>(kLongestWait);
  return parts.clock.Steady() +
         std::min(std::chrono::duration_cast<std::chrono::nanoseconds>(left), limit);
}

uint64_t EventsNeeded(const common::v1::ReadHeader& header, uint32_t partition) {
  common::v1::Position place;
  place.set_service("alerting");
  place.set_partition(partition);
  return EventAt(header.at_least(), place);
}

void ReadAll(const AlertingParts& parts, WholeRead read) {
  const uint32_t first = read.only.value_or(0);
  Visit(parts, std::make_shared<WholeRead>(std::move(read)), first);
}

audit::v1::PersonalDataRead RecordOf(const AnyUnaryCall& call, const PersonalRead& read) {
  audit::v1::PersonalDataRead record;
  record.set_who(PrincipalOf(call));
  record.set_role(std::string(Text(call.principal().role)));
  record.set_purpose(std::string(Text(call.principal().purpose)));
  record.set_method("holdfast.alerting.v1.AlertingService/" + read.method);
  record.set_authority(read.authority);
  record.add_fields("local_id");
  for (const auto& child : read.children) record.add_children(child.Bytes());
  return record;
}

}  // namespace holdfast::alerting
