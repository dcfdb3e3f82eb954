#include "tools/holdfast/meeting_command.h"

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "tools/holdfast/fact_options.h"
#include "tools/holdfast/meeting_options.h"

namespace holdfast::cli {
namespace {

namespace v1 = cases::v1;
using Stub = v1::CasesService::Stub;

Result<Opened> Open(const MeetingOptions& options, const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return tl::unexpected(client.error());
  auto header = (*client)->HeaderWithId(options.command_id);
  if (!header) return tl::unexpected(header.error());
  header->set_authority((*client)->authority());
  return Opened{std::move(*client), std::move(*header)};
}

// Calls as a worker and shows the answer.
template <typename Request, typename Response>
int Post(const MeetingOptions& options, const GlobalOptions& global,
         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
         Request request) {
  auto opened = Open(options, global);
  if (!opened) return Report(opened.error(), global);
  *request.mutable_header() = opened->header;
  const auto answer = opened->client->Call(method, request);
  if (!answer) return Report(answer.error(), global);
  return Answer({{"meeting", Hex(answer->meeting())},
                 {"result", answer->result()},
                 {"positions", PositionsJson(answer->positions())}},
                answer->result() + ": meeting " + Hex(answer->meeting()) + "\n", global);
}

template <typename Request>
Result<void> Say(const MeetingOptions& options, Request& request) {
  const auto said = ReadSaid(options);
  if (!said) return tl::unexpected(said.error());
  *request.mutable_said() = *said;
  request.set_place(options.place);
  request.set_notes(options.notes);
  if constexpr (requires { request.meeting(); }) {
    if (options.meeting.empty()) return {};
    const auto meeting = ReadId("a meeting", options.meeting);
    if (!meeting) return tl::unexpected(meeting.error());
    request.set_meeting(*meeting);
  }
  return {};
}

int RunPlan(const MeetingOptions& options, const GlobalOptions& global) {
  v1::PlanMeetingRequest request;
  if (const auto said = Say(options, request); !said) return Report(said.error(), global);
  return Post(options, global, &Stub::PlanMeeting, std::move(request));
}

int RunHold(const MeetingOptions& options, const GlobalOptions& global) {
  if (options.meeting.empty() == options.kind.empty())
    return Report(Usage("name the meeting that was planned, or say --kind of one that was not"),
                  global);
  v1::HoldMeetingRequest request;
  if (const auto said = Say(options, request); !said) return Report(said.error(), global);
  return Post(options, global, &Stub::HoldMeeting, std::move(request));
}

int RunCorrect(const MeetingOptions& options, const GlobalOptions& global) {
  v1::CorrectMeetingRequest request;
  if (const auto said = Say(options, request); !said) return Report(said.error(), global);
  request.set_reason(options.reason);
  return Post(options, global, &Stub::CorrectMeeting, std::move(request));
}

template <typename Request, typename Response>
int End(const MeetingOptions& options, const GlobalOptions& global,
        grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
  const auto meeting = ReadId("a meeting", options.meeting);
  if (!meeting) return Report(meeting.error(), global);
  Request request;
  request.set_meeting(*meeting);
  request.set_reason(options.reason);
  return Post(options, global, method, std::move(request));
}

int RunCancel(const MeetingOptions& options, const GlobalOptions& global) {
  return End(options, global, &Stub::CancelMeeting);
}

int RunWithdraw(const MeetingOptions& options, const GlobalOptions& global) {
  return End(options, global, &Stub::WithdrawMeeting);
}

constexpr char kKinds[] = "review plan_meeting panel hearing core_group";

void AddPlan(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = group.add_subcommand("plan", "Set a meeting; each of its children shows it");
  auto options = NewMeetingOptions(*command, true);
  command->add_option("kind", options->kind, kKinds)->required();
  command->add_option("--on", options->planned, "The day it is planned for")->required();
  AddSaidOptions(*command, *options);
  command->footer(
      "Examples:\n"
      "  holdfast meeting plan review --on 2026-06-20 --time 14:00 --child 8d3e... --chair "
      "reviewer --chair-independent yes --invited child,carer,parent --place 'the library'\n"
      "  holdfast meeting plan hearing --on 2026-06-22 --child 8d3e...");
  RunsWhenChosen(*command, options, global, run, RunPlan);
}

void AddHold(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = group.add_subcommand(
      "hold", "Say that a meeting was held: each of its children states what follows");
  auto options = NewMeetingOptions(*command, true);
  command->add_option("meeting", options->meeting, "Id of a meeting that was planned");
  command->add_option("--kind", options->kind, std::string("Of one that was not: ") + kKinds);
  command->add_option("--on", options->held, "The day it was held")->required();
  AddSaidOptions(*command, *options);
  command->footer(
      "Examples:\n"
      "  holdfast meeting hold 4c1b... --on 2026-05-14 --came child,carer --notes 'wants to stay'\n"
      "  holdfast meeting hold --kind review --on 2026-05-12 --child 8d3e...=PN1\n"
      "  holdfast meeting hold --kind panel --on 2026-05-13 --child 8d3e...=adoption --decision "
      "what=plan,code=adoption,by=social_worker,due=2026-07-01");
  RunsWhenChosen(*command, options, global, run, RunHold);
}

void AddCorrect(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = group.add_subcommand(
      "correct", "Correct what was said of a meeting, and what its children state of it");
  auto options = NewMeetingOptions(*command, true);
  command->add_option("meeting", options->meeting, "Id of the meeting")->required();
  command->add_option("--kind", options->kind, kKinds);
  command->add_option("--on", options->held, "The day it was held");
  command->add_option("--planned", options->planned, "The day it is planned for");
  AddSaidOptions(*command, *options);
  command->add_option("--reason", options->reason, "Why")->required();
  command->footer(
      "Example:\n  holdfast meeting correct 4c1b... --on 2026-05-13 --reason 'the minute says so'");
  RunsWhenChosen(*command, options, global, run, RunCorrect);
}

void AddEnd(CLI::App& group, const GlobalOptions& global, std::function<int()>& run,
            const char* name, const char* what,
            int (*body)(const MeetingOptions&, const GlobalOptions&)) {
  auto* command = group.add_subcommand(name, what);
  auto options = NewMeetingOptions(*command, true);
  command->add_option("meeting", options->meeting, "Id of the meeting")->required();
  command->add_option("--reason", options->reason, "Why")->required();
  command->footer(std::string("Example:\n  holdfast meeting ") + name +
                  " 4c1b... --reason 'set for the wrong children'");
  RunsWhenChosen(*command, options, global, run, body);
}

}  // namespace

void AddMeetingCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand(
      "meeting", "Meetings of several children of an authority, and what they mean for each");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  holdfast meeting hold --kind review --on 2026-05-12 --child 8d3e...=PN1\n"
      "  holdfast meeting list --authority E06000901 --state planned");
  AddPlan(*group, global, run);
  AddHold(*group, global, run);
  AddCorrect(*group, global, run);
  AddEnd(*group, global, run, "cancel", "Say that a planned meeting will not be held", RunCancel);
  AddEnd(*group, global, run, "withdraw",
         "Take a meeting back, with what its children state of it: it was never so", RunWithdraw);
  AddMeetingReads(*group, global, run);
}

}  // namespace holdfast::cli
