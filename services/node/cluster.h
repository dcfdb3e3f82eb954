// What an instance shares with the others of its deployment: the log on Kafka, the tables of keys,
// of ownership and of the day, and the group by which partitions are shared out.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "holdfast/journal/v1/deployment.pb.h"
#include "libs/base/civil_date.h"
#include "libs/crypto/keys_folder.h"
#include "libs/eventlog/kafka_group.h"
#include "libs/eventlog/kafka_log.h"
#include "libs/eventlog/kafka_table.h"
#include "libs/obs/log.h"
#include "services/node/catching_up.h"
#include "services/node/cluster_options.h"
#include "services/node/data_format.h"
#include "services/node/instances.h"
#include "services/node/peer_forwarder.h"
#include "services/node/service.h"

namespace holdfast {

// The record of a deployment that topics were made for. NO_DEPLOYMENT (kFailedPrecondition) when
// there is none; KAFKA_NOT_REACHED, KAFKA_NOT_ALLOWED, NO_TOPIC.
Result<journal::v1::Deployment> ReadDeploymentOf(const KafkaSettings& kafka, Log* log);

// What the folder of an instance of it is made with.
DataFormat FormatOf(const journal::v1::Deployment& deployment, const std::string& instance);

// Opened before the services of a process, and joined when they can take over what is theirs.
class Cluster {
 public:
  struct Parts {
    ClusterOptions options;
    std::string instance;  // its id
    journal::v1::Deployment deployment;
    TlsIdentity identity;  // of the role service
    Log& log;              // outlives it
  };

  // Reads all keys, owners and the day as of now. TOPICS_DIFFER (kFailedPrecondition) when the
  // topics are not as `topics apply` makes them; COPY_UNFINISHED; failures of the tables and of the
  // log.
  static Result<std::unique_ptr<Cluster>> Open(Parts parts);
  ~Cluster();  // leaves

  KafkaLog& log() { return *log_; }
  SharedTable& keys() { return *keys_; }
  SharedTable& days() { return *days_; }
  CivilDate first_day() const;  // of a manual clock
  CommandForwarder& forwarder() { return *forwarder_; }
  const Owners& owners() const { return owners_; }
  // Those that are there, as of about a second ago.
  const Instances& instances() const { return instances_; }
  PeerChannels& channels() { return channels_; }
  // What could lose records, as of Open.
  const std::vector<std::string>& warnings() const { return warnings_; }

  // Joins the others with what this process runs; returns once all that it is assigned is claimed
  // and told, and its copies of the rest are warm. NOT_ASSIGNED (kUnavailable) when that takes too
  // long.
  Result<void> Join(const std::vector<Service*>& services, const std::string& endpoint);
  // Leaves the group, and waits a little until others have taken over what it owns, where there
  // are others: until then it serves on.
  void Leave();

  // Asks who is in the group now, and keeps it in instances(). KAFKA_NOT_REACHED.
  Result<void> AskWhoIsPresent();
  const std::string& instance() const { return parts_.instance; }

 private:
  explicit Cluster(Parts parts);

  Result<void> OpenTables();
  Result<void> CheckTopics();
  void FollowRows();
  void OnAssigned(const std::set<LogPartition>& partitions);
  bool IsReady();
  // Whether all that it is not to serve is under a second behind.
  bool AreCopiesWarm();
  bool OwnsAny() const;
  // Tells the others what this instance has come to own; false: it could not.
  bool TellOwned();
  void TellUntilLeft();
  void AskUntilLeft();

  const Parts parts_;
  KafkaEvents events_;
  Owners owners_;
  Instances instances_;
  std::unique_ptr<KafkaTable> keys_;
  std::unique_ptr<KafkaTable> days_;
  std::unique_ptr<KafkaTable> ownership_;  // its thread writes to owners_ and instances_
  std::unique_ptr<KafkaLog> log_;
  PeerChannels channels_;
  std::unique_ptr<PeerForwarder> forwarder_;

  std::vector<std::string> warnings_;
  std::string endpoint_;
  std::map<std::string, ServiceShards*> shards_;  // by service; from Join on
  std::map<LogPartition, CatchingUp> copies_;     // while it joins
  std::mutex mutex_;                              // guards the next two
  std::condition_variable leaves_;
  bool left_ = false;
  bool was_assigned_ = false;
  std::unique_ptr<KafkaGroup> group_;
  std::thread teller_;
  std::thread asker_;
};

}  // namespace holdfast
