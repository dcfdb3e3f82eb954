// Takes a partition's valid records to another log, byte for byte: chain and positions are the same
// there. Void records stay behind. No process serves either log meanwhile.
#pragma once

#include "libs/journal/checkpoint.h"

namespace holdfast {

// How a partition stands in both logs.
struct JournalCopy {
  LogPartition partition;
  ReaderState source;  // after its last record
  ReaderState target;

  // Both hold the same valid records.
  bool equal() const;
};

// Compares without copying.
Result<JournalCopy> CompareJournals(EventLog& from, EventLog& to, const JournalIdentity& journal);

// Goes on where a copy was cut off. TARGET_NOT_EMPTY (kFailedPrecondition) when the target holds
// other records than the source begins with; COPY_CUT_OFF (kUnavailable) when a record was not
// taken: do it again.
Result<JournalCopy> CopyJournal(EventLog& from, EventLog& to, const JournalIdentity& journal);

}  // namespace holdfast
