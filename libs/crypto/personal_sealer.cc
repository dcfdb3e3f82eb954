#include "libs/crypto/personal_sealer.h"

#include <algorithm>
#include <utility>

#include "libs/base/check.h"
#include "libs/crypto/personal_fields.h"

namespace holdfast {
namespace {

namespace v1 = common::v1;

bool HaveOneName(const FoundField& a, const FoundField& b) { return a.name.text == b.name.text; }

// The fields' names are part of what a ciphertext is bound to: two of one name could be exchanged.
std::vector<FoundField> FindDistinctFields(google::protobuf::Message& message) {
  auto fields = FindPersonalFields(message);
  for (size_t i = 1; i < fields.size(); ++i) {
    HOLDFAST_CHECK(
        std::none_of(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(i),
                     [&](const FoundField& other) { return HaveOneName(other, fields[i]); }));
  }
  return fields;
}

}  // namespace

PersonalSealer::PersonalSealer(KeyStore& keys, SealerOptions options)
    : keys_(keys), service_(std::move(options.service)), derived_(options.cached_keys) {
  keys_.Attach(derived_);
}

PersonalSealer::~PersonalSealer() { keys_.Detach(derived_); }

Result<std::shared_ptr<const SecretKey>> PersonalSealer::DerivedKey(const KeyId& id) {
  if (auto found = derived_.Find(id)) return found;
  const auto data_key = keys_.Get(id);
  if (!data_key) return tl::unexpected(data_key.error());
  auto derived = std::make_shared<const SecretKey>(PersonalKey(*data_key, service_));
  derived_.Put(id, derived);
  return derived;
}

Result<void> PersonalSealer::Seal(google::protobuf::Message& message, const KeyId& key,
                                  const EventPlace& place) {
  auto fields = FindDistinctFields(message);
  std::erase_if(fields, [](const FoundField& found) { return !found.field->has_open(); });
  if (fields.empty()) return {};
  const auto derived = DerivedKey(key);
  if (!derived) return tl::unexpected(derived.error());
  for (const auto& found : fields) {
    *found.field->mutable_sealed() = SealPersonal(
        v1::Personal(found.field->open()), {key, **derived}, RandomSealNonce(), place, found.name);
  }
  return {};
}

Result<v1::PersonalField> PersonalSealer::OpenField(const v1::SealedPersonal& sealed,
                                                    const EventPlace& place,
                                                    const FieldName& field) {
  const auto id = KeyId::FromBytes(sealed.key_id());
  if (!id) return Fail(StatusCode::kDataLoss, "SEALED_DATA_DAMAGED", "sealed data names no key");
  v1::PersonalField result;
  const auto derived = DerivedKey(*id);
  if (!derived && derived.error().reason == "KEY_ERASED") {
    result.mutable_erased();
    return result;
  }
  if (!derived) return tl::unexpected(derived.error());
  auto open = OpenPersonal(sealed, {*id, **derived}, place, field);
  if (!open) return tl::unexpected(open.error());
  *result.mutable_open() = std::move(*open);
  return result;
}

Result<void> PersonalSealer::Open(google::protobuf::Message& message, const EventPlace& place) {
  std::vector<std::pair<v1::PersonalField*, v1::PersonalField>> opened;
  for (const auto& found : FindDistinctFields(message)) {
    if (!found.field->has_sealed()) continue;
    auto field = OpenField(found.field->sealed(), place, found.name);
    if (!field) return tl::unexpected(field.error());
    opened.emplace_back(found.field, std::move(*field));
  }
  for (auto& [field, value] : opened) *field = std::move(value);
  return {};
}

}  // namespace holdfast
