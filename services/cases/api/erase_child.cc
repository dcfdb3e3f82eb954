#include <algorithm>

#include "services/cases/api/commands.h"
#include "services/cases/api/handlers.h"
#include "services/cases/api/reads.h"
#include "services/cases/app/row_ids.h"

namespace holdfast::cases {
namespace {

// How long a call waits for all instances.
constexpr std::chrono::seconds kWaitForAll{10};

void AddStep(std::string what, Instant at, const std::string& instance,
             v1::EraseChildResponse& response) {
  auto& step = *response.add_steps();
  step.set_what(std::move(what));
  step.set_at(at.time_since_epoch().count());
  step.set_instance(instance);
}

void RenderErasure(const Erasure& erasure, v1::EraseChildResponse& response) {
  AddStep("erased in cases, approved by " + erasure.said.approved_by(), erasure.at,
          erasure.said.instance(), response);
  for (const auto& taken : erasure.steps)
    AddStep(WhatWasDone(taken.done), taken.at, taken.done.instance(), response);
  response.set_complete(erasure.complete);
  for (const char* beyond : {"copies of the keys folder and its disk's or a replica's older blocks",
                             "backups of data and keys", "what subscribers keep"})
    response.add_out_of_reach(beyond);
}

// What is done of it by now, for the caller.
void AnswerErasure(const CasesParts& parts, const EraseChildCall& call, const SubjectId& child,
                   uint64_t at_least) {
  const uint32_t partition = parts.shards.PartitionFor(child);
  const auto run = [call, child, partition](Result<ShardView> shard) {
    if (!shard) return call->Fail(shard.error());
    v1::EraseChildResponse response;
    response.set_child(child.Bytes());
    RenderErasure(StateOf<CasesState>(shard->subjects(), child).erasure, response);
    AddPosition(partition, shard->position(), response.mutable_positions());
    call->Finish(response);
  };
  parts.shards.Read(
      partition,
      {.at_least = at_least, .deadline = parts.clock.Steady() + kCommandRead, .run = run});
}

void SubmitErasure(const CasesParts& parts, const EraseChildCall& call, const SubjectId& child,
                   const CommandOrigin& origin) {
  const auto& request = call->request();
  const auto key = parts.keys.IdentityKey(origin.authority);
  if (!key) return call->Fail(key.error());
  v1::CasesCommand command;
  auto& erases = *command.mutable_erase_child();
  erases.set_approver(request.approver());
  erases.set_asked_by(origin.principal);
  erases.set_assertion(RegistrationOf({*key, origin.authority}, child, origin.id).Bytes());
  erases.mutable_personal()->mutable_open()->set_text(request.reason());
  Submit(parts, origin, child, std::move(command),
         [&parts, call, child](const Result<Answer>& answer) {
           if (!answer) return call->Fail(answer.error());
           const auto then = [&parts, call, child, at_least = answer->last_event] {
             AnswerErasure(parts, call, child, at_least);
           };
           if (parts.erasures == nullptr) return then();
           parts.erasures->Advance(
               child, std::min(DeadlineOf(parts, *call), parts.clock.Steady() + kWaitForAll), then);
         });
}

// On the record before it is done.
void EraseOf(const CasesParts& parts, const EraseChildCall& call, const SubjectId& child,
             const AuthorityCode& authority) {
  common::v1::CommandHeader header = call->request().header();
  header.set_authority(authority.text());
  const auto origin = OriginOf(*call, header);
  if (!origin) return call->Fail(origin.error());
  audit::v1::OperatorActed act;
  act.set_who(origin->principal);
  act.set_act("erasure_asked");
  act.set_detail("child " + child.HexText() + ", approved by " + call->request().approver());
  parts.audit.RecordAct(std::move(act),
                        [&parts, call, child, origin = *origin](const Result<void>& recorded) {
                          if (!recorded) return call->Fail(recorded.error());
                          SubmitErasure(parts, call, child, origin);
                        });
}

}  // namespace

// An operator need not know whose child it is.
void EraseChild(const CasesParts& parts, const EraseChildCall& call) {
  const auto& request = call->request();
  const auto authority = AuthorityMeant(*call, request.header().authority());
  if (authority) {
    const auto child = ChildNamed(parts, *authority, request.child());
    return child ? EraseOf(parts, call, *child, *authority) : call->Fail(child.error());
  }
  const auto child = SubjectId::FromBytes(request.child().child());
  if (!child || !request.header().authority().empty()) return call->Fail(authority.error());
  const auto run = [&parts, call, child = *child](Result<ShardView> shard) {
    if (!shard) return call->Fail(shard.error());
    const auto& state = StateOf<CasesState>(shard->subjects(), child);
    const auto owner = AuthorityCode::FromText(state.owner);
    if (!owner || !state.child.registered) return call->Fail(NoSuchChild());
    EraseOf(parts, call, child, *owner);
  };
  parts.shards.Read(parts.shards.PartitionFor(*child),
                    {.deadline = parts.clock.Steady() + kCommandRead, .run = run});
}

}  // namespace holdfast::cases
