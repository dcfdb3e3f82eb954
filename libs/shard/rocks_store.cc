#include "libs/shard/rocks_store.h"

#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

namespace holdfast {
namespace {

constexpr int kOpenToReadTries = 5;

tl::unexpected<Status> Damaged(const rocksdb::Status& status) {
  return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "state store: " + status.ToString());
}

// Rows of one partition: key = partition(4, big-endian) key.
class RocksStateStore final : public StateStore {
 public:
  RocksStateStore(rocksdb::DB& db, uint32_t partition) : db_(db) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      prefix_.push_back(static_cast<char>(partition >> shift));
    }
  }

  Result<std::optional<std::string>> Get(std::string_view key) override {
    std::string value;
    const auto status = db_.Get({}, Full(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return Damaged(status);
    return value;
  }

  Result<std::vector<StoredRow>> Scan(std::string_view prefix, std::string_view after,
                                      size_t limit) override {
    std::vector<StoredRow> rows;
    const std::string within = Full(prefix);
    const std::string from = Full(after);
    std::unique_ptr<rocksdb::Iterator> it(db_.NewIterator({}));
    for (it->Seek(std::max(within, from)); it->Valid() && rows.size() < limit; it->Next()) {
      if (!it->key().starts_with(within)) break;
      if (it->key() == from && !after.empty()) continue;
      rows.push_back({it->key().ToString().substr(prefix_.size()), it->value().ToString()});
    }
    if (!it->status().ok()) return Damaged(it->status());
    return rows;
  }

  Result<void> Write(const RowChanges& changes) override {
    constexpr size_t kRowOverhead_bytes = 16;
    size_t size = 0;
    for (const auto& [key, value] : changes) {
      size += prefix_.size() + key.size() + (value ? value->size() : 0) + kRowOverhead_bytes;
    }
    rocksdb::WriteBatch batch(size);
    for (const auto& [key, value] : changes) {
      const auto status = value ? batch.Put(Full(key), *value) : batch.Delete(Full(key));
      if (!status.ok()) return Damaged(status);
    }
    const auto status = db_.Write({}, &batch);
    if (!status.ok()) return Damaged(status);
    return {};
  }

  Result<void> Wipe() override {
    std::string end = prefix_;
    end.append(64, '\xff');
    const auto status = db_.DeleteRange({}, db_.DefaultColumnFamily(), prefix_, end);
    if (!status.ok()) return Damaged(status);
    return {};
  }

 private:
  std::string Full(std::string_view key) const { return prefix_ + std::string(key); }

  rocksdb::DB& db_;
  std::string prefix_;
};

rocksdb::Options StoreOptions() {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.paranoid_checks = true;
  options.keep_log_file_num = 2;
  options.stats_dump_period_sec = 0;  // an idle system writes nothing
  options.stats_persist_period_sec = 0;
  options.write_buffer_size = 32 << 20;
  rocksdb::BlockBasedTableOptions table;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

tl::unexpected<Status> NotOpened(const std::filesystem::path& folder,
                                 const rocksdb::Status& status) {
  return Fail(StatusCode::kDataLoss, "STATE_NOT_OPENED",
              "state store " + folder.string() + ": " + status.ToString() +
                  "; it can be removed: it is built again from the journal");
}

}  // namespace

Result<std::unique_ptr<RocksDatabase>> RocksDatabase::Open(const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::Open(StoreOptions(), folder.string(), &opened);
  if (!status.ok()) return NotOpened(folder, status);
  return std::unique_ptr<RocksDatabase>(new RocksDatabase(std::unique_ptr<rocksdb::DB>(opened)));
}

Result<std::unique_ptr<RocksDatabase>> RocksDatabase::OpenToRead(
    const std::filesystem::path& folder) {
  rocksdb::DB* opened = nullptr;
  rocksdb::Status status;
  // A process that writes may replace files meanwhile: then they are looked up again.
  for (int i = 0; i < kOpenToReadTries && opened == nullptr; ++i) {
    status = rocksdb::DB::OpenForReadOnly(StoreOptions(), folder.string(), &opened);
  }
  if (!status.ok()) return NotOpened(folder, status);
  return std::unique_ptr<RocksDatabase>(new RocksDatabase(std::unique_ptr<rocksdb::DB>(opened)));
}

RocksDatabase::RocksDatabase(std::unique_ptr<rocksdb::DB> db) : db_(std::move(db)) {}
RocksDatabase::~RocksDatabase() = default;

Result<void> RocksDatabase::VerifyChecksums() {
  const auto status = db_->VerifyChecksum();
  if (!status.ok()) return Damaged(status);
  return {};
}

std::unique_ptr<StateStore> RocksDatabase::StoreOf(uint32_t partition) {
  return std::make_unique<RocksStateStore>(*db_, partition);
}

}  // namespace holdfast
