// The event log of one machine: one RocksDB, one writer thread that takes all that waits and makes
// one synced write.
//
//   key    = 'l' service 0x00 partition(4, big-endian) offset(8, big-endian)     value = record
//   bytes key    = 'f'                                                                 value =
//   format and log id, written last
#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "libs/eventlog/event_log.h"
#include "libs/eventlog/partition_tail.h"

namespace rocksdb {
class DB;
}

namespace holdfast {

// A failed write or sync aborts the process: what is durable is then found out by reading it again.
class EmbeddedLog final : public EventLog {
 public:
  enum class Mode { kCreate, kOpen, kReadOnly };
  // kCreate makes a log where there is none; kOpen refuses to. Both hold the folder's lock until
  // destroyed. kReadOnly takes no lock and shows what was there when it was opened, also while
  // another process writes; to append to it is a bug.
  static Result<std::unique_ptr<EmbeddedLog>> Open(const std::filesystem::path& folder, Mode mode);
  ~EmbeddedLog() override;

  std::string Id(const LogPartition&) const override { return id_; }
  void Append(const LogPartition& partition, std::string bytes, Reported reported) override;
  Result<std::vector<LogRecord>> Read(const LogPartition& partition, uint64_t from,
                                      size_t limit_bytes) override;
  Result<uint64_t> End(const LogPartition& partition) override;
  Watcher Watch(const LogPartition& partition, Wake wake) override;

  // The partitions that have records.
  std::vector<LogPartition> Partitions();

 private:
  struct Waiting {
    LogPartition partition;
    std::string bytes;
    Reported reported;
    uint64_t offset = 0;  // once it is being written
  };
  struct Watch_ {
    std::mutex mutex;  // held while `wake` runs, so that ending a watch waits for it
    Wake wake;
  };

  EmbeddedLog(std::unique_ptr<rocksdb::DB> db, std::string id, Mode mode);
  Result<void> FindEnds();
  void WriteUntilStopped();
  void WriteTogether(std::deque<Waiting> taken);
  // Lets all read what is synced, and wakes who waits for it.
  void Show(std::deque<Waiting>& written);
  std::vector<LogRecord> ReadFromMemory(const LogPartition& partition, uint64_t from,
                                        size_t limit_bytes);

  std::unique_ptr<rocksdb::DB> db_;
  const std::string id_;
  const Mode mode_;

  std::mutex mutex_;  // guards all below but next_
  std::condition_variable waits_;
  std::deque<Waiting> waiting_;
  bool stopping_ = false;
  std::map<LogPartition, uint64_t> ends_;        // of what is synced
  std::map<LogPartition, PartitionTail> tails_;  // the newest of it
  std::map<LogPartition, std::list<std::weak_ptr<Watch_>>> watches_;

  std::map<LogPartition, uint64_t> next_;  // the writer thread's
  std::thread writer_;                     // last: uses all above
};

}  // namespace holdfast
