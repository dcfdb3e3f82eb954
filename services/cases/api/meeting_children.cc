#include <algorithm>

#include "libs/shard/partition_walk.h"
#include "services/cases/api/meetings.h"
#include "services/cases/api/reads.h"
#include "services/cases/api/refusals.h"
#include "services/cases/app/sealed_facts.h"
#include "services/cases/domain/born_on.h"

namespace holdfast::cases {
namespace {

Result<void> LookAt(const CasesParts& parts, const AuthorityCode& authority, const SubjectId& child,
                    const std::optional<CivilDate>& on, ShardView& shard) {
  const auto& state = StateOf<CasesState>(shard.subjects(), child);
  if (!state.child.registered || state.owner != authority.text())
    return tl::unexpected(NoSuchChild());
  if (!on) return {};
  const auto open = OpenFacts(parts.sealer, {authority, child}, state.child, OpenWhat::kPerson);
  if (!open) return tl::unexpected(open.error());
  const auto born = BornOn(*open);
  if (born && *on < *born)
    return tl::unexpected(StatusOfRefusal(std::string(NameOf(HandRefusal::kBeforeBirth))));
  return {};
}

}  // namespace

void LookAtChildren(const CasesParts& parts, const AnyUnaryCall& call,
                    const CommandOrigin& origin, NamedChildren named,
                    std::function<void(Result<void>)> then) {
  PartitionWalk walk;
  walk.deadline = DeadlineOf(parts, call);
  walk.visit = [&parts, authority = origin.authority, named = std::move(named)](
                   uint32_t partition, ShardView& shard) -> Result<WalkOn> {
    for (const auto& child : named.children) {
      if (parts.shards.PartitionFor(child) != partition) continue;
      if (auto looked = LookAt(parts, authority, child, named.on, shard); !looked)
        return tl::unexpected(looked.error());
    }
    return WalkOn::kNextPartition;
  };
  walk.done = std::move(then);
  WalkPartitions(parts.shards, std::move(walk));
}

void AddPositions(const CasesParts& parts, const SubjectId& subject, const Answer& answer,
                  const std::vector<Answer>& told,
                  google::protobuf::RepeatedPtrField<common::v1::Position>* to) {
  std::map<uint32_t, uint64_t> events;
  events[parts.shards.PartitionFor(subject)] = answer.last_event;
  for (const auto& one : told) {
    v1::TellAnswer said;
    const auto child =
        said.ParseFromString(one.answer) ? SubjectId::FromBytes(said.child()) : std::nullopt;
    if (!child) continue;
    uint64_t& event = events[parts.shards.PartitionFor(*child)];
    event = std::max(event, one.last_event);
  }
  for (const auto& [partition, event] : events) AddPosition(partition, event, to);
}

}  // namespace holdfast::cases
