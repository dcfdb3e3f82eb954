// Teaches each partition's copy of an authority what the authority's own subject holds: registered,
// live, covered, withdrawn. In order, with ids that are the same for ever, again and again until
// every copy's journal has it.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "libs/base/authority_code.h"
#include "libs/shard/service_shards.h"
#include "services/cases/app/cases_keeper.h"

namespace holdfast::cases {

// How many events of each partition, by number, must be read to see what was taught.
using PartitionEvents = std::vector<uint64_t>;

// Any thread may call. Has a thread of its own, on which it may block.
class AuthorityPush {
 public:
  using Then = std::function<void(Result<PartitionEvents>)>;

  // Both outlive it.
  AuthorityPush(ServiceShards& shards, const CopySubjects& copies, const Clock& clock);
  ~AuthorityPush();  // stops

  // Calls `then` on its own thread once every copy knows: at once when they do already. With a
  // status when that takes too long (OUTCOME_UNKNOWN); it then goes on by itself.
  void Push(AuthorityCode authority, std::string principal, Then then);
  // Runs `work` on its thread; not at all when it stops.
  void Post(std::function<void()> work);
  // Teaches what a crash left untaught, of all authorities; where partitions are shared, of those
  // that this instance owns, now and whenever it comes to own others, without being waited for. To
  // be called once, from outside.
  Result<void> CatchUp();
  void Stop();

 private:
  struct Lesson {  // one event that a copy lacks
    uint64_t source_event;
    v1::CasesEvent event;
  };
  using Lessons = std::vector<Lesson>;

  void Run();
  void LookForOwned();
  bool WaitToTryAgain();
  Result<PartitionEvents> Teach(const AuthorityCode& authority, const std::string& principal);
  Result<Lessons> EventsOf(const AuthorityCode& authority);
  Result<uint64_t> TeachPartition(const AuthorityCode& authority, const std::string& principal,
                                  uint32_t partition, const Lessons& lessons);
  Result<std::vector<AuthorityCode>> AllAuthorities();

  ServiceShards& shards_;
  const CopySubjects& copies_;
  const Clock& clock_;
  std::mutex mutex_;  // guards all below
  std::condition_variable wakes_;
  std::deque<std::function<void()>> work_;
  bool stopping_ = false;
  bool looks_ = false;        // for partitions that it has come to own
  std::set<uint32_t> owned_;  // and has taught of; the thread's
  std::thread thread_;  // last: uses all above
};

}  // namespace holdfast::cases
