#include "libs/crypto/rocks_key_store.h"

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>

#include <mutex>
#include <string>
#include <utility>

#include "libs/base/check.h"
#include "libs/base/crash_point.h"
#include "libs/crypto/key_record.h"
#include "libs/crypto/private_file.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

constexpr char kFormatRow[] = "format";
constexpr char kFormat[] = "holdfast keys 1";
constexpr size_t kRewrapsInWrite = 1000;
constexpr int kReadOnlyTries = 5;

rocksdb::Slice Row(const KeyId& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

tl::unexpected<Status> Damaged(const std::string& message) {
  return Fail(StatusCode::kDataLoss, "KEY_STORE_DAMAGED", "the key store: " + message);
}

tl::unexpected<Status> Missing(const KeyId& id) {
  return Fail(StatusCode::kDataLoss, "KEY_MISSING",
              "data key " + id.HexText() + " is not in the key store");
}

tl::unexpected<Status> DamagedKey(const KeyId& id) {
  return Fail(StatusCode::kDataLoss, "KEY_DAMAGED",
              "data key " + id.HexText() + " cannot be opened");
}

rocksdb::WriteOptions Synced() {
  rocksdb::WriteOptions options;
  options.sync = true;
  return options;
}

enum class Mode { kCreate, kOpen, kReadOnly };

// A process that writes may replace files while another opens them to read: then they are looked up
// again.
rocksdb::Status OpenToRead(const rocksdb::Options& options, const fs::path& folder,
                           rocksdb::DB** opened) {
  rocksdb::Status status;
  for (int i = 0; i < kReadOnlyTries && *opened == nullptr; ++i) {
    status = rocksdb::DB::OpenForReadOnly(options, folder.string(), opened);
  }
  return status;
}

Result<std::unique_ptr<rocksdb::DB>> OpenDatabase(const fs::path& folder, Mode mode) {
  rocksdb::Options options;
  options.create_if_missing = mode == Mode::kCreate;
  options.paranoid_checks = true;
  // The default mode would end at the first damage without a word.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.track_and_verify_wals_in_manifest = true;
  options.max_open_files = 64;
  options.keep_log_file_num = 2;
  options.stats_dump_period_sec = 0;  // an idle system writes nothing
  options.stats_persist_period_sec = 0;
  rocksdb::DB* raw = nullptr;
  const auto opened = mode == Mode::kReadOnly ? OpenToRead(options, folder, &raw)
                                              : rocksdb::DB::Open(options, folder.string(), &raw);
  if (!opened.ok()) return Damaged(opened.ToString());
  std::unique_ptr<rocksdb::DB> database(raw);
  const auto in_force = database->GetDBOptions();
  HOLDFAST_CHECK(in_force.wal_recovery_mode ==
                 rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords);
  HOLDFAST_CHECK(in_force.paranoid_checks);
  return database;
}

// Made under another name, so that a folder of the right name was once complete.
Result<void> MakeDatabase(const fs::path& folder) {
  fs::path making = folder;
  making += ".making";
  std::error_code error;
  fs::remove_all(making, error);
  if (auto made = MakePrivateFolder(making); !made) return made;
  {
    auto database = OpenDatabase(making, Mode::kCreate);
    if (!database) return tl::unexpected(database.error());
    const auto put = (*database)->Put(Synced(), kFormatRow, kFormat);
    if (!put.ok()) return Damaged(put.ToString());
  }
  fs::rename(making, folder, error);
  if (error) return Damaged("cannot name " + folder.string() + ": " + error.message());
  return SyncFolder(folder.parent_path());
}

class RocksKeyStore final : public KeyStore {
 public:
  RocksKeyStore(std::unique_ptr<rocksdb::DB> database, KeysFolder& keys)
      : database_(std::move(database)), keys_(keys) {}

  Result<std::vector<KeyId>> MakeKeys(const AuthorityCode& authority, size_t count) override;
  Result<SecretKey> Get(const KeyId& id) override;
  Result<void> Destroy(const KeyId& id) override;
  Result<size_t> Rewrap(const AuthorityCode& authority) override;
  Result<std::set<AuthorityKeyName>> WrappedBy() override;
  Result<KeyStoreReport> Check() override;

 private:
  Result<KeyRecord> Find(const KeyId& id);
  Result<SecretKey> Unwrap(const KeyId& id, const KeyRecord& record);
  Result<void> Write(rocksdb::WriteBatch& batch);

  // Calls `visit(id, record)` for each row; record is nothing where the row is damaged. Ends at the
  // first failure of `visit`.
  template <typename Visit>
  Result<void> ForEach(Visit visit);

  const std::unique_ptr<rocksdb::DB> database_;
  KeysFolder& keys_;
  std::mutex writing_;  // held from looking at a row to writing it
};

Result<void> RocksKeyStore::Write(rocksdb::WriteBatch& batch) {
  CrashPoint("keys.before_write");
  const auto written = database_->Write(Synced(), &batch);
  if (!written.ok()) return Damaged(written.ToString());
  CrashPoint("keys.after_write");
  return {};
}

Result<KeyRecord> RocksKeyStore::Find(const KeyId& id) {
  std::string bytes;
  const auto found = database_->Get({}, Row(id), &bytes);
  if (found.IsNotFound()) return Missing(id);
  if (!found.ok()) return Damaged(found.ToString());
  auto record = DecodeKeyRecord(bytes);
  if (!record) return DamagedKey(id);
  return std::move(*record);
}

Result<SecretKey> RocksKeyStore::Unwrap(const KeyId& id, const KeyRecord& record) {
  const auto wrapping = keys_.AuthorityKey(record.WrappedBy());
  if (!wrapping) return tl::unexpected(wrapping.error());
  auto key = UnwrapDataKey(*wrapping, id, record);
  if (!key) return DamagedKey(id);
  return std::move(*key);
}

Result<std::vector<KeyId>> RocksKeyStore::MakeKeys(const AuthorityCode& authority, size_t count) {
  // The newest key is looked up under the lock: after a re-wrap nothing more is wrapped by an older
  // one.
  const std::lock_guard lock(writing_);
  const auto name = keys_.NewestKey(authority);
  if (!name) return tl::unexpected(name.error());
  const auto wrapping = keys_.AuthorityKey(*name);
  if (!wrapping) return tl::unexpected(wrapping.error());
  std::vector<KeyId> ids;
  rocksdb::WriteBatch batch;
  while (ids.size() < count) {
    const KeyId id = RandomKeyId();
    if (const auto taken = Find(id); taken || taken.error().reason != "KEY_MISSING") continue;
    batch.Put(Row(id), Encode(WrapDataKey(*wrapping, *name, id, SecretKey::Random())));
    ids.push_back(id);
  }
  if (auto written = Write(batch); !written) return tl::unexpected(written.error());
  return ids;
}

Result<SecretKey> RocksKeyStore::Get(const KeyId& id) {
  // A re-wrap may destroy the wrapping key between the two steps: then the record is another by
  // now.
  for (bool again = true;; again = false) {
    const auto record = Find(id);
    if (!record) return tl::unexpected(record.error());
    if (record->IsDestroyed())
      return Fail(StatusCode::kNotFound, "KEY_ERASED", "the data key was destroyed");
    auto key = Unwrap(id, *record);
    if (key || !again || key.error().reason != "AUTHORITY_UNKNOWN") return key;
  }
}

Result<void> RocksKeyStore::Destroy(const KeyId& id) {
  const std::lock_guard lock(writing_);
  const auto record = Find(id);
  if (!record) return tl::unexpected(record.error());
  if (record->IsDestroyed()) return {};
  rocksdb::WriteBatch batch;
  batch.Put(Row(id), Encode({record->authority, 0, {}}));
  if (auto written = Write(batch); !written) return written;
  // Into a table file, whose loss is noticed at start: with the last log file lost, the key would
  // be back.
  const auto flushed = database_->Flush({});
  if (!flushed.ok()) return Damaged(flushed.ToString());
  return {};
}

template <typename Visit>
Result<void> RocksKeyStore::ForEach(Visit visit) {
  const std::unique_ptr<rocksdb::Iterator> rows(database_->NewIterator({}));
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    const auto id = KeyId::FromBytes(rows->key().ToStringView());
    if (!id) continue;
    if (auto visited = visit(*id, DecodeKeyRecord(rows->value().ToStringView())); !visited)
      return visited;
  }
  if (!rows->status().ok()) return Damaged(rows->status().ToString());
  return {};
}

Result<size_t> RocksKeyStore::Rewrap(const AuthorityCode& authority) {
  const std::lock_guard lock(writing_);
  const auto name = keys_.NewestKey(authority);
  if (!name) return tl::unexpected(name.error());
  const auto wrapping = keys_.AuthorityKey(*name);
  if (!wrapping) return tl::unexpected(wrapping.error());
  rocksdb::WriteBatch batch;
  size_t count = 0;
  auto visited = ForEach([&](const KeyId& id,
                             const std::optional<KeyRecord>& record) -> Result<void> {
    if (!record) return DamagedKey(id);
    if (record->IsDestroyed() || record->authority != authority || record->version == name->version)
      return {};
    const auto key = Unwrap(id, *record);
    if (!key) return tl::unexpected(key.error());
    batch.Put(Row(id), Encode(WrapDataKey(*wrapping, *name, id, *key)));
    if (++count % kRewrapsInWrite != 0) return {};
    auto written = Write(batch);
    batch.Clear();
    return written;
  });
  if (!visited) return tl::unexpected(visited.error());
  if (auto written = Write(batch); !written) return tl::unexpected(written.error());
  // Out of the log file, whose loss would bring back keys under a version that is destroyed next.
  const auto flushed = database_->Flush({});
  if (!flushed.ok()) return Damaged(flushed.ToString());
  return count;
}

Result<std::set<AuthorityKeyName>> RocksKeyStore::WrappedBy() {
  std::set<AuthorityKeyName> names;
  auto visited = ForEach([&](const KeyId&, const std::optional<KeyRecord>& record) -> Result<void> {
    if (record && !record->IsDestroyed()) names.insert(record->WrappedBy());
    return {};
  });
  if (!visited) return tl::unexpected(visited.error());
  return names;
}

Result<KeyStoreReport> RocksKeyStore::Check() {
  KeyStoreReport report;
  if (const auto whole = database_->VerifyChecksum(); !whole.ok()) return Damaged(whole.ToString());
  auto visited =
      ForEach([&](const KeyId& id, const std::optional<KeyRecord>& record) -> Result<void> {
        if (record && record->IsDestroyed()) {
          ++report.destroyed;
        } else if (record && Unwrap(id, *record)) {
          ++report.live;
        } else {
          report.damaged.push_back(id);
        }
        return {};
      });
  if (!visited) return tl::unexpected(visited.error());
  return report;
}

Result<std::unique_ptr<KeyStore>> OpenStore(const fs::path& folder, Mode mode, KeysFolder& keys) {
  auto database = OpenDatabase(folder, mode);
  if (!database) return tl::unexpected(database.error());
  std::string format;
  const auto found = (*database)->Get({}, kFormatRow, &format);
  if (!found.ok()) return Damaged("it has no format row: " + found.ToString());
  if (format != kFormat) return Damaged("its format is not known: " + format);
  return std::make_unique<RocksKeyStore>(std::move(*database), keys);
}

}  // namespace

Result<std::unique_ptr<KeyStore>> OpenRocksKeyStore(const fs::path& folder, KeysFolder& keys) {
  std::error_code ignored;
  if (!fs::exists(folder, ignored)) {
    if (auto made = MakeDatabase(folder); !made) return tl::unexpected(made.error());
  }
  return OpenStore(folder, Mode::kOpen, keys);
}

Result<std::unique_ptr<KeyStore>> OpenRocksKeyStoreToRead(const fs::path& folder,
                                                          KeysFolder& keys) {
  return OpenStore(folder, Mode::kReadOnly, keys);
}

Result<std::map<std::string, std::string>> ReadKeyRecords(const fs::path& folder) {
  const auto database = OpenDatabase(folder, Mode::kReadOnly);
  if (!database) return tl::unexpected(database.error());
  std::map<std::string, std::string> records;
  const std::unique_ptr<rocksdb::Iterator> rows((*database)->NewIterator({}));
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    if (KeyId::FromBytes(rows->key().ToStringView()))
      records.emplace(rows->key().ToString(), rows->value().ToString());
  }
  if (!rows->status().ok()) return Damaged(rows->status().ToString());
  return records;
}

Result<void> PutKeyRecords(const fs::path& folder,
                           const std::map<std::string, std::string>& records) {
  const auto database = OpenDatabase(folder, Mode::kOpen);
  if (!database) return tl::unexpected(database.error());
  rocksdb::WriteBatch batch;
  for (const auto& [id, record] : records) batch.Put(id, record);
  const auto written = (*database)->Write(Synced(), &batch);
  if (!written.ok()) return Damaged(written.ToString());
  return {};
}

}  // namespace holdfast
