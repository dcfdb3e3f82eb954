#include "libs/crypto/key_store.h"

#include <sodium.h>

namespace holdfast {

KeyId RandomKeyId() {
  KeyId id;
  randombytes_buf(id.bytes.data(), id.bytes.size());
  return id;
}

}  // namespace holdfast
