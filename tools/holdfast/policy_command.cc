#include "tools/holdfast/policy_command.h"

#include <fmt/format.h>

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/permanence/dates.h"
#include "libs/policy/explain.h"
#include "libs/policy/policy_set.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

struct PolicyOptions {
  std::string clock;
};

struct AimOptions {
  std::string clock;
  std::string authority;
  std::string limit;
  std::optional<uint32_t> lead_days;
  std::string from;
  std::string reason;
};

Json DayJson(const std::optional<CivilDate>& day) { return day ? Json(day->Iso()) : Json(nullptr); }

std::string LimitText(const PolicyClock& clock) {
  const std::string limit =
      clock.limit ? DescribeLimit(*clock.limit) : "as the authority states, after";
  return limit + " " + std::string(NameOf(clock.starts_at));
}

Json SummaryOf(const PolicyClock& clock, const Pack& pack) {
  return {{"clock", clock.id},
          {"title", clock.title},
          {"pack", pack.name},
          {"jurisdiction", pack.jurisdiction},
          {"limit", LimitText(clock)},
          {"source", clock.source},
          {"confidence", ConfidenceMark(ConfidenceOf(clock, ShippedPolicies()))}};
}

Json JsonOf(const PolicyClock& clock, const Pack& pack) {
  Json json = SummaryOf(clock, pack);
  json["text"] = clock.text;
  json["starts_at"] = NameOf(clock.starts_at);
  json["stops_at"] = Json::array();
  for (const StopEvent event : clock.stops_at) json["stops_at"].push_back(NameOf(event));
  json["practice_aim"] = clock.practice_aim;
  json["lead_days"] = clock.lead_days;
  json["escalation_days"] = clock.escalation_days;
  json["in_force_from"] = clock.in_force.from.Iso();
  json["in_force_until"] = DayJson(clock.in_force.until);
  json["other_law"] = Json::array();
  for (const auto& law : pack.other_law) {
    if (clock.runs_while != RunsWhile::kOrdinaryCare) continue;
    json["other_law"].push_back({{"name", law.name}, {"source", law.source}});
  }
  json["pack_sha256"] = Hex(pack.content_hash);
  return json;
}

std::string TextOf(const PolicyClock& clock, const Pack& pack) {
  std::string text =
      clock.title + " (" + clock.id + ", pack " + pack.name + ")\n" + clock.text + "\n\n";
  const auto line = [&](const char* name, const std::string& value) {
    text += fmt::format("{:<12} {}\n", name, value);
  };
  line("limit", LimitText(clock));
  for (const StopEvent event : clock.stops_at) line("stops when", std::string(NameOf(event)));
  if (clock.practice_aim) line("aim", "an authority may state a limit and lead days of its own");
  line("upcoming", fmt::format("{} days before the last permitted day", clock.lead_days));
  line("escalated", fmt::format("{} days after it", clock.escalation_days));
  line("in force", "from " + clock.in_force.from.Iso() +
                       (clock.in_force.until ? " through " + clock.in_force.until->Iso() : ""));
  line("source", clock.source);
  line("confidence", std::string(ConfidenceMark(ConfidenceOf(clock, ShippedPolicies()))));
  for (const auto& law : pack.other_law) {
    if (clock.runs_while == RunsWhile::kOrdinaryCare)
      line("not during", law.name + ": " + law.source);
  }
  return text;
}

int RunList(const GlobalOptions& global) {
  Json clocks = Json::array();
  std::string text;
  for (const auto& pack : ShippedPolicies().packs) {
    for (const auto& clock : pack.clocks) {
      clocks.push_back(SummaryOf(clock, pack));
      text += fmt::format("{:<24} {:<34} {}\n", clock.id, clock.title,
                          clocks.back().at("limit").get<std::string>());
    }
  }
  return Answer({{"clocks", std::move(clocks)}}, text, global);
}

int RunExplain(const PolicyOptions& options, const GlobalOptions& global) {
  for (const auto& pack : ShippedPolicies().packs) {
    for (const auto& clock : pack.clocks) {
      if (clock.id == options.clock)
        return Answer(JsonOf(clock, pack), TextOf(clock, pack), global);
    }
  }
  return Report({StatusCode::kNotFound, "UNKNOWN_CLOCK",
                 "there is no clock '" + options.clock + "'; see 'holdfast policy list'"},
                global);
}

int RunState(const AimOptions& options, const GlobalOptions& global) {
  const auto from = CivilDate::FromIso(options.from);
  if (!from) {
    return Report({StatusCode::kInvalidArgument, "USAGE", "--from takes a day, YYYY-MM-DD"},
                  global);
  }
  auto client = Client::Open(global, {.role = Role::kOperator, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  cases::v1::StateAimRequest request;
  *request.mutable_header() = (*client)->NewHeader();
  request.set_clock(options.clock);
  request.set_limit(options.limit);
  if (options.lead_days) request.set_lead_days(*options.lead_days);
  *request.mutable_from() = DateOf(*from);
  request.set_reason(options.reason);
  const auto answer = (*client)->Call(&cases::v1::CasesService::Stub::StateAim, request);
  if (!answer) return Report(answer.error(), global);
  return Answer({{"authority", options.authority},
                 {"clock", options.clock},
                 {"limit", options.limit},
                 {"lead_days", options.lead_days ? Json(*options.lead_days) : Json(nullptr)},
                 {"from", from->Iso()},
                 {"positions", PositionsJson(answer->positions())}},
                "From " + from->Iso() + " " + options.clock + " is " + options.limit + " in " +
                    options.authority + "\n",
                global);
}

void AddState(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto options = std::make_shared<AimOptions>();
  auto* state =
      group.add_subcommand("state", "State an authority's own limit for a practice aim");
  state->add_option("clock", options->clock, "Id of the clock: a practice aim, never law")
      ->required();
  state->add_option("--authority", options->authority, "The authority's code")->required();
  state->add_option("--limit", options->limit, "Months, weeks or days: 18mo, 14wk, 28d")
      ->required();
  state->add_option("--lead", options->lead_days,
                    "Days before the last permitted day from which it is upcoming; the policy's "
                    "when not stated");
  state->add_option("--from", options->from, "The first day on which it holds, YYYY-MM-DD")
      ->required();
  state->add_option("--reason", options->reason,
                    "Why: of the authority's practice, never of a child; it is stored in the open")
      ->required();
  state->footer(
      "It holds for every clock of the aim that has not stopped before --from.\n\n"
      "Example:\n"
      "  holdfast policy state pace-aim-1 --authority E06000901 --limit 18mo --lead 42 "
      "--from 2026-04-01 --reason 'agreed by the permanence board'");
  RunsWhenChosen(*state, options, global, run, RunState);
}

}  // namespace

void AddPolicyCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand("policy", "The rules that clocks run by");
  group->require_subcommand(1);
  group->footer("Examples:\n  holdfast policy list\n  holdfast policy explain eng-review-1");
  AddState(*group, global, run);

  auto* list = group->add_subcommand("list", "All clocks, with their limits");
  list->footer("Example:\n  holdfast --json policy list");
  RunsWhenChosen(*list, global, run, RunList);

  auto options = std::make_shared<PolicyOptions>();
  auto* explain = group->add_subcommand(
      "explain", "One clock: its limit, what starts and stops it, its source");
  explain->add_option("clock", options->clock, "Id of the clock")->required();
  explain->footer("Example:\n  holdfast policy explain eng-adoption-match-90d");
  RunsWhenChosen(*explain, options, global, run, RunExplain);
}

}  // namespace holdfast::cli
