// One process of Holdfast: a data folder, its keys, and the services that run on them; alone on its
// log, or one instance of several.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libs/eventlog/embedded_log.h"
#include "libs/journal/head_writer.h"
#include "libs/obs/log.h"
#include "libs/rpc/server.h"
#include "services/node/audit_link.h"
#include "services/node/cluster.h"
#include "services/node/data_format.h"
#include "services/node/erasures.h"
#include "services/node/folder_lock.h"
#include "services/node/instance_handlers.h"
#include "services/node/key_peers.h"
#include "services/node/manual_day.h"
#include "services/node/node_handlers.h"
#include "services/node/registry.h"
#include "services/node/run_file.h"
#include "services/node/service_door.h"
#include "services/node/unreadable_journals.h"

namespace holdfast {

inline constexpr char kVersion[] = "0.1.0";

struct NodeOptions {
  KeysPaths paths;
  std::string listen = "127.0.0.1:0";
  std::vector<ServiceMaker> services;
  Log& log;  // outlives the node
  // The log is on Kafka, and shared; without it, it is in the data folder.
  std::optional<ClusterOptions> cluster = std::nullopt;
};

// Started from Start to Stop. One thread's, but for what its server's threads ask.
class Node {
 public:
  // Opens the folder, starts the services in their order, then serves. Whatever is not as it was
  // left is a failure: FOLDER_IN_USE, FILE_DAMAGED, NO_HEAD, HEAD_NOT_TRUSTED, LOG_REGRESSION,
  // PORT_TAKEN, DEPLOYMENT_DIFFERS, and failures of keys and logs.
  static Result<std::unique_ptr<Node>> Start(const NodeOptions& options);
  ~Node();  // stops

  const RunFile& run() const { return run_; }
  // Tells the health service which services serve now. To be called each second.
  void UpdateHealth();
  // Answers NOT_SERVING, drains, and writes what readers and HEAD hold. Again is no error.
  void Stop();

 private:
  Node(const NodeOptions& options, const DataFormat& format, FolderLock lock);

  Result<void> OpenStores();
  Result<void> OpenLog();
  Result<void> OpenCluster();
  Result<void> OpenErasures();
  Result<void> OpenClock();
  Result<void> StartServices();
  Result<void> Serve();
  Result<void> JoinOthers();
  std::string InstanceId() const { return cluster_ ? format_.instance : "embedded"; }
  CivilDate Today() const;
  std::vector<ReadModel*> ReadModels() const;
  void ShowStatus(const NodeHandlers::GiveStatus& give);

  const NodeOptions options_;
  const DataFormat format_;
  const FolderLock lock_;
  SystemClock clock_;
  std::unique_ptr<KeysFolder> keys_;
  std::unique_ptr<EmbeddedLog> log_;  // or
  std::unique_ptr<Cluster> cluster_;  // not null
  std::unique_ptr<KeyStore> key_store_;
  std::unique_ptr<ManualDay> manual_day_;  // null under the system's clock
  std::unique_ptr<Heads> heads_;
  journal::v1::Head witness_;
  std::unique_ptr<HeadWriter> head_writer_;
  Gate gate_;
  std::unique_ptr<AuditTrail> remote_audit_;  // where the audit service does not run here
  AuditLink audit_;
  std::unique_ptr<KeyPeers> key_peers_;  // null without a cluster
  std::unique_ptr<Erasures> erasures_;
  std::unique_ptr<NodeContext> context_;
  std::vector<std::unique_ptr<Service>> services_;
  size_t started_ = 0;  // the first of them
  NodeHandlers handlers_;
  InstanceHandlers instance_handlers_;
  ServiceDoor door_;
  std::unique_ptr<RpcServer> server_;
  UnreadableJournals unreadable_{options_.log};
  RunFile run_;
  bool stopped_ = false;
};

}  // namespace holdfast
