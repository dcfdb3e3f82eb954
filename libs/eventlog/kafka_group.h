// How partitions are shared out among the instances of a deployment: a consumer group that is used
// for assignment alone. It reads nothing, and it decides nothing: a claim in the partition does.
#pragma once

#include <atomic>
#include <functional>
#include <set>
#include <thread>

#include "libs/eventlog/event_log.h"
#include "libs/eventlog/kafka_handle.h"

namespace holdfast {

class KafkaGroup {
 public:
  struct Options {
    KafkaSettings settings;
    std::string instance;               // its id, by which others see that it lives
    std::vector<std::string> services;  // whose journals it takes part of; none: it is only there
    std::string group = {};             // blank: that of all instances
    std::chrono::milliseconds session{10'000};  // silent for longer: its partitions go to others
  };
  // All that this instance is assigned now. On the group's own thread.
  using Assigned = std::function<void(const std::set<LogPartition>&)>;

  // Joins. `events` outlives it.
  static Result<std::unique_ptr<KafkaGroup>> Join(Options options, KafkaEvents& events,
                                                  Assigned assigned);
  // Leaves, so that others take over at once.
  ~KafkaGroup();

  // The instances that are in the group now, by id. KAFKA_NOT_REACHED.
  Result<std::set<std::string>> Members() const;
  // The same, for who is none of them.
  static Result<std::set<std::string>> MembersOf(const KafkaSettings& settings,
                                                 KafkaEvents& events);

 private:
  class Member;
  std::string GroupId() const;

  KafkaGroup(Options options, KafkaEvents& events, Assigned assigned);
  void RunUntilStopped();

  const Options options_;
  std::unique_ptr<Member> member_;
  std::atomic<bool> stopping_ = false;
  KafkaClient client_;  // after the member, which it calls
  std::thread thread_;  // last: uses all above
};

}  // namespace holdfast
