// A subscriber group's own names for everything, under its key: nobody without the key can tell of
// two groups' names that they mean one child.
//
//   id         first 16 bytes of HMAC-SHA-256(key, "pseudonym", bytes)
//   name       the same of "name", in lower-case hexadecimal
//   event id   the same of "event", service, partition and number
//
// Kept for ever: golden values in pseudonymise_test.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/base/ids.h"
#include "libs/crypto/secret_key.h"

namespace holdfast::relay {

class Pseudonyms {
 public:
  explicit Pseudonyms(SecretKey key);

  SubjectId OfId(std::string_view bytes) const;
  std::string OfName(std::string_view name) const;
  std::string OfEvent(std::string_view service, uint32_t partition, uint64_t number) const;

  // A text that only this group's key opens: what stands in it tells positions.
  std::string Seal(std::string_view text) const;
  std::optional<std::string> Open(std::string_view sealed) const;

 private:
  SecretKey key_;
  SecretKey sealing_key_;
};

}  // namespace holdfast::relay
