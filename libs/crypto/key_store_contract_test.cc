// What every key store does: the one on disk, the one in a table, and the fake.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "libs/base/check.h"
#include "libs/crypto/fake_key_store.h"
#include "libs/crypto/keys_folder.h"
#include "libs/crypto/recording_key_store.h"
#include "libs/crypto/rocks_key_store.h"
#include "libs/crypto/table_key_store.h"
#include "libs/testing/temporary_folder.h"

namespace holdfast {
namespace {

const AuthorityCode kNorth = *AuthorityCode::FromText("E06000001");
const AuthorityCode kSouth = *AuthorityCode::FromText("E06000002");
const AuthorityCode kNobody = *AuthorityCode::FromText("E06000099");

// A store and what it stands on.
struct Bench {
  testing::TemporaryFolder folder;
  std::unique_ptr<KeysFolder> keys;
  SimulatedTable table;
  AccessRecord record;
  std::unique_ptr<KeyStore> inner;
  std::unique_ptr<KeyStore> store;
};

void MakeKeysFolder(Bench& bench) {
  bench.keys = std::move(*KeysFolder::OpenOrCreate({bench.folder / "keys", bench.folder / "data"}));
  HOLDFAST_CHECK(bench.keys->AddAuthority(kNorth));
  HOLDFAST_CHECK(bench.keys->AddAuthority(kSouth));
}

std::unique_ptr<KeyStore> InATable(Bench& bench) {
  MakeKeysFolder(bench);
  return OpenTableKeyStore(bench.table, *bench.keys);
}

std::unique_ptr<KeyStore> OnDisk(Bench& bench) {
  MakeKeysFolder(bench);
  return std::move(*OpenRocksKeyStore(bench.folder / "store", *bench.keys));
}

std::unique_ptr<KeyStore> Fake(Bench&) {
  return std::make_unique<FakeKeyStore>(std::set<AuthorityCode>{kNorth, kSouth});
}

std::unique_ptr<KeyStore> Recording(Bench& bench) {
  bench.inner = Fake(bench);
  return std::make_unique<RecordingKeyStore>(*bench.inner, bench.record);
}

struct Kind {
  const char* name;
  std::function<std::unique_ptr<KeyStore>(Bench&)> make;
};

class KeyStoreContract : public ::testing::TestWithParam<Kind> {
 protected:
  KeyStoreContract() { bench_.store = GetParam().make(bench_); }
  KeyStore& Store() { return *bench_.store; }

  Bench bench_;
};

TEST_P(KeyStoreContract, GivesEachIdItsKeyAgain) {
  const auto ids = Store().MakeKeys(kNorth, 3);
  ASSERT_TRUE(ids);
  std::set<KeyBytes> keys;
  for (const auto& id : *ids) {
    keys.insert(Store().Get(id)->bytes());
    EXPECT_EQ(Store().Get(id)->bytes(), Store().Get(id)->bytes());
  }
  EXPECT_EQ(keys.size(), 3u);
}

TEST_P(KeyStoreContract, MakesNoneWhenNoneAreAskedFor) {
  EXPECT_TRUE(Store().MakeKeys(kNorth, 0)->empty());
}

TEST_P(KeyStoreContract, KnowsItsAuthoritiesAlone) {
  EXPECT_EQ(Store().MakeKey(kNobody).error().reason, "AUTHORITY_UNKNOWN");
  EXPECT_EQ(Store().Rewrap(kNobody).error().reason, "AUTHORITY_UNKNOWN");
}

TEST_P(KeyStoreContract, TellsALostKeyFromADestroyedOne) {
  const auto id = *Store().MakeKey(kNorth);
  ASSERT_TRUE(Store().Destroy(id));
  EXPECT_EQ(Store().Get(id).error().reason, "KEY_ERASED");
  EXPECT_EQ(Store().Get(id).error().code, StatusCode::kNotFound);
  EXPECT_EQ(Store().Get(KeyId{}).error().reason, "KEY_MISSING");
  EXPECT_EQ(Store().Get(KeyId{}).error().code, StatusCode::kDataLoss);
}

TEST_P(KeyStoreContract, DestroysOnceAndForEver) {
  const auto id = *Store().MakeKey(kNorth);
  ASSERT_TRUE(Store().Destroy(id));
  ASSERT_TRUE(Store().Destroy(id));
  ASSERT_TRUE(Store().Rewrap(kNorth));
  EXPECT_EQ(Store().Get(id).error().reason, "KEY_ERASED");
  EXPECT_EQ(Store().Destroy(KeyId{}).error().reason, "KEY_MISSING");
}

TEST_P(KeyStoreContract, RewrapsWithoutChangingAKey) {
  const auto id = *Store().MakeKey(kNorth);
  const auto before = Store().Get(id)->Copy();
  ASSERT_TRUE(Store().Rewrap(kNorth));
  EXPECT_EQ(Store().Get(id)->bytes(), before.bytes());
}

TEST_P(KeyStoreContract, CountsWhatItHas) {
  const auto ids = *Store().MakeKeys(kNorth, 3);
  ASSERT_TRUE(Store().Destroy(ids[1]));
  const auto report = Store().Check();
  EXPECT_EQ(report->live, 2u);
  EXPECT_EQ(report->destroyed, 1u);
  EXPECT_TRUE(report->damaged.empty());
}

TEST_P(KeyStoreContract, ForgetsWhatWasDerivedFromADestroyedKeyForEver) {
  const auto ids = *Store().MakeKeys(kNorth, 2);
  DerivedKeys derived(4);
  const auto key = [] { return std::make_shared<const SecretKey>(SecretKey::Random()); };
  derived.Put(ids[0], key());
  derived.Put(ids[1], key());
  Store().Attach(derived);
  Store().ForgetDerived(ids[0]);
  EXPECT_EQ(derived.Find(ids[0]), nullptr);
  EXPECT_NE(derived.Find(ids[1]), nullptr);
  derived.Put(ids[0], key());  // by whoever was deriving it meanwhile
  EXPECT_EQ(derived.Find(ids[0]), nullptr);
  Store().Detach(derived);
  Store().ForgetDerived(ids[1]);
  EXPECT_NE(derived.Find(ids[1]), nullptr);
}

// Of the two that wrap: by which keys of the folder.
void ExpectToNameWhatWrapsLiveKeys(Bench& bench, KeyStore& store) {
  using Names = std::set<AuthorityKeyName>;
  const auto north = *store.MakeKeys(kNorth, 2);
  const auto south = *store.MakeKey(kSouth);
  EXPECT_EQ(store.WrappedBy(), (Names{{kNorth, 1}, {kSouth, 1}}));
  ASSERT_TRUE(store.Destroy(south));
  EXPECT_EQ(store.WrappedBy(), (Names{{kNorth, 1}}));
  ASSERT_TRUE(bench.keys->AddVersion(kNorth));
  ASSERT_TRUE(store.MakeKey(kNorth));
  EXPECT_EQ(store.WrappedBy(), (Names{{kNorth, 1}, {kNorth, 2}}));
  EXPECT_EQ(store.Rewrap(kNorth), 2u);
  EXPECT_EQ(store.WrappedBy(), (Names{{kNorth, 2}}));
}

TEST(RocksKeyStore, NamesTheKeysThatWrapItsLiveKeys) {
  Bench bench;
  const auto store = OnDisk(bench);
  ExpectToNameWhatWrapsLiveKeys(bench, *store);
}

TEST(TableKeyStore, NamesTheKeysThatWrapItsLiveKeys) {
  Bench bench;
  const auto store = InATable(bench);
  ExpectToNameWhatWrapsLiveKeys(bench, *store);
}

TEST(TableKeyStore, OpensWhatAnotherInstanceHasMadeAndAnotherVersionHasWrapped) {
  Bench bench;
  const auto north = InATable(bench);
  const auto south = OpenTableKeyStore(bench.table, *bench.keys);
  const auto id = *north->MakeKey(kNorth);
  const auto key = south->Get(id)->Copy();
  EXPECT_EQ(north->Get(id)->bytes(), key.bytes());

  const auto old = *bench.keys->NewestKey(kNorth);
  ASSERT_TRUE(bench.keys->AddVersion(kNorth));
  EXPECT_EQ(south->Rewrap(kNorth), 1u);
  EXPECT_EQ(south->Rewrap(kNorth), 0u);
  ASSERT_TRUE(bench.keys->DestroyVersion(old));
  EXPECT_EQ(north->Get(id)->bytes(), key.bytes());
  ASSERT_TRUE(south->Destroy(id));
  EXPECT_EQ(north->Get(id).error().reason, "KEY_ERASED");
}

INSTANTIATE_TEST_SUITE_P(Stores, KeyStoreContract,
                         ::testing::Values(Kind{"OnDisk", OnDisk}, Kind{"InATable", InATable},
                                           Kind{"Fake", Fake}, Kind{"Recording", Recording}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace holdfast
