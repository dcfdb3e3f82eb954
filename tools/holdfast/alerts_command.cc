#include "tools/holdfast/alerts_command.h"

#include <fmt/format.h>

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/alert_json.h"
#include "tools/holdfast/alerts_stream.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

namespace v1 = alerting::v1;
using Stub = v1::AlertingService::Stub;

// In the order in which people ask for them.
constexpr const char* kStates[] = {"escalated", "overdue",   "due",      "upcoming", "acknowledged",
                                   "snoozed",   "not_known", "resolved", "withdrawn"};

struct AlertsOptions {
  std::string authority;
  std::string team;
  std::string worker;
  std::string state;
  uint32_t limit = 0;
  std::string page;
  std::string id;
  std::string until;
  std::string reason;
  std::string command_id;
};

Status Usage(std::string message) {
  return {StatusCode::kInvalidArgument, "USAGE", std::move(message)};
}

Result<std::string> ReadAlert(const std::string& text) {
  const auto bytes = FromHex(text);
  if (bytes && bytes->size() == 16) return *bytes;
  return tl::unexpected(Usage("'" + text + "' is not the id of an alert: 32 hexadecimal digits"));
}

std::string TextOf(const v1::AlertView& view) {
  std::string state = view.state();
  if (view.state() == "not_known") state = "not known since " + IsoOf(view.not_known_since());
  const std::string clock = view.clock() + (view.feed().empty() ? "" : " of " + view.feed());
  return fmt::format("  {:<10}  {:<26}  {:<24} {:<6} {}\n", IsoOf(view.due()), state, clock,
                     view.confidence() == "C" ? "" : view.confidence(), Hex(view.id()));
}

// Children in the order of the list, each with its alerts.
std::string TextOf(const v1::ListAlertsResponse& page) {
  std::string text = "On " + IsoOf(page.day()) + ":";
  for (const char* state : kStates) {
    const auto count = page.counts().find(state);
    if (count != page.counts().end() && count->second > 0)
      text += fmt::format("  {} {}", count->second, state);
  }
  text += "\n";
  const std::string* child = nullptr;
  for (const auto& alert : page.alerts()) {
    if (child == nullptr || *child != alert.child()) {
      text += fmt::format("{:<16} {} {}\n", alert.local_id(), alert.team(), alert.worker());
    }
    child = &alert.child();
    text += TextOf(alert);
  }
  if (page.alerts().empty()) text += "None to show.\n";
  if (!page.next_page().empty()) text += "more: --page " + page.next_page() + "\n";
  return text;
}

int RunList(const AlertsOptions& options, const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  v1::ListAlertsRequest request;
  request.set_authority((*client)->authority());
  request.set_team(options.team);
  request.set_worker(options.worker);
  request.set_state(options.state);
  request.set_limit(options.limit);
  request.set_page(options.page);
  const auto page = (*client)->Call(&Stub::ListAlerts, request);
  if (!page) return Report(page.error(), global);
  Json counts = Json::object();
  for (const char* state : kStates) {
    const auto count = page->counts().find(state);
    counts[state] = count == page->counts().end() ? 0 : count->second;
  }
  Json alerts = Json::array();
  for (const auto& alert : page->alerts()) alerts.push_back(AlertJson(alert));
  return Answer({{"day", DayJson(page->has_day(), page->day())},
                 {"counts", std::move(counts)},
                 {"next_page", page->next_page().empty() ? Json(nullptr) : Json(page->next_page())},
                 {"alerts", std::move(alerts)}},
                TextOf(*page), global);
}

Json JsonOf(const v1::ExplainAlertResponse& explained) {
  Json json = AlertJson(explained.alert());
  json["title"] = explained.title();
  json["rule"] = explained.rule();
  json["source"] = explained.source();
  json["start"] = DayJson(explained.has_start(), explained.start());
  json["days_counted"] = explained.days_counted();
  json["stopped_on"] = DayJson(explained.has_stopped_on(), explained.stopped_on());
  json["outcome"] = explained.outcome();
  json["facts"] = Json::array();
  for (const auto& fact : explained.facts()) json["facts"].push_back(Hex(fact));
  json["moves"] = std::vector<std::string>(explained.moves().begin(), explained.moves().end());
  json["notes"] = std::vector<std::string>(explained.notes().begin(), explained.notes().end());
  return json;
}

std::string TextOf(const v1::ExplainAlertResponse& explained) {
  const v1::AlertView& alert = explained.alert();
  std::string text = fmt::format("{} of {}: {}, due {}\n\n", explained.title(), alert.local_id(),
                                 alert.state(), IsoOf(alert.due()));
  const auto line = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += fmt::format("{:<13} {}\n", name, value);
  };
  line("rule", explained.rule());
  line("source", explained.source());
  line("confidence", alert.confidence());
  line("started", IsoOf(explained.start()));
  line("days counted", explained.days_counted());
  line("outcome", explained.outcome());
  for (const auto& note : explained.notes()) line("note", note);
  for (const auto& move : explained.moves()) line("moved", move);
  for (const auto& fact : explained.facts()) line("fact", Hex(fact));
  return text;
}

int RunExplain(const AlertsOptions& options, const GlobalOptions& global) {
  const auto id = ReadAlert(options.id);
  if (!id) return Report(id.error(), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  v1::ExplainAlertRequest request;
  request.set_id(*id);
  const auto explained = (*client)->Call(&Stub::ExplainAlert, request);
  if (!explained) return Report(explained.error(), global);
  return Answer(JsonOf(*explained), TextOf(*explained), global);
}

// Gives a command on the alert that the options name. `fill` sets what else it says.
template <typename Request, typename Response, typename Fill>
int RunCommand(const AlertsOptions& options, const GlobalOptions& global,
               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
               Fill fill) {
  const auto id = ReadAlert(options.id);
  if (!id) return Report(id.error(), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  const auto header = (*client)->HeaderWithId(options.command_id);
  if (!header) return Report(header.error(), global);
  Request request;
  *request.mutable_header() = *header;
  request.set_id(*id);
  if (const Result<void> filled = fill(request); !filled) return Report(filled.error(), global);
  const auto answer = (*client)->Call(method, request);
  if (!answer) return Report(answer.error(), global);
  return Answer({{"id", Hex(*id)},
                 {"result", answer->result()},
                 {"positions", PositionsJson(answer->positions())}},
                answer->result() + "\n", global);
}

int RunAcknowledge(const AlertsOptions& options, const GlobalOptions& global) {
  return RunCommand(options, global, &Stub::AcknowledgeAlert,
                    [](v1::AcknowledgeAlertRequest&) { return Result<void>(); });
}

int RunUndo(const AlertsOptions& options, const GlobalOptions& global) {
  return RunCommand(options, global, &Stub::UndoAlert,
                    [](v1::UndoAlertRequest&) { return Result<void>(); });
}

int RunSnooze(const AlertsOptions& options, const GlobalOptions& global) {
  return RunCommand(options, global, &Stub::SnoozeAlert,
                    [&](v1::SnoozeAlertRequest& request) -> Result<void> {
                      const auto until = CivilDate::FromIso(options.until);
                      if (!until) return tl::unexpected(Usage("--until takes a day as YYYY-MM-DD"));
                      *request.mutable_until() = DateOf(*until);
                      request.set_reason(options.reason);
                      return {};
                    });
}

void AddAlertOptions(CLI::App& command, AlertsOptions& options, bool is_command) {
  command.add_option("id", options.id, "Id of the alert, as `alerts list` shows it")->required();
  command.add_option("--authority", options.authority,
                     "Code of the authority, where KEYS has several");
  if (is_command)
    command.add_option("--command-id", options.command_id, "UUIDv7; the same again is done once");
}

void AddListCommand(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto options = std::make_shared<AlertsOptions>();
  auto* list =
      group.add_subcommand("list", "The worklist, most urgent child first, not known last");
  list->add_option("--authority", options->authority,
                   "Code of the authority, where KEYS has several");
  list->add_option("--team", options->team, "Of this team alone");
  list->add_option("--worker", options->worker, "Of this worker alone");
  list->add_option("--state", options->state,
                   "In this state alone; else all but resolved and withdrawn")
      ->check(CLI::IsMember(std::vector<std::string>(std::begin(kStates), std::end(kStates))));
  list->add_option("--limit", options->limit, "At most this many, 1 to 1000")
      ->check(CLI::Range(1, 1000));
  list->add_option("--page", options->page, "Where the page before ended, as it said");
  list->footer(
      "Examples:\n"
      "  holdfast alerts list --authority E06000901\n"
      "  holdfast --json alerts list --team North --state overdue --limit 50");
  RunsWhenChosen(*list, options, global, run, RunList);
}

}  // namespace

void AddAlertsCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand("alerts", "What is due, for whom, and why");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  holdfast alerts list --authority E06000901\n"
      "  holdfast alerts explain 8d3e...\n"
      "  holdfast alerts snooze 8d3e... --until 2026-05-20 --reason 'the carer is ill'");
  AddListCommand(*group, global, run);
  AddAlertsStream(*group, global, run);

  const auto add = [&](const char* name, const char* text, const char* example,
                       int (*body)(const AlertsOptions&, const GlobalOptions&)) {
    auto options = std::make_shared<AlertsOptions>();
    auto* command = group->add_subcommand(name, text);
    AddAlertOptions(*command, *options, body != RunExplain);
    command->footer(std::string("Example:\n  holdfast alerts ") + example);
    RunsWhenChosen(*command, options, global, run, body);
    return std::pair(command, options);
  };
  add("explain", "The facts used, the rule, its source, and the days counted", "explain 8d3e...",
      RunExplain);
  add("acknowledge", "Say that someone has seen it; stands until undone or a new day",
      "acknowledge 8d3e...", RunAcknowledge);
  add("undo", "Take back an acknowledgement or a snooze", "undo 8d3e...", RunUndo);
  const auto [snooze, options] =
      add("snooze", "Put it off until the end of a day, with a reason",
          "snooze 8d3e... --until 2026-05-20 --reason 'the carer is ill'", RunSnooze);
  snooze->add_option("--until", options->until, "The last day of quiet, YYYY-MM-DD")->required();
  snooze->add_option("--reason", options->reason, "Why")->required();
}

}  // namespace holdfast::cli
