// An event log: append a record to a partition, read a partition in order. All else is the
// journal's, one library above. A log may lose, double, delay and reorder what is appended; it
// never changes what a reader has once read.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "libs/base/status.h"

namespace holdfast {

// One partition of one service's journal.
struct LogPartition {
  std::string service;
  uint32_t partition = 0;  // from 0

  auto operator<=>(const LogPartition&) const = default;
};

struct LogRecord {
  uint64_t offset = 0;
  std::string bytes;
};

// What the log believes became of an append. Nobody may rely on it: the truth is what a reader
// reads.
enum class AppendReport { kAppended, kFailed, kUnknown };

// Thread-safe. Callbacks come on the log's own thread and must only signal.
class EventLog {
 public:
  using Reported = std::function<void(AppendReport)>;
  using Wake = std::function<void()>;
  // Ends a Watch when it goes; no call comes after its destructor has returned.
  using Watcher = std::shared_ptr<void>;

  virtual ~EventLog() = default;

  // Random bytes made with the log: another log has another id.
  virtual std::string Id(const LogPartition& partition) const = 0;

  // Takes a record to be appended, and returns at once. `reported` may be empty.
  virtual void Append(const LogPartition& partition, std::string bytes, Reported reported) = 0;

  // The records from offset `from` on, in order, until they hold `limit_bytes`, at least one when
  // there is one. Offsets may have gaps. Empty: none yet. Fails when a record that is there cannot
  // be read.
  virtual Result<std::vector<LogRecord>> Read(const LogPartition& partition, uint64_t from,
                                              size_t limit_bytes) = 0;

  // The offset that the next record will have: no record at or after it can be read now.
  virtual Result<uint64_t> End(const LogPartition& partition) = 0;

  // The same, but of this moment, whoever appended: what was read anywhere before this call is
  // before it. May wait for others.
  virtual Result<uint64_t> EndNow(const LogPartition& partition) { return End(partition); }

  // Calls `wake` after records were appended to the partition.
  virtual Watcher Watch(const LogPartition& partition, Wake wake) = 0;
};

}  // namespace holdfast
