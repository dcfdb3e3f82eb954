#include "libs/crypto/private_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "libs/testing/temporary_folder.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

class PrivateFile : public ::testing::Test {
 protected:
  static unsigned Mode(const fs::path& path) {
    return static_cast<unsigned>(fs::status(path).permissions());
  }
  static size_t FilesIn(const fs::path& folder) {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }

  testing::TemporaryFolder folder_;
};

TEST_F(PrivateFile, IsForItsOwnerAlone) {
  umask(0);
  ASSERT_TRUE(CreatePrivateFile(folder_ / "key", "secret", FileMode::kReadOnly));
  ASSERT_TRUE(ReplacePrivateFile(folder_ / "state", "text", FileMode::kReadWrite));
  EXPECT_EQ(Mode(folder_ / "key"), 0400u);
  EXPECT_EQ(Mode(folder_ / "state"), 0600u);
  EXPECT_EQ(ReadPrivateFile(folder_ / "key"), "secret");
}

TEST_F(PrivateFile, IsNeverCreatedOverAnother) {
  ASSERT_TRUE(CreatePrivateFile(folder_ / "key", "first", FileMode::kReadOnly));
  EXPECT_EQ(CreatePrivateFile(folder_ / "key", "second", FileMode::kReadOnly).error().reason,
            "FILE_EXISTS");
  EXPECT_EQ(ReadPrivateFile(folder_ / "key"), "first");
}

TEST_F(PrivateFile, IsReplacedWhole) {
  ASSERT_TRUE(ReplacePrivateFile(folder_ / "state", "first", FileMode::kReadOnly));
  ASSERT_TRUE(ReplacePrivateFile(folder_ / "state", "second", FileMode::kReadOnly));
  EXPECT_EQ(ReadPrivateFile(folder_ / "state"), "second");
}

TEST_F(PrivateFile, LeavesNoOtherBehind) {
  ASSERT_TRUE(CreatePrivateFile(folder_ / "key", "first", FileMode::kReadOnly));
  ASSERT_FALSE(CreatePrivateFile(folder_ / "key", "second", FileMode::kReadOnly));
  ASSERT_TRUE(ReplacePrivateFile(folder_ / "key", "third", FileMode::kReadOnly));
  EXPECT_EQ(FilesIn(folder_.path()), 1u);
}

TEST_F(PrivateFile, IsRefusedWhenOthersHaveAnyRightToIt) {
  ASSERT_TRUE(CreatePrivateFile(folder_ / "key", "secret", FileMode::kReadOnly));
  for (const unsigned mode : {0440u, 0404u, 0420u, 0401u, 0477u}) {
    fs::permissions(folder_ / "key", static_cast<fs::perms>(mode));
    EXPECT_EQ(ReadPrivateFile(folder_ / "key").error().reason, "KEYS_NOT_PRIVATE")
        << std::oct << mode;
  }
}

TEST_F(PrivateFile, ThatIsNotThereIsMissing) {
  EXPECT_EQ(ReadPrivateFile(folder_ / "none").error().reason, "FILE_MISSING");
}

TEST_F(PrivateFile, ThatIsAFolderIsUnreadable) {
  ASSERT_TRUE(MakePrivateFolder(folder_ / "inner"));
  EXPECT_EQ(ReadPrivateFile(folder_ / "inner").error().reason, "FILE_UNREADABLE");
}

TEST_F(PrivateFile, LiesInFoldersForItsOwnerAlone) {
  umask(0);
  ASSERT_TRUE(MakePrivateFolder(folder_ / "a/b/c"));
  EXPECT_EQ(Mode(folder_ / "a"), 0700u);
  EXPECT_EQ(Mode(folder_ / "a/b/c"), 0700u);
  EXPECT_TRUE(MakePrivateFolder(folder_ / "a/b/c"));
  fs::permissions(folder_ / "a/b/c", static_cast<fs::perms>(0750));
  EXPECT_EQ(MakePrivateFolder(folder_ / "a/b/c").error().reason, "KEYS_NOT_PRIVATE");
}

TEST_F(PrivateFile, IsShreddedBeforeItGoes) {
  ASSERT_TRUE(CreatePrivateFile(folder_ / "key", "secret", FileMode::kReadOnly));
  fs::create_hard_link(folder_ / "key", folder_ / "witness");
  ASSERT_TRUE(ShredPrivateFile(folder_ / "key"));
  EXPECT_FALSE(fs::exists(folder_ / "key"));
  EXPECT_EQ(ReadPrivateFile(folder_ / "witness"), std::string(6, '\0'));
}

TEST_F(PrivateFile, IsNotWrittenWhereThereIsNoFolder) {
  EXPECT_EQ(CreatePrivateFile(folder_ / "none/key", "secret", FileMode::kReadOnly).error().reason,
            "FILE_UNWRITABLE");
}

}  // namespace
}  // namespace holdfast
