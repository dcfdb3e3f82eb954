// The keys folder: what must be kept apart from the data, and without which its personal part is
// lost.
//
//   KEYS/root.key                  32 random bytes, mode 0400: wraps all below
//   KEYS/signing.key               Ed25519 seed of HEAD files, a key file
//   KEYS/signing.pub               its public key, 64 hex digits and a line feed
//   KEYS/identity/CODE             the identity key of an authority or source, a key file; never
//                                  rotated
//   KEYS/authority/CODE/VERSION    what wraps the authority's data keys, key files; from version 1
//   KEYS/source/NAME/VERSION       what wraps the data keys of a source's items, in the same way
//
// A source (a court, a children's reporter) is registered like an authority: its name is a code,
// and no code is both.
//
//   KEYS/ca.pem, ca.key, id/       certificates: libs/rpc/certificates.h
//
//   key_file := "HFK1" wrapped_key(72)
//     wrapped_key   of libs/crypto/key_wrap.h, under the root key, for the use
//                   {"holdfast key file", {the file's path within KEYS}}
//
// Folders have mode 0700, files 0400 or 0600. Each file is written once, by fsync and an atomic
// link.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "libs/base/authority_code.h"
#include "libs/base/status.h"
#include "libs/crypto/secret_key.h"
#include "libs/crypto/signing_key.h"

namespace holdfast {

struct KeysPaths {
  std::filesystem::path keys;
  std::filesystem::path data;  // need not exist; the keys folder may not be it or inside it
};

// Whose keys: no code is both.
enum class KeysOf { kAuthority, kSource };

// One key of an authority or source.
struct AuthorityKeyName {
  AuthorityCode authority;
  uint32_t version;  // from 1

  auto operator<=>(const AuthorityKeyName&) const = default;
};

// Any thread may call; two processes may add authorities to one folder.
class KeysFolder {
 public:
  // Refuses with KEYS_INSIDE_DATA, KEYS_NOT_PRIVATE (others may read the folder or a key),
  // ROOT_KEY_MISSING, KEY_DAMAGED.
  static Result<std::unique_ptr<KeysFolder>> Open(const KeysPaths& paths);

  // As Open, after making what is missing of an empty folder. A folder with keys but without their
  // root key is refused, since a new one could not open them.
  static Result<std::unique_ptr<KeysFolder>> OpenOrCreate(const KeysPaths& paths);

  // True: this call made the root key, so whoever started it is to read RootKeyNotice.
  bool root_key_is_new() const { return root_key_is_new_; }
  const std::filesystem::path& path() const { return path_; }
  const SigningKey& signing_key() const { return signing_key_; }
  // Authenticates HEAD files: derived from the signing key.
  const KeyBytes& head_key() const { return head_key_.bytes(); }

  // Makes the authority's identity key and its first key, unless it has them. IDENTITY_KEY_MISSING
  // when it has only the latter; CODE_TAKEN when a source has that name, or
  // an authority a code that differs in case alone.
  Result<void> AddAuthority(const AuthorityCode& authority) {
    return Add(KeysOf::kAuthority, authority);
  }
  // The same for a source; CODE_TAKEN when an authority has that code.
  Result<void> AddSource(const AuthorityCode& source) { return Add(KeysOf::kSource, source); }

  // Of an authority or a source. AUTHORITY_UNKNOWN when it has none.
  Result<SecretKey> IdentityKey(const AuthorityCode& authority);
  Result<SecretKey> AuthorityKey(const AuthorityKeyName& name);
  Result<AuthorityKeyName> NewestKey(const AuthorityCode& authority);

  // Opens every key file of the folder; what is wrong with each that is not as it was made.
  std::vector<Status> CheckFiles();

  // Makes the authority's next key. Its data keys stay under the old one until they are re-wrapped.
  Result<AuthorityKeyName> AddVersion(const AuthorityCode& authority);

  // A key's file as it lies here, for another folder of the same root key. AUTHORITY_UNKNOWN.
  Result<std::string> ExportKey(const AuthorityKeyName& name);
  // Takes such a file, unless there is one of that name. KEY_DAMAGED when it does not open under
  // this folder's root key; AUTHORITY_UNKNOWN when the authority has no key here at all.
  Result<void> ImportKey(const AuthorityKeyName& name, const std::string& file);
  // The authority's keys here, from the oldest.
  std::vector<AuthorityKeyName> KeysOfAuthority(const AuthorityCode& authority) const;

  // Destroys a key that is not the newest; again is no error; what is still wrapped by it is lost.
  // Copies in backups are out of reach.
  Result<void> DestroyVersion(const AuthorityKeyName& name);

 private:
  KeysFolder(std::filesystem::path path, SecretKey root, SecretKey signing_seed);

  Result<void> Add(KeysOf whose, const AuthorityCode& authority);
  Result<SecretKey> Load(const std::string& file);

  const std::filesystem::path path_;
  const SecretKey root_;
  const SecretKey head_key_;
  const SigningKey signing_key_;
  bool root_key_is_new_ = false;

  std::mutex mutex_;
  std::map<std::string, SecretKey> loaded_;  // by path within KEYS; guarded by mutex_
};

// What losing the root key of this folder means: for a person, at its creation.
std::string RootKeyNotice(const std::filesystem::path& keys);

}  // namespace holdfast
