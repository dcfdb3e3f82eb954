// Accepts that a damaged log has lost its end: what can be read becomes the log, and what is lost
// is said in every journal that it concerns. The damaged log and what was derived from it are kept
// aside.
#pragma once

#include <filesystem>
#include <vector>

#include "libs/base/clock.h"
#include "libs/crypto/keys_folder.h"
#include "libs/journal/loss.h"

namespace holdfast {

struct JournalRepair {
  std::vector<LostEnd> lost;
  std::vector<Finding> findings;        // what was amiss
  std::vector<std::string> unreadable;  // of the log's files
  std::filesystem::path aside;          // blank: nothing was replaced
  bool done = false;                    // false: there was nothing to do, or it was a dry run
};

// With `dry_run` nothing is changed. `who`: the operator's URI. Refuses with FOLDER_IN_USE while
// the folder is served, with NOT_A_LOST_END what is no loss of an end, with KEYS_DIFFER keys of
// another deployment; failures of KeysFolder::Open.
Result<JournalRepair> RepairJournals(const KeysPaths& paths, bool dry_run, const std::string& who,
                                     const Clock& clock);

}  // namespace holdfast
