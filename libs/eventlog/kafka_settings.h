// How a Kafka cluster is reached, and what Holdfast's topics are called there.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "libs/base/status.h"

namespace holdfast {

using KafkaProperties = std::vector<std::pair<std::string, std::string>>;

struct KafkaSettings {
  std::string brokers;                    // HOST:PORT,..
  KafkaProperties properties;             // librdkafka's own: TLS, SASL
  std::string topic_prefix = "holdfast";  // before the first point of every topic's name
};

// Lines "name=value"; blank lines and those that begin with # are passed over. Refuses, with file
// and line, what is no such line and what the journal's promises fix. FILE_MISSING.
Result<KafkaProperties> ReadKafkaProperties(const std::filesystem::path& file);

// HOST:PORT,.. as it stands; INVALID_BROKERS when it is not that.
Result<std::string> ReadBrokers(const std::string& text);

// 1 to 64 letters, digits, '-' or '_'. INVALID_TOPIC_PREFIX.
Result<std::string> ReadTopicPrefix(const std::string& text);

std::string JournalTopic(const std::string& topic_prefix, const std::string& service);

}  // namespace holdfast
