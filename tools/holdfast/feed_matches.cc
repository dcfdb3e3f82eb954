#include "tools/holdfast/feed_matches.h"

#include "holdfast/proceedings/v1/proceedings_service.grpc.pb.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/client.h"

namespace holdfast::cli {
namespace {

using proceedings::v1::ProceedingsService;
using Stub = ProceedingsService::Stub;

struct MatchOptions {
  std::string source;
  std::string authority;
  std::string item;
  std::string child;
  std::string reason;
};

Result<std::string> ReadId(const char* what, const std::string& text) {
  const auto bytes = FromHex(text);
  if (bytes && bytes->size() == 16) return *bytes;
  return Fail(StatusCode::kInvalidArgument, "USAGE",
              "'" + text + "' is not the id of " + what + ": 32 hexadecimal digits");
}

Json JsonOf(const proceedings::v1::UnmatchedItem& item) {
  return {{"item", Hex(item.item())},
          {"source", item.source()},
          {"event_id", item.event_id()},
          {"kind", item.kind()},
          {"on", DayOf(item.on()).value_or(CivilDate()).Iso()},
          {"reason", item.reason()}};
}

int RunUnmatched(const MatchOptions& options, const GlobalOptions& global) {
  if (!options.source.empty() && !options.authority.empty()) {
    return Report({StatusCode::kInvalidArgument, "USAGE", "either --source or --authority"},
                  global);
  }
  const ActsAs acts_as =
      options.source.empty()
          ? ActsAs{.role = Role::kWorker, .authority = options.authority}
          : ActsAs{.role = RoleOfSource(global, options.source), .authority = options.source};
  auto client = Client::Open(global, acts_as);
  if (!client) return Report(client.error(), global);
  proceedings::v1::ListUnmatchedRequest request;
  request.set_source(options.source);
  request.set_authority(options.authority);
  request.set_limit(1000);
  Json items = Json::array();
  std::string text;
  do {
    const auto answer = (*client)->Call(&Stub::ListUnmatched, request);
    if (!answer) return Report(answer.error(), global);
    for (const auto& item : answer->items()) {
      items.push_back(JsonOf(item));
      text += Hex(item.item()) + "  " + item.source() + " " + item.event_id() + "  " + item.kind() +
              " on " + DayOf(item.on()).value_or(CivilDate()).Iso() + ": " + item.reason() + "\n";
    }
    request.set_page(answer->next_page());
  } while (!request.page().empty());
  return Answer({{"items", std::move(items)}}, text.empty() ? "Nothing is unmatched\n" : text,
                global);
}

template <typename Request, typename Response>
int Match(const MatchOptions& options, const GlobalOptions& global,
          grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
  const auto item = ReadId("an item", options.item);
  if (!item) return Report(item.error(), global);
  const auto child = ReadId("a child", options.child);
  if (!child) return Report(child.error(), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  Request request;
  *request.mutable_header() = (*client)->NewHeader();
  request.set_item(*item);
  request.set_child(*child);
  request.set_reason(options.reason);
  const auto answer = (*client)->Call(method, request);
  if (!answer) return Report(answer.error(), global);
  return Answer(
      {{"item", options.item},
       {"child", options.child},
       {"result", answer->result()},
       {"positions", PositionsJson(answer->positions())}},
      answer->result() + ": item " + options.item + " is of child " + options.child + "\n", global);
}

int RunMatch(const MatchOptions& options, const GlobalOptions& global) {
  return Match(options, global, &Stub::MatchItem);
}

int RunRematch(const MatchOptions& options, const GlobalOptions& global) {
  return Match(options, global, &Stub::RematchItem);
}

void AddMatch(CLI::App& command, MatchOptions& options) {
  command.add_option("item", options.item, "The item's id")->required();
  command.add_option("--child", options.child, "The id of the child that it is of")->required();
  command.add_option("--reason", options.reason, "Why")->required();
  command.add_option("--authority", options.authority,
                     "Code of the child's authority, where KEYS has several");
}

}  // namespace

void AddFeedMatchCommands(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto options = std::make_shared<MatchOptions>();
  auto* unmatched = group.add_subcommand(
      "unmatched", "Items of which it is not known whose they are, or whose child has no record");
  unmatched->add_option("--source", options->source, "Of this source");
  unmatched->add_option("--authority", options->authority, "Naming this authority");
  unmatched->footer(
      "Examples:\n"
      "  holdfast feed unmatched --authority E06000901\n"
      "  holdfast feed unmatched --source family-court-a");
  RunsWhenChosen(*unmatched, options, global, run, RunUnmatched);

  auto* match = group.add_subcommand(
      "match", "Say whose an item is; other items with its case reference follow");
  AddMatch(*match, *options);
  match->footer(
      "Example:\n  holdfast feed match 5f0c... --child 9a41... --reason 'seen in the report'");
  RunsWhenChosen(*match, options, global, run, RunMatch);

  auto* rematch = group.add_subcommand("rematch", "Say that an item is another child's");
  AddMatch(*rematch, *options);
  rematch->footer(
      "Example:\n  holdfast feed rematch 5f0c... --child 9a41... --reason 'her sister'");
  RunsWhenChosen(*rematch, options, global, run, RunRematch);
}

}  // namespace holdfast::cli
