#include "libs/eventlog/kafka_deployment.h"

#include <future>

#include "libs/base/check.h"
#include "libs/eventlog/kafka_producer.h"

namespace holdfast {
namespace {

constexpr char kVersion = 1;
constexpr std::chrono::seconds kPatience{30};
constexpr int kWait_ms = 100;
constexpr int kAsk_ms = 10'000;

std::string TopicOf(const KafkaSettings& settings) { return settings.topic_prefix + ".deployment"; }

std::string ClockText(journal::v1::DeploymentClock clock) {
  return clock == journal::v1::DEPLOYMENT_CLOCK_MANUAL ? "manual" : "system";
}

// A consumer of a topic that is not there, or that it may not read, is not told so: it waits. What
// else is wrong it finds itself.
Result<void> RequireReadable(rd_kafka_t* client, rd_kafka_topic_t* topic, const std::string& name) {
  const rd_kafka_metadata_t* asked = nullptr;
  if (rd_kafka_metadata(client, 0, topic, &asked, kAsk_ms) != RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  const std::unique_ptr<const rd_kafka_metadata_t, KafkaFree<rd_kafka_metadata_destroy>> metadata(
      asked);
  if (metadata->topic_cnt != 1) return {};
  const Status status = KafkaStatus(metadata->topics[0].err, "topic " + name);
  if (status.code == StatusCode::kPermissionDenied || status.reason == "NO_TOPIC")
    return tl::unexpected(status);
  return {};
}

// The first record of the topic; nothing when it is empty.
Result<std::optional<std::string>> FirstRecord(rd_kafka_topic_t* topic, const std::string& name) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < deadline) {
    const KafkaMessage message(rd_kafka_consume(topic, 0, kWait_ms));
    if (!message) continue;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) return std::nullopt;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      return std::string(static_cast<const char*>(message->payload), message->len);
    }
    const Status status = KafkaStatus(message->err, "topic " + name);
    if (status.code != StatusCode::kUnavailable) return tl::unexpected(status);
  }
  return Fail(StatusCode::kUnavailable, "KAFKA_NOT_REACHED",
              "topic " + name + ": no broker gives its first record");
}

}  // namespace

std::string EncodeDeployment(const journal::v1::Deployment& deployment) {
  std::string bytes(1, kVersion);
  HOLDFAST_CHECK(deployment.AppendToString(&bytes));
  return bytes;
}

Result<journal::v1::Deployment> DecodeDeployment(std::string_view bytes) {
  if (bytes.empty() || bytes[0] != kVersion) {
    return Fail(StatusCode::kFailedPrecondition, "UNKNOWN_DEPLOYMENT_VERSION",
                "the deployment's record was written by another version of Holdfast");
  }
  journal::v1::Deployment deployment;
  if (!deployment.ParseFromArray(bytes.data() + 1, static_cast<int>(bytes.size() - 1)) ||
      deployment.partition_count() == 0 || deployment.id().size() != 16) {
    return Fail(StatusCode::kDataLoss, "DEPLOYMENT_DAMAGED",
                "the deployment's record cannot be read");
  }
  return deployment;
}

std::vector<TopicDifference> DifferencesOf(const journal::v1::Deployment& wanted,
                                           const journal::v1::Deployment& found) {
  std::vector<TopicDifference> differences;
  const auto compare = [&](const char* what, const std::string& is_wanted, const std::string& is) {
    if (is_wanted != is) differences.push_back({what, is_wanted, is});
  };
  compare("deployment.partitions", std::to_string(wanted.partition_count()),
          std::to_string(found.partition_count()));
  compare("deployment.hash", std::to_string(wanted.hash_function()),
          std::to_string(found.hash_function()));
  compare("deployment.clock", ClockText(wanted.clock()), ClockText(found.clock()));
  return differences;
}

Result<std::optional<journal::v1::Deployment>> ReadDeployment(const KafkaSettings& settings,
                                                              KafkaEvents& events) {
  KafkaListener listener(events);
  const auto client =
      OpenKafka(settings, RD_KAFKA_CONSUMER, {{"fetch.wait.max.ms", "10"}}, listener);
  if (!client) return tl::unexpected(client.error());
  const KafkaTopic topic = OpenTopic(client->get(), TopicOf(settings));
  if (auto readable = RequireReadable(client->get(), topic.get(), TopicOf(settings)); !readable)
    return tl::unexpected(readable.error());
  HOLDFAST_CHECK(rd_kafka_consume_start(topic.get(), 0, 0) == 0);
  const auto record = FirstRecord(topic.get(), TopicOf(settings));
  rd_kafka_consume_stop(topic.get(), 0);
  if (!record) return tl::unexpected(record.error());
  if (!record->has_value()) return std::nullopt;
  auto deployment = DecodeDeployment(**record);
  if (!deployment) return tl::unexpected(deployment.error());
  return std::move(*deployment);
}

Result<journal::v1::Deployment> RecordDeployment(const KafkaSettings& settings,
                                                 const journal::v1::Deployment& wanted,
                                                 KafkaEvents& events) {
  const auto before = ReadDeployment(settings, events);
  if (!before) return tl::unexpected(before.error());
  if (before->has_value()) return **before;
  const auto producer = KafkaProducer::Open(settings, events);
  if (!producer) return tl::unexpected(producer.error());
  std::promise<AppendReport> reported;
  (*producer)->Append(TopicOf(settings), 0, EncodeDeployment(wanted),
                      [&](AppendReport report, auto) { reported.set_value(report); });
  const AppendReport report = reported.get_future().get();
  // The first record counts, whoever wrote it.
  const auto after = ReadDeployment(settings, events);
  if (!after) return tl::unexpected(after.error());
  if (after->has_value()) return **after;
  return Fail(StatusCode::kUnavailable, "KAFKA_NOT_REACHED",
              report == AppendReport::kFailed
                  ? "the deployment's record was not taken; run it again"
                  : "it is not known whether the deployment's record was taken; run it again");
}

}  // namespace holdfast
