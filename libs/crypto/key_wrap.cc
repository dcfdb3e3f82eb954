#include "libs/crypto/key_wrap.h"

#include "libs/base/ids.h"
#include "libs/crypto/seal_bytes.h"

namespace holdfast {
namespace {

constexpr size_t kNonceBytes = std::tuple_size_v<SealNonce>;

}  // namespace

std::string WrapKey(const SecretKey& wrapping, const KeyUse& use, const SecretKey& key) {
  const SealNonce nonce = RandomSealNonce();
  return std::string(nonce.begin(), nonce.end()) +
         SealBytes(wrapping, nonce, {IdMaterial(use.label, use.parts)}, key.view());
}

std::optional<SecretKey> UnwrapKey(const SecretKey& wrapping, const KeyUse& use,
                                   std::string_view wrapped) {
  if (wrapped.size() != kWrappedKeyBytes) return std::nullopt;
  const auto nonce = SealNonceFromBytes(wrapped.substr(0, kNonceBytes));
  auto plain =
      OpenBytes(wrapping, *nonce, {IdMaterial(use.label, use.parts)}, wrapped.substr(kNonceBytes));
  if (!plain) return std::nullopt;
  auto key = SecretKey::FromBytes(*plain);
  Wipe(*plain);
  return key;
}

}  // namespace holdfast
