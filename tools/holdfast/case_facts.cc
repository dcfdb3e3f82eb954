#include "tools/holdfast/case_facts.h"

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/permanence/dates.h"
#include "services/cases/domain/fact_kinds.h"
#include "tools/holdfast/client.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

struct FactOptions {
  std::string authority;
  std::string command_id;
  std::string local_id;
  std::string born;
  std::string name;
  std::string team;
  std::string worker;
  std::string kind;
  std::string child;
  std::string on;
  CLI::Option* code_given = nullptr;
  std::string code;
  std::string state;
  std::string until;
  bool parallel = false;
  std::string entry;
  std::string fact;
  std::string reason;
};

Status Usage(std::string message) {
  return {StatusCode::kInvalidArgument, "USAGE", std::move(message)};
}

Result<common::v1::Date> ReadDay(const std::string& option, const std::string& text) {
  const auto day = CivilDate::FromIso(text);
  if (day) return DateOf(*day);
  return tl::unexpected(Usage(option + " takes a day as YYYY-MM-DD, not '" + text + "'"));
}

// 16 bytes from hex; `what` says whose id it is.
Result<std::string> ReadId(const char* what, const std::string& text) {
  const auto bytes = FromHex(text);
  if (bytes && bytes->size() == 16) return *bytes;
  return tl::unexpected(
      Usage("'" + text + "' is not the id of " + what + ": 32 hexadecimal digits"));
}

struct Opened {
  std::unique_ptr<Client> client;
  common::v1::CommandHeader header;
};

Result<Opened> Open(const FactOptions& options, const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return tl::unexpected(client.error());
  auto header = (*client)->HeaderWithId(options.command_id);
  if (!header) return tl::unexpected(header.error());
  header->set_authority((*client)->authority());
  return Opened{std::move(*client), std::move(*header)};
}

template <typename Response>
int AnswerFact(const Response& answer, const GlobalOptions& global) {
  Json json = {{"child", Hex(answer.child())}};
  std::string text = answer.result();
  if constexpr (requires { answer.fact(); }) {
    json["fact"] = Hex(answer.fact());
    text += ": fact " + Hex(answer.fact());
  }
  if constexpr (requires { answer.entry(); }) {
    json["entry"] = answer.entry().empty() ? Json(nullptr) : Json(Hex(answer.entry()));
    if (!answer.entry().empty()) text += " in entry " + Hex(answer.entry());
  } else {
    json["entry"] = nullptr;
  }
  json["result"] = answer.result();
  json["positions"] = PositionsJson(answer.positions());
  return Answer(json, text + " of child " + Hex(answer.child()) + "\n", global);
}

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

int RunRecord(const FactOptions& options, const GlobalOptions& global) {
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
    return Report(Usage("--state is a hearing's"), global);
  auto opened = Open(options, global);
  if (!opened) return Report(opened.error(), global);
  *request.mutable_header() = opened->header;
  request.mutable_child()->set_child(*child);
  request.set_kind(*kind);
  *request.mutable_on() = *on;
  request.set_code(options.state.empty() ? options.code : options.state);
  request.set_parallel(options.parallel);
  const auto answer = opened->client->Call(&Stub::RecordFact, request);
  if (!answer) return Report(answer.error(), global);
  return AnswerFact(*answer, global);
}

int RunCorrect(const FactOptions& options, const GlobalOptions& global) {
  const auto fact = ReadId("a fact", options.fact);
  if (!fact) return Report(fact.error(), global);
  cases::v1::CorrectFactRequest request;
  request.set_fact(*fact);
  if (!options.on.empty()) {
    const auto on = ReadDay("--on", options.on);
    if (!on) return Report(on.error(), global);
    *request.mutable_on() = *on;
  }
  if (options.code_given->count() > 0) request.set_code(options.code);
  if (const auto until = SetUntil(options, request); !until) return Report(until.error(), global);
  if (options.on.empty() && !request.has_code() && !request.has_until())
    return Report(Usage("say what is right: --on D, --code C, --until D, or several"), global);
  auto opened = Open(options, global);
  if (!opened) return Report(opened.error(), global);
  *request.mutable_header() = opened->header;
  request.set_reason(options.reason);
  const auto answer = opened->client->Call(&Stub::CorrectFact, request);
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
                   "involvement recommendation panel legal_papers legal_opinion plan")
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
  command->add_option("--state", options->state, "Of a hearing: planned held continued cancelled");
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
      "  holdfast case record hearing --child 8d3e... --on 2026-04-27 --state planned");
  RunsWhenChosen(*command, options, global, run, RunRecord);
}

void AddCorrect(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = group.add_subcommand(
      "correct", "Correct a fact of the record; a return's is not corrected here");
  auto options = NewOptions(*command);
  command->add_option("fact", options->fact, "Id of the fact")->required();
  command->add_option("--on", options->on, "The day it happened");
  options->code_given = command->add_option("--code", options->code, "The code");
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
