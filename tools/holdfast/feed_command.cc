#include "tools/holdfast/feed_command.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <map>

#include "libs/rpc/at_least.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"
#include "tools/holdfast/feed_file.h"
#include "tools/holdfast/feed_matches.h"
#include "tools/holdfast/feed_stream.h"
#include "tools/holdfast/progress.h"

namespace holdfast::cli {
namespace {

using google::protobuf::util::MessageDifferencer;
using proceedings::v1::StreamItemsRequest;
using proceedings::v1::StreamItemsResponse;

constexpr const char* kOutcomes[] = {"accepted", "same", "changed", "stale", "parked", "refused"};

struct FeedOptions {
  std::string file;
  std::string source;
  bool dry_run = false;
};

Json OrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json JsonOf(uint64_t line, const StreamItemsResponse& receipt) {
  return {{"line", line},
          {"event_id", receipt.event_id()},
          {"outcome", receipt.outcome()},
          {"reason", OrNull(receipt.reason())},
          {"field", OrNull(receipt.field())},
          {"item", OrNull(Hex(receipt.item()))},
          {"child", OrNull(Hex(receipt.child()))}};
}

// What the file came to.
class FeedTotals {
 public:
  FeedTotals() {
    for (const char* outcome : kOutcomes) counts_[outcome] = 0;
  }

  void Count(uint64_t line, const StreamItemsResponse& receipt) {
    ++counts_[receipt.outcome()];
    receipts_.push_back(JsonOf(line, receipt));
    KeepLatest(positions_, receipt.positions());
    if (receipt.outcome() != "parked" && receipt.outcome() != "refused") return;
    text_ += "  line " + std::to_string(line) + ": " + receipt.outcome() + ", " + receipt.reason();
    if (!receipt.field().empty()) text_ += " (" + receipt.field() + ")";
    text_ += "\n";
  }

  int Answer(const FeedOptions& options, const GlobalOptions& global) const {
    Json outcomes;
    std::string summary;
    for (const char* outcome : kOutcomes) {
      const uint64_t count = counts_.at(outcome);
      outcomes[outcome] = count;
      summary += (summary.empty() ? "" : ", ") + std::string(outcome) + " " + std::to_string(count);
    }
    const bool clean = counts_.at("parked") + counts_.at("refused") == 0;
    return cli::Answer({{"source", options.source},
                        {"dry_run", options.dry_run},
                        {"total", receipts_.size()},
                        {"outcomes", std::move(outcomes)},
                        {"receipts", receipts_},
                        {"positions", PositionsJson(positions_)}},
                       (options.dry_run ? "would be: " : "") + summary + "\n" + text_, global,
                       clean ? kDone : kDoneWithFindings);
  }

 private:
  std::map<std::string, uint64_t> counts_;
  Json receipts_ = Json::array();
  Positions positions_;
  std::string text_;
};

// Of a message, so many versions go with a dry run: a file that names all its messages alike has
// as many as lines.
constexpr size_t kMostEarlier = 20;

// Of a dry run: with each item, those before it that are of the same message, once each. Those
// without an event id are refused, and are of none.
void AddEarlier(std::vector<StreamItemsRequest>& items) {
  std::map<std::string, std::vector<StreamItemsRequest>> by_event_id;
  for (auto& item : items) {
    if (item.event_id().empty()) continue;
    auto& before = by_event_id[item.event_id()];
    auto plain = item;
    plain.clear_sequence();
    const auto is_same = [&](const StreamItemsRequest& other) {
      return MessageDifferencer::Equals(other, plain);
    };
    item.mutable_earlier()->Assign(before.begin(), before.end());
    if (before.size() < kMostEarlier && std::ranges::none_of(before, is_same))
      before.push_back(std::move(plain));
  }
}

int RunFeed(const FeedOptions& options, const GlobalOptions& global) {
  if (options.file.empty() || options.source.empty()) {
    return Report({StatusCode::kInvalidArgument, "USAGE",
                   "holdfast feed FILE --source NAME, or one of: unmatched, match, rematch"},
                  global);
  }
  const auto rows = ReadFeedFile(options.file);
  if (!rows) return Report(rows.error(), global);
  auto client = Client::Open(
      global, {.role = RoleOfSource(global, options.source), .authority = options.source});
  if (!client) return Report(client.error(), global);
  std::vector<StreamItemsRequest> items;
  for (const auto& row : *rows) {
    if (!row.why_not.empty()) continue;
    auto& item = items.emplace_back(row.item);
    item.set_source(options.source);
    item.set_sequence(row.line);
    item.set_dry_run(options.dry_run);
  }
  if (options.dry_run) AddEarlier(items);
  ProgressLine line("feeding");
  const auto receipts =
      StreamAll(**client, items, [&](size_t done) { line.Show(done, items.size()); });
  if (!receipts) return Report(receipts.error(), global);
  FeedTotals totals;
  auto next = receipts->begin();
  for (const auto& row : *rows) {
    if (row.why_not.empty()) {
      totals.Count(row.line, *next++);
      continue;
    }
    StreamItemsResponse refused;
    refused.set_event_id(row.item.event_id());
    refused.set_outcome("refused");
    refused.set_reason(row.why_not);
    refused.set_field(row.field);
    totals.Count(row.line, refused);
  }
  return totals.Answer(options, global);
}

}  // namespace

void AddFeedCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto options = std::make_shared<FeedOptions>();
  auto* feed = app.add_subcommand("feed", "Feed what a court or children's reporter states");
  feed->require_subcommand(0, 1);
  feed->add_option("file", options->file,
                   "A .csv or .ndjson with the columns event_id,sent_at,kind,on,ref,authority,"
                   "local_id,case_ref,name,born,code,until,after,reason");
  feed->add_option("--source", options->source, "The source's name");
  feed->add_flag("--dry-run", options->dry_run, "Say what would come of it, and store nothing");
  feed->footer(
      "A file is safe to send again whole. A line that cannot be read is refused, and all others are "
      "sent.\n"
      "Exit code 1: items were parked or refused.\n"
      "Examples:\n"
      "  holdfast feed hearings.csv --source family-court-a --dry-run\n"
      "  holdfast feed hearings.csv --source family-court-a\n"
      "  holdfast feed unmatched --authority E06000901\n"
      "  holdfast feed match 5f0c... --child 9a41... --reason 'seen in the report'");
  feed->callback([=, &global, &run] {
    // A subcommand has been chosen before this is called.
    if (feed->get_subcommands().empty()) run = [=, &global] { return RunFeed(*options, global); };
  });
  AddFeedMatchCommands(*feed, global, run);
}

}  // namespace holdfast::cli
