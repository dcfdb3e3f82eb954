// Takes a whole deployment from one log to another: from a data folder to Kafka, or back. Journals
// keep their chains and positions, data keys their ids; states are made again by who serves the
// target first. Nobody serves the source meanwhile.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "libs/base/clock.h"
#include "libs/crypto/keys_folder.h"
#include "libs/eventlog/kafka_settings.h"
#include "libs/journal/copy_journal.h"

namespace holdfast {

// A log: that of a data folder, or one on Kafka.
using LogPlace = std::variant<std::filesystem::path, KafkaSettings>;

struct DeploymentCopyOptions {
  LogPlace from;
  LogPlace to;      // a folder that is not there, or topics that were just applied
  KeysPaths paths;  // the keys of both
  bool dry_run = false;
  // After each journal: how many of how many are done. May be empty.
  std::function<void(size_t done, size_t all)> progress;
};

struct DeploymentCopy {
  std::vector<JournalCopy> journals;
  size_t keys = 0;  // records in the source's key store, tombstones too
};

// A copy that was cut off goes on when it is made again. SAME_LOG; FOLDER_IN_USE or INSTANCES_RUN
// while the source is served; ALREADY_MADE, TARGET_NOT_EMPTY; DEPLOYMENT_DIFFERS when the target's
// topics have another number of partitions or clock; COPY_CUT_OFF.
Result<DeploymentCopy> CopyDeployment(const DeploymentCopyOptions& options, const Clock& clock);

}  // namespace holdfast
