#include "libs/eventlog/salvage.h"

#include <rocksdb/db.h>
#include <rocksdb/sst_file_reader.h>

#include <memory>

#include "libs/eventlog/log_keys.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;
using namespace log_keys;

tl::unexpected<Status> NotSalvaged(const rocksdb::Status& status) {
  return Fail(StatusCode::kUnavailable, "LOG_NOT_SALVAGED",
              "the salvaged log: " + status.ToString());
}

Result<std::unique_ptr<rocksdb::DB>> OpenCopy(const fs::path& folder, bool create) {
  rocksdb::Options options;
  options.create_if_missing = create;
  options.error_if_exists = create;
  options.keep_log_file_num = 2;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::Open(options, folder.string(), &opened);
  if (!status.ok()) return NotSalvaged(status);
  return std::unique_ptr<rocksdb::DB>(opened);
}

std::vector<fs::path> FilesIn(const fs::path& folder, std::string_view extension) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.is_regular_file(ignored) && entry.path().extension() == extension)
      files.push_back(entry.path());
  }
  return files;
}

// Rows that were taken out leave the files too: whoever salvages this log one day would find them
// there.
rocksdb::Status Compact(rocksdb::DB& db) {
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  return db.CompactRange(options, nullptr, nullptr);
}

class Salvager {
 public:
  Salvager(const SalvageOptions& options, rocksdb::DB& copy) : options_(options), copy_(copy) {
    unlogged_.disableWAL = true;  // what a crash loses is salvaged again
  }

  Result<void> TakeTables(const fs::path& folder) {
    for (const fs::path& file : FilesIn(folder, ".sst")) {
      if (auto taken = TakeTable(file); !taken) return taken;
    }
    return {};
  }

  // Write-ahead logs are read by RocksDB, which passes over every write whose checksum does not
  // hold, in a folder of their own.
  Result<void> TakeWriteAheadLogs() {
    const auto files = FilesIn(options_.damaged, ".log");
    if (files.empty()) return {};
    const fs::path beside = options_.copy.string() + ".wal";
    std::error_code error;
    fs::remove_all(beside, error);
    fs::create_directories(beside, error);
    for (const fs::path& file : files) {
      if (!fs::copy_file(file, beside / file.filename(), error)) Note(file, error.message());
    }
    const auto repaired = rocksdb::RepairDB(beside.string(), rocksdb::Options());
    if (!repaired.ok()) Note(options_.damaged, repaired.ToString());
    auto taken = TakeTables(beside);
    fs::remove_all(beside, error);
    return taken;
  }

  // Takes out what stands after a gap, and says whose log it is.
  Result<void> Finish() {
    for (const LogPartition& partition : options_.partitions) {
      if (auto trimmed = Trim(partition); !trimmed) return trimmed;
    }
    std::string id = id_.empty() ? options_.log_id : id_;
    if (id.size() != kIdSize) id = NewLogId();
    const auto put = copy_.Put(unlogged_, rocksdb::Slice(kFormatKey.data(), kFormatKey.size()),
                               std::string(kFormat) + id);
    const auto stored = put.ok() ? Compact(copy_) : put;
    if (!stored.ok()) return NotSalvaged(stored);
    return {};
  }

  std::vector<std::string> TakeNotes() { return std::move(notes_); }

 private:
  void Note(const fs::path& file, const std::string& what) {
    notes_.push_back(file.filename().string() + ": " + what);
  }

  Result<void> TakeTable(const fs::path& file) {
    rocksdb::SstFileReader table({});
    if (const auto opened = table.Open(file.string()); !opened.ok()) {
      Note(file, opened.ToString());
      return {};
    }
    rocksdb::ReadOptions options;
    options.verify_checksums = true;
    // A block that cannot be read ends an iterator: each partition has its own.
    for (const LogPartition& partition : options_.partitions) {
      const std::unique_ptr<rocksdb::Iterator> rows(table.NewIterator(options));
      const std::string prefix = PartitionPrefix(partition);
      for (rows->Seek(prefix); rows->Valid() && rows->key().starts_with(prefix); rows->Next()) {
        const auto put = copy_.Put(unlogged_, rows->key(), rows->value());
        if (!put.ok()) return NotSalvaged(put);
      }
      if (!rows->status().ok()) {
        Note(file, partition.service + "/" + std::to_string(partition.partition) + ": " +
                       rows->status().ToString());
      }
    }
    const std::unique_ptr<rocksdb::Iterator> rows(table.NewIterator(options));
    rows->Seek(rocksdb::Slice(kFormatKey.data(), kFormatKey.size()));
    const std::string format(kFormat);
    if (rows->Valid() && rows->key().ToStringView() == kFormatKey &&
        rows->value().starts_with(format)) {
      id_ = rows->value().ToString().substr(format.size());
    }
    return {};
  }

  Result<void> Trim(const LogPartition& partition) {
    const std::string prefix = PartitionPrefix(partition);
    uint64_t expected = 0;
    bool gap = false;
    {
      const std::unique_ptr<rocksdb::Iterator> rows(copy_.NewIterator({}));
      for (rows->Seek(prefix); rows->Valid() && rows->key().starts_with(prefix); rows->Next()) {
        gap = OffsetOfKey(rows->key().ToStringView()) != expected;
        if (gap) break;
        ++expected;
      }
      if (!rows->status().ok()) return NotSalvaged(rows->status());
    }
    if (!gap) return {};
    const auto cut =
        copy_.DeleteRange(unlogged_, copy_.DefaultColumnFamily(), RecordKey(partition, expected),
                          RecordKey(partition, UINT64_MAX));
    if (!cut.ok()) return NotSalvaged(cut);
    return {};
  }

  const SalvageOptions& options_;
  rocksdb::DB& copy_;
  rocksdb::WriteOptions unlogged_;
  std::string id_;
  std::vector<std::string> notes_;
};

}  // namespace

Result<std::vector<std::string>> SalvageLog(const SalvageOptions& options) {
  const auto copy = OpenCopy(options.copy, true);
  if (!copy) return tl::unexpected(copy.error());
  Salvager salvager(options, **copy);
  if (auto taken = salvager.TakeTables(options.damaged); !taken)
    return tl::unexpected(taken.error());
  if (auto taken = salvager.TakeWriteAheadLogs(); !taken) return tl::unexpected(taken.error());
  if (auto finished = salvager.Finish(); !finished) return tl::unexpected(finished.error());
  return salvager.TakeNotes();
}

Result<void> CutLog(const fs::path& folder, const std::map<LogPartition, uint64_t>& ends) {
  if (ends.empty()) return {};
  const auto copy = OpenCopy(folder, false);
  if (!copy) return tl::unexpected(copy.error());
  rocksdb::WriteOptions synced;
  synced.sync = true;
  for (const auto& [partition, end] : ends) {
    const auto cut =
        (*copy)->DeleteRange(synced, (*copy)->DefaultColumnFamily(), RecordKey(partition, end),
                             RecordKey(partition, UINT64_MAX));
    if (!cut.ok()) return NotSalvaged(cut);
  }
  if (const auto stored = Compact(**copy); !stored.ok()) return NotSalvaged(stored);
  return {};
}

}  // namespace holdfast
