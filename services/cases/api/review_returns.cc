#include "libs/permanence/dates.h"
#include "libs/shard/partition_walk.h"
#include "services/cases/api/handlers.h"
#include "services/cases/api/reads.h"
#include "services/cases/app/cases_index.h"
#include "services/cases/domain/return_findings.h"

namespace holdfast::cases {
namespace {

constexpr size_t kChildrenAtOnce = 64;  // so that commands get their turn

struct Review {
  std::string authority;
  std::optional<CivilDate> layer;
  std::optional<CivilDate> sheet;
  Supposition supposition;
  std::string after;  // row of the partition that is visited
  v1::ReviewReturnsResponse response;
};

// A sheet's children are looked for among all; those of returns have rows of their own.
std::string RowsOf(const Review& review) {
  return review.sheet ? ChildrenOf(review.authority) : ChildrenWithReturns(review.authority);
}

void ReviewChild(const SubjectId& child, const ChildFacts& facts, const Coverage& coverage,
                 Review& review) {
  if ((review.layer && IsSpokenOf(facts, *review.layer)) ||
      (review.sheet && IsOnSheet(facts, *review.sheet))) {
    review.response.add_layer_children(child.Bytes());
  }
  const auto& supposed = review.supposition;
  const OpenFindings open = FindOpen(supposed.without ? supposed.Of(facts) : facts, coverage);
  if (!open.IsEmpty()) Render(child, open, *review.response.add_findings());
}

Result<WalkOn> ReviewSome(const CasesParts& parts, uint32_t partition, ShardView& shard,
                          Review& review) {
  const std::string prefix = RowsOf(review);
  const auto rows = shard.Scan(prefix, review.after, kChildrenAtOnce);
  if (!rows) return tl::unexpected(rows.error());
  const SubjectId copy = parts.copies.In(review.authority, partition);
  const Coverage coverage =
      review.supposition.Of(StateOf<CasesState>(shard.subjects(), copy).authority.coverage);
  for (const auto& row : *rows) {
    const auto child = SubjectId::FromBytes(std::string_view(row.key).substr(prefix.size()));
    if (child)
      ReviewChild(*child, StateOf<CasesState>(shard.subjects(), *child).child, coverage, review);
  }
  const bool has_more = rows->size() == kChildrenAtOnce;
  review.after = has_more ? rows->back().key : "";
  return has_more ? WalkOn::kSamePartition : WalkOn::kNextPartition;
}

}  // namespace

void ReviewReturns(const CasesParts& parts, const ReviewReturnsCall& call) {
  const auto authority = AuthorityMeant(*call, call->request().authority());
  if (!authority) return call->Fail(authority.error());
  const auto review = std::make_shared<Review>();
  review->authority = authority->text();
  if (call->request().has_layer()) review->layer = DayOf(call->request().layer());
  if (call->request().has_sheet()) review->sheet = DayOf(call->request().sheet());
  review->supposition.without = RunId::FromBytes(call->request().without_run());
  if (call->request().has_covering()) review->supposition.covering = call->request().covering();
  PartitionWalk walk;
  walk.at_least = [call](uint32_t partition) {
    return EventsNeeded(call->request().header(), partition);
  };
  walk.deadline = DeadlineOf(parts, *call);
  walk.visit = [&parts, review](uint32_t partition, ShardView& shard) {
    return ReviewSome(parts, partition, shard, *review);
  };
  walk.done = [call, review](const Result<void>& done) {
    if (!done) return call->Fail(done.error());
    call->Finish(review->response);
  };
  WalkPartitions(parts.shards, std::move(walk));
}

}  // namespace holdfast::cases
