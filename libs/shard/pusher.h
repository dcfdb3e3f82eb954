// Runs push rounds over a service's shards, on a thread of its own.
#pragma once

#include <condition_variable>
#include <deque>
#include <thread>

#include "libs/shard/push_rounds.h"
#include "libs/shard/service_shards.h"

namespace holdfast {

// Any thread may call, also a shard's.
class Pusher {
 public:
  using Then = PushRounds::Then;

  // `shards` and `clock` outlive it; it outlives the shards' run.
  Pusher(PusherOptions options, ServiceShards& shards, const Clock& clock);
  ~Pusher();  // stops

  // Calls `then`, on a thread that may not block, once all that follows from the subject's events
  // so far is told. OUTCOME_UNKNOWN when that takes too long: it then goes on by itself.
  void Push(const SubjectId& subject, Then then) { rounds_.Push(subject, std::move(then)); }
  // Runs `work` on its own thread, where it may block for a while; not at all when it stops.
  void Post(std::function<void()> work);
  // Begins to tell what a crash left untold. To be called once.
  Result<void> CatchUp();
  void Stop();

 private:
  void Wake();
  void Run();

  const uint32_t partition_count_;
  const Clock& clock_;
  PushRounds rounds_;
  std::mutex mutex_;  // guards the next three
  std::condition_variable wakes_;
  std::deque<std::function<void()>> work_;
  bool stopping_ = false;
  std::thread thread_;  // last: uses all above
};

}  // namespace holdfast
