// The key store on one machine: a RocksDB of its own, so that it has its own backups. Rows: key id
// (16 bytes) to record (libs/crypto/key_record.h); and "format" to "holdfast keys 1", which is
// written before the folder gets its name.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "libs/crypto/key_store.h"
#include "libs/crypto/keys_folder.h"

namespace holdfast {

// Opens the store in `folder`, or makes it where there is no such folder. `keys` outlives it. A
// folder that lost files is refused (KEY_STORE_DAMAGED), never taken for a new one.
Result<std::unique_ptr<KeyStore>> OpenRocksKeyStore(const std::filesystem::path& folder,
                                                    KeysFolder& keys);

// The store as it was when it was opened, also while another process writes to it; to change it is
// a failure. KEY_STORE_DAMAGED when there is none.
Result<std::unique_ptr<KeyStore>> OpenRocksKeyStoreToRead(const std::filesystem::path& folder,
                                                          KeysFolder& keys);

// Every record of the store in `folder` as it lies there, by key id; and the same put there in one
// sync. They are wrapped: no key is opened. KEY_STORE_DAMAGED.
Result<std::map<std::string, std::string>> ReadKeyRecords(const std::filesystem::path& folder);
Result<void> PutKeyRecords(const std::filesystem::path& folder,
                           const std::map<std::string, std::string>& records);

}  // namespace holdfast
