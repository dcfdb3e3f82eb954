#include "libs/eventlog/kafka_handle.h"

#include <array>

#include "libs/base/check.h"

namespace holdfast {
namespace {

constexpr std::chrono::seconds kQuiet{10};
constexpr int kLeaders_ms = 2000;
constexpr int kErrorLevel = 3;  // syslog's

const KafkaProperties& Defaults() {
  static const KafkaProperties defaults{{"client.id", "holdfast"},
                                        {"reconnect.backoff.ms", "50"},
                                        {"reconnect.backoff.max.ms", "1000"},
                                        {"socket.timeout.ms", "10000"},
                                        {"socket.connection.setup.timeout.ms", "5000"},
                                        {"socket.keepalive.enable", "true"},
                                        {"topic.metadata.refresh.fast.interval.ms", "100"},
                                        {"topic.metadata.refresh.interval.ms", "30000"}};
  return defaults;
}

const KafkaProperties& FixedFor(rd_kafka_type_t type) {
  static const KafkaProperties producer{
      {"socket.nagle.disable", "true"},
      {"enable.idempotence", "true"},
      {"acks", "all"},
      {"linger.ms", "0"},
      {"compression.codec", "none"},
      {"max.in.flight.requests.per.connection", "5"},
      {"delivery.timeout.ms", std::to_string(kDeliveryTimeout.count())},
      {"request.timeout.ms", "5000"},
      {"retry.backoff.ms", "50"},
      {"message.max.bytes", std::to_string(kTopicMessage_bytes - 1024)},
      {"queue.buffering.max.kbytes", "65536"}};
  static const KafkaProperties consumer{{"socket.nagle.disable", "true"},
                                        {"isolation.level", "read_uncommitted"},
                                        {"enable.partition.eof", "true"},
                                        {"auto.offset.reset", "error"},
                                        {"check.crcs", "true"},
                                        {"enable.auto.commit", "false"},
                                        {"auto.commit.enable", "false"},
                                        {"allow.auto.create.topics", "false"},
                                        {"fetch.error.backoff.ms", "50"},
                                        {"queued.max.messages.kbytes", "1024"},
                                        {"max.partition.fetch.bytes", "1048576"},
                                        {"fetch.max.bytes", "8388608"}};
  return type == RD_KAFKA_PRODUCER ? producer : consumer;
}

Result<void> SetAll(rd_kafka_conf_t* conf, const KafkaProperties& properties) {
  std::array<char, 512> text{};
  for (const auto& [name, value] : properties) {
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), text.data(), text.size()) !=
        RD_KAFKA_CONF_OK) {
      return Fail(StatusCode::kInvalidArgument, "INVALID_KAFKA_CONFIG",
                  "the Kafka client refuses " + name + ": " + text.data());
    }
  }
  return {};
}

KafkaListener& ListenerOf(void* opaque) { return *static_cast<KafkaListener*>(opaque); }

void OnLog(const rd_kafka_t* client, int level, const char* facility, const char* text) {
  // Of a client that is still being made there is nobody to tell.
  if (client == nullptr) return;
  ListenerOf(rd_kafka_opaque(client)).events().OnLogLine(level, facility, text);
}

void OnError(rd_kafka_t*, int error, const char* text, void* opaque) {
  KafkaListener& listener = ListenerOf(opaque);
  listener.events().OnError(static_cast<rd_kafka_resp_err_t>(error), text);
  if (error == RD_KAFKA_RESP_ERR__FATAL) listener.OnFatalError();
}

void OnRebalanced(rd_kafka_t* client, rd_kafka_resp_err_t what,
                  rd_kafka_topic_partition_list_t* partitions, void* opaque) {
  ListenerOf(opaque).OnRebalance(*client, what, *partitions);
}

void OnDelivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
  ListenerOf(opaque).OnDelivery(*message);
}

}  // namespace

bool KafkaEvents::MayTell() {
  const auto now = std::chrono::steady_clock::now();
  std::lock_guard lock(mutex_);
  if (log_ == nullptr || (told_.time_since_epoch().count() != 0 && now < told_ + kQuiet)) {
    return false;
  }
  told_ = now;
  return true;
}

void KafkaEvents::OnLogLine(int level, const char* facility, const char* text) {
  ++log_lines_;
  if (level > kErrorLevel || !MayTell()) return;
  log_->Warning("kafka client", {{"facility", PlainText{facility}}, {"said", PlainText{text}}});
}

void KafkaEvents::OnError(rd_kafka_resp_err_t error, const char* text) {
  ++errors_;
  const bool is_fatal = error == RD_KAFKA_RESP_ERR__FATAL;
  if (is_fatal) ++fatal_errors_;
  if (log_ == nullptr || (!is_fatal && !MayTell())) return;
  log_->Warning("kafka not well", {{"error", PlainText{rd_kafka_err2name(error)}},
                                   {"said", PlainText{text}},
                                   {"errors", errors_.load()}});
}

KafkaCounts KafkaEvents::counts() const { return {log_lines_, errors_, fatal_errors_}; }

Result<KafkaClient> OpenKafka(const KafkaSettings& settings, rd_kafka_type_t type,
                              const KafkaProperties& more, KafkaListener& listener) {
  std::unique_ptr<rd_kafka_conf_t, KafkaFree<rd_kafka_conf_destroy>> conf(rd_kafka_conf_new());
  for (const KafkaProperties* properties :
       {&Defaults(), &more, &settings.properties, &FixedFor(type)}) {
    if (auto set = SetAll(conf.get(), *properties); !set) return tl::unexpected(set.error());
  }
  if (auto set = SetAll(conf.get(), {{"bootstrap.servers", settings.brokers}}); !set) {
    return tl::unexpected(set.error());
  }
  rd_kafka_conf_set_opaque(conf.get(), &listener);
  rd_kafka_conf_set_log_cb(conf.get(), OnLog);
  rd_kafka_conf_set_error_cb(conf.get(), OnError);
  if (type == RD_KAFKA_PRODUCER) rd_kafka_conf_set_dr_msg_cb(conf.get(), OnDelivered);
  if (type == RD_KAFKA_CONSUMER) rd_kafka_conf_set_rebalance_cb(conf.get(), OnRebalanced);
  std::array<char, 512> text{};
  KafkaClient client(rd_kafka_new(type, conf.get(), text.data(), text.size()));
  if (!client) {
    return Fail(StatusCode::kInvalidArgument, "INVALID_KAFKA_CONFIG",
                std::string("there is no Kafka client with these settings: ") + text.data());
  }
  (void)conf.release();  // the client's now
  return client;
}

KafkaTopic OpenTopic(rd_kafka_t* client, const std::string& name) {
  KafkaTopic topic(rd_kafka_topic_new(client, name.c_str(), nullptr));
  HOLDFAST_CHECK(topic != nullptr);
  return topic;
}

void AskForLeaders(rd_kafka_t* client, rd_kafka_topic_t* topic) {
  const rd_kafka_metadata_t* metadata = nullptr;
  if (rd_kafka_metadata(client, 0, topic, &metadata, kLeaders_ms) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    rd_kafka_metadata_destroy(metadata);
  }
}

Status KafkaStatus(rd_kafka_resp_err_t error, const std::string& what) {
  const std::string said = what + ": " + rd_kafka_err2str(error);
  switch (error) {
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
      return {StatusCode::kPermissionDenied, "KAFKA_NOT_ALLOWED",
              said + "; see the ACLs that 'holdfast topics apply' prints"};
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      return {StatusCode::kDataLoss, "LOG_TRUNCATED",
              what + ": the log does not hold this offset any more, or not yet again: it was cut"};
    case RD_KAFKA_RESP_ERR__BAD_MSG:
    case RD_KAFKA_RESP_ERR__BAD_COMPRESSION:
    case RD_KAFKA_RESP_ERR_INVALID_MSG:
      return {StatusCode::kDataLoss, "RECORD_NOT_READ", said};
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
      return {StatusCode::kFailedPrecondition, "NO_TOPIC",
              said + "; make the topics with: holdfast topics apply"};
    default:
      return {StatusCode::kUnavailable, "KAFKA_NOT_REACHED", said};
  }
}

}  // namespace holdfast
