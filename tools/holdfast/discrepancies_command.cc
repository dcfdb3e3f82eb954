#include "tools/holdfast/discrepancies_command.h"

#include <fmt/format.h>

#include <map>

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/case_json.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

namespace v1 = cases::v1;
using Stub = v1::CasesService::Stub;

struct DiscrepancyOptions {
  std::string authority;
  std::string worker;
  std::string child;
  std::string state;
  std::string id;
  std::string keep;
  bool same = false;
  std::string reason;
  std::string command_id;
};

Result<std::string> ReadId(const char* what, const std::string& text) {
  const auto bytes = FromHex(text);
  if (bytes && bytes->size() == 16) return *bytes;
  return Fail(StatusCode::kInvalidArgument, "USAGE",
              "'" + text + "' is not the id of " + what + ": 32 hexadecimal digits");
}

std::string TextOf(const v1::DiscrepancyView& view) {
  std::string text = fmt::format("  {:<10}  {:<24} {:<8} {}\n", IsoOf(view.due()),
                                 view.kind() + (view.field().empty() ? "" : " " + view.field()),
                                 view.state(), Hex(view.id()));
  for (const auto& version : view.versions()) {
    text += fmt::format("      {:<24} {}{}\n", version.source(), version.value(),
                        version.source() == view.counts() ? "  counts" : "");
  }
  return text;
}

// Every page of the list, in one answer.
int RunList(const DiscrepancyOptions& options, const GlobalOptions& global) {
  v1::ListDiscrepanciesRequest request;
  if (!options.child.empty()) {
    const auto child = ReadId("a child", options.child);
    if (!child) return Report(child.error(), global);
    request.set_child(*child);
  }
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  request.set_authority((*client)->authority());
  request.set_worker(options.worker);
  request.set_state(options.state);
  std::map<std::string, int> counted;
  Json shown = Json::array();
  std::string lines;
  std::string day;
  do {
    const auto page = (*client)->Call(&Stub::ListDiscrepancies, request);
    if (!page) return Report(page.error(), global);
    day = IsoOf(page->day());
    for (const auto& discrepancy : page->discrepancies()) {
      ++counted[discrepancy.kind()];
      if (shown.empty() || shown.back().at("child") != Hex(discrepancy.child()))
        lines += Hex(discrepancy.child()) + "  " + discrepancy.owner() + "\n";
      shown.push_back(DiscrepancyJson(discrepancy));
      lines += TextOf(discrepancy);
    }
    request.set_page(page->next_page());
  } while (!request.page().empty());
  Json counts = Json::object();
  std::string text = "On " + day + ":";
  for (const auto& [kind, count] : counted) {
    counts[kind] = count;
    text += fmt::format("  {} {}", count, kind);
  }
  if (counted.empty()) text += "  nothing disagrees";
  return Answer({{"day", day}, {"counts", std::move(counts)}, {"discrepancies", std::move(shown)}},
                text + "\n" + lines, global);
}

int RunResolve(const DiscrepancyOptions& options, const GlobalOptions& global) {
  const auto id = ReadId("a discrepancy", options.id);
  if (!id) return Report(id.error(), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  auto header = (*client)->HeaderWithId(options.command_id);
  if (!header) return Report(header.error(), global);
  header->set_authority((*client)->authority());
  v1::ResolveDiscrepancyRequest request;
  *request.mutable_header() = *header;
  request.set_discrepancy(*id);
  request.set_keep(options.keep);
  request.set_same(options.same);
  request.set_reason(options.reason);
  const auto answer = (*client)->Call(&Stub::ResolveDiscrepancy, request);
  if (!answer) return Report(answer.error(), global);
  return Answer({{"id", Hex(answer->discrepancy())},
                 {"child", Hex(answer->child())},
                 {"result", answer->result()},
                 {"positions", PositionsJson(answer->positions())}},
                answer->result() + ": discrepancy " + Hex(answer->discrepancy()) + " of child " +
                    Hex(answer->child()) + "\n",
                global);
}

void AddList(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto options = std::make_shared<DiscrepancyOptions>();
  auto* list =
      group.add_subcommand("list", "Where the sources of an authority's children disagree");
  list->add_option("--authority", options->authority,
                   "Code of the authority, where KEYS has several");
  list->add_option("--worker", options->worker, "Of this worker's children alone");
  list->add_option("--child", options->child, "Of this child alone");
  list->add_option("--state", options->state, "In this state alone")
      ->check(CLI::IsMember({"open", "resolved"}));
  list->footer(
      "Examples:\n"
      "  holdfast discrepancies list --authority E06000901 --state open\n"
      "  holdfast --json discrepancies list --authority E06000901 --worker w17");
  RunsWhenChosen(*list, options, global, run, RunList);
}

void AddResolve(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto options = std::make_shared<DiscrepancyOptions>();
  auto* resolve = group.add_subcommand(
      "resolve", "Say whose version counts, or that both are the same; stands until one changes");
  resolve->add_option("id", options->id, "Id of the discrepancy, as `discrepancies list` shows it")
      ->required();
  resolve->add_option("--authority", options->authority,
                      "Code of the authority, where KEYS has several");
  auto* keep = resolve->add_option("--keep", options->keep, "The source whose version counts");
  resolve->add_flag("--same", options->same, "Both versions of a pair are one thing")
      ->excludes(keep);
  resolve->add_option("--reason", options->reason, "Why")->required();
  resolve->add_option("--command-id", options->command_id,
                      "A UUIDv7: the same command sent again is done once");
  resolve->footer(
      "Examples:\n"
      "  holdfast discrepancies resolve 8d3e... --keep record/E06000901 --reason 'seen the order'\n"
      "  holdfast discrepancies resolve 8d3e... --same --reason 'one hearing, moved by a day'");
  RunsWhenChosen(*resolve, options, global, run, RunResolve);
}

}  // namespace

void AddDiscrepanciesCommand(CLI::App& app, const GlobalOptions& global,
                             std::function<int()>& run) {
  auto* group = app.add_subcommand("discrepancies", "Where sources disagree, and who is right");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  holdfast discrepancies list --authority E06000901\n"
      "  holdfast discrepancies resolve 8d3e... --keep family-court-a --reason 'seen the order'");
  AddList(*group, global, run);
  AddResolve(*group, global, run);
}

}  // namespace holdfast::cli
