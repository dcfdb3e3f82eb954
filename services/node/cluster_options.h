// How an instance reaches what it shares with the others of its deployment.
#pragma once

#include <chrono>
#include <string>

#include "libs/eventlog/kafka_settings.h"

namespace holdfast {

struct ClusterOptions {
  KafkaSettings kafka;
  std::chrono::milliseconds session{10'000};  // silent for longer: its partitions go to others
  std::string advertise;                      // HOST:PORT for the others; blank: where it listens
};

}  // namespace holdfast
