#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "libs/testing/temporary_folder.h"
#include "services/node/data_format.h"
#include "services/node/folder_lock.h"
#include "services/node/manual_day.h"
#include "services/node/run_file.h"

namespace holdfast {
namespace {

using testing::TemporaryFolder;

std::string ReasonOf(const auto& result) { return result ? "done" : result.error().reason; }

std::string BytesOf(const std::filesystem::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

void Overwrite(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

CivilDate Day(const char* iso) { return *CivilDate::FromIso(iso); }

TEST(DataFormat, IsReadAsItWasWritten) {
  TemporaryFolder data;
  const DataFormat format{.partition_count = 5, .clock = ClockMode::kManual};
  ASSERT_TRUE(WriteDataFormat(data.path(), format));
  EXPECT_EQ(*ReadDataFormat(data.path()), format);
  EXPECT_EQ(BytesOf(data / "format").substr(0, 43),
            "holdfast data 1\npartitions 5\nclock manual\ns");
}

TEST(DataFormat, IsNotReadOnceAnyBitOfItWasFlippedOrItsEndIsGone) {
  TemporaryFolder data;
  ASSERT_TRUE(WriteDataFormat(data.path(), {}));
  const std::string good = BytesOf(data / "format");
  for (size_t i = 0; i < good.size() * 8; i += 3) {
    std::string flipped = good;
    flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << i % 8));
    Overwrite(data / "format", flipped);
    EXPECT_EQ(ReasonOf(ReadDataFormat(data.path())), "FILE_DAMAGED") << i;
  }
  for (size_t size = 0; size < good.size(); ++size) {
    Overwrite(data / "format", good.substr(0, size));
    EXPECT_EQ(ReasonOf(ReadDataFormat(data.path())), "FILE_DAMAGED") << size;
  }
}

TEST(DataFolder, WithFilesButWithoutItsFormatIsNeverTakenForNew) {
  TemporaryFolder data;
  EXPECT_EQ(*LookAtDataFolder(data.path()), DataFolderState::kNone);
  EXPECT_EQ(*LookAtDataFolder(data / "not there"), DataFolderState::kNone);
  Overwrite(data / "HEAD", "");
  EXPECT_EQ(ReasonOf(LookAtDataFolder(data.path())), "DATA_DAMAGED");
  Overwrite(data / "making", "");
  EXPECT_EQ(*LookAtDataFolder(data.path()), DataFolderState::kBeingMade);
}

TEST(ManualDay, IsKeptAndNeverGoesBack) {
  TemporaryFolder data;
  ASSERT_TRUE(ManualDay::Create(data / "day", Day("2026-03-31")));
  {
    auto day = ManualDay::Open(data / "day");
    ASSERT_TRUE(day);
    EXPECT_TRUE((*day)->Set(Day("2026-03-31")));
    EXPECT_TRUE((*day)->Set(Day("2026-04-02")));
    EXPECT_EQ(ReasonOf((*day)->Set(Day("2026-04-01"))), "CLOCK_BACKWARDS");
  }
  EXPECT_EQ((*ManualDay::Open(data / "day"))->day(), Day("2026-04-02"));
  std::filesystem::remove(data / "day");
  EXPECT_EQ(ReasonOf(ManualDay::Open(data / "day")), "FILE_DAMAGED");
}

TEST(FolderLock, IsHeldByOneAndSeenByOthers) {
  TemporaryFolder data;
  EXPECT_FALSE(FolderLock::IsHeld(data.path()));
  {
    const auto lock = FolderLock::Take(data.path());
    ASSERT_TRUE(lock);
    EXPECT_EQ(ReasonOf(FolderLock::Take(data.path())), "FOLDER_IN_USE");
    EXPECT_TRUE(FolderLock::IsHeld(data.path()));
    EXPECT_TRUE(FolderLock::IsHeld(data.path()));  // looking did not let go of it
  }
  EXPECT_FALSE(FolderLock::IsHeld(data.path()));
}

TEST(RunFile, NamesTheServerOnlyWhileItLives) {
  TemporaryFolder data;
  EXPECT_EQ(ReasonOf(FindServer(data.path())), "NO_SERVER");
  {
    const auto lock = FolderLock::Take(data.path());
    EXPECT_EQ(ReasonOf(FindServer(data.path())), "NO_SERVER");
    ASSERT_TRUE(WriteRunFile(data.path(), {getpid(), "127.0.0.1:4", "system", {"audit", "cases"}}));
    const auto run = FindServer(data.path());
    ASSERT_TRUE(run);
    EXPECT_EQ(run->endpoint, "127.0.0.1:4");
    EXPECT_EQ(run->services.size(), 2);
  }
  EXPECT_EQ(ReasonOf(FindServer(data.path())), "NO_SERVER");  // it left its file behind
}

}  // namespace
}  // namespace holdfast
