// Tells subjects of other partitions what follows from a subject's events: the service's commands,
// sent again and again until each one's outcome is journalled, and then a command on the subject
// itself which says so. Commands have ids that are the same for ever; their targets are idempotent
// by state. A round tells one subject's events so far. It has no thread: whoever runs it calls
// Step.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "libs/shard/shard.h"

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

// The service's shards in this process, and the time.
struct PushSurroundings {
  uint32_t partition_count = 1;
  std::function<void(uint32_t partition, Command, Reply)> submit;
  std::function<void(uint32_t partition, ShardRead)> read;
  std::function<Monotonic()> now;
  std::function<void()> wake;  // Due may have become earlier
  // Whether this instance owns the partition: what is untold in it is told by its owner alone.
  std::function<bool(uint32_t partition)> owns = [](uint32_t) { return true; };
  Mutant mutant = Mutant::kNone;
};

// Any thread may call, also a shard's.
class PushRounds {
 public:
  // The answers to its commands, in their order; none when nothing was left to tell.
  using Then = std::function<void(Result<std::vector<Answer>>)>;

  PushRounds(PusherOptions options, PushSurroundings surroundings)
      : options_(std::move(options)), around_(std::move(surroundings)) {}

  // Calls `then`, on a shard's thread or in Step, once all that follows from the subject's events
  // so far is told. OUTCOME_UNKNOWN when that, or what is awaited of its targets, takes too long:
  // it then goes on by itself.
  void Push(const SubjectId& subject, Then then);
  // Begins to tell what is untold in a partition that is owned, and calls `begun`, on its thread or
  // at once. From then on Step looks again from time to time: what another owner decided may be
  // left untold by its end.
  void CatchUp(uint32_t partition, std::function<void(Result<void>)> begun);

  // Does what is due.
  void Step();
  Monotonic Due() const;  // when the next step is
  // Answers all who wait OUTCOME_UNKNOWN, and begins nothing more.
  void Stop();

 private:
  struct Round {
    Outgoing outgoing;
    std::vector<Answer> answers;
    size_t left = 0;
    bool failed = false;   // not all commands have an answer
    bool followed = true;  // all that was waited for beyond them is told
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
  void NoteNotFollowed(const RoundOf& round);
  void OnDone(const SubjectId& subject, const RoundOf& round);
  void OnTold(const SubjectId& subject, const RoundOf& round);
  void Confirm(const SubjectId& subject, const RoundOf& round);
  void EndRound(const SubjectId& subject);
  void TryAgain(const SubjectId& subject);
  uint32_t PartitionFor(const SubjectId& subject) const {
    return PartitionOf(subject, around_.partition_count);
  }
  Command CommandOf(const SubjectId& subject, uint64_t through, const PushedCommand& pushed) const;

  const PusherOptions options_;
  const PushSurroundings around_;
  mutable std::mutex mutex_;  // guards all below
  std::map<SubjectId, Active> active_;
  std::multimap<Monotonic, SubjectId> again_;  // to begin anew, and when
  std::map<uint32_t, Monotonic> looks_;        // when to catch up again, by partition
  bool stopping_ = false;
};

}  // namespace holdfast
