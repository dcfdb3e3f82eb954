// The auditor of journals: recomputes every chain from the first record, and compares it with all
// witnesses.
#pragma once

#include <vector>

#include "libs/journal/checkpoint.h"

namespace holdfast {

struct Finding {
  std::string kind;  // constant: differs, shorter, other_log, unreadable, unknown_version,
                     // settings_differ, not_read
  std::string file;  // which witness or store says so; blank: the log itself
  LogPartition partition;
  uint64_t offset = 0;
  std::string message;
};

// A checkpoint that somebody else kept, and the file that it is from.
struct Witness {
  std::string file;
  journal::v1::Checkpoint checkpoint;
};

struct PartitionAudit {
  LogPartition partition;
  ReaderState state;  // after the last record
};

struct Audit {
  std::vector<PartitionAudit> partitions;
  std::vector<Finding> findings;

  bool ok() const { return findings.empty(); }
};

// Reads every record of the journals named. Void records are counted, not found fault with: readers
// skip them rightly.
Audit VerifyJournals(EventLog& log, const std::vector<JournalIdentity>& journals,
                     const std::vector<Witness>& witnesses);

// One line of `journal dump`: the record as JSON without personal data; payloads as their size and
// SHA-256.
std::string DumpLine(const LogRecord& record, Verdict verdict, const ReaderState& after,
                     const journal::v1::Record& contents);

}  // namespace holdfast
