// Tells subjects of other partitions what follows from a subject's events: the service's commands,
// sent again and again until each one's outcome is journalled, and then a command on the subject
// itself which says so. Commands have ids that are the same for ever; their targets are idempotent
// by state. After a crash CatchUp goes on from the subjects that the read model lists.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "libs/shard/service_shards.h"

namespace holdfast {

// A command for another subject.
struct PushedCommand {
  SubjectId target;
  std::string name;     // of the command, for its id
  std::string request;  // what the keeper decodes
  std::string authority;
  bool target_pushes = false;  // something can follow from it at its target
  bool awaited = false;        // and who waits for this push waits for that too
};

// What follows from a subject's events.
struct Outgoing {
  uint64_t through = 0;  // number of the last of these events; 0: nothing follows
  std::vector<PushedCommand> commands;
};

struct PusherOptions {
  std::string service;  // for ids and as the principal
  std::string rows;     // prefix of the read model's rows of subjects whose ids follow
  // Called on the shard's thread.
  std::function<Result<Outgoing>(Subjects&, const SubjectId&)> outgoing;
  // The command on the subject that says that all is told; `answers` are those of its commands.
  std::function<PushedCommand(const SubjectId& subject, const Outgoing& told,
                              const std::vector<Answer>& answers)>
      confirm;
};

// Any thread may call, also a shard's.
class Pusher {
 public:
  // The answers to its commands, in their order; none when nothing was left to tell.
  using Then = std::function<void(Result<std::vector<Answer>>)>;

  // `shards` and `clock` outlive it; it outlives the shards' run.
  Pusher(PusherOptions options, ServiceShards& shards, const Clock& clock);
  ~Pusher();  // stops

  // Calls `then`, on a thread that may not block, once all that follows from the subject's events
  // so far is told. OUTCOME_UNKNOWN when that takes too long: it then goes on by itself.
  void Push(const SubjectId& subject, Then then);
  // Runs `work` on its own thread, where it may block for a while; not at all when it stops.
  void Post(std::function<void()> work);
  // Begins to tell what a crash left untold. To be called once.
  Result<void> CatchUp();
  void Stop();

 private:
  struct Round {
    Outgoing outgoing;
    std::vector<Answer> answers;
    size_t left = 0;
    bool failed = false;
  };
  struct Waiting {
    Then then;
    Monotonic limit;
  };
  struct Active {
    std::vector<Waiting> waiting;  // for the round that runs
    std::vector<Waiting> next;     // came while it ran
    bool again = false;
  };
  using RoundOf = std::shared_ptr<Round>;

  void Follow(const SubjectId& subject, Then then);
  void Begin(const SubjectId& subject);
  void Tell(const SubjectId& subject, Outgoing outgoing);
  void OnAnswer(const SubjectId& subject, const RoundOf& round, size_t index,
                Result<Answer> answer);
  void OnDone(const SubjectId& subject, const RoundOf& round);
  void OnTold(const SubjectId& subject, const RoundOf& round);
  void Confirm(const SubjectId& subject, const RoundOf& round);
  void EndRound(const SubjectId& subject);
  void TryAgain(const SubjectId& subject);
  Command CommandOf(const SubjectId& subject, uint64_t through, const PushedCommand& pushed) const;
  void Run();

  const PusherOptions options_;
  ServiceShards& shards_;
  const Clock& clock_;
  std::mutex mutex_;  // guards all below
  std::condition_variable wakes_;
  std::map<SubjectId, Active> active_;
  std::multimap<Monotonic, SubjectId> again_;  // to begin anew, and when
  std::deque<std::function<void()>> work_;
  bool stopping_ = false;
  std::thread thread_;  // last: uses all above
};

}  // namespace holdfast
