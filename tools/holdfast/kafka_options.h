// Where the journals are: the global options --log, --kafka-config and --topic-prefix.
#pragma once

#include <optional>

#include "libs/eventlog/kafka_settings.h"
#include "tools/holdfast/options.h"

namespace holdfast::cli {

inline constexpr char kEmbedded[] = "embedded";

// How to reach Kafka; nothing with --log embedded. USAGE for what is neither; failures of
// ReadKafkaProperties.
Result<std::optional<KafkaSettings>> KafkaSettingsOf(const GlobalOptions& global);

// For what works on the data folder's own journals: USAGE with --log kafka:...
Result<void> RequireEmbedded(const GlobalOptions& global, const std::string& command);
// The same, and LOG_IS_SHARED (kFailedPrecondition) where --data is of an instance whose journals
// are on Kafka.
Result<void> RequireOwnJournals(const GlobalOptions& global, const std::string& command);

// A failure to reach Kafka, with where it was looked for.
Status WithBrokers(Status failure, const KafkaSettings& settings);

}  // namespace holdfast::cli
