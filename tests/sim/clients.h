// The callers of the lists' service: they send commands until each is answered, repeat some, read,
// and have what follows pushed.
#pragma once

#include <span>

#include "tests/sim/history.h"
#include "tests/sim/instance.h"
#include "tests/sim/profile.h"

namespace holdfast {

class Clients {
 public:
  struct Parts {
    const Profile& profile;
    Random& random;
    const uint64_t& now_us;
    const SimulatedLog& broker;
    std::span<const std::unique_ptr<Instance>> services;
  };
  explicit Clients(Parts parts);

  // One of them does something.
  void Act();
  // Whoever has no answer yet sends again.
  void ActHealing();
  bool IsIdle() const;

  History& history() { return history_; }
  const History& history() const { return history_; }

 private:
  struct Client {
    std::string authority;
    std::vector<uint64_t> session;  // newest position seen, by partition
    std::optional<size_t> command;  // the one it waits for or will send again
    bool waiting = false;           // for an answer
    uint64_t give_up_us = 0;
    uint64_t sent = 0;  // number of its commands
  };
  struct Attempt {
    size_t client = 0;
    size_t command = 0;
    uint32_t number = 0;
    Instance* instance = nullptr;
  };

  void ActAs(Client& client);
  void SendNew(Client& client);
  void Send(Client& client, size_t command);
  void OnAnswer(const Attempt& attempt, const Result<Answer>& answer);
  void OnAnswered(const Attempt& attempt, const Answer& answer);
  void Push(Instance& instance, const SubjectId& subject, uint64_t through);
  void SendRead(Client& client);
  Instance* AnyInstance();  // one that is up, or none
  uint32_t partition_count() const { return parts_.services.front()->partition_count(); }

  const Parts parts_;
  uint64_t happenings_ = 0;
  std::vector<Client> clients_;
  History history_;
};

}  // namespace holdfast
