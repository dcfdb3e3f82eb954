#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "tools/holdfast/fact_options.h"
#include "tools/holdfast/meeting_command.h"
#include "tools/holdfast/meeting_json.h"
#include "tools/holdfast/meeting_options.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

int RunShow(const MeetingOptions& options, const GlobalOptions& global) {
  const auto meeting = ReadId("a meeting", options.meeting);
  if (!meeting) return Report(meeting.error(), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  cases::v1::ShowMeetingRequest request;
  request.set_authority((*client)->authority());
  request.set_meeting(*meeting);
  const auto answer = (*client)->Call(&Stub::ShowMeeting, request);
  if (!answer) return Report(answer.error(), global);
  return Answer(MeetingJson(answer->view()), MeetingText(answer->view()), global);
}

int RunList(const MeetingOptions& options, const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  cases::v1::ListMeetingsRequest request;
  request.set_authority((*client)->authority());
  request.set_state(options.state);
  request.set_limit(options.limit);
  request.set_page(options.page);
  const auto answer = (*client)->Call(&Stub::ListMeetings, request);
  if (!answer) return Report(answer.error(), global);
  std::string text = MeetingsText(answer->meetings());
  const Json next = answer->next_page().empty() ? Json(nullptr) : Json(answer->next_page());
  if (!answer->next_page().empty()) text += "more: --page " + answer->next_page() + "\n";
  return Answer({{"authority", (*client)->authority()},
                 {"next_page", next},
                 {"meetings", MeetingsJson(answer->meetings())}},
                text, global);
}

}  // namespace

void AddMeetingReads(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* show = group.add_subcommand("show", "One meeting, with its place and notes; audited");
  auto shown = NewMeetingOptions(*show, false);
  show->add_option("meeting", shown->meeting, "Id of the meeting")->required();
  show->footer("Example:\n  holdfast meeting show 4c1b...");
  RunsWhenChosen(*show, shown, global, run, RunShow);

  auto* list = group.add_subcommand("list", "The meetings of an authority, by day");
  auto listed = NewMeetingOptions(*list, false);
  list->add_option("--state", listed->state, "In this state alone")
      ->check(CLI::IsMember({"planned", "held", "cancelled", "withdrawn"}));
  list->add_option("--limit", listed->limit, "At most this many, 1 to 1000; without it 100")
      ->check(CLI::Range(1, 1000));
  list->add_option("--page", listed->page, "Where the page before ended, as it said");
  list->footer(
      "Examples:\n"
      "  holdfast meeting list --authority E06000901 --state planned\n"
      "  holdfast --json meeting list --limit 50");
  RunsWhenChosen(*list, listed, global, run, RunList);
}

}  // namespace holdfast::cli
