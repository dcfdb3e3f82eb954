// What reads of alerts have in common: all that was acknowledged before they began is seen, and
// each is recorded.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "holdfast/alerting/v1/alerting_service.pb.h"
#include "libs/rpc/unary_call.h"
#include "services/alerting/api/alerting_parts.h"

namespace holdfast::alerting {

// The authority of that code, or of none the caller's own where that is all it reaches.
// AUTHORITY_NEEDED.
Result<AuthorityCode> AuthorityMeant(const AnyUnaryCall& call, const std::string& code);

std::string PrincipalOf(const AnyUnaryCall& call);

// When a read gives up waiting: with the caller, at the latest after 30 s.
Monotonic DeadlineOf(const AlertingParts& parts, const AnyUnaryCall& call);

// How many events of alerting's `partition` the answer must have seen.
uint64_t EventsNeeded(const common::v1::ReadHeader& header, uint32_t partition);

struct WholeRead {
  std::function<uint64_t(uint32_t partition)> at_least = [](uint32_t) { return 0; };
  std::optional<uint32_t> only;  // this partition; none: all of them
  Monotonic deadline{};
  // Called for each partition in turn, on the shards' threads, never twice at once. A status ends
  // the read.
  std::function<Result<void>(uint32_t partition, ShardView& view)> visit;
  // Called once: after the last visit, or with what went wrong.
  std::function<void(Result<void>)> done;
};

// Visits every partition, or the one asked for, once it has consumed all that the journal of cases held when it was asked,
// and computed what follows for all children. NOT_YET_READ when that takes until the deadline.
void ReadAll(const AlertingParts& parts, WholeRead read);

// What was read of whom.
struct PersonalRead {
  std::string method;  // of AlertingService, such as ListAlerts
  std::string authority;
  std::vector<SubjectId> children;
};

audit::v1::PersonalDataRead RecordOf(const AnyUnaryCall& call, const PersonalRead& read);

// Records the read; then ends the call with `response`, or without it when the record could not be
// made. An answer that holds no child needs no record.
template <typename Request, typename Response>
void FinishAudited(const AlertingParts& parts, std::shared_ptr<UnaryCall<Request, Response>> call,
                   const PersonalRead& read, Response response) {
  if (read.children.empty()) return call->Finish(response);
  parts.audit.Record(RecordOf(*call, read),
                     [call, response = std::move(response)](const Result<void>& recorded) {
                       if (!recorded) return call->Fail(recorded.error());
                       call->Finish(response);
                     });
}

}  // namespace holdfast::alerting
