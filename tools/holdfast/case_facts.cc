#include "tools/holdfast/case_facts.h"

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/permanence/dates.h"
#include "services/cases/domain/fact_kinds.h"
#include "tools/holdfast/contact_facts.h"
#include "tools/holdfast/fact_options.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

// Sets the last day, where one is given.
template <typename Request>
Result<void> SetUntil(const FactOptions& options, Request& request) {
  if (options.until.empty()) return {};
  const auto until = ReadDay("--until", options.until);
  if (!until) return tl::unexpected(until.error());
  *request.mutable_until() = *until;
  return {};
}

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

// Whose view it is, or with whom contact is directed, is said by an option of its own.
std::string CodeIn(const FactOptions& options, cases::v1::FactKind kind) {
  if (kind == cases::v1::FACT_KIND_VIEW && !options.by.empty()) return options.by;
  if (kind == cases::v1::FACT_KIND_CONTACT_DIRECTION && !options.party.empty())
    return options.party;
  return options.state.empty() ? options.code : options.state;
}

// The first option that is of contact alone; blank: none is given.
std::string ForeignOption(const FactOptions& options, cases::v1::FactKind kind) {
  const bool is_direction = kind == cases::v1::FACT_KIND_CONTACT_DIRECTION;
  if (!options.party.empty() && !is_direction) return "--party";
  if (!options.by.empty() && kind != cases::v1::FACT_KIND_VIEW) return "--by";
  if (!options.purpose.empty()) return "--purpose";
  if (!options.review.empty()) return "--review";
  if (!options.way.empty()) return "--way";
  if (!options.outcome.empty()) return "--outcome";
  return options.party_name.empty() ? "" : "--name";
}

int RunRecord(const FactOptions& options, const GlobalOptions& global) {
  if (IsOfContact(options.kind)) return RecordContactFact(options, global);
  const auto kind = cases::FactKindNamed(options.kind);
  if (!kind)
    return Report(
        Usage("there is no kind of fact '" + options.kind + "': see holdfast case record --help"),
        global);
  const auto on = ReadDay("--on", options.on);
  if (!on) return Report(on.error(), global);
  const auto child = ReadId("a child", options.child);
  if (!child) return Report(child.error(), global);
  cases::v1::RecordFactRequest request;
  if (!options.entry.empty()) {
    const auto entry = ReadId("an entry", options.entry);
    if (!entry) return Report(entry.error(), global);
    request.set_entry(*entry);
  }
  if (const auto until = SetUntil(options, request); !until) return Report(until.error(), global);
  if (!options.state.empty() && *kind != cases::v1::FACT_KIND_HEARING)
    return Report(Usage("--state is a hearing's, an agreement's or a session's"), global);
  if (const auto foreign = ForeignOption(options, *kind); !foreign.empty())
    return Report(Usage(foreign + " is not of a " + options.kind), global);
  auto opened = Open(options, global);
  if (!opened) return Report(opened.error(), global);
  *request.mutable_header() = opened->header;
  request.mutable_child()->set_child(*child);
  request.set_kind(*kind);
  *request.mutable_on() = *on;
  request.set_code(CodeIn(options, *kind));
  request.set_parallel(options.parallel);
  request.set_how(options.how);
  request.set_text(options.text);
  request.set_done(options.done);
  request.set_frequency(options.frequency);
  const auto answer = opened->client->Call(&Stub::RecordFact, request);
  if (!answer) return Report(answer.error(), global);
  return AnswerFact(*answer, global);
}

// True if the record of contact answers: the record of cases holds no such fact.
bool IsForContact(const Status& status) { return status.reason == "UNKNOWN_FACT"; }

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
  for (const auto& code : {options.state, options.by, options.party})
    if (!code.empty()) request.set_code(code);
  if (options.code_given->count() > 0) request.set_code(options.code);
  if (!options.frequency.empty()) request.set_frequency(options.frequency);
  if (const auto until = SetUntil(options, request); !until) return Report(until.error(), global);
  const bool says_something = !options.on.empty() || request.has_code() || request.has_until() ||
                              request.has_frequency();
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

std::shared_ptr<FactOptions> NewOptions(CLI::App& command) {
  auto options = std::make_shared<FactOptions>();
  command.add_option("--authority", options->authority,
                     "Code of the authority, where KEYS has several");
  command.add_option("--command-id", options->command_id,
                     "A UUIDv7: the same command sent again is done once");
  return options;
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

void AddRecord(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = group.add_subcommand("record", "State a fact of a child");
  auto options = NewOptions(*command);
  command
      ->add_option("kind", options->kind,
                   "care_start care_end legal_status placement_start placement_end review "
                   "agency_decision register_referral "
                   "match placed_for_adoption order decision_reversed missing_start missing_end "
                   "hearing application proof appeal safeguarder "
                   "involvement recommendation panel legal_papers legal_opinion plan "
                   "view contact_direction; of contact: agreement agreement_end session observation "
                   "contact_view contact_review")
      ->required();
  command->add_option("--child", options->child, "Id of the child")->required();
  command->add_option("--on", options->on, "The day it happened")->required();
  command->add_option(
      "--code", options->code,
      "Code of England's return or of Scotland's placements and statuses; of an "
      "order or application in England: CARE INTERIM_CARE SUPERVISION EMERGENCY "
      "PLACEMENT SPECIAL_GUARDIANSHIP CHILD_ARRANGEMENTS ADOPTION; in Scotland: CSO "
      "ICSO IVCSO CPO MEO WARRANT CHILD_ASSESSMENT PO POA KINSHIP ADOPTION; of a plan, "
      "recommendation, panel, opinion or decision the route: home kinship permanence_order "
      "permanence_order_adoption adoption special_guardianship child_arrangements "
      "long_term_foster residential supported");
  command->add_flag("--parallel", options->parallel, "Of a plan: it stands beside another");
  AddContactOptions(*command, *options);
  command->add_option("--how", options->how,
                      "Of a view: in_person written through_advocate drawn_or_played other");
  command->add_option("--done", options->done, "Of a view: what was done about it");
  command->add_option("--until", options->until,
                      "The last day of an order or application, or the day a hearing was continued "
                      "to");
  command->add_option("--entry", options->entry,
                      "Id of the entry that it belongs to; without it, found by the rules");
  command->footer(
      "Examples:\n"
      "  holdfast case record care_start --child 8d3e... --on 2026-04-07\n"
      "  holdfast case record placement_start --child 8d3e... --on 2026-04-07 --code U6\n"
      "  holdfast case record review --child 8d3e... --on 2026-04-28 --code PN1\n"
      "  holdfast case record order --child 8d3e... --on 2026-04-07 --code INTERIM_CARE --until "
      "2026-04-28\n"
      "  holdfast case record plan --child 8d3e... --on 2026-04-20 --code special_guardianship --parallel\n"
      "  holdfast case record hearing --child 8d3e... --on 2026-04-27 --state planned\n"
      "  holdfast case record view --child 8d3e... --on 2026-04-27 --by child --text 'I want to stay "
      "here'\n"
      "  holdfast case record agreement --child 8d3e... --on 2026-05-01 --party mother --purpose "
      "assess_return --frequency weekly --review 2026-08-01\n"
      "  holdfast case record session --child 8d3e... --on 2026-05-09 --party mother --state planned\n"
      "  holdfast case record contact_review --child 8d3e... --on 2026-08-01 --party mother --text "
      "'she asks for it' --outcome continue --review 2026-11-01\n"
      "  holdfast case record contact_direction --child 8d3e... --on 2026-04-07 --entry 77c0... --party "
      "father --frequency none");
  RunsWhenChosen(*command, options, global, run, RunRecord);
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
  AddRecord(group, global, run);
  AddCorrect(group, global, run);
  AddWithdraw(group, global, run);
}

}  // namespace holdfast::cli
