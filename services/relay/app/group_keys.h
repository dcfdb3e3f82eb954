// The key of a subscriber group's pseudonyms: derived from the deployment's keys, so that every
// instance has it.
#pragma once

#include <string>

#include "libs/crypto/keys_folder.h"
#include "libs/crypto/seal_bytes.h"

namespace holdfast::relay {

// The same for ever, for one KEYS/signing.key.
inline SecretKey KeyOfGroup(const KeysFolder& keys, const std::string& group) {
  SecretKey of_deployment;
  of_deployment.bytes() = keys.head_key();
  return DeriveKey(of_deployment, "holdfast subscriber group " + group);
}

}  // namespace holdfast::relay
