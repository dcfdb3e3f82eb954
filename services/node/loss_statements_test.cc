#include "services/node/loss_statements.h"

#include <gtest/gtest.h>

#include "holdfast/audit/v1/audit_events.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/eventlog/simulated_log.h"

namespace holdfast {
namespace {

constexpr uint32_t kPartitions = 4;
const char* const kOperator = "holdfast://S92000003/operator/operator";

LostEnd Lost(const std::string& service, uint64_t from, uint64_t to) {
  return {.partition = {service, 3},
          .next_offset = from,
          .from = from,
          .to = to,
          .chain = std::string(32, 'c'),
          .witness = "a folder",
          .is_cut = false};
}

AcceptedLoss Accepted(std::vector<LostEnd> lost) {
  return {.lost = std::move(lost),
          .who = kOperator,
          .partition_count = kPartitions,
          .where = "from topics a to b: "};
}

// The one journal that operators' acts stand in.
std::vector<audit::v1::AuditEvent> AuditOf(const std::map<LogPartition, EventsToAdd>& said) {
  std::vector<audit::v1::AuditEvent> events;
  for (const auto& [partition, to_add] : said) {
    if (partition.service != "audit") continue;
    for (const auto& payload : to_add.payloads) {
      events.emplace_back();
      EXPECT_TRUE(events.back().ParseFromString(payload));
    }
  }
  return events;
}

TEST(AnAcceptedLoss, IsSaidOnceForEachEventAndOnceMoreWhereItHappened) {
  const auto said = WhatToSay(Accepted({Lost("cases", 5, 7)}));
  const auto& own = said.at({"cases", 3});
  ASSERT_EQ(own.payloads.size(), 4u);
  EXPECT_EQ(own.principal, kOperator);
  EXPECT_EQ(own.result, "history_lost");
  EXPECT_EQ(PartitionOf(own.subject, kPartitions), 3u);
  cases::v1::CasesEvent event;
  ASSERT_TRUE(event.ParseFromString(own.payloads.back()));
  EXPECT_EQ(event.history_lost().from(), 5u);
  EXPECT_EQ(event.history_lost().to(), 7u);
  EXPECT_EQ(event.history_lost().chain(), std::string(32, 'c'));
}

TEST(AnAcceptedLoss, IsSaidOnceInEachJournalThatReactsToWhatLostIt) {
  const auto said = WhatToSay(Accepted({Lost("cases", 5, 7)}));
  for (const char* service : {"proceedings", "contact", "alerting"})
    EXPECT_EQ(said.at({service, 3}).payloads.size(), 1u) << service;
  EXPECT_EQ(said.size(), 5u);
}

TEST(AnAcceptedLoss, OfSeveralJournalsIsSaidInEachForItselfAndForTheOthers) {
  const auto said = WhatToSay(Accepted({Lost("alerting", 2, 2), Lost("cases", 5, 7)}));
  EXPECT_EQ(said.at({"alerting", 3}).payloads.size(), 3u);
  EXPECT_EQ(said.at({"cases", 3}).payloads.size(), 4u);
}

TEST(AnAcceptedLoss, EndsInTheAuditWithWhoseActItWasAndWhatWasLostWhere) {
  const auto audit = AuditOf(WhatToSay(Accepted({Lost("alerting", 2, 2), Lost("cases", 5, 7)})));
  ASSERT_EQ(audit.size(), 3u);
  EXPECT_TRUE(audit[0].has_history_lost());
  EXPECT_TRUE(audit[1].has_history_lost());
  const auto& acted = audit[2].operator_acted();
  EXPECT_EQ(acted.who(), kOperator);
  EXPECT_EQ(acted.act(), "journal_repaired");
  EXPECT_EQ(acted.detail(), "from topics a to b: alerting/3 events 2 to 2; cases/3 events 5 to 7");
}

TEST(AnAcceptedLoss, OfRecordsWithoutEventsIsAnActAlone) {
  const auto said = WhatToSay(Accepted({Lost("cases", 5, 4)}));
  ASSERT_EQ(said.size(), 1u);
  const auto audit = AuditOf(said);
  ASSERT_EQ(audit.size(), 1u);
  EXPECT_EQ(audit[0].operator_acted().detail(), "from topics a to b: nothing is known to be lost");
}

// Every log has what comes before; the act is what shows that all was said.
TEST(AnAcceptedLoss, IsAddedWithTheActLast) {
  std::vector<std::string> appended;
  class Noting final : public EventLog {
   public:
    Noting(EventLog& log, std::vector<std::string>& appended) : log_(log), appended_(appended) {}
    std::string Id(const LogPartition& partition) const override { return log_.Id(partition); }
    void Append(const LogPartition& partition, std::string bytes, Reported reported) override {
      appended_.push_back(partition.service);
      log_.Append(partition, std::move(bytes), std::move(reported));
    }
    Result<std::vector<LogRecord>> Read(const LogPartition& partition, uint64_t from,
                                        size_t limit_bytes) override {
      return log_.Read(partition, from, limit_bytes);
    }
    Result<uint64_t> End(const LogPartition& partition) override { return log_.End(partition); }
    Watcher Watch(const LogPartition& partition, Wake wake) override {
      return log_.Watch(partition, std::move(wake));
    }

   private:
    EventLog& log_;
    std::vector<std::string>& appended_;
  };
  SimulatedLog all(1);
  const auto connection = all.Connect();
  Noting log(*connection, appended);
  ASSERT_TRUE(SayLoss(log, Accepted({Lost("cases", 1, 3)}), Instant{}));
  const std::vector<std::string> services{"alerting", "alerting", "cases",       "cases",
                                          "contact",  "contact",  "proceedings", "proceedings",
                                          "audit",    "audit"};
  EXPECT_EQ(appended, services);  // of each a claim and a batch
}

}  // namespace
}  // namespace holdfast
