#include "libs/crypto/rocks_key_store.h"
#include "libs/base/check.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <optional>

#include "libs/crypto/private_file.h"
#include "libs/testing/temporary_folder.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

const AuthorityCode kNorth = *AuthorityCode::FromText("E06000001");
const AuthorityCode kSouth = *AuthorityCode::FromText("E06000002");

class RocksKeys : public ::testing::Test {
 protected:
  RocksKeys() : keys_(std::move(*KeysFolder::OpenOrCreate({folder_ / "keys", folder_ / "data"}))) {
    HOLDFAST_CHECK(keys_->AddAuthority(kNorth));
    HOLDFAST_CHECK(keys_->AddAuthority(kSouth));
    Reopen();
  }

  void Reopen() {
    store_.reset();
    store_ = std::move(*OpenRocksKeyStore(folder_ / "store", *keys_));
  }
  std::string ReasonNotOpened() {
    store_.reset();
    auto opened = OpenRocksKeyStore(folder_ / "store", *keys_);
    return opened ? "opened" : opened.error().reason;
  }
  // All bytes of the store's files, for looking for keys in them.
  std::string AllBytes() {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "store")) {
      std::ifstream file(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<KeysFolder> keys_;
  std::unique_ptr<KeyStore> store_;
};

TEST_F(RocksKeys, AreThereAfterAStart) {
  const auto id = *store_->MakeKey(kNorth);
  const auto key = store_->Get(id)->Copy();
  Reopen();
  EXPECT_EQ(store_->Get(id)->bytes(), key.bytes());
}

TEST_F(RocksKeys, StayDestroyedAfterAStart) {
  const auto id = *store_->MakeKey(kNorth);
  ASSERT_TRUE(store_->Destroy(id));
  Reopen();
  EXPECT_EQ(store_->Get(id).error().reason, "KEY_ERASED");
}

TEST_F(RocksKeys, AreNeverWrittenInTheOpen) {
  const auto id = *store_->MakeKey(kNorth);
  const auto key = store_->Get(id)->Copy();
  Reopen();
  EXPECT_NE(AllBytes().find(id.Bytes()), std::string::npos);
  EXPECT_EQ(AllBytes().find(key.view()), std::string::npos);
}

TEST_F(RocksKeys, NeedTheOldVersionUntilTheyAreRewrapped) {
  const auto ids = *store_->MakeKeys(kNorth, 2500);
  const auto other = *store_->MakeKey(kSouth);
  const auto key = store_->Get(ids[0])->Copy();
  ASSERT_TRUE(keys_->AddVersion(kNorth));
  EXPECT_EQ(store_->Rewrap(kNorth), 2500u);
  EXPECT_EQ(store_->Rewrap(kNorth), 0u);
  ASSERT_TRUE(keys_->DestroyVersion({kNorth, 1}));
  Reopen();
  EXPECT_EQ(store_->Get(ids[0])->bytes(), key.bytes());
  EXPECT_TRUE(store_->Get(other));
  EXPECT_EQ(store_->Check()->live, 2501u);
  EXPECT_TRUE(store_->Check()->damaged.empty());
}

TEST_F(RocksKeys, OfADestroyedVersionAreReportedAsDamaged) {
  const auto id = *store_->MakeKey(kNorth);
  ASSERT_TRUE(keys_->AddVersion(kNorth));
  ASSERT_TRUE(keys_->DestroyVersion({kNorth, 1}));
  EXPECT_FALSE(store_->Get(id));
  EXPECT_EQ(store_->Check()->damaged, std::vector<KeyId>{id});
}

TEST_F(RocksKeys, AreNotTakenForNewWhenFilesAreLost) {
  HOLDFAST_CHECK(store_->MakeKey(kNorth));
  for (const char* lost : {"CURRENT", "MANIFEST"}) {
    store_.reset();
    fs::remove_all(folder_ / "copy");
    fs::copy(folder_ / "store", folder_ / "copy");
    for (const auto& entry : fs::directory_iterator(folder_ / "store")) {
      if (entry.path().filename().string().starts_with(lost)) fs::remove(entry);
    }
    EXPECT_EQ(ReasonNotOpened(), "KEY_STORE_DAMAGED") << lost;
    fs::remove_all(folder_ / "store");
    fs::rename(folder_ / "copy", folder_ / "store");
  }
  fs::remove_all(folder_ / "store");
  fs::create_directory(folder_ / "store");
  EXPECT_EQ(ReasonNotOpened(), "KEY_STORE_DAMAGED");
}

TEST_F(RocksKeys, AreMadeAgainAfterAStartThatWasCutOff) {
  store_.reset();
  fs::remove_all(folder_ / "store");
  fs::create_directories(folder_ / "store.making");
  std::ofstream(folder_ / "store.making/CURRENT") << "half";
  EXPECT_EQ(ReasonNotOpened(), "opened");
  EXPECT_FALSE(fs::exists(folder_ / "store.making"));
}

TEST_F(RocksKeys, AreOpenOnceAtATime) {
  EXPECT_EQ(OpenRocksKeyStore(folder_ / "store", *keys_).error().reason, "KEY_STORE_DAMAGED");
}

// Makes keys in `folder`, writes down each once it is made, and kills this process.
[[noreturn]] void MakeKeysAndDie(const fs::path& folder) {
  const auto keys = std::move(*KeysFolder::Open({folder / "keys", folder / "data"}));
  const auto store = std::move(*OpenRocksKeyStore(folder / "store", *keys));
  std::ofstream acknowledged(folder / "acknowledged", std::ios::app);
  for (int i = 0; i < 20; ++i) acknowledged << store->MakeKey(kNorth)->HexText() << std::endl;
  std::raise(SIGKILL);
  std::abort();
}

// The child process runs this test again from its start, so the folder reaches it by the
// environment.
TEST(RocksKeysDeathTest, AreThereAfterAKill) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  std::optional<testing::TemporaryFolder> mine;
  if (getenv("HOLDFAST_TEST_FOLDER") == nullptr) {
    setenv("HOLDFAST_TEST_FOLDER", mine.emplace().path().c_str(), 1);
  }
  const fs::path folder = getenv("HOLDFAST_TEST_FOLDER");
  {
    const auto keys = KeysFolder::OpenOrCreate({folder / "keys", folder / "data"});
    HOLDFAST_CHECK((*keys)->AddAuthority(kNorth));
  }
  for (int round = 0; round < 3; ++round) {
    EXPECT_EXIT(MakeKeysAndDie(folder), ::testing::KilledBySignal(SIGKILL), "");
  }
  const auto keys = std::move(*KeysFolder::Open({folder / "keys", folder / "data"}));
  const auto store = std::move(*OpenRocksKeyStore(folder / "store", *keys));
  std::ifstream acknowledged(folder / "acknowledged");
  size_t count = 0;
  for (std::string id; std::getline(acknowledged, id); ++count) {
    EXPECT_TRUE(store->Get(*KeyId::FromHexText(id))) << id;
  }
  EXPECT_EQ(count, 60u);
  EXPECT_EQ(store->Check()->live, 60u);
}

}  // namespace
}  // namespace holdfast
