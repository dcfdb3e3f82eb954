// A caller's command on its way: header, request MAC, shard, answer.
#pragma once

#include <functional>
#include <string>

#include "holdfast/common/v1/call.pb.h"
#include "holdfast/contact/v1/contact_commands.pb.h"
#include "libs/rpc/unary_call.h"
#include "services/contact/api/contact_parts.h"

namespace holdfast::contact {

// For whom and with which id a command is given.
struct CommandOrigin {
  AuthorityCode authority;
  CommandId id;
  std::string principal;  // the caller's SAN URI
};

// COMMAND_ID_NOT_V7, AUTHORITY_NEEDED. Without an authority the caller's own is meant, where that is all it reaches.
Result<CommandOrigin> OriginOf(const AnyUnaryCall& call, const common::v1::CommandHeader& header);

std::string PrincipalOf(const AnyUnaryCall& call);

// When a read gives up waiting: with the caller, at the latest after 30 s.
Monotonic DeadlineOf(const ContactParts& parts, const AnyUnaryCall& call);

// Decides `command` on `child`, once what cases had registered before is known; `then` is called once, on a thread that may not
// block. A refusal is a status.
void Submit(const ContactParts& parts, const CommandOrigin& origin, const SubjectId& child,
            v1::ContactCommand command, std::function<void(Result<Answer>)> then);

void AddPosition(uint32_t partition, uint64_t event,
                 google::protobuf::RepeatedPtrField<common::v1::Position>* to);

}  // namespace holdfast::contact
