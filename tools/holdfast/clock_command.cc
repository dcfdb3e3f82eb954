#include "tools/holdfast/clock_command.h"

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

using alerting::v1::AlertingService;

// A day is begun by each partition in turn, and alerts are raised as it goes: a long leap takes its
// time.
constexpr std::chrono::minutes kLongestLeap{30};

struct ClockOptions {
  std::string day;
};

int AnswerWith(Client& client, const GlobalOptions& global) {
  const auto shown =
      client.Call(&AlertingService::Stub::ShowClock, alerting::v1::ShowClockRequest());
  if (!shown) return Report(shown.error(), global);
  const std::string day = IsoOf(shown->day());
  const std::string refused = shown->refused();
  return Answer({{"mode", shown->mode()},
                 {"day", day.empty() ? Json(nullptr) : Json(day)},
                 {"refused", refused.empty() ? Json(nullptr) : Json(refused)}},
                day + " (" + shown->mode() + " clock)\n" +
                    (refused.empty() ? ""
                                     : "The clock is refused: " + refused +
                                           "; see: holdfast clock accept --help\n"),
                global);
}

int RunShow(const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kOperator});
  if (!client) return Report(client.error(), global);
  return AnswerWith(**client, global);
}

int RunSet(const ClockOptions& options, const GlobalOptions& global) {
  const auto day = CivilDate::FromIso(options.day);
  if (!day)
    return Report(
        {StatusCode::kInvalidArgument, "USAGE", "'" + options.day + "' is not a day, YYYY-MM-DD"},
        global);
  auto client = Client::Open(global, {.role = Role::kOperator});
  if (!client) return Report(client.error(), global);
  alerting::v1::SetClockRequest request;
  *request.mutable_day() = DateOf(*day);
  const auto set = (*client)->Call(&AlertingService::Stub::SetClock, request, kLongestLeap);
  if (!set) return Report(set.error(), global);
  return AnswerWith(**client, global);
}

int RunAccept(const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kOperator});
  if (!client) return Report(client.error(), global);
  const auto accepted = (*client)->Call(&AlertingService::Stub::AcceptClock,
                                        alerting::v1::AcceptClockRequest(), kLongestLeap);
  if (!accepted) return Report(accepted.error(), global);
  return AnswerWith(**client, global);
}

}  // namespace

void AddClockCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand("clock", "The deployment's day");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  holdfast clock show\n"
      "  holdfast clock set 2026-05-16\n"
      "  holdfast clock accept");

  auto* show = group->add_subcommand("show", "The day that every part of Holdfast has begun");
  show->footer("Example:\n  holdfast --json clock show");
  RunsWhenChosen(*show, global, run, RunShow);

  auto options = std::make_shared<ClockOptions>();
  auto* set = group->add_subcommand(
      "set", "Set the day of a manual clock, never back; returns when all have begun it");
  set->add_option("day", options->day, "The day, YYYY-MM-DD")->required();
  set->footer("Example:\n  holdfast clock set 2026-05-16");
  RunsWhenChosen(*set, options, global, run, RunSet);

  auto* accept = group->add_subcommand(
      "accept", "Go by the system's clock although it leapt: once a person has checked it");
  accept->footer("Example:\n  holdfast clock accept");
  RunsWhenChosen(*accept, global, run, RunAccept);
}

}  // namespace holdfast::cli
