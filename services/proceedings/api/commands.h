// A command on its way to its subject, and what refusals are to a caller.
#pragma once

#include <functional>
#include <string>

#include "holdfast/proceedings/v1/proceedings_commands.pb.h"
#include "libs/rpc/unary_call.h"
#include "services/proceedings/api/proceedings_parts.h"

namespace holdfast::proceedings {

// How long a command waits for what it is decided on.
inline constexpr std::chrono::seconds kCommandRead{5};

// For whom and by whom a command is given.
struct CommandOrigin {
  AuthorityCode body;  // the authority, or the source
  CommandId id;
  std::string principal;  // the caller's SAN URI
};

// A UUIDv7 of this moment.
CommandId NewCommandId(const Clock& clock);

std::string UriOf(const Principal& principal);

enum class Repeats { kCompared, kNeverSent };  // whether a caller may send the same id again

// Decides `command` on `subject`; `then` is called once, on a thread that may not block, with what
// was decided, a refusal included.
void Submit(const ProceedingsParts& parts, const CommandOrigin& origin, const SubjectId& subject,
            v1::ProceedingsCommand command, Repeats repeats,
            std::function<void(Result<Answer>)> then);

// The same, a refusal being a status.
void SubmitForCaller(const ProceedingsParts& parts, const CommandOrigin& origin,
                     const SubjectId& subject, v1::ProceedingsCommand command,
                     std::function<void(Result<Answer>)> then);

void AddPosition(uint32_t partition, uint64_t event,
                 google::protobuf::RepeatedPtrField<common::v1::Position>* to);

}  // namespace holdfast::proceedings
