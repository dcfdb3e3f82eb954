// The sealed form of personal data, as bytes. Kept for ever: golden bytes in
// sealed_personal_test.cc.
//
//   SealedPersonal.nonce       24 random bytes
//   SealedPersonal.ciphertext  XChaCha20-Poly1305 of the serialised Personal, the 16-byte tag last
//   under the key              HKDF-SHA-256, no salt, of the data key for the use
//                              "holdfast personal 1" 0x00 service_name
//   bound to                   IdMaterial("holdfast personal 1",
//                                         {authority, subject, event, field, key_id})
//
//   authority := its code, such as E06000001
//   subject   := the subject's id(16)
//   event     := 'A' assertion_id(16)                      of an event that states an assertion
//              | 'C' command_id(16) index(4, big-endian)   of any other: the index-th, from 0, of
//                                                          its command
//   field     := the full name of the PersonalField, such as holdfast.cases.v1.ReturnRow.personal
//   key_id    := SealedPersonal.key_id(16)
//
// IdMaterial, of libs/base/ids.h: the label, 0x00, each part behind its length as 4 bytes
// big-endian. The event's identity is known before the event is appended and is the same when it
// is decided again. The field's name is the same wherever the message that has the field lies; an
// event has at most one field of that name. So a ciphertext that is moved to another authority,
// child, event, field or key does not open.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "holdfast/common/v1/common.pb.h"
#include "libs/base/authority_code.h"
#include "libs/base/ids.h"
#include "libs/base/status.h"
#include "libs/crypto/seal_bytes.h"

namespace holdfast {

// A service that seals, such as "cases".
struct ServiceName {
  std::string text;

  auto operator<=>(const ServiceName&) const = default;
};

class EventIdentity {
 public:
  static EventIdentity OfAssertion(const AssertionId& assertion);
  static EventIdentity OfCommand(const CommandId& command, uint32_t index);

  const std::string& bytes() const { return bytes_; }

 private:
  explicit EventIdentity(std::string bytes) : bytes_(std::move(bytes)) {}

  std::string bytes_;
};

// Whose event it is. State that keeps a ciphertext keeps this with it, to open it later.
struct EventPlace {
  AuthorityCode authority;
  SubjectId subject;
  EventIdentity event;
};

// The full name of a PersonalField, such as holdfast.cases.v1.ReturnRow.personal.
struct FieldName {
  std::string text;
};

// The key that seals for `service` under a data key.
SecretKey PersonalKey(const SecretKey& data_key, const ServiceName& service);

// What seals: the data key's id, and the key derived from it for the service.
struct SealingKey {
  const KeyId& id;
  const SecretKey& key;
};

common::v1::SealedPersonal SealPersonal(const common::v1::Personal& open, const SealingKey& key,
                                        const SealNonce& nonce, const EventPlace& place,
                                        const FieldName& field);

// SEALED_DATA_DAMAGED (kDataLoss) when it was sealed elsewhere, under another key or in a form that
// is not known.
Result<common::v1::Personal> OpenPersonal(const common::v1::SealedPersonal& sealed,
                                          const SealingKey& key, const EventPlace& place,
                                          const FieldName& field);

}  // namespace holdfast
