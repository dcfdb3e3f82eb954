#include "libs/eventlog/kafka_settings.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

namespace holdfast {
namespace {

// What the journal's promises rest on, by either of librdkafka's names, and what --log states.
constexpr std::array<std::string_view, 27> kFixed{"bootstrap.servers",
                                                  "metadata.broker.list",
                                                  "enable.idempotence",
                                                  "enable.gapless.guarantee",
                                                  "transactional.id",
                                                  "acks",
                                                  "request.required.acks",
                                                  "linger.ms",
                                                  "queue.buffering.max.ms",
                                                  "delivery.timeout.ms",
                                                  "message.timeout.ms",
                                                  "message.max.bytes",
                                                  "max.in.flight",
                                                  "max.in.flight.requests.per.connection",
                                                  "compression.codec",
                                                  "compression.type",
                                                  "isolation.level",
                                                  "enable.partition.eof",
                                                  "auto.offset.reset",
                                                  "check.crcs",
                                                  "enable.auto.commit",
                                                  "auto.commit.enable",
                                                  "enable.auto.offset.store",
                                                  "allow.auto.create.topics",
                                                  "group.id",
                                                  "plugin.library.paths",
                                                  "log.queue"};

std::string Trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool IsNameCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
         c == '_';
}

bool IsPort(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }) &&
         std::stoul(std::string(text)) >= 1 && std::stoul(std::string(text)) <= 65535;
}

}  // namespace

Result<KafkaProperties> ReadKafkaProperties(const std::filesystem::path& file) {
  std::ifstream input(file);
  if (!input) {
    return Fail(StatusCode::kNotFound, "FILE_MISSING", "cannot read " + file.string());
  }
  KafkaProperties properties;
  std::string line;
  for (uint64_t number = 1; std::getline(input, line); ++number) {
    const std::string text = Trimmed(line);
    if (text.empty() || text.starts_with('#')) continue;
    const auto refuse = [&](const std::string& name, const std::string& why) {
      return Fail(StatusCode::kInvalidArgument, "INVALID_KAFKA_CONFIG",
                  file.string() + " line " + std::to_string(number) + ": " + why,
                  {.file = file.string(), .line = number, .field = name, .rule = "librdkafka"});
    };
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) return refuse("", "is not name=value");
    const std::string name = Trimmed(text.substr(0, equals));
    if (std::ranges::find(kFixed, name) != kFixed.end()) {
      return refuse(name, name + " is Holdfast's own to set; leave the line out");
    }
    properties.emplace_back(name, Trimmed(text.substr(equals + 1)));
  }
  return properties;
}

Result<std::string> ReadBrokers(const std::string& text) {
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view one = std::string_view(text).substr(begin, end - begin);
    const size_t colon = one.rfind(':');
    if (colon == one.npos || colon == 0 || one.find(' ') != one.npos ||
        !IsPort(one.substr(colon + 1))) {
      return Fail(StatusCode::kInvalidArgument, "INVALID_BROKERS",
                  "'" + std::string(one) + "' is no broker's HOST:PORT");
    }
    begin = end + 1;
  }
  return text;
}

Result<std::string> ReadTopicPrefix(const std::string& text) {
  if (text.empty() || text.size() > 64 || !std::ranges::all_of(text, IsNameCharacter)) {
    return Fail(StatusCode::kInvalidArgument, "INVALID_TOPIC_PREFIX",
                "'" + text + "' is no topic prefix: 1 to 64 letters, digits, '-' or '_'");
  }
  return text;
}

std::string JournalTopic(const std::string& topic_prefix, const std::string& service) {
  return topic_prefix + ".journal." + service;
}

}  // namespace holdfast
