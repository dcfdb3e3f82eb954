#include "libs/crypto/identity.h"
#include "services/cases/api/commands.h"
#include "services/cases/api/handlers.h"
#include "services/cases/api/reads.h"
#include "services/cases/api/refusals.h"
#include "services/cases/api/run_named.h"
#include "services/cases/app/row_ids.h"
#include "services/cases/app/sealed_facts.h"
#include "services/cases/domain/return_findings.h"

namespace holdfast::cases {
namespace {

struct ChildRows {
  CommandOrigin origin;
  SubjectId child;
  v1::StateReturnRows command;
};

// The command with what the service derives: of whom it is, and the ids of its rows.
Result<ChildRows> RowsOf(const CasesParts& parts, const StateReturnRowsCall& call) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return tl::unexpected(origin.error());
  ChildRows rows{*origin, {}, request.command()};
  auto& command = rows.command;
  const std::string local_id(TrimLocalId(command.child().open().local_id()));
  v1::ChildName name;
  if (local_id.empty()) {
    command.clear_child();
    name.set_child(request.child());
  } else {
    command.mutable_child()->mutable_open()->set_local_id(local_id);
    name.set_local_id(local_id);
  }
  const auto child = ChildNamed(parts, origin->authority, name);
  if (!child) return tl::unexpected(child.error());
  const auto key = parts.keys.IdentityKey(origin->authority);
  if (!key) return tl::unexpected(key.error());
  rows.child = *child;
  DeriveRowIds({*key, origin->authority}, *child, origin->id, command);
  command.mutable_submission()->set_authority(origin->authority.text());
  return rows;
}

// Decides on what is stored, and stores nothing.
void TryRows(const CasesParts& parts, const StateReturnRowsCall& call, ChildRows rows) {
  const uint32_t partition = parts.shards.PartitionFor(rows.child);
  auto run = [&parts, call, rows = std::move(rows)](Result<ShardView> shard) {
    if (!shard) return call->Fail(shard.error());
    const std::string& authority = rows.origin.authority.text();
    const auto& state = StateOf<CasesState>(shard->subjects(), rows.child);
    const bool is_known = !state.owner.empty();
    // Of another authority, or named by an id that nobody gave: as the command itself would answer.
    if (is_known ? state.owner != authority : rows.command.child().open().local_id().empty())
      return call->Fail(NoSuchChild());
    if (state.child.erased) return call->Fail(StatusOfRefusal("ERASED"));
    const auto& copy =
        StateOf<CasesState>(shard->subjects(), parts.copies.Beside(authority, rows.child));
    if (!copy.authority.registered) return call->Fail(StatusOfRefusal("UNKNOWN_AUTHORITY"));
    const auto facts =
        OpenFacts(parts.sealer, {rows.origin.authority, rows.child}, state.child, OpenWhat::kAll);
    if (!facts) return call->Fail(facts.error());
    v1::StateReturnRowsResponse response;
    *response.mutable_answer() = Try(rows.child, *facts, copy.authority.coverage, rows.command);
    call->Finish(response);
  };
  parts.shards.Read(partition, {.deadline = DeadlineOf(parts, *call), .run = std::move(run)});
}

void SubmitRows(const CasesParts& parts, const StateReturnRowsCall& call, ChildRows rows,
                const StartedRun& run) {
  *rows.command.mutable_submission() = run.submission;
  rows.command.set_repair(run.repair);
  const uint32_t partition = parts.shards.PartitionFor(rows.child);
  v1::CasesCommand command;
  *command.mutable_state_return_rows() = std::move(rows.command);
  Submit(parts, rows.origin, rows.child, std::move(command),
         [call, partition](const Result<Answer>& answer) {
           if (!answer) return call->Fail(answer.error());
           v1::StateReturnRowsResponse response;
           response.mutable_answer()->ParseFromString(answer->answer);
           AddPosition(partition, answer->last_event, response.mutable_positions());
           call->Finish(response);
         });
}

}  // namespace

void StateReturnRows(const CasesParts& parts, const StateReturnRowsCall& call) {
  auto rows = RowsOf(parts, call);
  if (!rows) return call->Fail(rows.error());
  if (call->request().dry_run()) return TryRows(parts, call, std::move(*rows));
  const RunNamed run{.authority = rows->origin.authority.text(),
                     .id = rows->command.submission().run(),
                     .of_sheet = false};
  WithRun(parts, *call, run,
          [&parts, call, rows = std::move(*rows)](const Result<StartedRun>& found) mutable {
            if (!found) return call->Fail(found.error());
            SubmitRows(parts, call, std::move(rows), *found);
          });
}

}  // namespace holdfast::cases
