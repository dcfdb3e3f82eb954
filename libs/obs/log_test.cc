#include "libs/obs/log.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "libs/testing/temporary_folder.h"

namespace holdfast::obs {
namespace {

using Json = nlohmann::json;

std::vector<Json> LinesOf(const std::filesystem::path& path) {
  std::vector<Json> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(Json::parse(line));
  return lines;
}

TEST(Log, IsJsonLinesWithTheTimeInUtcToTheMicrosecond) {
  testing::TemporaryFolder folder;
  ASSERT_TRUE(OpenLog({.file = folder / "log", .to_standard_error = false}));
  Info("serving", {{"endpoint", "127.0.0.1:1"}, {"services", 4}});
  Error("failed", Status{StatusCode::kInternal, "A_REASON", "quoted \"text\"\n{} %v"});
  CloseLog();
  Info("into nothing");

  const auto lines = LinesOf(folder / "log");
  ASSERT_EQ(lines.size(), 2);
  EXPECT_EQ(lines[0]["level"], "info");
  EXPECT_EQ(lines[0]["msg"], "serving");
  EXPECT_EQ(lines[0]["endpoint"], "127.0.0.1:1");
  EXPECT_EQ(lines[0]["services"], 4);
  EXPECT_TRUE(std::regex_match(lines[0]["ts"].get<std::string>(),
                               std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)")));
  EXPECT_EQ(lines[1]["reason"], "A_REASON");
  EXPECT_EQ(lines[1]["detail"], "quoted \"text\"\n{} %v");
}

TEST(Log, IsRotatedSoThatItIsNeverLargerThanAllowed) {
  testing::TemporaryFolder folder;
  ASSERT_TRUE(OpenLog(
      {.file = folder / "log", .to_standard_error = false, .file_bytes = 2000, .files = 2}));
  for (int i = 0; i < 500; ++i) Info("a line", {{"number", i}});
  CloseLog();

  size_t bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
    bytes += file.file_size();
  }
  EXPECT_GT(bytes, 2000);
  EXPECT_LE(bytes, 3 * 2000);
}

TEST(Log, SaysThatItCannotBeOpened) {
  testing::TemporaryFolder folder;
  std::ofstream(folder / "file") << "not a folder";
  const auto opened = OpenLog({.file = folder / "file" / "log", .to_standard_error = false});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().reason, "LOG_NOT_OPENED");
}

}  // namespace
}  // namespace holdfast::obs
