#include "tools/holdfast/journal_command.h"

#include <chrono>
#include <map>
#include <optional>
#include <thread>

#include "libs/crypto/hardening.h"
#include "libs/journal/journal_reader.h"
#include "services/node/journal_audit.h"
#include "services/node/shared_journals.h"
#include "tools/holdfast/command.h"
#include "tools/holdfast/deployment.h"
#include "tools/holdfast/finding_json.h"
#include "tools/holdfast/journal_copy.h"
#include "tools/holdfast/journal_repair.h"
#include "tools/holdfast/kafka_options.h"

namespace holdfast::cli {
namespace {

constexpr size_t kReadAtOnce_bytes = 4 << 20;

struct ReadingOptions {
  std::string service;
  int partition = -1;
};

Json JsonOf(const Audit& audit) {
  Json partitions = Json::array();
  for (const auto& [partition, state] : audit.partitions) {
    partitions.push_back({{"service", partition.service},
                          {"partition", partition.partition},
                          {"valid", state.valid_records},
                          {"events", state.events},
                          {"void", state.void_records},
                          {"chain", Hex(AsBytes(state.chain))}});
  }
  Json findings = Json::array();
  for (const auto& finding : audit.findings) findings.push_back(FindingJson(finding));
  return {
      {"ok", audit.ok()}, {"partitions", std::move(partitions)}, {"findings", std::move(findings)}};
}

std::string TextOf(const Audit& audit) {
  uint64_t records = 0;
  uint64_t events = 0;
  for (const auto& partition : audit.partitions) {
    records += partition.state.valid_records;
    events += partition.state.events;
  }
  std::string text =
      std::to_string(audit.partitions.size()) + " journals, " + std::to_string(records) +
      " records, " + std::to_string(events) + " events: " +
      (audit.ok() ? "every chain is whole and as all witnesses say\n" : "FAULTS FOUND\n");
  for (const auto& finding : audit.findings) {
    text += "  " + finding.kind;
    if (!finding.partition.service.empty()) {
      text += " " + finding.partition.service + "-" + std::to_string(finding.partition.partition) +
              " at " + std::to_string(finding.offset);
    }
    text += (finding.file.empty() ? "" : " (" + finding.file + ")") + ": " + finding.message + "\n";
  }
  return text;
}

int RunVerify(const GlobalOptions& global) {
  HardenProcess();
  const auto kafka = KafkaSettingsOf(global);
  if (!kafka) return ReportNothingDone(kafka.error(), global);
  if (auto own = RequireOwnJournals(global, "journal"); !*kafka && !own)
    return ReportNothingDone(own.error(), global);
  const auto audit =
      *kafka ? AuditSharedJournals(PathsOf(global), **kafka) : AuditDataFolder(PathsOf(global));
  if (!audit && audit.error().code == StatusCode::kDataLoss) {
    Audit damaged;
    damaged.findings.push_back({.kind = "unreadable",
                                .file = "",
                                .partition = {},
                                .offset = 0,
                                .message = audit.error().message});
    return Answer(JsonOf(damaged), TextOf(damaged), global, kDoneWithFindings);
  }
  if (!audit) return ReportNothingDone(audit.error(), global);
  return Answer(JsonOf(*audit), TextOf(*audit), global, audit->ok() ? kDone : kDoneWithFindings);
}

bool IsWanted(const JournalIdentity& journal, const ReadingOptions& options) {
  const auto& partition = journal.partition;
  return (options.service.empty() || options.service == partition.service) &&
         (options.partition < 0 || static_cast<uint32_t>(options.partition) == partition.partition);
}

// A line a record, with the journal's name before what DumpLine says.
void PrintRecord(const LogPartition& partition, const std::string& line) {
  Json json{{"service", partition.service}, {"partition", partition.partition}};
  json.update(Json::parse(line));
  std::cout << Dump(json) << "\n";
}

// Reads one journal to its end, from where `place` is, and moves that.
Result<void> ReadOn(EventLog& log, const JournalIdentity& journal, bool print,
                    std::optional<journal::v1::Checkpoint>& place) {
  JournalReader reader(log, journal);
  if (place) {
    if (auto resumed = reader.ResumeFrom(*place); !resumed) return resumed;
  }
  while (true) {
    const auto read = reader.ReadOn(
        kReadAtOnce_bytes, [&](const LogRecord& record, JudgedRecord& judged) -> Result<void> {
          if (print)
            PrintRecord(journal.partition,
                        DumpLine(record, judged.verdict, reader.state(), judged.record));
          return {};
        });
    if (!read) return tl::unexpected(read.error());
    if (*read == 0) break;
  }
  place = reader.checkpoint();
  return {};
}

// Journals wherever they are.
struct OpenedJournals {
  JournalsOnDisk disk;
  std::unique_ptr<SharedJournals> shared;  // or
  std::vector<JournalIdentity> journals;

  EventLog& log() const { return shared ? shared->log() : *disk.log; }
};

Result<OpenedJournals> OpenJournalsOf(const GlobalOptions& global) {
  const auto kafka = KafkaSettingsOf(global);
  if (!kafka) return tl::unexpected(kafka.error());
  OpenedJournals opened;
  if (*kafka) {
    auto shared = SharedJournals::Open(**kafka);
    if (!shared) return tl::unexpected(shared.error());
    opened.shared = std::move(*shared);
    opened.journals = opened.shared->Journals();
    return opened;
  }
  if (auto own = RequireOwnJournals(global, "journal"); !own) return tl::unexpected(own.error());
  auto disk = OpenJournals(PathsOf(global).data);
  if (!disk) return tl::unexpected(disk.error());
  opened.disk = std::move(*disk);
  opened.journals = opened.disk.journals;
  return opened;
}

int RunDump(const ReadingOptions& options, const GlobalOptions& global) {
  const auto opened = OpenJournalsOf(global);
  if (!opened) return ReportNothingDone(opened.error(), global);
  for (const auto& journal : opened->journals) {
    std::optional<journal::v1::Checkpoint> start;
    if (!IsWanted(journal, options)) continue;
    if (auto printed = ReadOn(opened->log(), journal, true, start); !printed)
      return ReportNothingDone(printed.error(), global);
  }
  return kDone;
}

// Until it is interrupted. A log on disk is opened anew each time: what was opened does not grow.
int RunTail(const ReadingOptions& options, const GlobalOptions& global) {
  std::map<LogPartition, std::optional<journal::v1::Checkpoint>> places;
  auto opened = OpenJournalsOf(global);
  for (bool is_new = false; std::cout.good(); is_new = true) {
    if (!opened) return ReportNothingDone(opened.error(), global);
    for (const auto& journal : opened->journals) {
      if (!IsWanted(journal, options)) continue;
      const auto read = ReadOn(opened->log(), journal, is_new, places[journal.partition]);
      if (!read) return ReportNothingDone(read.error(), global);
    }
    std::cout << std::flush;
    std::this_thread::sleep_for(std::chrono::seconds(1));
    if (!opened->shared) opened = OpenJournalsOf(global);
  }
  return kDone;
}

void AddReadingOptions(CLI::App& command, ReadingOptions& options) {
  command.add_option("--service", options.service, "Only this service's journals");
  command.add_option("--partition", options.partition, "Only this partition's");
}

}  // namespace

void AddJournalCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group =
      app.add_subcommand("journal", "The journals, read where they lie, served meanwhile or not");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  holdfast journal verify\n"
      "  holdfast journal dump --service cases --partition 3\n"
      "  holdfast journal tail\n"
      "  holdfast --log kafka:127.0.0.1:19092 journal verify\n"
      "  holdfast journal repair --dry-run");

  auto* verify = group->add_subcommand(
      "verify", "Recompute every chain, and compare it with every witness, key and state");
  verify->footer("Example:\n  holdfast --json journal verify");
  RunsWhenChosen(*verify, global, run, RunVerify);

  auto dumped = std::make_shared<ReadingOptions>();
  auto* dump =
      group->add_subcommand("dump", "Every record, a line of JSON each, without what events say");
  AddReadingOptions(*dump, *dumped);
  dump->footer("Example:\n  holdfast journal dump --service cases --partition 3");
  RunsWhenChosen(*dump, dumped, global, run, RunDump);

  auto followed = std::make_shared<ReadingOptions>();
  auto* tail = group->add_subcommand("tail", "New records as they come, until it is interrupted");
  AddReadingOptions(*tail, *followed);
  tail->footer("Example:\n  holdfast journal tail --service alerting");
  RunsWhenChosen(*tail, followed, global, run, RunTail);

  AddJournalRepair(*group, global, run);
  AddJournalCopy(*group, global, run);
}

}  // namespace holdfast::cli
