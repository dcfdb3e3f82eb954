// All shards of one service in this process, run by a few threads. What services build on.
#pragma once

#include <condition_variable>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "libs/shard/command_forwarder.h"
#include "libs/shard/shard.h"

namespace holdfast {

struct ServiceShardsOptions {
  std::string service;
  uint32_t partition_count = 16;
  std::vector<std::string> sources;  // services whose journals it reacts to, partition by partition
  size_t threads = 1;
  ShardOptions shard;                     // its identity and sources are filled in here
  std::chrono::milliseconds drain{5000};  // how long a stop waits for what is in flight
};

struct ServiceSurroundings {
  EventLog& log;
  const Keeper& keeper;
  const Clock& clock;
  std::function<CivilDate()> today;  // the deployment's civil day; thread-safe
  std::function<std::unique_ptr<StateStore>(uint32_t partition)> store;
  Heads* heads = nullptr;
  journal::v1::Head witness;  // what the HEAD file held
  // Takes commands of partitions that another instance owns, where partitions are shared; null
  // where they are not.
  CommandForwarder* forwarder = nullptr;
};

// Thread-safe.
class ServiceShards {
 public:
  ServiceShards(ServiceShardsOptions options, ServiceSurroundings surroundings);
  ~ServiceShards();  // stops

  // The first shard that could not start; the others serve.
  Result<void> Start();
  // Waits until all partitions that are assigned are served and all others are read to their end,
  // or one has failed, or time is up.
  Result<void> WaitUntilServing(std::chrono::milliseconds limit);
  // Which of the shared partitions this instance may claim from now on.
  void Assign(const std::set<uint32_t>& partitions);
  // Drains, flushes and ends the threads. Then every call is answered NOT_TAKEN.
  void Stop();

  // Other instances have the same shards: see ShardOptions.
  bool is_shared() const { return options_.shard.shared; }
  uint32_t partition_count() const { return options_.partition_count; }
  uint32_t PartitionFor(const SubjectId& subject) const {
    return PartitionOf(subject, options_.partition_count);
  }
  // Decided here, or by the instance that owns the partition.
  void Submit(uint32_t partition, Command command, Reply reply);
  // Decided here or nowhere: what another instance has forwarded.
  void SubmitHere(uint32_t partition, Command command, Reply reply);
  bool Owns(uint32_t partition) const { return shards_.at(partition)->status().serving; }
  void Read(uint32_t partition, ShardRead read);
  ShardStatus status(uint32_t partition) const { return shards_.at(partition)->status(); }
  // Every partition is served here, or warm where another instance is to serve it.
  bool all_serving() const;
  uint64_t behind() const;  // records of the log not yet read, of all partitions

 private:
  // What one thread runs: only the shards that something has happened to.
  struct Runner {
    std::mutex mutex;  // guards the next three
    std::condition_variable wakes;
    std::vector<bool> signalled;  // by shard
    bool stopping = false;
    std::vector<Shard*> shards;
    std::vector<EventLog::Watcher> watchers;
    std::thread thread;
  };

  ShardOptions OptionsOf(uint32_t partition) const;
  void Signal(uint32_t partition);
  Runner& RunnerOf(uint32_t partition) { return *runners_[partition % runners_.size()]; }
  void Run(Runner& runner);
  // Waits until a shard of `runner` is signalled or due; which ones. None: it is to stop.
  std::vector<bool> WaitForWork(Runner& runner, const std::vector<bool>& more);
  void Drain(Runner& runner);

  const ServiceShardsOptions options_;
  ServiceSurroundings around_;
  std::vector<std::unique_ptr<StateStore>> stores_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<std::unique_ptr<Runner>> runners_;
};

}  // namespace holdfast
