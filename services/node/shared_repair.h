// Accepts that a log on Kafka has lost its end. A topic cannot be cut, and what was made from lost
// events must go: so what stays is copied to topics under another prefix, where the loss is said.
// The topics that lost their end are left as they are.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/eventlog/kafka_settings.h"
#include "services/node/journal_repair.h"

namespace holdfast {

struct SharedRepairOptions {
  KafkaSettings from;
  std::optional<KafkaSettings> to;  // topics that were just applied; a dry run may do without
  std::filesystem::path keys;
  std::vector<std::filesystem::path> witnesses;  // data folders of instances of `from`
  bool dry_run = false;
  std::string who;  // the operator's URI
  // After each journal: how many of how many are copied. May be empty.
  std::function<void(size_t done, size_t all)> progress;
};

// With `dry_run` nothing is changed; where nothing is lost, neither. Refuses with NO_WITNESS, with
// INSTANCES_RUN or FOLDER_IN_USE while an instance runs, with DEPLOYMENT_DIFFERS a witness of
// another deployment and topics of another number of partitions or clock, with TARGET_NOT_EMPTY
// topics that hold anything but the beginning of what is to be copied, with NO_TARGET when
// something is lost and `to` is not said, with NOT_A_LOST_END what is no loss of an end, with
// KEYS_DIFFER keys of another deployment. COPY_CUT_OFF, NOT_APPENDED: Kafka did not take it all.
Result<JournalRepair> RepairSharedJournals(const SharedRepairOptions& options, const Clock& clock);

}  // namespace holdfast
