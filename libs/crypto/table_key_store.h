// The key store of a deployment of several instances: a table that all of them have, of wrapped
// data keys. Rows: key id (16 bytes) to record (libs/crypto/key_record.h).
#pragma once

#include <memory>

#include "libs/crypto/key_store.h"
#include "libs/crypto/keys_folder.h"
#include "libs/eventlog/shared_table.h"

namespace holdfast {

// Both outlive it. A key of another instance that is not known yet is waited for. Two instances may
// not destroy and re-wrap at once: an erasure does one after the other.
std::unique_ptr<KeyStore> OpenTableKeyStore(SharedTable& table, KeysFolder& keys);

}  // namespace holdfast
