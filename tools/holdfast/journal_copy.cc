#include "tools/holdfast/journal_copy.h"

#include "libs/crypto/hardening.h"
#include "libs/journal/record.h"
#include "services/node/copy_deployment.h"
#include "tools/holdfast/deployment.h"
#include "tools/holdfast/kafka_options.h"
#include "tools/holdfast/progress.h"

namespace holdfast::cli {
namespace {

constexpr std::string_view kFolder = "embedded:";

struct CopyOptions {
  std::string from;
  std::string to;
  bool dry_run = false;
};

Result<LogPlace> PlaceOf(const std::string& text, const char* option, const GlobalOptions& global) {
  if (text.starts_with(kFolder) && text.size() > kFolder.size()) {
    return std::filesystem::absolute(text.substr(kFolder.size()));
  }
  GlobalOptions there = global;
  there.log = text;
  if (text != kEmbedded) {
    auto kafka = KafkaSettingsOf(there);
    if (kafka && *kafka) return std::move(**kafka);
  }
  return Fail(
      StatusCode::kInvalidArgument, "USAGE",
      std::string(option) + " takes embedded:DIR, or kafka:HOST:PORT,..; not '" + text + "'");
}

Json JsonOf(const DeploymentCopy& copy, bool dry_run) {
  Json partitions = Json::array();
  for (const JournalCopy& journal : copy.journals) {
    partitions.push_back({{"service", journal.partition.service},
                          {"partition", journal.partition.partition},
                          {"valid", journal.source.valid_records},
                          {"events", journal.source.events},
                          {"chain", Hex(AsBytes(journal.source.chain))},
                          {"equal", journal.equal()}});
  }
  return {{"partitions", std::move(partitions)}, {"keys", copy.keys}, {"dry_run", dry_run}};
}

std::string TextOf(const DeploymentCopy& copy, bool dry_run) {
  uint64_t records = 0;
  uint64_t events = 0;
  for (const JournalCopy& journal : copy.journals) {
    records += journal.source.valid_records;
    events += journal.source.events;
  }
  return std::to_string(copy.journals.size()) + " journals, " + std::to_string(records) +
         " records, " + std::to_string(events) + " events, " + std::to_string(copy.keys) +
         " data keys" +
         (dry_run ? " would be copied; nothing was\n"
                  : " copied: chains and positions are the same in both\n");
}

int RunCopy(const CopyOptions& options, const GlobalOptions& global) {
  HardenProcess();
  auto from = PlaceOf(options.from, "--from", global);
  if (!from) return ReportNothingDone(from.error(), global);
  auto to = PlaceOf(options.to, "--to", global);
  if (!to) return ReportNothingDone(to.error(), global);
  if (options.from == options.to) {
    return ReportNothingDone(
        {StatusCode::kInvalidArgument, "USAGE", "--from and --to are the same log"}, global);
  }
  ProgressLine progress("copying journals");
  const auto copy = CopyDeployment(
      {.from = std::move(*from),
       .to = std::move(*to),
       .paths = PathsOf(global),
       .dry_run = options.dry_run,
       .progress = [&progress](size_t done, size_t all) { progress.Show(done, all); }},
      SystemClock());
  if (!copy) return Report(copy.error(), global);
  const bool all_equal = std::ranges::all_of(copy->journals, &JournalCopy::equal);
  return Answer(JsonOf(*copy, options.dry_run), TextOf(*copy, options.dry_run), global,
                all_equal || options.dry_run ? kDone : kDoneWithFindings);
}

}  // namespace

void AddJournalCopy(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto options = std::make_shared<CopyOptions>();
  auto* copy = group.add_subcommand(
      "copy",
      "Take a whole deployment to another log: journals with their chains and positions, then the "
      "key store. Nobody may serve either meanwhile; the source is left as it is");
  copy->add_option("--from", options->from, "embedded:DIR, or kafka:HOST:PORT,..")->required();
  copy->add_option("--to", options->to,
                   "The same: a folder that is not there yet, or topics that were just applied, "
                   "with as many partitions")
      ->required();
  copy->add_flag("--dry-run", options->dry_run, "Only read the source, and look at the target");
  copy->footer(
      "The keys folder is that of both; on Kafka --kafka-config and --topic-prefix count. A copy "
      "that was cut off goes on when it is made again.\n"
      "Examples:\n"
      "  holdfast journal copy --from embedded:./data --to kafka:127.0.0.1:19092\n"
      "  holdfast --json journal copy --from kafka:127.0.0.1:19092 --to embedded:./copy --dry-run");
  RunsWhenChosen(*copy, options, global, run, RunCopy);
}

}  // namespace holdfast::cli
