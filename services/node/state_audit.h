// What services keep of the journals: the places at which it stands, and whether it is what the
// journals say.
#pragma once

#include <filesystem>
#include <vector>

#include "libs/crypto/key_store.h"
#include "libs/crypto/keys_folder.h"
#include "libs/journal/verify.h"
#include "libs/shard/rocks_store.h"
#include "services/node/data_format.h"

namespace holdfast {

// A service's state as it lay on disk when it was opened.
struct StateOnDisk {
  std::string service;
  std::filesystem::path folder;
  std::unique_ptr<RocksDatabase> database;
};

// One part of a service's state: what one reader keeps of one partition.
struct StatePart {
  uint32_t part = 0;            // of the database
  JournalIdentity journal;      // that it was made from
  journal::v1::Checkpoint end;  // how far
  bool is_shard = true;         // else a read model of its own reader
};

// All parts of `state` that hold something. Also hears the sources that its shards consumed: those
// checkpoints are added to `consumed`.
Result<std::vector<StatePart>> PartsOf(const StateOnDisk& state, const DataFormat& format,
                                       std::vector<journal::v1::Checkpoint>& consumed);

struct StateAudit {
  EventLog& log;
  KeysFolder& keys;
  KeyStore& key_store;
  const DataFormat& format;
};

// Makes each part again from the journals and compares every row of it: a finding of kind state for
// each that differs.
std::vector<Finding> CompareWithJournals(const StateOnDisk& state,
                                         const std::vector<StatePart>& parts,
                                         const StateAudit& audit);

}  // namespace holdfast
