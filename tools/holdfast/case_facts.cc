#include "tools/holdfast/case_facts.h"

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "services/cases/domain/fact_kinds.h"
#include "tools/holdfast/case_record.h"
#include "tools/holdfast/contact_facts.h"
#include "tools/holdfast/fact_options.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

int RunRegister(const FactOptions& options, const GlobalOptions& global) {
  const auto born = ReadDay("--born", options.born);
  if (!born) return Report(born.error(), global);
  auto opened = Open(options, global);
  if (!opened) return Report(opened.error(), global);
  cases::v1::RegisterChildRequest request;
  *request.mutable_header() = opened->header;
  request.mutable_personal()->set_local_id(options.local_id);
  request.mutable_personal()->set_name(options.name);
  *request.mutable_personal()->mutable_born() = *born;
  request.set_team(options.team);
  request.set_worker(options.worker);
  const auto answer = opened->client->Call(&Stub::RegisterChild, request);
  if (!answer) return Report(answer.error(), global);
  return AnswerFact(*answer, global);
}

// True if the record of contact answers: the record of cases holds no such fact.
bool IsForContact(const Status& status) { return status.code == StatusCode::kNotFound; }

int RunCorrect(const FactOptions& options, const GlobalOptions& global) {
  if (CorrectsContactAlone(options)) return CorrectContactFact(options, global, std::nullopt);
  const auto fact = ReadId("a fact", options.fact);
  if (!fact) return Report(fact.error(), global);
  cases::v1::CorrectFactRequest request;
  request.set_fact(*fact);
  if (!options.on.empty()) {
    const auto on = ReadDay("--on", options.on);
    if (!on) return Report(on.error(), global);
    *request.mutable_on() = *on;
  }
  // A hearing's state is its code.
  const bool is_aspects = cases::IsState(options.state);
  if (is_aspects) request.set_state(options.state);
  for (const auto& code : {is_aspects ? "" : options.state, options.by, options.party})
    if (!code.empty()) request.set_code(code);
  if (options.code_given->count() > 0) request.set_code(options.code);
  if (!options.frequency.empty()) request.set_frequency(options.frequency);
  if (const auto until = SetUntil(options, request); !until) return Report(until.error(), global);
  const bool says_something = !options.on.empty() || request.has_code() || request.has_state() ||
                              request.has_until() || request.has_frequency();
  if (!says_something)
    return Report(Usage("say what is right: --on D, --code C, --until D, --state S, or several"),
                  global);
  auto opened = Open(options, global);
  if (!opened) return Report(opened.error(), global);
  *request.mutable_header() = opened->header;
  request.set_reason(options.reason);
  const auto answer = opened->client->Call(&Stub::CorrectFact, request);
  if (!answer && IsForContact(answer.error()))
    return CorrectContactFact(options, global, answer.error());
  if (!answer) return Report(answer.error(), global);
  return AnswerFact(*answer, global);
}

int RunWithdraw(const FactOptions& options, const GlobalOptions& global) {
  const auto fact = ReadId("a fact", options.fact);
  if (!fact) return Report(fact.error(), global);
  auto opened = Open(options, global);
  if (!opened) return Report(opened.error(), global);
  cases::v1::WithdrawFactRequest request;
  *request.mutable_header() = opened->header;
  request.set_fact(*fact);
  request.set_reason(options.reason);
  const auto answer = opened->client->Call(&Stub::WithdrawFact, request);
  if (!answer && IsForContact(answer.error()))
    return WithdrawContactFact(options, global, answer.error());
  if (!answer) return Report(answer.error(), global);
  return AnswerFact(*answer, global);
}

void AddRegister(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = group.add_subcommand("register", "Give a child a record");
  auto options = NewOptions(*command);
  command
      ->add_option("--local-id", options->local_id,
                   "The number by which the authority knows the child")
      ->required();
  command->add_option("--born", options->born, "Day of birth")->required();
  command->add_option("--name", options->name, "The child's name");
  command->add_option("--team", options->team,
                      "The team responsible; kept in the open, as a name for a team");
  command->add_option("--worker", options->worker,
                      "The worker responsible, by the name they log in with; kept in the open");
  command->footer(
      "Example:\n  holdfast case register --authority E06000901 --local-id NMR0900 --born "
      "2019-05-04 --team North --worker w17");
  RunsWhenChosen(*command, options, global, run, RunRegister);
}

void AddCorrect(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = group.add_subcommand(
      "correct", "Correct a fact of the record; a return's is not corrected here");
  auto options = NewOptions(*command);
  command->add_option("fact", options->fact, "Id of the fact")->required();
  command->add_option("--on", options->on, "The day it happened");
  options->code_given = command->add_option("--code", options->code, "The code");
  AddContactOptions(*command, *options);
  command->add_option("--until", options->until, "The last day, where the kind has one");
  command->add_option("--reason", options->reason, "Why")->required();
  command->footer(
      "Example:\n  holdfast case correct 51ab... --on 2026-04-29 --reason 'typed the wrong day'");
  RunsWhenChosen(*command, options, global, run, RunCorrect);
}

void AddWithdraw(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command =
      group.add_subcommand("withdraw", "Withdraw a fact of the record: it was never so");
  auto options = NewOptions(*command);
  command->add_option("fact", options->fact, "Id of the fact")->required();
  command->add_option("--reason", options->reason, "Why")->required();
  command->footer(
      "Example:\n  holdfast case withdraw 51ab... --reason 'entered for the wrong child'");
  RunsWhenChosen(*command, options, global, run, RunWithdraw);
}

}  // namespace

void AddCaseFactCommands(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  AddRegister(group, global, run);
  AddCaseRecordCommand(group, global, run);
  AddCorrect(group, global, run);
  AddWithdraw(group, global, run);
}

}  // namespace holdfast::cli
