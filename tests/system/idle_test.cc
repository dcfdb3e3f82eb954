// A system that nobody asks anything writes nothing: a whole Holdfast with the sample in it, left
// alone for a minute.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include "tests/system/sample_in_tests.h"

namespace holdfast::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using std::chrono::seconds;

struct FileFacts {
  uintmax_t size = 0;
  fs::file_time_type written;
  std::string bytes;

  bool operator==(const FileFacts&) const = default;
};

std::map<std::string, FileFacts> FilesOf(const fs::path& folder) {
  std::map<std::string, FileFacts> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files[fs::relative(entry.path(), folder)] = {
        entry.file_size(), entry.last_write_time(), {std::istreambuf_iterator<char>(file), {}}};
  }
  return files;
}

// Records and events of every journal, by service and partition.
json JournalsOf(const Deployment& made) {
  const auto verified = made.Run({"journal", "verify"});
  EXPECT_EQ(verified.exit, 0) << verified.out;
  return verified.json()["partitions"];
}

TEST(AnIdleSystem, WritesNothingForAMinute) {
  const Deployment made;
  TakeSample(made);
  ASSERT_EQ(made.Run({"alerts", "list", "--authority", kNorthmere}).exit, 0);
  std::this_thread::sleep_for(seconds(5));  // what was written last has been flushed
  const auto journals = JournalsOf(made);
  ASSERT_EQ(journals.size(), 16U * 5);  // those of all services but national
  uint64_t events = 0;
  for (const auto& journal : journals) events += journal["events"].get<uint64_t>();
  EXPECT_GT(events, 3000U);

  const auto before = FilesOf(made.data());
  std::this_thread::sleep_for(seconds(60));
  const auto after = FilesOf(made.data());
  for (const auto& [name, facts] : before) {
    ASSERT_TRUE(after.contains(name)) << name << " is gone";
    EXPECT_EQ(after.at(name).size, facts.size) << name;
    EXPECT_TRUE(after.at(name) == facts) << name << " was written to";
  }
  EXPECT_EQ(after.size(), before.size());
  EXPECT_EQ(JournalsOf(made), journals);
}

}  // namespace
}  // namespace holdfast::testing
