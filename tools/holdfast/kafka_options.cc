#include "tools/holdfast/kafka_options.h"

#include "services/node/data_format.h"

namespace holdfast::cli {
namespace {

constexpr std::string_view kKafka = "kafka:";

tl::unexpected<Status> Usage(std::string message) {
  return Fail(StatusCode::kInvalidArgument, "USAGE", std::move(message));
}

}  // namespace

Result<std::optional<KafkaSettings>> KafkaSettingsOf(const GlobalOptions& global) {
  if (global.log == kEmbedded) {
    if (!global.kafka_config.empty())
      return Usage("--kafka-config goes with --log kafka:HOST:PORT");
    return std::nullopt;
  }
  if (!global.log.starts_with(kKafka)) {
    return Usage("--log takes embedded, or kafka:HOST:PORT,..; not '" + global.log + "'");
  }
  KafkaSettings settings;
  auto brokers = ReadBrokers(global.log.substr(kKafka.size()));
  if (!brokers) return Usage("--log: " + brokers.error().message);
  settings.brokers = std::move(*brokers);
  auto prefix = ReadTopicPrefix(global.topic_prefix);
  if (!prefix) return Usage("--topic-prefix: " + prefix.error().message);
  settings.topic_prefix = std::move(*prefix);
  if (!global.kafka_config.empty()) {
    auto properties = ReadKafkaProperties(global.kafka_config);
    if (!properties) return tl::unexpected(properties.error());
    settings.properties = std::move(*properties);
  }
  return settings;
}

Result<void> RequireEmbedded(const GlobalOptions& global, const std::string& command) {
  if (global.log == kEmbedded) return {};
  return Usage(command + " works on the journals of a data folder, with --log embedded; not on " +
               global.log);
}

Result<void> RequireOwnJournals(const GlobalOptions& global, const std::string& command) {
  if (auto embedded = RequireEmbedded(global, command); !embedded) return embedded;
  const auto format = ReadDataFormat(global.data);
  if (!format || !format->is_shared()) return {};  // what else is wrong with it, the command says
  return Fail(StatusCode::kFailedPrecondition, "LOG_IS_SHARED",
              global.data + " is the folder of an instance whose journals are on Kafka; " +
                  command + " finds them with --log kafka:HOST:PORT");
}

Status WithBrokers(Status failure, const KafkaSettings& settings) {
  if (failure.reason == "KAFKA_NOT_REACHED" &&
      failure.message.find(settings.brokers) == std::string::npos) {
    failure.message = "Kafka at " + settings.brokers + ": " + failure.message;
  }
  return failure;
}

}  // namespace holdfast::cli
