#include "libs/crypto/keys_folder.h"
#include "libs/base/check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "libs/crypto/private_file.h"
#include "libs/testing/temporary_folder.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

const AuthorityCode kNorth = *AuthorityCode::FromText("E06000001");
const AuthorityCode kSouth = *AuthorityCode::FromText("E06000002");

class Keys : public ::testing::Test {
 protected:
  KeysPaths Paths() const { return {folder_ / "keys", folder_ / "data"}; }
  std::unique_ptr<KeysFolder> Create() const {
    return std::move(*KeysFolder::OpenOrCreate(Paths()));
  }
  std::string ReasonNotOpened() const {
    auto opened = KeysFolder::Open(Paths());
    return opened ? "opened" : opened.error().reason;
  }
  void Flip(const std::string& file) const {
    auto bytes = *ReadPrivateFile(folder_ / file);
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    ASSERT_TRUE(ReplacePrivateFile(folder_ / file, bytes, FileMode::kReadOnly));
  }

  testing::TemporaryFolder folder_;
};

TEST_F(Keys, AreMadeOnceAndSayWhatLosingThemMeans) {
  const auto first = Create();
  EXPECT_TRUE(first->root_key_is_new());
  const auto second = Create();
  EXPECT_FALSE(second->root_key_is_new());
  EXPECT_EQ(first->signing_key().public_key(), second->signing_key().public_key());
  EXPECT_NE(RootKeyNotice(first->path()).find((folder_ / "keys/root.key").string()),
            std::string::npos);
}

TEST_F(Keys, AreForTheirOwnerAlone) {
  HOLDFAST_CHECK(Create()->AddAuthority(kNorth));
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "keys")) {
    const auto others =
        fs::status(entry).permissions() & (fs::perms::group_all | fs::perms::others_all);
    EXPECT_EQ(others, fs::perms::none) << entry;
  }
  EXPECT_EQ(fs::file_size(folder_ / "keys/root.key"), 32u);
  EXPECT_EQ(fs::status(folder_ / "keys/root.key").permissions(), fs::perms::owner_read);
}

TEST_F(Keys, AreRefusedWhenOthersCanReadTheRootKey) {
  Create();
  for (const auto right : {fs::perms::group_read, fs::perms::others_read}) {
    fs::permissions(folder_ / "keys/root.key", fs::perms::owner_read | right);
    EXPECT_EQ(ReasonNotOpened(), "KEYS_NOT_PRIVATE");
  }
}

TEST_F(Keys, AreRefusedWhenOthersCanEnterTheFolder) {
  Create();
  fs::permissions(folder_ / "keys", fs::perms::owner_all | fs::perms::group_exec);
  EXPECT_EQ(ReasonNotOpened(), "KEYS_NOT_PRIVATE");
}

TEST_F(Keys, AreRefusedInsideTheDataFolder) {
  const auto refused = [&](const fs::path& keys, const fs::path& data) {
    const auto opened = KeysFolder::OpenOrCreate({keys, data});
    return !opened && opened.error().reason == "KEYS_INSIDE_DATA";
  };
  EXPECT_TRUE(refused(folder_ / "data/keys", folder_ / "data"));
  EXPECT_TRUE(refused(folder_ / "data", folder_ / "data"));
  EXPECT_TRUE(refused(folder_ / "data/", folder_ / "data"));
  EXPECT_TRUE(refused(folder_ / "data/keys", folder_ / "data/"));
  EXPECT_TRUE(refused(folder_ / "x/../data/keys", folder_ / "data"));
  fs::create_directory(folder_ / "data");
  fs::create_directory_symlink(folder_ / "data", folder_ / "link");
  EXPECT_TRUE(refused(folder_ / "link/keys", folder_ / "data"));
  EXPECT_FALSE(refused(folder_ / "data-keys", folder_ / "data"));
}

TEST_F(Keys, WithoutTheirRootKeyAreNotMadeAnew) {
  HOLDFAST_CHECK(Create()->AddAuthority(kNorth));
  fs::remove(folder_ / "keys/root.key");
  EXPECT_EQ(ReasonNotOpened(), "ROOT_KEY_MISSING");
  EXPECT_EQ(KeysFolder::OpenOrCreate(Paths()).error().reason, "ROOT_KEY_MISSING");
}

TEST_F(Keys, OfAnAuthorityStayTheSame) {
  const auto first = Create();
  ASSERT_TRUE(first->AddAuthority(kNorth));
  const auto identity = first->IdentityKey(kNorth)->Copy();
  const auto second = Create();
  ASSERT_TRUE(second->AddAuthority(kNorth));
  EXPECT_EQ(second->IdentityKey(kNorth)->bytes(), identity.bytes());
  EXPECT_EQ(second->NewestKey(kNorth), (AuthorityKeyName{kNorth, 1}));
}

TEST_F(Keys, OfAuthoritiesDiffer) {
  const auto keys = Create();
  ASSERT_TRUE(keys->AddAuthority(kNorth));
  ASSERT_TRUE(keys->AddAuthority(kSouth));
  EXPECT_NE(keys->IdentityKey(kNorth)->bytes(), keys->IdentityKey(kSouth)->bytes());
  EXPECT_NE(keys->IdentityKey(kNorth)->bytes(), keys->AuthorityKey({kNorth, 1})->bytes());
}

TEST_F(Keys, OfASourceLieApartAndNoCodeIsBoth) {
  const auto keys = Create();
  const auto court = *AuthorityCode::FromText("sheriff-a");
  ASSERT_TRUE(keys->AddAuthority(kNorth));
  ASSERT_TRUE(keys->AddSource(court));
  ASSERT_TRUE(keys->AddSource(court));
  EXPECT_TRUE(fs::exists(folder_ / "keys/source/sheriff-a/1"));
  EXPECT_TRUE(fs::exists(folder_ / "keys/identity/sheriff-a"));
  EXPECT_NE(keys->IdentityKey(court)->bytes(), keys->IdentityKey(kNorth)->bytes());
  EXPECT_EQ(keys->NewestKey(court), (AuthorityKeyName{court, 1}));
  EXPECT_EQ(keys->AddVersion(court), (AuthorityKeyName{court, 2}));
  EXPECT_TRUE(keys->AuthorityKey({court, 2}));
  EXPECT_EQ(keys->AddAuthority(court).error().reason, "CODE_TAKEN");
  EXPECT_EQ(keys->AddSource(kNorth).error().reason, "CODE_TAKEN");
  EXPECT_TRUE(keys->CheckFiles().empty());
  Flip("keys/source/sheriff-a/1");
  EXPECT_EQ(keys->CheckFiles().size(), 1U);
}

TEST_F(Keys, OfTwoAuthoritiesAreOfCodesThatDifferInMoreThanCase) {
  const auto keys = Create();
  ASSERT_TRUE(keys->AddAuthority(kNorth));
  std::string lower = kNorth.text();
  lower.front() = 'e';
  const auto alike = *AuthorityCode::FromText(lower);
  ASSERT_NE(alike, kNorth);
  EXPECT_EQ(keys->AddAuthority(alike).error().reason, "CODE_TAKEN");
  EXPECT_EQ(keys->IdentityKey(alike).error().reason, "AUTHORITY_UNKNOWN") << "nothing was made";
  EXPECT_TRUE(keys->AddAuthority(kNorth));
}

TEST_F(Keys, OfAnAuthorityAddedElsewhereAreFound) {
  const auto here = Create();
  EXPECT_EQ(here->IdentityKey(kNorth).error().reason, "AUTHORITY_UNKNOWN");
  ASSERT_TRUE(Create()->AddAuthority(kNorth));
  EXPECT_TRUE(here->IdentityKey(kNorth));
}

TEST_F(Keys, ThatWereMovedOrChangedDoNotOpen) {
  const auto keys = Create();
  ASSERT_TRUE(keys->AddAuthority(kNorth));
  ASSERT_TRUE(keys->AddAuthority(kSouth));
  fs::rename(folder_ / "keys/identity/E06000001", folder_ / "keys/identity/E06000002");
  EXPECT_EQ(keys->IdentityKey(kSouth).error().reason, "KEY_DAMAGED");
  Flip("keys/authority/E06000001/1");
  EXPECT_EQ(keys->AuthorityKey({kNorth, 1}).error().reason, "KEY_DAMAGED");
}

TEST_F(Keys, ThatWereDamagedAreNoticedAtTheStart) {
  Create();
  Flip("keys/signing.key");
  EXPECT_EQ(ReasonNotOpened(), "KEY_DAMAGED");
}

TEST_F(Keys, OfAnotherRootDoNotOpen) {
  Create();
  Flip("keys/root.key");
  EXPECT_EQ(ReasonNotOpened(), "KEY_DAMAGED");
}

TEST_F(Keys, OfAnAuthorityThatLostItsIdentityAreNotCompleted) {
  ASSERT_TRUE(Create()->AddAuthority(kNorth));
  fs::remove(folder_ / "keys/identity/E06000001");
  EXPECT_EQ(Create()->AddAuthority(kNorth).error().reason, "IDENTITY_KEY_MISSING");
}

TEST_F(Keys, HaveVersionsOfWhichOldOnesCanBeDestroyed) {
  const auto keys = Create();
  ASSERT_TRUE(keys->AddAuthority(kNorth));
  for (uint32_t version = 2; version <= 10; ++version) {
    EXPECT_EQ(keys->AddVersion(kNorth), (AuthorityKeyName{kNorth, version}));
  }
  EXPECT_NE(keys->AuthorityKey({kNorth, 1})->bytes(), keys->AuthorityKey({kNorth, 10})->bytes());
  EXPECT_EQ(keys->DestroyVersion({kNorth, 10}).error().reason, "KEY_IN_USE");
  ASSERT_TRUE(keys->DestroyVersion({kNorth, 1}));
  EXPECT_EQ(keys->AuthorityKey({kNorth, 1}).error().reason, "AUTHORITY_UNKNOWN");
  EXPECT_FALSE(fs::exists(folder_ / "keys/authority/E06000001/1"));
  EXPECT_TRUE(keys->DestroyVersion({kNorth, 1}));
  EXPECT_EQ(keys->KeysOfAuthority(kNorth).front(), (AuthorityKeyName{kNorth, 2}));
  EXPECT_EQ(keys->KeysOfAuthority(kNorth).size(), 9u);
}

TEST_F(Keys, GoAsTheyLieToACopyOfTheFolderThatLacksThem) {
  const auto keys = Create();
  ASSERT_TRUE(keys->AddAuthority(kNorth));
  ASSERT_TRUE(keys->AddAuthority(kSouth));
  fs::copy(folder_ / "keys", folder_ / "copy", fs::copy_options::recursive);
  const auto copy = std::move(*KeysFolder::Open({folder_ / "copy", folder_ / "data"}));
  ASSERT_TRUE(keys->AddVersion(kNorth));
  const auto file = keys->ExportKey({kNorth, 2});
  ASSERT_TRUE(file);
  EXPECT_EQ(keys->ExportKey({kNorth, 3}).error().reason, "AUTHORITY_UNKNOWN");

  EXPECT_EQ(copy->ImportKey({kNorth, 3}, *file).error().reason, "KEY_DAMAGED");
  EXPECT_EQ(copy->ImportKey({kSouth, 2}, *file).error().reason, "KEY_DAMAGED");
  EXPECT_EQ(copy->ImportKey({kNorth, 2}, "").error().reason, "KEY_DAMAGED");
  EXPECT_TRUE(copy->ImportKey({kNorth, 2}, *file));
  EXPECT_TRUE(copy->ImportKey({kNorth, 2}, *file));
  EXPECT_EQ(copy->NewestKey(kNorth), (AuthorityKeyName{kNorth, 2}));
  EXPECT_EQ(copy->AuthorityKey({kNorth, 2})->bytes(), keys->AuthorityKey({kNorth, 2})->bytes());
  EXPECT_TRUE(copy->CheckFiles().empty());
}

}  // namespace
}  // namespace holdfast
