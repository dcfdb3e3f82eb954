#include "tools/holdfast/case_reads.h"

#include <fmt/format.h>

#include "holdfast/audit/v1/audit_service.grpc.pb.h"
#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/base/time_text.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/case_json.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/read_time.h"
#include "tools/holdfast/text.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

struct ReadOptions {
  std::string authority;
  std::string child;
  std::string local_id;
  std::string known_at;
  std::string recorded_at;
  std::string team;
  std::string worker;
  uint32_t limit = 0;
  std::string page;
  std::string name;
  std::string born;
};

Status Usage(std::string message) {
  return {StatusCode::kInvalidArgument, "USAGE", std::move(message)};
}

Result<std::string> ReadChild(const std::string& text) {
  const auto bytes = FromHex(text);
  if (bytes && bytes->size() == 16) return *bytes;
  return tl::unexpected(Usage("'" + text + "' is not the id of a child: 32 hexadecimal digits"));
}

Result<cases::v1::ShowCaseRequest> ShowRequest(const ReadOptions& options) {
  cases::v1::ShowCaseRequest request;
  if (options.child.empty() == options.local_id.empty())
    return tl::unexpected(Usage("name the child by --child or by --local-id"));
  if (!options.child.empty()) {
    const auto child = ReadChild(options.child);
    if (!child) return tl::unexpected(child.error());
    request.mutable_child()->set_child(*child);
  } else {
    request.mutable_child()->set_local_id(options.local_id);
  }
  if (!options.known_at.empty()) {
    const auto day = CivilDate::FromIso(options.known_at);
    if (!day) return tl::unexpected(Usage("--known-at takes a day as YYYY-MM-DD"));
    *request.mutable_view()->mutable_known_at() = DateOf(*day);
  }
  if (!options.recorded_at.empty()) {
    const auto time = ReadTime(options.recorded_at);
    if (!time) return tl::unexpected(Usage("--recorded-at takes a time as 2026-04-01T09:30:00Z"));
    request.mutable_view()->set_recorded_at(time->time_since_epoch().count());
  }
  return request;
}

int RunShow(const ReadOptions& options, const GlobalOptions& global) {
  auto request = ShowRequest(options);
  if (!request) return Report(request.error(), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  request->set_authority((*client)->authority());
  const auto answer = (*client)->Call(&Stub::ShowCase, *request);
  if (!answer) return Report(answer.error(), global);
  return Answer(CaseJson(answer->view()), CaseText(answer->view()), global);
}

int RunList(const ReadOptions& options, const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  cases::v1::ListCasesRequest request;
  request.set_authority((*client)->authority());
  request.set_team(options.team);
  request.set_worker(options.worker);
  request.set_limit(options.limit);
  request.set_page(options.page);
  const auto answer = (*client)->Call(&Stub::ListCases, request);
  if (!answer) return Report(answer.error(), global);
  Json cases = Json::array();
  std::string text;
  for (const auto& summary : answer->cases()) {
    cases.push_back({{"child", Hex(summary.child())},
                     {"local_id", summary.local_id()},
                     {"team", summary.team()},
                     {"worker", summary.worker()},
                     {"looked_after", summary.looked_after()}});
    text +=
        fmt::format("{}  {:<16} {:<16} {:<16} {}\n", Hex(summary.child()), summary.local_id(),
                    summary.team(), summary.worker(), summary.looked_after() ? "looked after" : "");
  }
  const Json next = answer->next_page().empty() ? Json(nullptr) : Json(answer->next_page());
  if (!answer->next_page().empty()) text += "more: --page " + answer->next_page() + "\n";
  return Answer(
      {{"authority", (*client)->authority()}, {"next_page", next}, {"cases", std::move(cases)}},
      text, global);
}

int RunFind(const ReadOptions& options, const GlobalOptions& global) {
  const auto born = CivilDate::FromIso(options.born);
  if (!born) return Report(Usage("--born takes a day as YYYY-MM-DD"), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  cases::v1::FindChildrenRequest request;
  request.set_authority((*client)->authority());
  request.set_name(options.name);
  *request.mutable_born() = DateOf(*born);
  const auto answer = (*client)->Call(&Stub::FindChildren, request);
  if (!answer) return Report(answer.error(), global);
  Json children = Json::array();
  std::string text;
  for (const auto& child : answer->children()) {
    children.push_back(Hex(child));
    text += Hex(child) + "\n";
  }
  if (text.empty()) text = "nobody of that name and day of birth\n";
  return Answer({{"children", std::move(children)}}, text, global);
}

void AddFind(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = group.add_subcommand(
      "find",
      "The authority's children of a name and day of birth, exactly; each look-up is audited");
  auto options = std::make_shared<ReadOptions>();
  command->add_option("--authority", options->authority,
                      "Code of the authority, where KEYS has several");
  command
      ->add_option("--name", options->name,
                   "One or more of the child's names, each whole, in any order; case, accents and "
                   "apostrophes do not matter, a hyphen is as a space")
      ->required();
  command->add_option("--born", options->born, "Day of birth")->required();
  command->footer(
      "Example:\n  holdfast case find --authority E06000901 --name 'Sam Smith' --born 2019-05-04");
  RunsWhenChosen(*command, options, global, run, RunFind);
}

int RunAudit(const ReadOptions& options, const GlobalOptions& global) {
  const auto child = ReadChild(options.child);
  if (!child) return Report(child.error(), global);
  auto client = Client::Open(global, {.role = Role::kAuditor, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  Json reads = Json::array();
  std::string text;
  audit::v1::ListReadsRequest request;
  request.set_child(*child);
  do {
    const auto answer = (*client)->Call(&audit::v1::AuditService::Stub::ListReads, request);
    if (!answer) return Report(answer.error(), global);
    for (const auto& read : answer->reads()) {
      reads.push_back(
          {{"at", TimeText(Instant(std::chrono::microseconds(read.at())))},
           {"who", read.who()},
           {"role", read.role()},
           {"purpose", read.purpose()},
           {"fields", std::vector<std::string>(read.fields().begin(), read.fields().end())},
           {"children", read.children()}});
      text += fmt::format("{}  {}  {}  {}\n", reads.back().at("at").get<std::string>(), read.who(),
                          read.purpose(), fmt::join(read.fields(), " "));
    }
    request.set_page(answer->next_page());
  } while (!request.page().empty());
  return Answer({{"reads", std::move(reads)}}, text, global);
}

}  // namespace

void AddCaseReadCommands(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* show = group.add_subcommand(
      "show", "A child's case: as known now, at a day, or as recorded at a time");
  auto shown = std::make_shared<ReadOptions>();
  show->add_option("--child", shown->child, "Id of the child");
  show->add_option("--local-id", shown->local_id, "Local id of the child, in --authority");
  show->add_option("--authority", shown->authority,
                   "Code of the authority, where KEYS has several");
  auto* known = show->add_option("--known-at", shown->known_at,
                                 "As its sources knew it by the end of this day");
  show->add_option("--recorded-at", shown->recorded_at, "As it had been recorded by this time")
      ->excludes(known);
  show->footer(
      "Examples:\n  holdfast case show --local-id NMR0158 --authority E06000901\n  holdfast case "
      "show --child 8d3e... --known-at 2025-03-31");
  RunsWhenChosen(*show, shown, global, run, RunShow);

  auto* list = group.add_subcommand("list", "The children of an authority, a team or a worker");
  auto listed = std::make_shared<ReadOptions>();
  list->add_option("--authority", listed->authority,
                   "Code of the authority, where KEYS has several");
  list->add_option("--team", listed->team, "Of this team alone");
  list->add_option("--worker", listed->worker, "Of this worker alone");
  list->add_option("--limit", listed->limit, "At most this many, 1 to 1000")
      ->check(CLI::Range(1, 1000));
  list->add_option("--page", listed->page, "Where the page before ended, as it said");
  list->footer("Example:\n  holdfast case list --authority E06000901 --team North --limit 50");
  RunsWhenChosen(*list, listed, global, run, RunList);
  AddFind(group, global, run);
}

void AddAuditCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = app.add_subcommand("audit", "Who read a child's personal data, when and why");
  auto options = std::make_shared<ReadOptions>();
  command->add_option("--child", options->child, "Id of the child")->required();
  command->footer("Example:\n  holdfast audit --child 8d3e...");
  RunsWhenChosen(*command, options, global, run, RunAudit);
}

}  // namespace holdfast::cli
