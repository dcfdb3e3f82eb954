// The shards that own partitions, on a real Kafka: what was acknowledged is there, whoever serves.
#include <gtest/gtest.h>

#include <future>

#include "libs/eventlog/kafka_log.h"
#include "libs/testing/kafka_in_tests.h"
#include "libs/testing/temporary_folder.h"
#include "tests/prove/small_service.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;

constexpr int kCommands = 200;
const auto kReadBack = kDeliveryTimeout + 5s;

CommandId IdOf(int number) {
  CommandId id;
  id.bytes[0] = 1;
  id.bytes[14] = static_cast<uint8_t>(number / 256);
  id.bytes[15] = static_cast<uint8_t>(number % 256);
  return id;
}

class OwnersOnKafka : public ::testing::Test {
 protected:
  std::unique_ptr<SmallService> StartIn(const std::string& folder) {
    auto log = KafkaLog::Open({.settings = settings_, .deployment_id = "id"});
    HOLDFAST_CHECK(log.has_value());
    std::filesystem::create_directories(folder_ / folder);
    auto service = SmallService::Start(folder_ / folder, std::move(*log), kReadBack);
    if (!service) ADD_FAILURE() << service.error().message;
    HOLDFAST_CHECK(service.has_value());
    EXPECT_TRUE((*service)->audit().findings.empty());
    return std::move(*service);
  }

  // Submits them all at once; the first event of each answer, 0 for a refusal.
  static std::vector<uint64_t> SubmitAll(SmallService& service) {
    std::vector<std::promise<uint64_t>> answers(kCommands);
    for (int i = 0; i < kCommands; ++i) {
      const SubjectId subject = SmallSubject(static_cast<uint8_t>(i % kSmallSubjects));
      const std::string value = "v" + std::to_string(i);
      service.Submit(subject,
                     {.authority = "A",
                      .id = IdOf(i),
                      .of_service = true,
                      .principal = "tester",
                      .request = AppendRequest(subject, value),
                      .request_mac = value},
                     [&answer = answers[static_cast<size_t>(i)]](const Result<Answer>& result) {
                       answer.set_value(result ? result->first_event : 0);
                     });
    }
    std::vector<uint64_t> firsts;
    for (auto& answer : answers) firsts.push_back(answer.get_future().get());
    return firsts;
  }

  const KafkaSettings settings_ = testing::MakeJournalTopics({"lists", "echoes"}, kSmallPartitions);
  testing::TemporaryFolder folder_;
};

TEST_F(OwnersOnKafka, HaveEverythingAfterAStopAndAStart) {
  auto service = StartIn("a");
  const auto answered = SubmitAll(*service);
  EXPECT_EQ(std::ranges::count(answered, 0u), 0);
  const std::string all = service->ReadAll().value();
  for (int i = 0; i < kCommands; ++i) {
    EXPECT_NE(all.find("v" + std::to_string(i) + ","), std::string::npos) << i;
  }

  service.reset();
  service = StartIn("a");
  EXPECT_EQ(service->ReadAll().value(), all);
  // Asked again, each is answered as it was, and nothing is done twice.
  EXPECT_EQ(SubmitAll(*service), answered);
  EXPECT_EQ(service->ReadAll().value(), all);
}

TEST_F(OwnersOnKafka, HaveEverythingInAFolderThatIsEmpty) {
  auto service = StartIn("a");
  const auto answered = SubmitAll(*service);
  const std::string all = service->ReadAll().value();
  service.reset();
  service = StartIn("b");
  EXPECT_EQ(service->ReadAll().value(), all);
  EXPECT_EQ(SubmitAll(*service), answered);
}

}  // namespace
}  // namespace holdfast
