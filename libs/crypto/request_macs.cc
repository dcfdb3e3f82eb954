#include "libs/crypto/request_macs.h"

#include <sodium.h>

#include <array>

#include "libs/crypto/seal_bytes.h"

namespace holdfast {
namespace {

std::string MacOf(const SecretKey& key, std::string_view request) {
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256(mac.data(), reinterpret_cast<const unsigned char*>(request.data()),
                         request.size(), key.data());
  return {reinterpret_cast<const char*>(mac.data()), mac.size()};
}

std::shared_ptr<const SecretKey> Derive(const SecretKey& key) {
  return std::make_shared<const SecretKey>(DeriveKey(key, "holdfast request 1"));
}

}  // namespace

KeyId MacKeyIdOf(const AuthorityKeyName& name) {
  return {HashId("authority-key", {name.authority.text(), std::to_string(name.version)})};
}

RequestMacs::RequestMacs(KeyStore& store, KeysFolder& folder)
    : store_(store), folder_(folder), derived_(65536) {
  store_.Attach(derived_);
}

RequestMacs::~RequestMacs() { store_.Detach(derived_); }

Result<RequestMac> RequestMacs::Of(std::string_view request, const AuthorityCode& authority,
                                   const std::optional<KeyId>& child) {
  if (child) {
    const auto derived = OfDataKey(*child);
    if (derived) return RequestMac{MacOf(**derived, request), *child};
    if (derived.error().reason != "KEY_ERASED") return tl::unexpected(derived.error());
  }
  auto version = NewestVersion(authority);
  if (!version) return tl::unexpected(version.error());
  auto derived = OfAuthority({authority, *version});
  if (!derived && derived.error().reason == "AUTHORITY_UNKNOWN") {
    // An erasure has destroyed it.
    version = NewestVersion(authority, true);
    if (!version) return tl::unexpected(version.error());
    derived = OfAuthority({authority, *version});
  }
  if (!derived) return tl::unexpected(derived.error());
  return RequestMac{MacOf(*derived->second, request), derived->first};
}

std::optional<std::string> RequestMacs::Under(const KeyId& key, const AuthorityCode& authority,
                                              std::string_view request) {
  const auto newest = NewestVersion(authority, true);
  for (uint32_t version = newest.value_or(0); version > 0; --version) {
    if (MacKeyIdOf({authority, version}) != key) continue;
    const auto derived = OfAuthority({authority, version});
    return derived ? std::optional(MacOf(*derived->second, request)) : std::nullopt;
  }
  const auto derived = OfDataKey(key);
  return derived ? std::optional(MacOf(**derived, request)) : std::nullopt;
}

Result<RequestMacs::DerivedKey> RequestMacs::OfDataKey(const KeyId& key) {
  if (auto found = derived_.Find(key)) return found;
  const auto data_key = store_.Get(key);
  if (!data_key) return tl::unexpected(data_key.error());
  auto derived = Derive(*data_key);
  derived_.Put(key, derived);
  return derived;
}

Result<std::pair<KeyId, RequestMacs::DerivedKey>> RequestMacs::OfAuthority(
    const AuthorityKeyName& name) {
  const KeyId id = MacKeyIdOf(name);
  if (auto found = derived_.Find(id)) return std::pair{id, found};
  const auto key = folder_.AuthorityKey(name);
  if (!key) return tl::unexpected(key.error());
  auto derived = Derive(*key);
  derived_.Put(id, derived);
  return std::pair{id, derived};
}

Result<uint32_t> RequestMacs::NewestVersion(const AuthorityCode& authority, bool again) {
  const std::lock_guard lock(mutex_);
  const auto seen = versions_.find(authority);
  if (seen != versions_.end() && !again) return seen->second;
  const auto newest = folder_.NewestKey(authority);
  if (!newest) return tl::unexpected(newest.error());
  versions_[authority] = newest->version;
  return newest->version;
}

}  // namespace holdfast
