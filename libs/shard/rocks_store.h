// A shard's state in a part of a RocksDB that all shards of a service share.
#pragma once

#include <filesystem>
#include <memory>

#include "libs/shard/state_store.h"

namespace rocksdb {
class DB;
}

namespace holdfast {

// A service's database. Thread-safe. Writes are not synced: what is lost is read again from the
// journal.
class RocksDatabase {
 public:
  // Makes it where there is none.
  static Result<std::unique_ptr<RocksDatabase>> Open(const std::filesystem::path& folder);
  // Takes no lock and shows what was there when it was opened, also while another process writes.
  // To write is a failure.
  static Result<std::unique_ptr<RocksDatabase>> OpenToRead(const std::filesystem::path& folder);
  ~RocksDatabase();

  // Reads all there is: fails when a checksum does not hold.
  Result<void> VerifyChecksums();

  // The rows of one partition. It must not outlive the database.
  std::unique_ptr<StateStore> StoreOf(uint32_t partition);

 private:
  explicit RocksDatabase(std::unique_ptr<rocksdb::DB> db);
  std::unique_ptr<rocksdb::DB> db_;
};

}  // namespace holdfast
