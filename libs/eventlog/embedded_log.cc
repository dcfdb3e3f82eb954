#include "libs/eventlog/embedded_log.h"

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <sodium.h>

#include "libs/base/check.h"
#include "libs/base/crash_point.h"
#include "libs/eventlog/log_keys.h"

namespace holdfast {
namespace {

using namespace log_keys;

constexpr int kReadOnlyTries = 5;
constexpr size_t kTail_bytes = 256 << 10;  // of a partition, for all who read at its end

rocksdb::Options LogOptions(EmbeddedLog::Mode mode) {
  rocksdb::Options options;
  options.create_if_missing = mode == EmbeddedLog::Mode::kCreate;
  options.error_if_exists = mode == EmbeddedLog::Mode::kCreate;
  options.paranoid_checks = true;
  // The default stops at the first damage in the middle and says nothing; this one refuses to open.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.track_and_verify_wals_in_manifest = true;
  options.keep_log_file_num = 2;
  options.stats_dump_period_sec = 0;  // an idle system writes nothing
  options.stats_persist_period_sec = 0;
  options.write_buffer_size = 32 << 20;
  options.max_background_jobs = 2;
  return options;
}

// RocksDB changes options that do not go together, without a word.
void AssertInForce(const rocksdb::DB& db) {
  const rocksdb::DBOptions options = db.GetDBOptions();
  HOLDFAST_CHECK(options.wal_recovery_mode ==
                 rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords);
  HOLDFAST_CHECK(options.recycle_log_file_num == 0);
  HOLDFAST_CHECK(options.paranoid_checks);
  HOLDFAST_CHECK(options.track_and_verify_wals_in_manifest);
  HOLDFAST_CHECK(!options.allow_2pc);
}

// A process that writes may replace files while another opens them to read: then they are looked up
// again.
rocksdb::Status OpenDatabase(const std::string& folder, EmbeddedLog::Mode mode,
                             rocksdb::DB** opened) {
  if (mode != EmbeddedLog::Mode::kReadOnly) {
    return rocksdb::DB::Open(LogOptions(mode), folder, opened);
  }
  rocksdb::Status status;
  for (int i = 0; i < kReadOnlyTries; ++i) {
    status = rocksdb::DB::OpenForReadOnly(LogOptions(mode), folder, opened);
    if (status.ok()) break;
  }
  return status;
}

Result<std::string> WriteFormat(rocksdb::DB& db) {
  const std::string id = NewLogId();
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const auto status = db.Put(synced, rocksdb::Slice(kFormatKey.data(), kFormatKey.size()),
                             std::string(kFormat) + id);
  if (!status.ok()) return Fail(StatusCode::kUnavailable, "LOG_NOT_MADE", status.ToString());
  return id;
}

Result<std::string> ReadFormat(rocksdb::DB& db) {
  std::string format;
  const auto status = db.Get({}, rocksdb::Slice(kFormatKey.data(), kFormatKey.size()), &format);
  if (!status.ok() || format.size() != kFormat.size() + kIdSize || !format.starts_with(kFormat)) {
    return Fail(StatusCode::kDataLoss, "LOG_NOT_READ",
                "the event log has no format of this program: " + status.ToString());
  }
  return format.substr(kFormat.size());
}

}  // namespace

Result<std::unique_ptr<EmbeddedLog>> EmbeddedLog::Open(const std::filesystem::path& folder,
                                                       Mode mode) {
  HOLDFAST_CHECK(sodium_init() >= 0);
  if (mode == Mode::kCreate) {
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
  }
  rocksdb::DB* opened = nullptr;
  const auto status = OpenDatabase(folder.string(), mode, &opened);
  if (!status.ok()) {
    return Fail(status.IsCorruption() ? StatusCode::kDataLoss : StatusCode::kUnavailable,
                "LOG_NOT_OPENED", "event log " + folder.string() + ": " + status.ToString());
  }
  std::unique_ptr<rocksdb::DB> db(opened);
  AssertInForce(*db);
  auto id = mode == Mode::kCreate ? WriteFormat(*db) : ReadFormat(*db);
  if (!id) return tl::unexpected(id.error());
  std::unique_ptr<EmbeddedLog> log(new EmbeddedLog(std::move(db), std::move(*id), mode));
  if (auto found = log->FindEnds(); !found) return tl::unexpected(found.error());
  if (mode == Mode::kReadOnly) return log;
  log->writer_ = std::thread([raw = log.get()] { raw->WriteUntilStopped(); });
  return log;
}

EmbeddedLog::EmbeddedLog(std::unique_ptr<rocksdb::DB> db, std::string id, Mode mode)
    : db_(std::move(db)), id_(std::move(id)), mode_(mode) {}

EmbeddedLog::~EmbeddedLog() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  waits_.notify_one();
  if (writer_.joinable()) writer_.join();
}

Result<void> EmbeddedLog::FindEnds() {
  std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator({}));
  rows->Seek("l");
  while (rows->Valid() && rows->key().starts_with("l")) {
    const LogPartition partition = PartitionOfKey(rows->key().ToStringView());
    rows->SeekForPrev(RecordKey(partition, UINT64_MAX));
    if (!rows->Valid()) break;
    const std::string_view key = rows->key().ToStringView();
    ends_[partition] = ReadBigEndian(key.substr(key.size() - 8)) + 1;
    rows->Next();
  }
  if (!rows->status().ok()) {
    return Fail(StatusCode::kDataLoss, "LOG_NOT_READ", rows->status().ToString());
  }
  next_ = ends_;
  return {};
}

void EmbeddedLog::Append(const LogPartition& partition, std::string bytes, Reported reported) {
  HOLDFAST_CHECK(mode_ != Mode::kReadOnly);
  {
    std::lock_guard lock(mutex_);
    waiting_.push_back({partition, std::move(bytes), std::move(reported)});
  }
  waits_.notify_one();
}

void EmbeddedLog::WriteUntilStopped() {
  while (true) {
    std::deque<Waiting> taken;
    {
      std::unique_lock lock(mutex_);
      waits_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      taken.swap(waiting_);
    }
    WriteTogether(std::move(taken));
  }
}

void EmbeddedLog::WriteTogether(std::deque<Waiting> taken) {
  rocksdb::WriteBatch batch;
  for (Waiting& record : taken) {
    record.offset = next_[record.partition]++;
    HOLDFAST_CHECK(batch.Put(RecordKey(record.partition, record.offset), record.bytes).ok());
  }
  rocksdb::WriteOptions synced;
  synced.sync = true;
  CrashPoint("log.before_write");
  const auto status = db_->Write(synced, &batch);
  HOLDFAST_CHECK(status.ok());
  CrashPoint("log.after_write");
  Show(taken);
  for (const Waiting& record : taken) {
    if (record.reported) record.reported(AppendReport::kAppended);
  }
}

void EmbeddedLog::Show(std::deque<Waiting>& written) {
  std::vector<std::shared_ptr<Watch_>> woken;
  {
    std::lock_guard lock(mutex_);
    std::set<LogPartition> grown;
    for (Waiting& record : written) {
      ends_[record.partition] = record.offset + 1;
      PartitionTail& tail = tails_[record.partition];
      tail.Add({.offset = record.offset, .bytes = std::move(record.bytes)});
      while (tail.bytes() > kTail_bytes && tail.Evict() > 0) continue;
      grown.insert(record.partition);
    }
    for (const LogPartition& partition : grown) {
      auto& watches = watches_[partition];
      for (auto it = watches.begin(); it != watches.end();) {
        auto watch = it->lock();
        it = watch ? std::next(it) : watches.erase(it);
        if (watch) woken.push_back(std::move(watch));
      }
    }
  }
  for (const auto& watch : woken) {
    std::lock_guard running(watch->mutex);
    if (watch->wake) watch->wake();
  }
}

Result<std::vector<LogRecord>> EmbeddedLog::Read(const LogPartition& partition, uint64_t from,
                                                 size_t limit_bytes) {
  std::vector<LogRecord> records = ReadFromMemory(partition, from, limit_bytes);
  const auto end = End(partition);
  if (!records.empty() || from >= *end) return records;
  rocksdb::ReadOptions options;
  options.verify_checksums = true;
  const std::string upper = RecordKey(partition, *end);
  const rocksdb::Slice bound(upper);
  options.iterate_upper_bound = &bound;
  std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator(options));
  size_t bytes = 0;
  uint64_t expected = from;
  for (rows->Seek(RecordKey(partition, from)); rows->Valid() && bytes < limit_bytes; rows->Next()) {
    const std::string_view key = rows->key().ToStringView();
    const uint64_t offset = ReadBigEndian(key.substr(key.size() - 8));
    if (offset != expected) break;
    ++expected;
    bytes += rows->value().size();
    records.push_back({.offset = offset, .bytes = rows->value().ToString()});
  }
  // This log has no gaps: one is loss, and a reader that went on past it would not see it.
  if (!rows->status().ok() || records.empty() || (bytes < limit_bytes && expected != *end)) {
    return Fail(StatusCode::kDataLoss, "RECORD_NOT_READ",
                "record " + std::to_string(expected) + " of " + partition.service + "/" +
                    std::to_string(partition.partition) + ": " + rows->status().ToString());
  }
  return records;
}

std::vector<LogRecord> EmbeddedLog::ReadFromMemory(const LogPartition& partition, uint64_t from,
                                                   size_t limit_bytes) {
  std::lock_guard lock(mutex_);
  const auto tail = tails_.find(partition);
  if (tail == tails_.end() || from < tail->second.first()) return {};
  return tail->second.Read(from, limit_bytes);
}

Result<uint64_t> EmbeddedLog::End(const LogPartition& partition) {
  std::lock_guard lock(mutex_);
  const auto it = ends_.find(partition);
  return it == ends_.end() ? 0 : it->second;
}

EventLog::Watcher EmbeddedLog::Watch(const LogPartition& partition, Wake wake) {
  auto watch = std::make_shared<Watch_>();
  watch->wake = std::move(wake);
  {
    std::lock_guard lock(mutex_);
    watches_[partition].push_back(watch);
  }
  return {watch.get(), [watch](void*) mutable {
            std::lock_guard running(watch->mutex);
            watch->wake = nullptr;
          }};
}

std::vector<LogPartition> EmbeddedLog::Partitions() {
  std::lock_guard lock(mutex_);
  std::vector<LogPartition> partitions;
  for (const auto& [partition, end] : ends_) partitions.push_back(partition);
  return partitions;
}

}  // namespace holdfast
