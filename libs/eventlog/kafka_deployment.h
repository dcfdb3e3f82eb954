// The record that says what a deployment on Kafka is (proto/holdfast/journal/v1/deployment.proto):
// the first one of PREFIX.deployment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "holdfast/journal/v1/deployment.pb.h"
#include "libs/eventlog/kafka_handle.h"
#include "libs/eventlog/kafka_topics.h"

namespace holdfast {

// record = version(1 byte: 1) protobuf(holdfast.journal.v1.Deployment)
std::string EncodeDeployment(const journal::v1::Deployment& deployment);
// UNKNOWN_DEPLOYMENT_VERSION when another version wrote it; DEPLOYMENT_DAMAGED.
Result<journal::v1::Deployment> DecodeDeployment(std::string_view bytes);

// In what the deployment as recorded is not the one that is wanted: "deployment.partitions",
// "deployment.hash", "deployment.clock". A manual clock's day moves on, and is not compared.
std::vector<TopicDifference> DifferencesOf(const journal::v1::Deployment& wanted,
                                           const journal::v1::Deployment& found);

// Nothing when there is none yet. NO_TOPIC, KAFKA_NOT_REACHED, KAFKA_NOT_ALLOWED.
Result<std::optional<journal::v1::Deployment>> ReadDeployment(const KafkaSettings& settings,
                                                              KafkaEvents& events);

// Records `wanted`, and returns what stands then: what another call recorded before counts.
Result<journal::v1::Deployment> RecordDeployment(const KafkaSettings& settings,
                                                 const journal::v1::Deployment& wanted,
                                                 KafkaEvents& events);

}  // namespace holdfast
