// A caller's command on its way: header, request MAC, shard, answer.
#pragma once

#include <memory>
#include <utility>

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "holdfast/common/v1/call.pb.h"
#include "libs/rpc/unary_call.h"
#include "services/cases/api/cases_parts.h"

namespace holdfast::cases {

// For whom and with which id a command is given.
struct CommandOrigin {
  AuthorityCode authority;
  CommandId id;
  std::string principal;  // the caller's SAN URI
};

// COMMAND_ID_NOT_V7, AUTHORITY_NEEDED. Without an authority the caller's own is meant, where that
// is all it reaches.
Result<CommandOrigin> OriginOf(const AnyUnaryCall& call, const common::v1::CommandHeader& header);

std::string PrincipalOf(const AnyUnaryCall& call);

// Decides `command` on `subject`; `then` is called once, on a thread that may not block. A refusal
// is a status.
void Submit(const CasesParts& parts, const CommandOrigin& origin, const SubjectId& subject,
            v1::CasesCommand command, std::function<void(Result<Answer>)> then);

void AddPosition(uint32_t partition, uint64_t event,
                 google::protobuf::RepeatedPtrField<common::v1::Position>* to);

// Ends the call with the answer as the keeper wrote it, and its position.
template <typename Request, typename Response>
void FinishFrom(UnaryCall<Request, Response>& call, uint32_t partition,
                const Result<Answer>& answer) {
  if (!answer) return call.Fail(answer.error());
  Response response;
  response.ParseFromString(answer->answer);
  AddPosition(partition, answer->last_event, response.mutable_positions());
  call.Finish(response);
}

// As FinishFrom, once every partition's copy of the authority knows what has changed.
template <typename Request, typename Response>
void FinishWhenTaught(const CasesParts& parts, std::shared_ptr<UnaryCall<Request, Response>> call,
                      const CommandOrigin& origin, const Result<Answer>& answer) {
  if (!answer) return call->Fail(answer.error());
  const uint32_t own = parts.shards.PartitionFor(AuthoritySubject(origin.authority.text()));
  parts.push.Push(
      origin.authority, origin.principal,
      [call = std::move(call), own, answer = *answer](const Result<PartitionEvents>& taught) {
        if (!taught) return call->Fail(taught.error());
        Response response;
        response.ParseFromString(answer.answer);
        for (uint32_t partition = 0; partition < taught->size(); ++partition) {
          const uint64_t event = partition == own ? answer.last_event : 0;
          AddPosition(partition, std::max((*taught)[partition], event),
                      response.mutable_positions());
        }
        call->Finish(response);
      });
}

}  // namespace holdfast::cases
