#include "tools/holdfast/topics_command.h"

#include <sodium.h>

#include "libs/base/check.h"
#include "libs/base/civil_date.h"
#include "libs/crypto/hardening.h"
#include "libs/eventlog/kafka_setup.h"
#include "services/node/data_format.h"
#include "tools/holdfast/authorities_of_keys.h"
#include "tools/holdfast/command.h"
#include "tools/holdfast/deployment.h"
#include "tools/holdfast/kafka_options.h"

namespace holdfast::cli {
namespace {

struct ApplyOptions {
  TopicPlanOptions topics;
  std::string clock = "system";
  std::string day;
  bool dry_run = false;
  CLI::Option* partitions_option = nullptr;
  CLI::Option* clock_option = nullptr;
};

tl::unexpected<Status> Usage(std::string message) {
  return Fail(StatusCode::kInvalidArgument, "USAGE", std::move(message));
}

std::string NewId() {
  std::string id(16, '\0');
  HOLDFAST_CHECK(sodium_init() >= 0);
  randombytes_buf(id.data(), id.size());
  return id;
}

Result<journal::v1::Deployment> DeploymentOf(const ApplyOptions& options) {
  journal::v1::Deployment deployment;
  deployment.set_partition_count(options.topics.partitions);
  deployment.set_hash_function(journal::v1::HASH_FUNCTION_FNV1A_64);
  deployment.set_id(NewId());
  if (options.clock == "system") {
    if (!options.day.empty()) return Usage("--day goes with --clock manual");
    deployment.set_clock(journal::v1::DEPLOYMENT_CLOCK_SYSTEM);
    return deployment;
  }
  const auto day = CivilDate::FromIso(options.day);
  if (!day) return Usage("--clock manual needs --day YYYY-MM-DD, the day that it starts with");
  deployment.set_clock(journal::v1::DEPLOYMENT_CLOCK_MANUAL);
  deployment.set_first_day(day->Iso());
  return deployment;
}

Result<WantedSetup> WantedOf(const ApplyOptions& options, const KafkaSettings& settings,
                             const GlobalOptions& global) {
  if (options.topics.partitions < 1 || options.topics.partitions > kMostPartitions) {
    return Usage("--partitions takes 1 to " + std::to_string(kMostPartitions));
  }
  if (options.topics.min_in_sync > options.topics.replication) {
    return Fail(StatusCode::kInvalidArgument, "INVALID_REPLICATION",
                "--min-in-sync " + std::to_string(options.topics.min_in_sync) +
                    " is more than --replication " + std::to_string(options.topics.replication) +
                    ": no record could ever count");
  }
  auto deployment = DeploymentOf(options);
  if (!deployment) return tl::unexpected(deployment.error());
  auto authorities = AuthoritiesOfKeys(PathsOf(global));
  if (!authorities) return tl::unexpected(authorities.error());
  auto groups = SubscribersOfKeys(PathsOf(global));
  if (!groups) return tl::unexpected(groups.error());
  WantedSetup wanted{.topics = options.topics,
                     .deployment = std::move(*deployment),
                     .partitions_stated = options.partitions_option->count() > 0,
                     .clock_stated = options.clock_option->count() > 0,
                     .dry_run = options.dry_run};
  wanted.topics.prefix = settings.topic_prefix;
  wanted.topics.authorities = std::move(*authorities);
  wanted.topics.groups = std::move(*groups);
  return wanted;
}

Json JsonOf(const AppliedTopic& topic) {
  Json differs = Json::object();
  for (const TopicDifference& one : topic.differs) {
    differs[one.what] = {{"wanted", one.wanted}, {"found", one.found}};
  }
  return {{"name", topic.planned.name},
          {"partitions", topic.planned.partitions},
          {"replication", topic.planned.replication},
          {"created", topic.created},
          {"differs", std::move(differs)}};
}

std::string TextOf(const AppliedTopic& topic, bool dry_run) {
  std::string text = topic.planned.name + ": " + std::to_string(topic.planned.partitions) +
                     " partitions, " + std::to_string(topic.planned.replication) + " copies";
  if (topic.created) text += dry_run ? "; would be made" : "; made";
  for (const TopicDifference& one : topic.differs) {
    text += "\n  DIFFERS: " + one.what + " is " + (one.found.empty() ? "not told" : one.found) +
            ", wanted " + one.wanted;
  }
  return text + "\n";
}

int RunApply(const ApplyOptions& options, const GlobalOptions& global) {
  HardenProcess();
  const auto settings = KafkaSettingsOf(global);
  if (!settings) return ReportNothingDone(settings.error(), global);
  if (!*settings) {
    return ReportNothingDone({StatusCode::kInvalidArgument, "USAGE",
                              "topics are on Kafka: state --log kafka:HOST:PORT,.."},
                             global);
  }
  const auto wanted = WantedOf(options, **settings, global);
  if (!wanted) return ReportNothingDone(wanted.error(), global);
  KafkaEvents events(nullptr);
  const auto applied = ApplySetup(**settings, *wanted, events);
  if (!applied) return ReportNothingDone(WithBrokers(applied.error(), **settings), global);

  Json topics = Json::array();
  Json acls = Json::array();
  std::string text;
  bool differs = false;
  for (const AppliedTopic& topic : *applied) {
    differs = differs || !topic.differs.empty();
    topics.push_back(JsonOf(topic));
    text += TextOf(topic, options.dry_run);
  }
  text += "\nWhat each service's certificate in KEYS/id may do, for a cluster that checks it:\n";
  for (const AccessRule& rule : PlanAccess(
           (*settings)->topic_prefix, wanted->topics.authorities, wanted->topics.groups)) {
    acls.push_back(AclCommand(rule, (*settings)->brokers));
    text += acls.back().get<std::string>() + "\n";
  }
  return Answer({{"topics", std::move(topics)}, {"acls", std::move(acls)}}, text, global,
                differs ? kDoneWithFindings : kDone);
}

}  // namespace

void AddTopicsCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand("topics", "What a deployment needs on Kafka");
  group->require_subcommand(1);
  group->footer(
      "Example:\n"
      "  holdfast --log kafka:127.0.0.1:19092 topics apply --replication 1 --min-in-sync 1");

  auto options = std::make_shared<ApplyOptions>();
  auto* apply = group->add_subcommand(
      "apply",
      "Make the topics that are missing, and show the ACLs; what is there is never altered. Run it "
      "again after each 'authority add' and 'subscriber add'");
  options->partitions_option = apply
                                   ->add_option("--partitions", options->topics.partitions,
                                                "Parts of each journal; fixed from then on")
                                   ->capture_default_str();
  apply->add_option("--replication", options->topics.replication, "Brokers that keep each record")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  apply
      ->add_option("--min-in-sync", options->topics.min_in_sync,
                   "Of them, how many have a record before it counts")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  options->clock_option =
      apply->add_option("--clock", options->clock, "Where the day comes from; fixed from then on")
          ->check(CLI::IsMember({"system", "manual"}))
          ->capture_default_str();
  apply->add_option("--day", options->day, "The day that a manual clock starts with");
  apply->add_flag("--dry-run", options->dry_run, "Only say what would be made");
  apply->footer(
      "Exit 1: a topic, or the deployment's record, differs from what is wanted; 2: nothing was "
      "done.\n"
      "Examples:\n"
      "  holdfast --log kafka:127.0.0.1:19092 topics apply --replication 1 --min-in-sync 1\n"
      "  holdfast --log kafka:127.0.0.1:19092 --topic-prefix trial topics apply --replication 1 "
      "--min-in-sync 1 --clock manual --day 2026-05-15 --dry-run");
  RunsWhenChosen(*apply, options, global, run, RunApply);
}

}  // namespace holdfast::cli
