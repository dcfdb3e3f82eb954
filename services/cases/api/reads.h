// What reads have in common: whose, as of when, and the record of them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "holdfast/cases/v1/cases_service.pb.h"
#include "libs/rpc/unary_call.h"
#include "services/cases/api/cases_parts.h"

namespace holdfast::cases {

// How long a command waits for the state that it is to be decided on.
inline constexpr std::chrono::seconds kCommandRead{5};

// The authority of that code, or of none the caller's own where that is all it reaches.
// AUTHORITY_NEEDED.
Result<AuthorityCode> AuthorityMeant(const AnyUnaryCall& call, const std::string& code);

// The child's id: as named, or of its local id in `authority`. CHILD_NEEDED, AUTHORITY_UNKNOWN.
Result<SubjectId> ChildNamed(const CasesParts& parts, const AuthorityCode& authority,
                             const v1::ChildName& name);

// What every child is told that is not there or out of reach.
Status NoSuchChild();

// When a read gives up waiting: with the caller, at the latest after 30 s.
Monotonic DeadlineOf(const CasesParts& parts, const AnyUnaryCall& call);

// How many events of `partition` the answer must have seen.
uint64_t EventsNeeded(const common::v1::ReadHeader& header, uint32_t partition);

// What was read of whom.
struct PersonalRead {
  std::string method;  // of CasesService, such as ShowCase
  std::string authority;
  std::vector<std::string> fields;
  std::vector<SubjectId> children;
};

// Records the read; then ends the call with `response`, or without it when the record could not be
// made. An answer that holds no child needs no record.
template <typename Request, typename Response>
void FinishAudited(const CasesParts& parts, std::shared_ptr<UnaryCall<Request, Response>> call,
                   const PersonalRead& read, Response response);

audit::v1::PersonalDataRead RecordOf(const AnyUnaryCall& call, const PersonalRead& read);

template <typename Request, typename Response>
void FinishAudited(const CasesParts& parts, std::shared_ptr<UnaryCall<Request, Response>> call,
                   const PersonalRead& read, Response response) {
  if (read.children.empty()) return call->Finish(response);
  parts.audit.Record(RecordOf(*call, read),
                     [call, response = std::move(response)](const Result<void>& recorded) {
                       if (!recorded) return call->Fail(recorded.error());
                       call->Finish(response);
                     });
}

}  // namespace holdfast::cases
