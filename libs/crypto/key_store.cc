#include "libs/crypto/key_store.h"

#include <sodium.h>

namespace holdfast {

KeyId RandomKeyId() {
  KeyId id;
  randombytes_buf(id.bytes.data(), id.bytes.size());
  return id;
}

void KeyStore::Attach(DerivedKeys& derived) {
  const std::lock_guard lock(attaching_);
  derived_.insert(&derived);
}

void KeyStore::Detach(DerivedKeys& derived) {
  const std::lock_guard lock(attaching_);
  derived_.erase(&derived);
}

void KeyStore::ForgetDerived(const KeyId& id) {
  const std::lock_guard lock(attaching_);
  for (DerivedKeys* derived : derived_) derived->Forget(id);
}

}  // namespace holdfast
