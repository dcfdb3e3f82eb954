#include "services/cases/api/run_named.h"

#include "services/cases/api/reads.h"
#include "services/cases/api/refusals.h"

namespace holdfast::cases {
namespace {

bool IsOfSheet(const v1::Submission& submission) { return submission.has_as_of(); }

Result<StartedRun> FindRun(const AuthorityFacts& facts, const RunNamed& run) {
  for (const auto& known : facts.runs) {
    if (known.submission.run() != run.id || IsOfSheet(known.submission) != run.of_sheet) continue;
    if (known.withdrawn) return tl::unexpected(StatusOfRefusal("RUN_WITHDRAWN"));
    return StartedRun{known.submission, known.repair};
  }
  return tl::unexpected(StatusOfRefusal("UNKNOWN_RUN"));
}

}  // namespace

void WithRun(const CasesParts& parts, const AnyUnaryCall& call, const RunNamed& run,
             std::function<void(const Result<StartedRun>&)> then) {
  const auto started = parts.runs.Find(run.authority, run.id);
  if (started && IsOfSheet(started->submission) == run.of_sheet) return then(*started);
  const SubjectId subject = AuthoritySubject(run.authority);
  auto find = [&parts, run, subject, then = std::move(then)](Result<ShardView> shard) {
    if (!shard) return then(tl::unexpected(shard.error()));
    const auto found = FindRun(StateOf<CasesState>(shard->subjects(), subject).authority, run);
    if (found) parts.runs.Add(run.authority, *found);
    then(found);
  };
  parts.shards.Read(parts.shards.PartitionFor(subject),
                    {.deadline = DeadlineOf(parts, call), .run = std::move(find)});
}

}  // namespace holdfast::cases
