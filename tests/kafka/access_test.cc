// A broker with TLS and no rights but those that `holdfast topics apply` prints.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <future>

#include "libs/base/check.h"
#include "libs/base/clock.h"
#include "libs/eventlog/kafka_admin.h"
#include "libs/eventlog/kafka_log.h"
#include "libs/eventlog/kafka_setup.h"
#include "libs/rpc/certificates.h"
#include "libs/testing/temporary_folder.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

void MakeCertificates(const fs::path& keys) {
  fs::create_directories(keys);
  fs::permissions(keys, fs::perms::owner_all);
  const Instant now = SystemClock().Now();
  const auto authority = CertificateAuthority::OpenOrCreate(keys, now);
  HOLDFAST_CHECK(authority.has_value());
  HOLDFAST_CHECK(authority->IssueForDeployment(*AuthorityCode::FromText("england"), now));
}

class BrokerWithAcls : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    place_ = new testing::TemporaryFolder();
    MakeCertificates(*place_ / "keys");
    MakeCertificates(*place_ / "foreign");
    const std::string folder = (*place_ / "kafka").string();
    Run(std::string(HOLDFAST_KAFKA_TOOL) + " up --dir " + folder + " --port 0 --tls " +
        (*place_ / "keys").string());
    std::ifstream cluster(folder + "/cluster");
    for (std::string line; std::getline(cluster, line);) {
      if (line.starts_with("port=")) brokers_ = "127.0.0.1:" + line.substr(5);
    }
    MakeTopics();
    for (const AccessRule& rule : PlanAccess("holdfast")) Run(AsRun(AclCommand(rule, brokers_)));
  }
  static void TearDownTestSuite() {
    Run(std::string(HOLDFAST_KAFKA_TOOL) + " down --dir " + (*place_ / "kafka").string());
    delete place_;
  }

  static void Run(const std::string& line) {
    if (std::system((line + " > /dev/null").c_str()) != 0) ADD_FAILURE() << line;
  }

  // The printed line, with this machine's tool and the operator's certificate.
  static std::string AsRun(std::string line) {
    const auto replace = [&](const std::string& from, const std::string& to) {
      line.replace(line.find(from), from.size(), to);
    };
    replace("kafka-acls.sh",
            std::string(HOLDFAST_KAFKA_TOOL) + " tool org.apache.kafka.tools.AclCommand");
    replace("OPERATOR.properties", (*place_ / "kafka/tls/operator.properties").string());
    return line;
  }

  static KafkaSettings As(const std::string& identity, const std::string& keys = "keys") {
    const fs::path folder = *place_ / keys;
    return {.brokers = brokers_,
            .properties = {{"security.protocol", "ssl"},
                           {"ssl.ca.location", (*place_ / "keys/ca.pem").string()},
                           {"ssl.certificate.location", (folder / "id" / identity / "cert.pem")},
                           {"ssl.key.location", (folder / "id" / identity / "key.pem")}}};
  }

  static void MakeTopics() {
    WantedSetup wanted{.topics = {.partitions = 2, .replication = 1, .min_in_sync = 1}};
    wanted.deployment.set_partition_count(2);
    wanted.deployment.set_hash_function(journal::v1::HASH_FUNCTION_FNV1A_64);
    wanted.deployment.set_clock(journal::v1::DEPLOYMENT_CLOCK_SYSTEM);
    wanted.deployment.set_id("0123456789abcdef");
    KafkaEvents events(nullptr);
    const auto applied = ApplySetup(As("operator"), wanted, events);
    if (!applied) ADD_FAILURE() << applied.error().message;
  }

  static Result<std::unique_ptr<KafkaLog>> Open(const KafkaSettings& settings) {
    return KafkaLog::Open({.settings = settings, .deployment_id = "0123456789abcdef"});
  }

  static AppendReport Append(EventLog& log, const std::string& service) {
    std::promise<AppendReport> reported;
    log.Append({service, 0}, "x", [&](AppendReport report) { reported.set_value(report); });
    return reported.get_future().get();
  }

  static inline testing::TemporaryFolder* place_ = nullptr;
  static inline std::string brokers_;
};

TEST_F(BrokerWithAcls, LetsEachServiceWriteItsJournalAndReadItsSources) {
  for (const std::string& service : JournalServices()) {
    auto log = Open(As("service-" + service));
    ASSERT_TRUE(log) << service << ": " << log.error().message;
    const auto end = (*log)->End({service, 0});
    ASSERT_TRUE(end) << end.error().message;
    EXPECT_EQ(Append(**log, service), AppendReport::kAppended) << service;
    const auto read = (*log)->Read({service, 0}, *end, 100);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->size(), 1u) << service;
    KafkaEvents events(nullptr);
    EXPECT_TRUE(ReadDeployment(As("service-" + service), events)) << service;
    const auto setup = CheckSetup(As("service-" + service), {}, {}, events);
    ASSERT_TRUE(setup) << service << ": " << setup.error().message;
    EXPECT_TRUE(setup->faults.empty()) << service << ": " << setup->faults.front();
  }
  auto contact = Open(As("service-contact"));
  EXPECT_TRUE((*contact)->Read({"cases", 0}, 0, 100));
}

TEST_F(BrokerWithAcls, RefusesACertificateWhereItHasNoRight) {
  auto log = Open(As("service-contact"));
  ASSERT_TRUE(log) << log.error().message;
  EXPECT_EQ(Append(**log, "cases"), AppendReport::kFailed);     // it may only read it
  EXPECT_EQ(Append(**log, "alerting"), AppendReport::kFailed);  // nor that
  // It sees that there is such a topic, and none of its records.
  EXPECT_EQ((*log)->Read({"alerting", 0}, 0, 100).error().reason, "KAFKA_NOT_ALLOWED");
  KafkaEvents events(nullptr);
  const auto admin = KafkaAdmin::Open(As("service-contact"), events);
  EXPECT_FALSE((*admin)->Create({{.name = "holdfast.new", .partitions = 1, .replication = 1}}));
  // A caller's certificate is of the same authority, and has no right at all.
  EXPECT_EQ(Open(As("auditor")).error().reason, "NO_TOPIC");
}

TEST_F(BrokerWithAcls, RefusesACertificateOfAnotherAuthority) {
  EXPECT_EQ(Open(As("service-contact", "foreign")).error().reason, "KAFKA_NOT_REACHED");
}

}  // namespace
}  // namespace holdfast
