#include <ranges>

#include "services/cases/api/commands.h"
#include "services/cases/api/handlers.h"
#include "services/cases/api/reads.h"

namespace holdfast::cases {
namespace {

const char* StateOfRun(const ImportRun& run) {
  if (run.withdrawn) return "withdrawn";
  return run.finished ? "finished" : "started";
}

void Show(const ImportRun& run, v1::ImportRunView& view) {
  *view.mutable_submission() = run.submission;
  view.set_state(StateOfRun(run));
  view.set_repair(run.repair);
  for (const auto& file : run.files) *view.add_files() = file;
  *view.mutable_totals() = run.finish.totals();
  view.set_by(run.by);
  view.set_started_at(run.started_at.time_since_epoch().count());
  view.set_duration_ms(run.finish.duration_ms());
  view.set_report(run.finish.report());
}

}  // namespace

void StartImport(const CasesParts& parts, const StartImportCall& call) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  if (!RunId::FromBytes(request.run())) {
    return call->Fail(
        {StatusCode::kInvalidArgument, "RUN_NEEDED", "the 16-byte id of the run is needed"});
  }
  v1::CasesCommand command;
  auto& start = *command.mutable_start_import();
  start.set_run(request.run());
  if (request.has_as_of()) {
    *start.mutable_as_of() = request.as_of();
  } else {
    *start.mutable_year_end() = request.year_end();
  }
  start.set_repair(request.repair());
  *start.mutable_files() = request.files();
  start.set_by(origin->principal);
  Submit(parts, *origin, AuthoritySubject(origin->authority.text()), std::move(command),
         [call](const Result<Answer>& answer) {
           if (!answer) return call->Fail(answer.error());
           v1::StartImportResponse response;
           response.ParseFromString(answer->answer);
           call->Finish(response);
         });
}

void FinishImport(const CasesParts& parts, const FinishImportCall& call) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  v1::CasesCommand command;
  *command.mutable_finish_import()->mutable_covered() = request.covered();
  *command.mutable_finish_import()->mutable_finished() = request.finished();
  Submit(parts, *origin, AuthoritySubject(origin->authority.text()), std::move(command),
         [&parts, call, origin = *origin](const Result<Answer>& answer) {
           FinishWhenTaught(parts, call, origin, answer);
         });
}

void ListImports(const CasesParts& parts, const ListImportsCall& call) {
  const auto authority = AuthorityMeant(*call, call->request().authority());
  if (!authority) return call->Fail(authority.error());
  const SubjectId subject = AuthoritySubject(authority->text());
  const uint32_t partition = parts.shards.PartitionFor(subject);
  const auto run = [call, subject](Result<ShardView> shard) {
    if (!shard) return call->Fail(shard.error());
    v1::ListImportsResponse response;
    const auto& wanted = call->request().run();
    for (const auto& known :
         std::views::reverse(StateOf<CasesState>(shard->subjects(), subject).authority.runs)) {
      if (wanted.empty() || wanted == known.submission.run()) Show(known, *response.add_runs());
    }
    call->Finish(response);
  };
  parts.shards.Read(partition, {.at_least = EventsNeeded(call->request().header(), partition),
                                .deadline = DeadlineOf(parts, *call),
                                .run = run});
}

void WithdrawRun(const CasesParts& parts, const WithdrawRunCall& call) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  v1::CasesCommand command;
  command.mutable_withdraw_run()->set_run(request.run());
  if (request.child().empty()) {
    parts.runs.Remove(origin->authority.text(), request.run());
    return Submit(parts, *origin, AuthoritySubject(origin->authority.text()), std::move(command),
                  [&parts, call, origin = *origin](const Result<Answer>& answer) {
                    parts.runs.Remove(origin.authority.text(), call->request().run());
                    FinishWhenTaught(parts, call, origin, answer);
                  });
  }
  const auto child = SubjectId::FromBytes(request.child());
  if (!child)
    return call->Fail(
        {StatusCode::kInvalidArgument, "CHILD_NEEDED", "the 16-byte id of the child is needed"});
  const uint32_t partition = parts.shards.PartitionFor(*child);
  Submit(parts, *origin, *child, std::move(command),
         [call, partition](const Result<Answer>& answer) { FinishFrom(*call, partition, answer); });
}

}  // namespace holdfast::cases
