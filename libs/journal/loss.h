// What a journal has lost: its records as they can be read now, against everybody who has read
// more.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/journal/verify.h"

namespace holdfast {

// The end of one partition that is gone. What was lost after the newest witness nobody knows.
struct LostEnd {
  LogPartition partition;
  uint64_t next_offset = 0;  // records from here on are gone
  uint64_t from = 0;         // number of the first event lost
  uint64_t to = 0;      // of the last that the witnesses know of; from - 1: records, but no event
  std::string chain;    // after it, of the newest witness that kept one; else blank
  std::string witness;  // the file that says so, or the journal whose batch consumed it
  bool is_cut = false;  // readable, but made from source events that are gone: must go too

  uint64_t events() const { return to + 1 - from; }
};

// Losses of `journals` in `log`, in order of their partitions. A batch that consumed source events
// which are gone is lost with all after it: what it states was decided on them. Fails when a
// journal differs from a witness, or was written by another version: that is no loss of its end.
Result<std::vector<LostEnd>> FindLosses(EventLog& log, const std::vector<JournalIdentity>& journals,
                                        const std::vector<Witness>& witnesses);

}  // namespace holdfast
