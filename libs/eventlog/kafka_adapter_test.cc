// The adapter's own error paths, on librdkafka's mock of a cluster; settings and the deployment
// record without any. The mock has no fencing and proves nothing of the protocol.
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>

#include <fstream>
#include <future>

// Only after rdkafka.h.
#include <librdkafka/rdkafka_mock.h>

#include "libs/base/check.h"
#include "libs/base/ids.h"
#include "libs/eventlog/kafka_deployment.h"
#include "libs/eventlog/kafka_end.h"
#include "libs/eventlog/kafka_log.h"
#include "libs/testing/temporary_folder.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;

constexpr int16_t kProduceRequest = 0;
constexpr int16_t kListOffsetsRequest = 2;
const LogPartition kCases0{"cases", 0};

class MockedKafka : public ::testing::Test {
 protected:
  MockedKafka() {
    std::array<char, 256> text{};
    client_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), text.data(), text.size()));
    cluster_ = rd_kafka_mock_cluster_new(client_.get(), 1);
    HOLDFAST_CHECK(cluster_ != nullptr);
    HOLDFAST_CHECK(rd_kafka_mock_topic_create(cluster_, "holdfast.journal.cases", 1, 1) ==
                   RD_KAFKA_RESP_ERR_NO_ERROR);
    auto log = KafkaLog::Open(
        {.settings = {.brokers = rd_kafka_mock_cluster_bootstraps(cluster_)}, .deployment_id = ""});
    HOLDFAST_CHECK(log.has_value());
    log_ = std::move(*log);
  }
  ~MockedKafka() override {
    log_.reset();
    rd_kafka_mock_cluster_destroy(cluster_);
  }

  std::future<AppendReport> Append(std::string bytes) {
    auto reported = std::make_shared<std::promise<AppendReport>>();
    log_->Append(kCases0, std::move(bytes),
                 [reported](AppendReport report) { reported->set_value(report); });
    return reported->get_future();
  }

  KafkaClient client_;
  rd_kafka_mock_cluster_t* cluster_ = nullptr;
  std::unique_ptr<KafkaLog> log_;
};

TEST_F(MockedKafka, GetsANewProducerAfterAFatalError) {
  ASSERT_EQ(Append("before").get(), AppendReport::kAppended);
  rd_kafka_mock_push_request_errors(cluster_, kProduceRequest, 1,
                                    RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER);
  EXPECT_NE(Append("broken").get(), AppendReport::kAppended);
  for (int i = 0; i < 500 && log_->producer_renewals() == 0; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(log_->producer_renewals(), 1u);
  EXPECT_EQ(Append("after").get(), AppendReport::kAppended);
  EXPECT_EQ(log_->counts().fatal_errors, 1u);
}

TEST_F(MockedKafka, DoesNotKnowWhatBecameOfAnAppendThatNobodyAnswered) {
  ASSERT_EQ(Append("before").get(), AppendReport::kAppended);
  rd_kafka_mock_broker_set_rtt(cluster_, 1, 60'000);
  EXPECT_EQ(Append("lost?").get(), AppendReport::kUnknown);
}

TEST_F(MockedKafka, TriesAgainByItselfWhileALeaderIsElected) {
  rd_kafka_mock_push_request_errors(
      cluster_, kProduceRequest, 3, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
      RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION);
  EXPECT_EQ(Append("a").get(), AppendReport::kAppended);
  EXPECT_EQ(log_->producer_renewals(), 0u);
}

TEST_F(MockedKafka, AsksAgainForTheEndWhileALeaderIsElected) {
  rd_kafka_mock_push_request_errors(
      cluster_, kListOffsetsRequest, 3, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
      RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION);
  const auto end = log_->End(kCases0);
  ASSERT_TRUE(end) << end.error().message;
  EXPECT_EQ(*end, 0u);
}

TEST(KafkaLogOnTwoBrokers, AsksTheNewLeaderForTheEndOnceTheOldOneIsGone) {
  std::array<char, 256> text{};
  const KafkaClient client(
      rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), text.data(), text.size()));
  auto* cluster = rd_kafka_mock_cluster_new(client.get(), 2);
  const char* topic = "holdfast.journal.cases";
  rd_kafka_mock_topic_create(cluster, topic, 1, 2);
  rd_kafka_mock_partition_set_leader(cluster, topic, 0, 1);
  {
    auto log = KafkaLog::Open(
        {.settings = {.brokers = rd_kafka_mock_cluster_bootstraps(cluster)}, .deployment_id = ""});
    ASSERT_TRUE(log) << log.error().message;
    ASSERT_EQ(*(*log)->EndNow(kCases0), 0u);

    rd_kafka_mock_partition_set_leader(cluster, topic, 0, 2);
    rd_kafka_mock_broker_set_down(cluster, 1);

    const auto begin = std::chrono::steady_clock::now();
    const auto end = (*log)->EndNow(kCases0);
    EXPECT_TRUE(end) << end.error().message;
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
  }
  rd_kafka_mock_cluster_destroy(cluster);
}

TEST(KafkaLogOnTwoBrokers, GivesUpAskingForTheEndOfAPartitionWhoseBrokerIsGone) {
  std::array<char, 256> text{};
  const KafkaClient other(
      rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), text.data(), text.size()));
  auto* cluster = rd_kafka_mock_cluster_new(other.get(), 2);
  const char* topic = "holdfast.journal.cases";
  rd_kafka_mock_topic_create(cluster, topic, 1, 2);
  rd_kafka_mock_partition_set_leader(cluster, topic, 0, 1);
  {
    KafkaEvents events(nullptr);
    KafkaListener listener(events);
    const auto client = OpenKafka({.brokers = rd_kafka_mock_cluster_bootstraps(cluster)},
                                  RD_KAFKA_CONSUMER, {}, listener);
    ASSERT_TRUE(client) << client.error().message;
    ASSERT_EQ(*AskForEnd(client->get(), {topic, 0}, 10s, "the end"), 0u);

    rd_kafka_mock_broker_set_down(cluster, 1);  // and nobody is elected

    const auto end = AskForEnd(client->get(), {topic, 0}, 3s, "the end");
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().code, StatusCode::kUnavailable);
  }
  rd_kafka_mock_cluster_destroy(cluster);
}

class KafkaProperties_ : public ::testing::Test {
 protected:
  std::string Said(const std::string& text) {
    std::ofstream(folder_ / "kafka.properties") << text;
    const auto read = ReadKafkaProperties(folder_ / "kafka.properties");
    if (!read) return read.error().message.substr(read.error().message.find(" line "));
    std::string said;
    for (const auto& [name, value] : *read) said += name + "->" + value + ";";
    return said;
  }
  testing::TemporaryFolder folder_;
};

TEST_F(KafkaProperties_, AreLinesOfNameAndValue) {
  EXPECT_EQ(Said("# TLS\n\nsecurity.protocol = ssl\r\nssl.ca.location=/keys/ca.pem\n"),
            "security.protocol->ssl;ssl.ca.location->/keys/ca.pem;");
  EXPECT_EQ(Said("sasl.password=a=b"), "sasl.password->a=b;");
}

TEST_F(KafkaProperties_, MayNotTakeBackWhatTheJournalPromises) {
  EXPECT_EQ(Said("# x\nacks=1"), " line 2: acks is Holdfast's own to set; leave the line out");
  EXPECT_EQ(Said("enable.idempotence=false"),
            " line 1: enable.idempotence is Holdfast's own to set; leave the line out");
  EXPECT_EQ(Said("ssl"), " line 1: is not name=value");
}

TEST(KafkaSettings, AreBrokersWithPortsAndAPlainPrefix) {
  EXPECT_TRUE(ReadBrokers("127.0.0.1:19092"));
  EXPECT_TRUE(ReadBrokers("a:1,b:65535,[::1]:9092"));
  for (const char* text : {"", "a", "a:", ":1", "a:0", "a:65536", "a:1,", "a:1, b:2", "a:x"}) {
    EXPECT_FALSE(ReadBrokers(text)) << text;
  }
  EXPECT_TRUE(ReadTopicPrefix("holdfast"));
  for (const char* text : {"", "a.b", "a b", "ä"}) EXPECT_FALSE(ReadTopicPrefix(text)) << text;
}

TEST(KafkaSettings, ThatTheClientDoesNotKnowAreRefusedByName) {
  const auto log =
      KafkaLog::Open({.settings = {.brokers = "127.0.0.1:1", .properties = {{"ssl.nonsense", "1"}}},
                      .deployment_id = ""});
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().reason, "INVALID_KAFKA_CONFIG");
  EXPECT_NE(log.error().message.find("ssl.nonsense"), std::string::npos);
}

// Kept for ever: made by protoc --encode from the text.
TEST(KafkaDeployment, IsWrittenAndReadAsItEverWas) {
  const char kText[] =
      "partition_count: 16 hash_function: HASH_FUNCTION_FNV1A_64 clock: DEPLOYMENT_CLOCK_MANUAL "
      "first_day: '2026-05-15' id: '0123456789abcdef'";
  const std::string hex =
      "01"
      "081010011802220a323032362d30352d31352a1030313233343536373839616263646566";
  journal::v1::Deployment deployment;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(kText, &deployment));
  EXPECT_EQ(Hex(EncodeDeployment(deployment)), hex);
  const auto read = DecodeDeployment(FromHex(hex).value_or(""));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->DebugString(), deployment.DebugString());
}

TEST(KafkaDeployment, OfAnotherVersionOrWithoutItsIdIsRefused) {
  EXPECT_EQ(DecodeDeployment("").error().reason, "UNKNOWN_DEPLOYMENT_VERSION");
  EXPECT_EQ(DecodeDeployment("\x02").error().reason, "UNKNOWN_DEPLOYMENT_VERSION");
  EXPECT_EQ(DecodeDeployment("\x01\x08\x10").error().reason, "DEPLOYMENT_DAMAGED");
}

TEST(KafkaDeployment, SaysInWhatAnotherDiffers) {
  journal::v1::Deployment wanted;
  wanted.set_partition_count(16);
  wanted.set_clock(journal::v1::DEPLOYMENT_CLOCK_SYSTEM);
  journal::v1::Deployment found = wanted;
  found.set_id("another");
  found.set_first_day("2026-05-15");
  EXPECT_TRUE(DifferencesOf(wanted, found).empty());
  found.set_partition_count(8);
  found.set_clock(journal::v1::DEPLOYMENT_CLOCK_MANUAL);
  const std::vector<TopicDifference> expected{{"deployment.partitions", "16", "8"},
                                              {"deployment.clock", "system", "manual"}};
  EXPECT_EQ(DifferencesOf(wanted, found), expected);
}

}  // namespace
}  // namespace holdfast
