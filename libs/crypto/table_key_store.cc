#include "libs/crypto/table_key_store.h"

#include <mutex>

#include "libs/base/crash_point.h"
#include "libs/crypto/key_record.h"

namespace holdfast {
namespace {

constexpr size_t kRowsAtOnce = 1000;

tl::unexpected<Status> DamagedKey(const KeyId& id) {
  return Fail(StatusCode::kDataLoss, "KEY_DAMAGED",
              "data key " + id.HexText() + " cannot be opened");
}

class TableKeyStore final : public KeyStore {
 public:
  TableKeyStore(SharedTable& table, KeysFolder& keys) : table_(table), keys_(keys) {}

  Result<std::vector<KeyId>> MakeKeys(const AuthorityCode& authority, size_t count) override;
  Result<SecretKey> Get(const KeyId& id) override;
  Result<void> Destroy(const KeyId& id) override;
  Result<size_t> Rewrap(const AuthorityCode& authority) override;
  Result<std::set<AuthorityKeyName>> WrappedBy() override;
  Result<KeyStoreReport> Check() override;

 private:
  Result<KeyRecord> Find(const KeyId& id);
  Result<SecretKey> Unwrap(const KeyId& id, const KeyRecord& record);

  SharedTable& table_;
  KeysFolder& keys_;
  std::mutex writing_;  // held from looking at a row to writing it
};

Result<KeyRecord> TableKeyStore::Find(const KeyId& id) {
  auto bytes = table_.Get(id.Bytes());
  if (!bytes) {
    if (auto read = table_.CatchUp(); !read) return tl::unexpected(read.error());
    bytes = table_.Get(id.Bytes());
  }
  if (!bytes)
    return Fail(StatusCode::kDataLoss, "KEY_MISSING",
                "data key " + id.HexText() + " is not in the key store");
  auto record = DecodeKeyRecord(*bytes);
  if (!record) return DamagedKey(id);
  return std::move(*record);
}

Result<SecretKey> TableKeyStore::Unwrap(const KeyId& id, const KeyRecord& record) {
  const auto wrapping = keys_.AuthorityKey(record.WrappedBy());
  if (!wrapping) return tl::unexpected(wrapping.error());
  auto key = UnwrapDataKey(*wrapping, id, record);
  if (!key) return DamagedKey(id);
  return std::move(*key);
}

Result<std::vector<KeyId>> TableKeyStore::MakeKeys(const AuthorityCode& authority, size_t count) {
  const std::lock_guard lock(writing_);
  const auto name = keys_.NewestKey(authority);
  if (!name) return tl::unexpected(name.error());
  const auto wrapping = keys_.AuthorityKey(*name);
  if (!wrapping) return tl::unexpected(wrapping.error());
  std::vector<KeyId> ids;
  std::vector<TableRow> rows;
  while (ids.size() < count) {
    const KeyId id = RandomKeyId();
    if (table_.Get(id.Bytes())) continue;
    rows.push_back({id.Bytes(), Encode(WrapDataKey(*wrapping, *name, id, SecretKey::Random()))});
    ids.push_back(id);
  }
  CrashPoint("keys.before_write");
  if (auto written = table_.Put(rows); !written) return tl::unexpected(written.error());
  CrashPoint("keys.after_write");
  return ids;
}

Result<SecretKey> TableKeyStore::Get(const KeyId& id) {
  // A re-wrap may destroy the wrapping key between the two steps: then the record is another by
  // now.
  for (bool again = true;; again = false) {
    const auto record = Find(id);
    if (!record) return tl::unexpected(record.error());
    if (record->IsDestroyed())
      return Fail(StatusCode::kNotFound, "KEY_ERASED", "the data key was destroyed");
    auto key = Unwrap(id, *record);
    if (key || !again || key.error().reason != "AUTHORITY_UNKNOWN") return key;
    if (auto read = table_.CatchUp(); !read) return tl::unexpected(read.error());
  }
}

Result<void> TableKeyStore::Destroy(const KeyId& id) {
  const std::lock_guard lock(writing_);
  const auto record = Find(id);
  if (!record) return tl::unexpected(record.error());
  if (record->IsDestroyed()) return {};
  return table_.Put({{id.Bytes(), Encode({record->authority, 0, {}})}});
}

Result<size_t> TableKeyStore::Rewrap(const AuthorityCode& authority) {
  const std::lock_guard lock(writing_);
  const auto name = keys_.NewestKey(authority);
  if (!name) return tl::unexpected(name.error());
  const auto wrapping = keys_.AuthorityKey(*name);
  if (!wrapping) return tl::unexpected(wrapping.error());
  if (auto read = table_.CatchUp(); !read) return tl::unexpected(read.error());
  size_t wrapped = 0;
  std::vector<TableRow> rows;
  for (const auto& [bytes, value] : table_.All()) {
    const auto id = KeyId::FromBytes(bytes);
    const auto record = DecodeKeyRecord(value);
    if (!id || !record) return Fail(StatusCode::kDataLoss, "KEY_DAMAGED", "a key is damaged");
    if (record->authority != authority || record->IsDestroyed() || record->version == name->version)
      continue;
    const auto key = Unwrap(*id, *record);
    if (!key) return tl::unexpected(key.error());
    rows.push_back({bytes, Encode(WrapDataKey(*wrapping, *name, *id, *key))});
    ++wrapped;
    if (rows.size() < kRowsAtOnce) continue;
    if (auto written = table_.Put(rows); !written) return tl::unexpected(written.error());
    rows.clear();
  }
  if (auto written = table_.Put(rows); !written) return tl::unexpected(written.error());
  return wrapped;
}

Result<std::set<AuthorityKeyName>> TableKeyStore::WrappedBy() {
  if (auto read = table_.CatchUp(); !read) return tl::unexpected(read.error());
  std::set<AuthorityKeyName> names;
  for (const auto& [bytes, value] : table_.All()) {
    const auto record = DecodeKeyRecord(value);
    if (record && !record->IsDestroyed()) names.insert(record->WrappedBy());
  }
  return names;
}

Result<KeyStoreReport> TableKeyStore::Check() {
  KeyStoreReport report;
  for (const auto& [bytes, value] : table_.All()) {
    const auto id = KeyId::FromBytes(bytes);
    if (!id) continue;
    const auto record = DecodeKeyRecord(value);
    if (record && record->IsDestroyed()) {
      ++report.destroyed;
    } else if (record && Unwrap(*id, *record)) {
      ++report.live;
    } else {
      report.damaged.push_back(*id);
    }
  }
  return report;
}

}  // namespace

std::unique_ptr<KeyStore> OpenTableKeyStore(SharedTable& table, KeysFolder& keys) {
  return std::make_unique<TableKeyStore>(table, keys);
}

}  // namespace holdfast
