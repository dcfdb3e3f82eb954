#include "tools/holdfast/policy_command.h"

#include <fmt/format.h>

#include "libs/policy/explain.h"
#include "libs/policy/policy_set.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

struct PolicyOptions {
  std::string clock;
};

Json DayJson(const std::optional<CivilDate>& day) { return day ? Json(day->Iso()) : Json(nullptr); }

Json SummaryOf(const PolicyClock& clock, const Pack& pack) {
  return {{"clock", clock.id},
          {"title", clock.title},
          {"pack", pack.name},
          {"jurisdiction", pack.jurisdiction},
          {"limit", DescribeLimit(clock.limit) + " " + std::string(NameOf(clock.starts_at))},
          {"source", clock.source},
          {"confidence", ConfidenceMark(ConfidenceOf(clock, ShippedPolicies()))}};
}

Json JsonOf(const PolicyClock& clock, const Pack& pack) {
  Json json = SummaryOf(clock, pack);
  json["text"] = clock.text;
  json["starts_at"] = NameOf(clock.starts_at);
  json["stops_at"] = Json::array();
  for (const StopEvent event : clock.stops_at) json["stops_at"].push_back(NameOf(event));
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
  line("limit", DescribeLimit(clock.limit) + " " + std::string(NameOf(clock.starts_at)));
  for (const StopEvent event : clock.stops_at) line("stops when", std::string(NameOf(event)));
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

}  // namespace

void AddPolicyCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand("policy", "The rules that clocks run by");
  group->require_subcommand(1);
  group->footer("Examples:\n  holdfast policy list\n  holdfast policy explain eng-review-1");

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
