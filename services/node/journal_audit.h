// The journals of a data folder as they lie there, whether it is served meanwhile or not.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "libs/crypto/keys_folder.h"
#include "libs/eventlog/embedded_log.h"
#include "libs/journal/verify.h"
#include "services/node/data_format.h"

namespace holdfast {

struct JournalsOnDisk {
  std::unique_ptr<EmbeddedLog> log;       // as it was when it was opened
  std::vector<JournalIdentity> journals;  // that have records, in order
};

// Fails when there is no data folder or no log that can be opened at all.
Result<JournalsOnDisk> OpenJournals(const std::filesystem::path& data);

// Recomputes all chains and compares them with all witnesses: the HEAD file, and the checkpoints of each service's state,
// whose every block is read. A witness that cannot be read is a finding: kind head or state. Fails as OpenJournals, and
// without the root key.
Result<Audit> AuditDataFolder(const KeysPaths& paths);

}  // namespace holdfast
