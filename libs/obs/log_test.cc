#include "libs/obs/log.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include "libs/testing/temporary_folder.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

const Instant kNow{std::chrono::sys_days(std::chrono::year(2026) / 3 / 1) + std::chrono::hours(9) +
                   std::chrono::microseconds(123)};

class StoppedClock final : public Clock {
 public:
  Instant Now() const override { return kNow; }
  Monotonic Steady() const override { return {}; }
};

class LogTest : public ::testing::Test {
 protected:
  std::unique_ptr<Log> Open(LogOptions options) {
    options.file = folder_ / "logs/holdfast.log";
    options.to_stderr = false;
    return std::move(*Log::Open(options, clock_));
  }
  std::vector<std::string> Lines() const {
    std::ifstream file(folder_ / "logs/holdfast.log");
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
  }

  testing::TemporaryFolder folder_;
  StoppedClock clock_;
};

TEST(LogLine, IsOneJsonObject) {
  EXPECT_EQ(LogLine(kNow, LogLevel::kInfo, "import finished",
                    {{"rows", 300},
                     {"share", 0.5},
                     {"whole", true},
                     {"took_ms", std::chrono::milliseconds(7)}}),
            R"({"ts":"2026-03-01T09:00:00.000123Z","level":"info","msg":"import finished",)"
            R"("fields":{"rows":300,"share":0.5,"whole":true,"took_ms":7}})");
}

TEST(LogLine, HasIdsAsHex) {
  EXPECT_EQ(LogLine(kNow, LogLevel::kError, "m",
                    {{"key", *KeyId::FromBytes("0123456789abcdef")}, {"kind", "live"}}),
            R"({"ts":"2026-03-01T09:00:00.000123Z","level":"error","msg":"m",)"
            R"("fields":{"key":"30313233343536373839616263646566","kind":"live"}})");
}

TEST(LogLine, StaysOneLineWhateverAPlainTextHolds) {
  const auto line =
      LogLine(kNow, LogLevel::kWarning, "m", {{"path", PlainText{"a\n\"b\"\x01\xff"}}});
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_NE(line.find(R"(a\n\"b\"\u0001)"), std::string::npos);
  EXPECT_LT(LogLine(kNow, LogLevel::kWarning, "m", {{"path", PlainText{std::string(1 << 20, 'x')}}})
                .size(),
            2000u);
}

TEST_F(LogTest, WritesEachLineAtOnce) {
  const auto log = Open({});
  log->Info("started");
  log->Warning("disk nearly full", {{"free_bytes", uint64_t{1} << 63}});
  ASSERT_EQ(Lines().size(), 2u);
  EXPECT_EQ(Lines()[0],
            R"({"ts":"2026-03-01T09:00:00.000123Z","level":"info","msg":"started","fields":{}})");
  EXPECT_NE(Lines()[1].find("9223372036854775808"), std::string::npos);
}

TEST_F(LogTest, LeavesOutWhatIsBelowItsLevel) {
  const auto log = Open({.least = LogLevel::kWarning});
  log->Debug("a");
  log->Info("b");
  log->Warning("c");
  log->Error("d");
  EXPECT_EQ(Lines().size(), 2u);
}

TEST_F(LogTest, TakesBracesForWhatTheyAre) {
  Open({})->Info("{} {0} %v", {{"text", PlainText{"{}"}}});
  EXPECT_NE(Lines().at(0).find(R"("msg":"{} {0} %v","fields":{"text":"{}"})"), std::string::npos);
}

TEST_F(LogTest, KeepsNoMoreFilesThanItMay) {
  const auto log = Open({.file_bytes = 1000, .files = 2});
  for (int i = 0; i < 100; ++i) log->Info("again", {{"i", i}});
  const auto count =
      std::distance(fs::directory_iterator(folder_ / "logs"), fs::directory_iterator());
  EXPECT_EQ(count, 3);  // the current one and two older
}

TEST_F(LogTest, KeepsLinesOfThreadsApart) {
  const auto log = Open({});
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 100; ++i) log->Info("line", {{"i", i}});
      });
    }
  }
  EXPECT_EQ(Lines().size(), 400u);
  for (const auto& line : Lines())
    EXPECT_TRUE(line.starts_with("{\"ts\"") && line.ends_with("}}")) << line;
}

TEST_F(LogTest, SaysThatItCannotWrite) {
  std::ofstream(folder_ / "file") << "x";
  const auto log = Log::Open({.file = folder_ / "file/holdfast.log"}, clock_);
  EXPECT_EQ(log.error().reason, "LOG_UNWRITABLE");
}

}  // namespace
}  // namespace holdfast
