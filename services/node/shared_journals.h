// A deployment's journals and tables on Kafka, for who works on them without being an instance.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "holdfast/journal/v1/deployment.pb.h"
#include "libs/eventlog/kafka_log.h"
#include "libs/eventlog/kafka_table.h"
#include "libs/journal/checkpoint.h"
#include "services/node/manual_day.h"

namespace holdfast {

// COPY_UNFINISHED (kFailedPrecondition) when a copy into the topics of a deployment, whose table
// `deployment` is, was begun and not ended.
Result<void> RequireNoCopyBegun(const SharedTable& deployment);

class SharedJournals {
 public:
  // Reads both tables whole. NO_DEPLOYMENT, KAFKA_NOT_REACHED, KAFKA_NOT_ALLOWED, NO_TOPIC.
  static Result<std::unique_ptr<SharedJournals>> Open(const KafkaSettings& kafka);

  const journal::v1::Deployment& deployment() const { return deployment_; }
  // All partitions of all services' journals, whether they have records or not.
  std::vector<JournalIdentity> Journals() const;
  EventLog& log() { return *log_; }

  SharedTable& keys() { return *keys_; }
  // Wrapped data keys and tombstones, by key id.
  std::map<std::string, std::string> KeyRecords() const;
  Result<void> PutKeyRecords(const std::map<std::string, std::string>& records);

  ManualDay& day() { return *day_; }  // of a manual clock

  // INSTANCES_RUN (kFailedPrecondition) while an instance is in the group.
  Result<void> RequireStopped();

  // Nothing stands in them yet, or but a part of a copy that was cut off. TARGET_NOT_EMPTY.
  Result<void> RequireEmptyForCopy();
  // Between these two no instance serves them: they hold a part of another log.
  Result<void> BeginCopy();
  Result<void> EndCopy();

 private:
  SharedJournals(KafkaSettings kafka, journal::v1::Deployment deployment)
      : kafka_(std::move(kafka)), deployment_(std::move(deployment)) {}

  Result<void> OpenAll();

  const KafkaSettings kafka_;
  const journal::v1::Deployment deployment_;
  KafkaEvents events_{nullptr};
  std::unique_ptr<KafkaLog> log_;
  std::unique_ptr<KafkaTable> keys_;
  std::unique_ptr<KafkaTable> days_;
  std::unique_ptr<ManualDay> day_;
};

}  // namespace holdfast
