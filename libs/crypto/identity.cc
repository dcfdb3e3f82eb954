#include "libs/crypto/identity.h"

#include <sodium.h>

#include <array>

namespace holdfast {

std::string_view TrimLocalId(std::string_view local_id) {
  constexpr std::string_view kWhiteSpace = " \t\r\n\v\f";
  const size_t first = local_id.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return local_id.substr(first, local_id.find_last_not_of(kWhiteSpace) - first + 1);
}

SecretKey NoDeploymentsIdentityKey() { return {}; }

SubjectId MakeChildId(const SecretKey& identity_key, const AuthorityCode& authority,
                      std::string_view local_id) {
  return {HmacId(identity_key.bytes(), "child", {authority.text(), TrimLocalId(local_id)})};
}

FactId MakeFactId(const SecretKey& identity_key, const SourceName& source,
                  std::initializer_list<std::string_view> natural_key) {
  // The same as HmacId with the source before the parts of the natural key.
  const std::string material =
      IdMaterial("fact", {source.text}) + IdMaterial("", natural_key).substr(1);
  std::array<uint8_t, crypto_auth_hmacsha256_BYTES> sum{};
  crypto_auth_hmacsha256(sum.data(), reinterpret_cast<const unsigned char*>(material.data()),
                         material.size(), identity_key.data());
  return *FactId::FromBytes({reinterpret_cast<const char*>(sum.data()), 16});
}

AssertionId MakeAssertionId(const SecretKey& identity_key, const FactId& fact,
                            const CommandId& command) {
  return {HmacId(identity_key.bytes(), "assertion", {fact.Bytes(), command.Bytes()})};
}

SubjectId MakeItemId(const SecretKey& identity_key, const AuthorityCode& source,
                     std::string_view event_id) {
  return {HmacId(identity_key.bytes(), "item", {source.text(), TrimLocalId(event_id)})};
}

SubjectId MakeCaseRefId(const SecretKey& identity_key, const AuthorityCode& source,
                        std::string_view case_ref) {
  return {HmacId(identity_key.bytes(), "case-ref", {source.text(), TrimLocalId(case_ref)})};
}

std::string MakeContentDigest(const SecretKey& identity_key,
                              std::initializer_list<std::string_view> cells) {
  const std::string material = IdMaterial("item-content", cells);
  std::array<uint8_t, crypto_auth_hmacsha256_BYTES> sum{};
  crypto_auth_hmacsha256(sum.data(), reinterpret_cast<const unsigned char*>(material.data()),
                         material.size(), identity_key.data());
  return {reinterpret_cast<const char*>(sum.data()), sum.size()};
}

LookupToken MakeLocalIdToken(const SecretKey& identity_key, const AuthorityCode& authority,
                             std::string_view local_id) {
  return {
      HmacId(identity_key.bytes(), "local-id-token", {authority.text(), TrimLocalId(local_id)})};
}

LookupToken MakePersonToken(const SecretKey& identity_key, const AuthorityCode& authority,
                            const PersonPart& part) {
  return {HmacId(identity_key.bytes(), "person-token",
                 {authority.text(), part.name_part, part.born.Iso()})};
}

}  // namespace holdfast
