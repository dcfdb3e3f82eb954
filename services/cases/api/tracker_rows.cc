#include "libs/crypto/identity.h"
#include "libs/permanence/build_history.h"
#include "libs/permanence/dates.h"
#include "services/cases/api/commands.h"
#include "services/cases/api/handlers.h"
#include "services/cases/api/reads.h"
#include "services/cases/api/refusals.h"
#include "services/cases/api/run_named.h"
#include "services/cases/app/row_ids.h"
#include "services/cases/app/sealed_facts.h"
#include "services/cases/domain/render_discrepancy.h"
#include "services/cases/domain/state_tracker_row.h"

namespace holdfast::cases {
namespace {

struct TrackerRow {
  CommandOrigin origin;
  SubjectId child;
  v1::StateTrackerRow command;
};

// The command with what the service derives: of whom it is, and the ids of its cells.
Result<TrackerRow> RowOf(const CasesParts& parts, const StateTrackerRowCall& call) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return tl::unexpected(origin.error());
  TrackerRow row{*origin, {}, request.command()};
  auto& open = *row.command.mutable_child()->mutable_open();
  open.set_local_id(std::string(TrimLocalId(open.local_id())));
  v1::ChildName name;
  name.set_local_id(open.local_id());
  if (open.local_id().empty()) return tl::unexpected(StatusOfRefusal("NO_LOCAL_ID"));
  const auto child = ChildNamed(parts, origin->authority, name);
  if (!child) return tl::unexpected(child.error());
  const auto key = parts.keys.IdentityKey(origin->authority);
  if (!key) return tl::unexpected(key.error());
  row.child = *child;
  DeriveCellIds({*key, origin->authority}, *child, origin->id, row.command);
  row.command.mutable_sheet()->set_authority(origin->authority.text());
  return row;
}

// Where the child's sources would disagree after `events`.
void AddContradictions(const SubjectId& child, ChildFacts facts,
                       const std::vector<v1::CasesEvent>& events, const Coverage& coverage,
                       CivilDate today, v1::StateTrackerRowResponse& response) {
  for (const auto& event : events) Apply(event, Instant::max(), facts);
  const History history = BuildHistory(child, facts, coverage, {.known_at = today});
  for (const auto& discrepancy : history.discrepancies) {
    if (!discrepancy.resolved)
      *response.add_contradictions() = RenderDiscrepancy(child, facts, discrepancy);
  }
}

// Decides on what is stored, as the newest sheet of its day, and stores nothing.
void TryRow(const CasesParts& parts, const StateTrackerRowCall& call, TrackerRow row) {
  const auto as_of = DayOf(row.command.sheet().as_of());
  if (!as_of || *as_of > parts.today()) return call->Fail(StatusOfRefusal("SHEET_AHEAD"));
  row.command.mutable_sheet()->set_run_number(UINT64_MAX);
  const uint32_t partition = parts.shards.PartitionFor(row.child);
  auto run = [&parts, call, row = std::move(row)](Result<ShardView> shard) {
    if (!shard) return call->Fail(shard.error());
    const std::string& authority = row.origin.authority.text();
    const auto& state = StateOf<CasesState>(shard->subjects(), row.child);
    if (!state.owner.empty() && state.owner != authority) return call->Fail(NoSuchChild());
    if (state.child.erased) return call->Fail(StatusOfRefusal("ERASED"));
    const auto& copy =
        StateOf<CasesState>(shard->subjects(), parts.copies.Beside(authority, row.child));
    if (!copy.authority.registered) return call->Fail(StatusOfRefusal("UNKNOWN_AUTHORITY"));
    auto facts =
        OpenFacts(parts.sealer, {row.origin.authority, row.child}, state.child, OpenWhat::kPerson);
    if (!facts) return call->Fail(facts.error());
    auto decided = Decide(*facts, row.command);
    v1::StateTrackerRowResponse response;
    AddContradictions(row.child, std::move(*facts), decided.events, copy.authority.coverage,
                      parts.today(), response);
    *response.mutable_answer() = std::move(decided.answer);
    response.mutable_answer()->set_child(row.child.Bytes());
    call->Finish(response);
  };
  parts.shards.Read(partition, {.deadline = DeadlineOf(parts, *call), .run = std::move(run)});
}

void SubmitRow(const CasesParts& parts, const StateTrackerRowCall& call, TrackerRow row,
               const StartedRun& run) {
  *row.command.mutable_sheet() = run.submission;
  const uint32_t partition = parts.shards.PartitionFor(row.child);
  v1::CasesCommand command;
  *command.mutable_state_tracker_row() = std::move(row.command);
  Submit(parts, row.origin, row.child, std::move(command),
         [call, partition](const Result<Answer>& answer) {
           if (!answer) return call->Fail(answer.error());
           v1::StateTrackerRowResponse response;
           response.mutable_answer()->ParseFromString(answer->answer);
           AddPosition(partition, answer->last_event, response.mutable_positions());
           call->Finish(response);
         });
}

}  // namespace

void StateTrackerRow(const CasesParts& parts, const StateTrackerRowCall& call) {
  auto row = RowOf(parts, call);
  if (!row) return call->Fail(row.error());
  if (call->request().dry_run()) return TryRow(parts, call, std::move(*row));
  const RunNamed run{.authority = row->origin.authority.text(),
                     .id = row->command.sheet().run(),
                     .of_sheet = true};
  WithRun(parts, *call, run,
          [&parts, call, row = std::move(*row)](const Result<StartedRun>& found) mutable {
            if (!found) return call->Fail(found.error());
            SubmitRow(parts, call, std::move(row), *found);
          });
}

}  // namespace holdfast::cases
