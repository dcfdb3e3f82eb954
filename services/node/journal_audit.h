// A data folder as it lies there, whether it is served meanwhile or not: its journals, and all that
// must agree with them.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "libs/crypto/keys_folder.h"
#include "libs/eventlog/embedded_log.h"
#include "libs/eventlog/kafka_settings.h"
#include "libs/journal/head_file.h"
#include "libs/journal/verify.h"
#include "services/node/data_format.h"
#include "services/node/state_audit.h"

namespace holdfast {

struct JournalsOnDisk {
  std::unique_ptr<EmbeddedLog> log;       // as it was when it was opened
  std::vector<JournalIdentity> journals;  // that have records, in order
};

// Fails when there is no data folder or no log that can be opened at all.
Result<JournalsOnDisk> OpenJournals(const std::filesystem::path& data);

// What others than the log say of the journals.
struct Witnesses {
  std::vector<Witness> heard;
  std::vector<StateOnDisk> states;            // those that can be read
  std::vector<std::vector<StatePart>> parts;  // of each of them
  std::vector<Finding> findings;              // the others: kind head, state
};

// The HEAD file, unless `head_key` is null, and every service's state: the place of each of its
// readers, also in the journals of others.
Witnesses HearWitnesses(const std::filesystem::path& data, const DataFormat& format,
                        const HeadKey* head_key);

// The log's journals, and those that a witness names though the log lacks them.
std::vector<JournalIdentity> JournalsToAudit(const std::vector<JournalIdentity>& journals,
                                             const Witnesses& witnesses, uint32_t partition_count);

// Recomputes all chains and compares them with all witnesses; opens every key that the journals
// name; makes every service's state again and compares it row by row; reads the folder's own files.
// What is amiss is a finding, also where the keys or the log cannot be opened at all. Fails when
// there is no data folder that can be told by its format.
Result<Audit> AuditDataFolder(const KeysPaths& paths);

// The same for journals on Kafka, whoever serves them. Witnesses and states are those of the
// instance whose folder `paths.data` is; without one, the log alone is read. SharedJournals'
// failures.
Result<Audit> AuditSharedJournals(const KeysPaths& paths, const KafkaSettings& kafka);

}  // namespace holdfast
