#include "tools/holdfast/case_calendar.h"

#include <fmt/format.h>

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

namespace v1 = alerting::v1;

struct CalendarOptions {
  std::string child;
  std::string authority;
};

Json JsonOf(const v1::CalendarItemView& item) {
  return {{"on", DayOf(item.on())->Iso()},   {"what", item.what()},   {"clock", item.clock()},
          {"entry", Hex(item.entry())},      {"state", item.state()}, {"source", item.source()},
          {"confidence", item.confidence()}, {"why", item.why()}};
}

int RunCalendar(const CalendarOptions& options, const GlobalOptions& global) {
  const auto child = FromHex(options.child);
  if (!child || child->size() != 16) {
    return Report({StatusCode::kInvalidArgument, "USAGE",
                   "'" + options.child + "' is not the id of a child: 32 hexadecimal digits"},
                  global);
  }
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  v1::ShowCalendarRequest request;
  request.set_child(*child);
  const auto answer = (*client)->Call(&v1::AlertingService::Stub::ShowCalendar, request);
  if (!answer) return Report(answer.error(), global);
  Json items = Json::array();
  std::string text = answer->local_id() + " from " + DayOf(answer->day())->Iso() + ":\n";
  for (const auto& item : answer->items()) {
    items.push_back(JsonOf(item));
    text += fmt::format("  {}  {:<9} {:<13} {}\n", DayOf(item.on())->Iso(), item.what(),
                        item.state(), item.why());
  }
  if (answer->items().empty()) text += "  nothing is due\n";
  return Answer({{"day", DayOf(answer->day())->Iso()},
                 {"child", Hex(answer->child())},
                 {"items", std::move(items)}},
                text, global);
}

}  // namespace

void AddCaseCalendar(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto options = std::make_shared<CalendarOptions>();
  auto* calendar = group.add_subcommand(
      "calendar", "Every deadline, review and hearing that follows for a child from today");
  calendar->add_option("--child", options->child, "Id of the child")->required();
  calendar->add_option("--authority", options->authority,
                       "Code of the authority, where KEYS has several");
  calendar->footer("Example:\n  holdfast case calendar --child 0f3a...");
  RunsWhenChosen(*calendar, options, global, run, RunCalendar);
}

}  // namespace holdfast::cli
