// Whether the keys are there that the journals need.
#pragma once

#include <vector>

#include "libs/crypto/key_store.h"
#include "libs/crypto/keys_folder.h"
#include "libs/journal/verify.h"

namespace holdfast {

// Every key file and certificate of the keys folder: a finding of kind keys for each that is not as
// it was made.
std::vector<Finding> AuditKeysFolder(KeysFolder& keys);

// Reads all events of `journals`. A finding of kind key for each data key that a registration or a
// sealed field names and the store does not open, and for each of the store's that no event names
// and that does not open either; of kind keys for each authority whose own keys are missing. A key
// that was destroyed is none.
std::vector<Finding> AuditKeyStore(EventLog& log, const std::vector<JournalIdentity>& journals,
                                   KeyStore& store, KeysFolder& keys,
                                   const std::filesystem::path& folder);

}  // namespace holdfast
