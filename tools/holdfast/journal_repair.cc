#include "tools/holdfast/journal_repair.h"

#include <algorithm>

#include "libs/crypto/hardening.h"
#include "libs/rpc/certificates.h"
#include "services/node/create_data.h"
#include "services/node/shared_repair.h"
#include "tools/holdfast/deployment.h"
#include "tools/holdfast/finding_json.h"
#include "tools/holdfast/kafka_options.h"
#include "tools/holdfast/progress.h"

namespace holdfast::cli {
namespace {

namespace fs = std::filesystem;

struct RepairOptions {
  bool dry_run = false;
  std::string to_prefix;               // this and the next with --log kafka:HOST:PORT
  std::vector<std::string> witnesses;  // data folders
};

Json JsonOf(const JournalRepair& repair, const RepairOptions& options) {
  Json partitions = Json::array();
  for (const LostEnd& lost : repair.lost) {
    const bool has_events = lost.events() > 0;
    partitions.push_back({{"service", lost.partition.service},
                          {"partition", lost.partition.partition},
                          {"offset", lost.next_offset},
                          {"events", lost.events()},
                          {"from", has_events ? Json(lost.from) : Json(nullptr)},
                          {"to", has_events ? Json(lost.to) : Json(nullptr)},
                          {"witness", lost.witness},
                          {"chain", lost.chain.empty() ? Json(nullptr) : Json(Hex(lost.chain))},
                          {"made_from_lost", lost.is_cut}});
  }
  Json findings = Json::array();
  for (const auto& finding : repair.findings) findings.push_back(FindingJson(finding));
  return {{"ok", repair.lost.empty()},
          {"dry_run", options.dry_run},
          {"done", repair.done},
          {"aside", repair.aside.empty() ? Json(nullptr) : Json(repair.aside.string())},
          {"to_prefix", options.to_prefix.empty() ? Json(nullptr) : Json(options.to_prefix)},
          {"partitions", std::move(partitions)},
          {"unreadable", repair.unreadable},
          {"findings", std::move(findings)}};
}

std::string TextOf(const JournalRepair& repair, const RepairOptions& options) {
  if (repair.findings.empty())
    return "nothing to repair: every chain is whole and as all witnesses say\n";
  std::string text = options.dry_run ? "What a repair would do (nothing was changed):\n"
                     : repair.done   ? "Repaired:\n"
                                     : "Nothing was changed:\n";
  for (const auto& finding : repair.findings)
    text += "  " + finding.kind + (finding.file.empty() ? "" : " " + finding.file) + ": " +
            finding.message + "\n";
  for (const auto& line : repair.unreadable) text += "  cannot be read: " + line + "\n";
  for (const auto& lost : repair.lost) {
    text += "  lost: " + lost.partition.service + "/" + std::to_string(lost.partition.partition) +
            " events " + std::to_string(lost.from) + " to " + std::to_string(lost.to) + ", by " +
            lost.witness + (lost.is_cut ? " (made from events that are lost)" : "") + "\n";
  }
  if (repair.lost.empty()) text += "  no witness knows of an event that is lost\n";
  if (!repair.aside.empty())
    text += "  what was replaced is kept in " + repair.aside.string() + "\n";
  if (repair.done && !options.to_prefix.empty())
    text += "  what stays is in topics " + options.to_prefix + ".*: serve with --topic-prefix " +
            options.to_prefix + ", each instance with a new data folder\n";
  if (!repair.lost.empty())
    text +=
        "  import again what was imported, and record again what was recorded, since the loss\n";
  return text;
}

// Whose act it is: the operator's, by the certificate.
std::string OperatorsUri(const KeysPaths& paths) {
  const auto facts = ReadCertificate(paths.keys / "id" / "operator" / "cert.pem");
  return facts && !facts->uris.empty()
             ? facts->uris.front()
             : "holdfast://" + CodeOfNationals().text() + "/operator/operator";
}

// The folder --data, where it is an instance's, and those of --witness; each once.
std::vector<fs::path> WitnessesOf(const RepairOptions& options, const KeysPaths& paths) {
  std::vector<fs::path> folders;
  const auto format = ReadDataFormat(paths.data);
  if (format && format->is_shared()) folders.push_back(paths.data);
  for (const std::string& witness : options.witnesses) folders.push_back(fs::absolute(witness));
  std::error_code ignored;
  for (fs::path& folder : folders) folder = fs::weakly_canonical(folder, ignored);
  std::ranges::sort(folders);
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  return folders;
}

Result<JournalRepair> RepairOnKafka(const RepairOptions& options, const KeysPaths& paths,
                                    KafkaSettings kafka) {
  std::optional<KafkaSettings> to;
  if (!options.to_prefix.empty()) {
    auto prefix = ReadTopicPrefix(options.to_prefix);
    if (!prefix) {
      return Fail(StatusCode::kInvalidArgument, "USAGE", "--to-prefix: " + prefix.error().message);
    }
    if (*prefix == kafka.topic_prefix) {
      return Fail(StatusCode::kInvalidArgument, "USAGE",
                  "--to-prefix names the topics that lost their end; take new ones");
    }
    to = kafka;
    to->topic_prefix = std::move(*prefix);
  }
  ProgressLine progress("copying journals");
  auto repair = RepairSharedJournals(
      {.from = kafka,
       .to = std::move(to),
       .keys = paths.keys,
       .witnesses = WitnessesOf(options, paths),
       .dry_run = options.dry_run,
       .who = OperatorsUri(paths),
       .progress = [&progress](size_t done, size_t all) { progress.Show(done, all); }},
      SystemClock());
  if (!repair) return tl::unexpected(WithBrokers(repair.error(), kafka));
  return repair;
}

Result<JournalRepair> RepairWhereTheyAre(const RepairOptions& options,
                                         const GlobalOptions& global) {
  const KeysPaths paths = PathsOf(global);
  auto kafka = KafkaSettingsOf(global);
  if (!kafka) return tl::unexpected(kafka.error());
  if (*kafka) return RepairOnKafka(options, paths, std::move(**kafka));
  if (auto own = RequireOwnJournals(global, "journal"); !own) return tl::unexpected(own.error());
  if (!options.to_prefix.empty() || !options.witnesses.empty()) {
    return Fail(StatusCode::kInvalidArgument, "USAGE",
                "--to-prefix and --witness go with --log kafka:HOST:PORT");
  }
  return RepairJournals(paths, options.dry_run, OperatorsUri(paths), SystemClock());
}

int RunRepair(const RepairOptions& options, const GlobalOptions& global) {
  HardenProcess();
  const auto repair = RepairWhereTheyAre(options, global);
  if (!repair) return ReportNothingDone(repair.error(), global);
  return Answer(JsonOf(*repair, options), TextOf(*repair, options), global,
                repair->lost.empty() ? kDone : kDoneWithFindings);
}

}  // namespace

void AddJournalRepair(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto repaired = std::make_shared<RepairOptions>();
  auto* repair = group.add_subcommand("repair",
                                      "Accept that a damaged log has lost its end: keep what can "
                                      "be read, and say in the journals what is gone");
  repair->add_flag("--dry-run", repaired->dry_run,
                   "Only say what would be lost, and by which witness");
  repair->add_option("--to-prefix", repaired->to_prefix,
                     "On Kafka: the prefix of new topics, made by topics apply with as many "
                     "partitions, that take what stays");
  repair->add_option("--witness", repaired->witnesses,
                     "On Kafka: the data folder of another instance than --data; once for each");
  repair->footer(
      "Only while nothing serves. The damaged log is kept: in the data folder, on Kafka in its "
      "topics. Exit 0: nothing is lost; 1: something is.\n"
      "On Kafka no topic can be cut: what stays is copied to new topics, where the loss is said. "
      "Until that is done, serve nothing from them; a repair that was cut off while it copied goes "
      "on when it is made again, and one that was cut off later takes other new topics.\n"
      "Examples:\n"
      "  holdfast journal repair --dry-run\n"
      "  holdfast --json journal repair\n"
      "  holdfast --log kafka:127.0.0.1:19092 --data ./north journal repair --witness ./south "
      "--dry-run\n"
      "  holdfast --log kafka:127.0.0.1:19092 --data ./north journal repair --witness ./south "
      "--to-prefix repaired");
  RunsWhenChosen(*repair, repaired, global, run, RunRepair);
}

}  // namespace holdfast::cli
