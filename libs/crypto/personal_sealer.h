// Seals and opens the personal part of messages, for one service.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "holdfast/common/v1/common.pb.h"
#include "libs/base/status.h"
#include "libs/crypto/derived_keys.h"
#include "libs/crypto/key_store.h"
#include "libs/crypto/sealed_personal.h"

namespace holdfast {

struct SealerOptions {
  ServiceName service;
  size_t cached_keys = 65536;  // derived keys kept in memory; 0: none, each use asks the store
};

// Any thread may call.
class PersonalSealer {
 public:
  // `keys` outlives it.
  PersonalSealer(KeyStore& keys, SealerOptions options);
  ~PersonalSealer();

  // Seals every open PersonalField in `message`, however deep, under the data key `key`; sealed and
  // erased ones stay. All or nothing: at a failure the message is as it was. Failures as
  // KeyStore::Get; two fields of one name in `message` are a bug.
  Result<void> Seal(google::protobuf::Message& message, const KeyId& key, const EventPlace& place);

  // Opens every sealed PersonalField in `message`; one whose key was destroyed becomes erased.
  // SEALED_DATA_DAMAGED, and KeyStore::Get's failures but KEY_ERASED; then the message is as it
  // was.
  Result<void> Open(google::protobuf::Message& message, const EventPlace& place);

  // As Open for one field, called `field` there: the caller keeps the ciphertext apart from its
  // event.
  Result<common::v1::PersonalField> OpenField(const common::v1::SealedPersonal& sealed,
                                              const EventPlace& place, const FieldName& field);

 private:
  Result<std::shared_ptr<const SecretKey>> DerivedKey(const KeyId& id);

  KeyStore& keys_;
  const ServiceName service_;
  DerivedKeys derived_;
};

}  // namespace holdfast
