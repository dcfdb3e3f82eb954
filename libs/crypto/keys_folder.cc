#include "libs/crypto/keys_folder.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "libs/base/ids.h"
#include "libs/base/lower_case.h"
#include "libs/crypto/key_wrap.h"
#include "libs/crypto/private_file.h"
#include "libs/crypto/seal_bytes.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "HFK1";
constexpr char kRootKey[] = "root.key";
constexpr char kSigningKey[] = "signing.key";
constexpr char kSigningPublic[] = "signing.pub";

std::string IdentityFile(const AuthorityCode& authority) { return "identity/" + authority.text(); }

// Of authorities, and of sources.
std::string FolderOf(KeysOf whose) { return whose == KeysOf::kAuthority ? "authority" : "source"; }

std::string FolderOf(KeysOf whose, const AuthorityCode& code) {
  return FolderOf(whose) + "/" + code.text();
}

// The folder of whoever has that code: an authority, unless it is known to be a source.
std::string FolderOf(const fs::path& keys, const AuthorityCode& code) {
  std::error_code ignored;
  const std::string source = FolderOf(KeysOf::kSource, code);
  return fs::exists(keys / source, ignored) ? source : FolderOf(KeysOf::kAuthority, code);
}

// An authority of these keys whose code is another one, but for upper and lower case.
std::optional<std::string> CodeAlike(const fs::path& keys, const AuthorityCode& code) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(keys / FolderOf(KeysOf::kAuthority), error)) {
    const std::string other = entry.path().filename().string();
    if (other != code.text() && LowerCase(other) == LowerCase(code.text())) return other;
  }
  return std::nullopt;
}

std::string VersionFile(const std::string& folder, uint32_t version) {
  return folder + "/" + std::to_string(version);
}

tl::unexpected<Status> Damaged(const fs::path& file) {
  return Fail(
      StatusCode::kDataLoss, "KEY_DAMAGED",
      file.string() + " is damaged, or was not made under this root key; restore it from a copy");
}

Result<SecretKey> ReadRaw(const fs::path& file) {
  auto bytes = ReadPrivateFile(file);
  if (!bytes) return tl::unexpected(bytes.error());
  auto key = SecretKey::FromBytes(*bytes);
  Wipe(*bytes);
  if (!key) return Damaged(file);
  return std::move(*key);
}

Result<SecretKey> ReadKeyFile(const SecretKey& root, const fs::path& keys,
                              const std::string& file) {
  const auto bytes = ReadPrivateFile(keys / file);
  if (!bytes) return tl::unexpected(bytes.error());
  if (!bytes->starts_with(kMagic)) return Damaged(keys / file);
  auto key = UnwrapKey(root, {"holdfast key file", {file}},
                       std::string_view(*bytes).substr(kMagic.size()));
  if (!key) return Damaged(keys / file);
  return std::move(*key);
}

// A new random key, unless the file is there: then that stays.
Result<void> MakeKeyFile(const SecretKey& root, const fs::path& keys, const std::string& file) {
  if (auto made = MakePrivateFolder((keys / file).parent_path()); !made) return made;
  const auto bytes =
      std::string(kMagic) + WrapKey(root, {"holdfast key file", {file}}, SecretKey::Random());
  auto created = CreatePrivateFile(keys / file, bytes, FileMode::kReadOnly);
  if (!created && created.error().reason == "FILE_EXISTS") return {};
  return created;
}

// Absolute, without links and without a slash at its end.
fs::path Canonical(const fs::path& path) {
  const fs::path whole = fs::weakly_canonical(fs::absolute(path));
  return whole.has_filename() ? whole : whole.parent_path();
}

bool IsWithin(const fs::path& inner, const fs::path& outer) {
  const fs::path a = Canonical(inner);
  const fs::path b = Canonical(outer);
  return std::mismatch(b.begin(), b.end(), a.begin(), a.end()).first == b.end();
}

Result<void> CheckFolder(const KeysPaths& paths) {
  if (IsWithin(paths.keys, paths.data)) {
    return Fail(
        StatusCode::kFailedPrecondition, "KEYS_INSIDE_DATA",
        "the keys folder " + paths.keys.string() + " lies inside the data folder " +
            paths.data.string() +
            "; a copy of the data would hold its keys. Name a folder outside it with --keys");
  }
  return {};
}

bool HoldsKeys(const fs::path& keys) {
  std::error_code ignored;
  return fs::exists(keys / kSigningKey, ignored) || fs::exists(keys / "authority", ignored) ||
         fs::exists(keys / "identity", ignored) || fs::exists(keys / "source", ignored);
}

std::optional<uint32_t> VersionOf(const fs::path& file) {
  const std::string name = file.filename().string();
  uint32_t version = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), version);
  if (error != std::errc() || end != name.data() + name.size() || version == 0) return std::nullopt;
  return version;
}

// True when it made one.
Result<bool> MakeRootKey(const fs::path& keys) {
  std::error_code ignored;
  if (fs::exists(keys / kRootKey, ignored)) return false;
  if (HoldsKeys(keys)) {
    return Fail(StatusCode::kDataLoss, "ROOT_KEY_MISSING",
                (keys / kRootKey).string() +
                    " is missing, and the keys beside it cannot be opened without it; restore it");
  }
  const auto made =
      CreatePrivateFile(keys / kRootKey, SecretKey::Random().view(), FileMode::kReadOnly);
  if (!made && made.error().reason != "FILE_EXISTS") return tl::unexpected(made.error());
  return made.has_value();
}

Result<void> MakeSigningKey(const fs::path& keys) {
  const auto root = ReadRaw(keys / kRootKey);
  if (!root) return tl::unexpected(root.error());
  if (auto made = MakeKeyFile(*root, keys, kSigningKey); !made) return made;
  auto seed = ReadKeyFile(*root, keys, kSigningKey);
  if (!seed) return tl::unexpected(seed.error());
  const SigningKey key(std::move(*seed));
  const std::string_view bytes(reinterpret_cast<const char*>(key.public_key().data()),
                               key.public_key().size());
  return ReplacePrivateFile(keys / kSigningPublic, Hex(bytes) + "\n", FileMode::kReadWrite);
}

}  // namespace

Result<std::unique_ptr<KeysFolder>> KeysFolder::OpenOrCreate(const KeysPaths& paths) {
  if (auto apart = CheckFolder(paths); !apart) return tl::unexpected(apart.error());
  if (auto made = MakePrivateFolder(paths.keys); !made) return tl::unexpected(made.error());
  const auto root_is_new = MakeRootKey(paths.keys);
  if (!root_is_new) return tl::unexpected(root_is_new.error());
  std::error_code ignored;
  if (!fs::exists(paths.keys / kSigningPublic, ignored)) {
    if (auto made = MakeSigningKey(paths.keys); !made) return tl::unexpected(made.error());
  }
  auto opened = Open(paths);
  if (opened) (*opened)->root_key_is_new_ = *root_is_new;
  return opened;
}

Result<std::unique_ptr<KeysFolder>> KeysFolder::Open(const KeysPaths& paths) {
  if (auto apart = CheckFolder(paths); !apart) return tl::unexpected(apart.error());
  std::error_code ignored;
  if (!fs::exists(paths.keys / kRootKey, ignored)) {
    return Fail(StatusCode::kFailedPrecondition, "ROOT_KEY_MISSING",
                "there is no root key " + (paths.keys / kRootKey).string());
  }
  if (auto entered = MakePrivateFolder(paths.keys); !entered)
    return tl::unexpected(entered.error());
  auto root = ReadRaw(paths.keys / kRootKey);
  if (!root) return tl::unexpected(root.error());
  auto seed = ReadKeyFile(*root, paths.keys, kSigningKey);
  if (!seed) return tl::unexpected(seed.error());
  return std::unique_ptr<KeysFolder>(
      new KeysFolder(paths.keys, std::move(*root), std::move(*seed)));
}

KeysFolder::KeysFolder(fs::path path, SecretKey root, SecretKey signing_seed)
    : path_(std::move(path)),
      root_(std::move(root)),
      head_key_(DeriveKey(signing_seed, "holdfast head")),
      signing_key_(std::move(signing_seed)) {}

Result<void> KeysFolder::Add(KeysOf whose, const AuthorityCode& authority) {
  std::error_code ignored;
  const KeysOf other = whose == KeysOf::kAuthority ? KeysOf::kSource : KeysOf::kAuthority;
  if (fs::exists(path_ / FolderOf(other, authority), ignored)) {
    return Fail(StatusCode::kFailedPrecondition, "CODE_TAKEN",
                authority.text() + " is the name of " +
                    (other == KeysOf::kSource ? "a source" : "an authority") +
                    " already; choose another");
  }
  const bool has_key = NewestKey(authority).has_value();
  const bool is_new = whose == KeysOf::kAuthority && !has_key;
  if (const auto alike = is_new ? CodeAlike(path_, authority) : std::nullopt) {
    return Fail(StatusCode::kFailedPrecondition, "CODE_TAKEN",
                "there is an authority " + *alike +
                    " already; codes that differ in case alone would share a topic");
  }
  if (has_key && !fs::exists(path_ / IdentityFile(authority), ignored)) {
    return Fail(StatusCode::kDataLoss, "IDENTITY_KEY_MISSING",
                (path_ / IdentityFile(authority)).string() +
                    " is missing; a new one would give every child another id");
  }
  if (has_key) return {};
  if (auto made = MakeKeyFile(root_, path_, IdentityFile(authority)); !made) return made;
  return MakeKeyFile(root_, path_, VersionFile(FolderOf(whose, authority), 1));
}

Result<SecretKey> KeysFolder::Load(const std::string& file) {
  const std::lock_guard lock(mutex_);
  if (const auto found = loaded_.find(file); found != loaded_.end()) return found->second.Copy();
  auto key = ReadKeyFile(root_, path_, file);
  if (!key && key.error().reason == "FILE_MISSING") {
    return Fail(StatusCode::kNotFound, "AUTHORITY_UNKNOWN",
                "there is no key " + (path_ / file).string());
  }
  if (!key) return key;
  return loaded_.emplace(file, std::move(*key)).first->second.Copy();
}

Result<SecretKey> KeysFolder::IdentityKey(const AuthorityCode& authority) {
  return Load(IdentityFile(authority));
}

Result<SecretKey> KeysFolder::AuthorityKey(const AuthorityKeyName& name) {
  return Load(VersionFile(FolderOf(path_, name.authority), name.version));
}

Result<AuthorityKeyName> KeysFolder::NewestKey(const AuthorityCode& authority) {
  std::error_code error;
  uint32_t newest = 0;
  for (const auto& entry : fs::directory_iterator(path_ / FolderOf(path_, authority), error)) {
    newest = std::max(newest, VersionOf(entry.path()).value_or(0));
  }
  if (newest == 0) {
    return Fail(StatusCode::kNotFound, "AUTHORITY_UNKNOWN",
                "authority " + authority.text() + " has no keys here");
  }
  return AuthorityKeyName{authority, newest};
}

Result<AuthorityKeyName> KeysFolder::AddVersion(const AuthorityCode& authority) {
  const auto newest = NewestKey(authority);
  if (!newest) return newest;
  const AuthorityKeyName next{authority, newest->version + 1};
  const std::string file = VersionFile(FolderOf(path_, authority), next.version);
  if (auto made = MakeKeyFile(root_, path_, file); !made) return tl::unexpected(made.error());
  return next;
}

Result<void> KeysFolder::DestroyVersion(const AuthorityKeyName& name) {
  const auto newest = NewestKey(name.authority);
  if (!newest) return tl::unexpected(newest.error());
  if (name == *newest) {
    return Fail(StatusCode::kFailedPrecondition, "KEY_IN_USE",
                "the newest key of an authority is never destroyed");
  }
  const std::string file = VersionFile(FolderOf(path_, name.authority), name.version);
  {
    const std::lock_guard lock(mutex_);
    loaded_.erase(file);
  }
  std::error_code ignored;
  auto shredded = ShredPrivateFile(path_ / file);
  // Gone by now: another instance that shares the folder was quicker.
  if (!shredded && !fs::exists(path_ / file, ignored))
    return SyncFolder((path_ / file).parent_path());
  return shredded;
}

Result<std::string> KeysFolder::ExportKey(const AuthorityKeyName& name) {
  if (auto opens = AuthorityKey(name); !opens) return tl::unexpected(opens.error());
  return ReadPrivateFile(path_ / VersionFile(FolderOf(path_, name.authority), name.version));
}

Result<void> KeysFolder::ImportKey(const AuthorityKeyName& name, const std::string& bytes) {
  if (auto known = NewestKey(name.authority); !known) return tl::unexpected(known.error());
  const std::string file = VersionFile(FolderOf(path_, name.authority), name.version);
  if (!bytes.starts_with(kMagic) || !UnwrapKey(root_, {"holdfast key file", {file}},
                                               std::string_view(bytes).substr(kMagic.size())))
    return Damaged(path_ / file);
  auto created = CreatePrivateFile(path_ / file, bytes, FileMode::kReadOnly);
  if (!created && created.error().reason == "FILE_EXISTS") return {};
  return created;
}

std::vector<AuthorityKeyName> KeysFolder::KeysOfAuthority(const AuthorityCode& authority) const {
  std::vector<AuthorityKeyName> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_ / FolderOf(path_, authority), error)) {
    if (const auto version = VersionOf(entry.path())) names.push_back({authority, *version});
  }
  std::ranges::sort(names);
  return names;
}

std::vector<Status> KeysFolder::CheckFiles() {
  std::vector<Status> amiss;
  const std::string_view bytes(reinterpret_cast<const char*>(signing_key_.public_key().data()),
                               signing_key_.public_key().size());
  const auto shown = ReadPrivateFile(path_ / kSigningPublic);
  if (!shown) amiss.push_back(shown.error());
  if (shown && *shown != Hex(bytes) + "\n")
    amiss.push_back(Damaged(path_ / kSigningPublic).value());
  for (const char* folder : {"identity", "authority", "source"}) {
    std::error_code none;
    for (const auto& entry : fs::recursive_directory_iterator(path_ / folder, none)) {
      // One that a crash left half made is read by nobody.
      if (!entry.is_regular_file() || entry.path().string().find(".new.") != std::string::npos)
        continue;
      const auto key = ReadKeyFile(root_, path_, fs::relative(entry.path(), path_).string());
      if (!key) amiss.push_back(key.error());
    }
  }
  return amiss;
}

std::string RootKeyNotice(const fs::path& keys) {
  return "A root key was made: " + (keys / kRootKey).string() +
         "\n"
         "Whoever loses it loses all names, birth dates, local ids, addresses and free text in "
         "this Holdfast, for ever:\n"
         "no backup of the data folder can be read without it, and nobody can make it again. "
         "Whoever copies it together\n"
         "with the data can read them all. Copy the whole folder " +
         keys.string() +
         " now,\nto a place apart from the data and from the data's backups, and keep it "
         "private.\n";
}

}  // namespace holdfast
