#include "libs/crypto/sealed_personal.h"

#include "libs/base/check.h"

namespace holdfast {
namespace {

namespace v1 = common::v1;

constexpr std::string_view kLabel = "holdfast personal 1";
constexpr uint32_t kKeyVersion = 1;

AssociatedData Bound(const EventPlace& place, const FieldName& field, const KeyId& key) {
  return {IdMaterial(kLabel, {place.authority.text(), place.subject.Bytes(), place.event.bytes(),
                              field.text, key.Bytes()})};
}

tl::unexpected<Status> Damaged(const char* message) {
  return Fail(StatusCode::kDataLoss, "SEALED_DATA_DAMAGED", message);
}

}  // namespace

EventIdentity EventIdentity::OfAssertion(const AssertionId& assertion) {
  return EventIdentity("A" + assertion.Bytes());
}

EventIdentity EventIdentity::OfCommand(const CommandId& command, uint32_t index) {
  std::string bytes = "C" + command.Bytes();
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(index >> shift));
  return EventIdentity(std::move(bytes));
}

SecretKey PersonalKey(const SecretKey& data_key, const ServiceName& service) {
  return DeriveKey(data_key, IdMaterial(kLabel, {}) + service.text);
}

v1::SealedPersonal SealPersonal(const v1::Personal& open, const SealingKey& key,
                                const SealNonce& nonce, const EventPlace& place,
                                const FieldName& field) {
  std::string plain;
  HOLDFAST_CHECK(open.SerializeToString(&plain));
  v1::SealedPersonal sealed;
  sealed.set_key_id(key.id.Bytes());
  sealed.set_algorithm(v1::SEAL_ALGORITHM_XCHACHA20_POLY1305);
  sealed.set_key_version(kKeyVersion);
  sealed.set_nonce(std::string(nonce.begin(), nonce.end()));
  sealed.set_ciphertext(SealBytes(key.key, nonce, Bound(place, field, key.id), plain));
  Wipe(plain);
  return sealed;
}

Result<v1::Personal> OpenPersonal(const v1::SealedPersonal& sealed, const SealingKey& key,
                                  const EventPlace& place, const FieldName& field) {
  if (sealed.algorithm() != v1::SEAL_ALGORITHM_XCHACHA20_POLY1305 ||
      sealed.key_version() != kKeyVersion) {
    return Damaged("personal data was sealed in a way that this version does not know");
  }
  const auto nonce = SealNonceFromBytes(sealed.nonce());
  if (!nonce || sealed.key_id() != key.id.Bytes())
    return Damaged("personal data was sealed under another key");
  auto plain = OpenBytes(key.key, *nonce, Bound(place, field, key.id), sealed.ciphertext());
  if (!plain)
    return Damaged("personal data cannot be opened: it was changed, or belongs elsewhere");
  v1::Personal open;
  const bool parsed = open.ParseFromString(*plain);
  Wipe(*plain);
  if (!parsed) return Damaged("personal data opens to something else");
  return open;
}

}  // namespace holdfast
