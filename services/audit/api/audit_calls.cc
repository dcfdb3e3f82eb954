#include "services/audit/api/audit_calls.h"

#include <algorithm>

#include "holdfast/audit/v1/audit_service.grpc.pb.h"
#include "libs/rpc/at_least.h"
#include "libs/shard/partition_walk.h"

namespace holdfast::audit {
namespace {

constexpr uint32_t kLongestPage = 1000;
constexpr std::chrono::seconds kLongestWait{30};

using ListReadsCall = std::shared_ptr<UnaryCall<v1::ListReadsRequest, v1::ListReadsResponse>>;

Monotonic DeadlineOf(const AuditParts& parts, const AnyUnaryCall& call) {
  const auto left = call.deadline() - std::chrono::system_clock::now();
  const auto limit = std::chrono::duration_cast<std::chrono::nanoseconds>(kLongestWait);
  return parts.clock.Steady() +
         std::min(std::chrono::duration_cast<std::chrono::nanoseconds>(left), limit);
}

// Answers from the read model, which has read as far as it must. Runs on its reader's thread.
void Answer(const AuditParts& parts, const ListReadsCall& call, const SubjectId& child,
            const std::string& after) {
  const uint32_t asked = call->request().limit();
  const size_t limit = asked == 0 ? kLongestPage : std::min(asked, kLongestPage);
  auto reads = parts.reads.model().Find(child, after, limit + 1);
  if (!reads) return call->Fail(reads.error());
  v1::ListReadsResponse response;
  for (size_t i = 0; i < std::min(limit, reads->size()); ++i)
    *response.add_reads() = std::move((*reads)[i].view);
  if (reads->size() > limit) response.set_next_page(Hex((*reads)[limit - 1].key));
  call->Finish(response);
}

// A list of children is recorded with their authority, in any partition: so all of them are waited
// for.
void ListReads(const AuditParts& parts, const ListReadsCall& call) {
  const auto child = SubjectId::FromBytes(call->request().child());
  if (!child)
    return call->Fail(
        {StatusCode::kInvalidArgument, "CHILD_NEEDED", "the 16-byte id of the child is needed"});
  const auto after = FromHex(call->request().page());
  if (!after)
    return call->Fail({StatusCode::kInvalidArgument, "PAGE_UNKNOWN", "no list said this page"});
  const auto positions = std::make_shared<Projection::Positions>();
  const Monotonic deadline = DeadlineOf(parts, *call);
  PartitionWalk walk;
  walk.deadline = deadline;
  walk.at_least = [call](uint32_t partition) {
    common::v1::Position place;
    place.set_service("audit");
    place.set_partition(partition);
    return EventAt(call->request().header().at_least(), place);
  };
  walk.visit = [positions](uint32_t partition, ShardView& view) -> Result<WalkOn> {
    positions->push_back({{"audit", partition}, view.position()});
    return WalkOn::kNextPartition;
  };
  walk.done = [&parts, call, positions, deadline, child = *child,
               after = *after](const Result<void>& done) {
    if (!done) return call->Fail(done.error());
    parts.reads.reader().Read(*positions, deadline,
                              [&parts, call, child, after](const Result<void>& read) {
                                if (!read) return call->Fail(read.error());
                                Answer(parts, call, child, after);
                              });
  };
  WalkPartitions(parts.shards, std::move(walk));
}

class AuditCalls final
    : public v1::AuditService::WithRawCallbackMethod_ListReads<v1::AuditService::Service> {
 public:
  AuditCalls(Gate& gate, const AuditParts& parts) : gate_(gate), parts_(parts) {}

  grpc::ServerUnaryReactor* ListReads(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return gate_.Unary<v1::ListReadsRequest, v1::ListReadsResponse>(
        {context, "holdfast.audit.v1.AuditService/ListReads", request, response},
        [this](const ListReadsCall& call) { audit::ListReads(parts_, call); });
  }

 private:
  Gate& gate_;
  const AuditParts& parts_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeAuditCalls(Gate& gate, const AuditParts& parts) {
  return std::make_unique<AuditCalls>(gate, parts);
}

}  // namespace holdfast::audit
