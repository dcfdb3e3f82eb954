#include "tools/import/manifest.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "libs/testing/temporary_folder.h"
#include "tools/import/import_key.h"

namespace holdfast::import {
namespace {

class ManifestTest : public ::testing::Test {
 protected:
  ManifestTest() {
    manifest_.run = *RunId::FromBytes(std::string(16, 'r'));
    manifest_.authority = "E06000901";
    manifest_.started_at = Instant(std::chrono::microseconds(1'790'000'000'000'000));
    manifest_.seed = std::string(64, 'a');
    manifest_.key = *ReadOrMakeImportKey(folder_.path());
    EXPECT_TRUE(WriteManifest(data(), manifest_));
  }
  std::string data() const { return folder_ / "data"; }

  testing::TemporaryFolder folder_;
  Manifest manifest_;
};

TEST_F(ManifestTest, GivesTheSameCommandsTheSameIdsWhenItIsReadAgain) {
  const auto again = ReadManifest(data(), manifest_.run, *ReadOrMakeImportKey(folder_.path()));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->CommandFor("local A1"), manifest_.CommandFor("local A1"));
  EXPECT_NE(again->CommandFor("local A1"), manifest_.CommandFor("local A2"));
}

TEST_F(ManifestTest, TellsNobodyWithoutTheKeyWhichCommandIsWhose) {
  Manifest guessed = manifest_;
  guessed.key.fill(1);
  EXPECT_NE(guessed.CommandFor("local A1"), manifest_.CommandFor("local A1"));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const std::string key(manifest_.key.begin(), manifest_.key.end());
    EXPECT_EQ(bytes.find(key), std::string::npos);
    EXPECT_EQ(bytes.find(Hex(key)), std::string::npos);
  }
}

TEST_F(ManifestTest, IsNotResumedWithAnotherKey) {
  ImportKey other{};
  other.fill(1);
  EXPECT_EQ(ReadManifest(data(), manifest_.run, other).error().reason, "IMPORT_KEY_DIFFERS");
}

TEST_F(ManifestTest, HasAKeyThatIsItsOwnersAlone) {
  const auto mode = std::filesystem::status(folder_ / "import.key").permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read);
  EXPECT_EQ(*ReadOrMakeImportKey(folder_.path()), manifest_.key);
}

}  // namespace
}  // namespace holdfast::import
