// Goes round the partitions and does what no event of a child causes: days begin, a policy comes
// into force, children are computed again when their day comes, or when their authority's sources
// cover more. When nothing is to be done it writes nothing.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "holdfast/alerting/v1/alerting_commands.pb.h"
#include "libs/shard/service_shards.h"
#include "services/alerting/app/partition_work.h"
#include "services/node/clock_mode.h"

namespace holdfast::alerting {

struct RoundsParts {
  ServiceShards& shards;
  EventLog& log;
  const Clock& clock;
  std::function<CivilDate()> today;  // the deployment's civil day
  ClockMode clock_mode = ClockMode::kSystem;
  v1::PolicyInForce policy;  // of this process
};

// As it stood after a round.
struct RoundsStatus {
  std::optional<CivilDate> day;  // that every partition has begun
  bool at_rest = false;          // nothing is left to be done in any
  std::string refused;           // why no day may begin; blank: it may
};

// A thread of its own, on which it blocks. Any thread may call.
class Rounds {
 public:
  // `refused`: why the system's clock is not believed; blank: it is. All of `parts` outlives it.
  Rounds(RoundsParts parts, std::string refused);
  ~Rounds();  // stops

  void Start();
  void Stop();
  RoundsStatus status() const;
  // Calls `then` on its thread after a whole round that began after this call; with NOT_TAKEN when
  // there will be none.
  void AfterRound(std::function<void(Result<void>)> then);
  // A person has checked the system's clock.
  void AcceptClock();

 private:
  struct Given {  // a command of this round
    uint32_t partition;
    v1::AlertingCommand command;
    bool is_due = false;  // drains what was due
  };

  void Run();
  void Wake();
  bool WaitForWork(bool worked);
  bool GoRound();
  std::optional<CivilDate> DayToBegin();
  std::vector<Result<PartitionWork>> FindAllWork();
  std::vector<Given> Plan(const std::vector<Result<PartitionWork>>& works);
  std::optional<Given> PlanOne(uint32_t partition, const PartitionWork& work,
                               std::optional<CivilDate> target);
  void Give(std::vector<Given> commands);
  void OnAnswer(const Given& given, const Answer& answer);
  void Refill();
  void Publish(const std::vector<Result<PartitionWork>>& works);

  const RoundsParts parts_;
  std::vector<Progress> progress_;  // of each partition; of its thread
  CivilDate shown_{};               // by the clock, since `shown_since_`
  Monotonic shown_since_{};
  double may_drain_ = 0;  // alerts, now
  Monotonic refilled_at_{};

  mutable std::mutex mutex_;  // guards all below
  std::condition_variable wakes_;
  bool signalled_ = true;
  bool stopping_ = false;
  bool ended_ = false;  // there will be no more rounds
  RoundsStatus status_;
  std::vector<std::function<void(Result<void>)>> after_;
  std::vector<EventLog::Watcher> watchers_;
  std::thread thread_;  // last: uses all above
};

}  // namespace holdfast::alerting
