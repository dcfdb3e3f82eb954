// Publishes the journals' events on Kafka: each partition by the instance to which the group of
// relays assigns it, every event at least once, each time with the same id and bytes, those of one
// journal's partition in their order.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "libs/crypto/keys_folder.h"
#include "libs/eventlog/kafka_admin.h"
#include "libs/eventlog/kafka_group.h"
#include "libs/eventlog/kafka_table.h"
#include "libs/obs/log.h"
#include "services/relay/app/published_journals.h"
#include "services/relay/kafka/relay_line.h"
#include "services/relay/kafka/relay_places.h"

namespace holdfast::relay {

class KafkaRelay {
 public:
  struct Parts {
    PublishedJournals& journals;
    KeysFolder& keys;
    const Clock& clock;
    KafkaSettings kafka;
    std::string instance;  // its id
    std::chrono::milliseconds session{10'000};
    Log* log = nullptr;
  };

  // Joins the group of relays, and publishes on a thread of its own. All parts outlive it.
  static Result<std::unique_ptr<KafkaRelay>> Start(Parts parts);
  ~KafkaRelay();  // leaves, and puts down how far it has come

  // The journals hold more.
  void Signal();
  // Why a partition is not published on: its journal is not as it was.
  std::optional<Status> failure() const;

 private:
  // A line's way through one partition of one journal.
  struct Way {
    std::unique_ptr<JournalWalk> walk;             // null: begins at `place`
    std::optional<journal::v1::Checkpoint> place;  // behind what is delivered
    Monotonic not_before{};                        // waits for a topic until then
  };
  // What one reading of a way gave, to be delivered as one.
  struct Chunk {
    LinePart part;
    std::vector<KafkaOutgoing> records;
    bool failed = false;
  };

  explicit KafkaRelay(Parts parts) : parts_(std::move(parts)), events_(parts_.log) {}

  Result<void> Open();
  void Run();
  // True: something was published.
  bool Round();
  void TakeAssignment();
  void LookForTopics();
  std::optional<Chunk> ReadOn(const RelayLine& line, const LinePart& part, Way& way);
  bool HasTopics(const Chunk& chunk);
  void Deliver(std::vector<Chunk>& chunks);
  void PutPlaces();
  void Fail(const Status& why);

  const Parts parts_;
  KafkaEvents events_;
  std::unique_ptr<KafkaTable> table_;
  std::unique_ptr<RelayPlaces> places_;
  std::unique_ptr<KafkaProducer> producer_;
  std::unique_ptr<KafkaAdmin> admin_;

  mutable std::mutex mutex_;  // guards the next five
  std::condition_variable wakes_;
  bool signalled_ = true;
  bool stopping_ = false;
  std::set<uint32_t> assigned_;
  std::optional<Status> failure_;

  std::map<std::string, RelayLine> lines_;  // by name; the thread's, as all below
  std::set<uint32_t> mine_;
  std::map<LinePart, Way> ways_;
  std::map<LinePart, journal::v1::Checkpoint> unput_;
  RecordContext context_;
  std::set<std::string> topics_;
  Monotonic looked_for_topics_{};
  Monotonic put_{};
  Monotonic told_{};

  std::thread thread_;
  std::unique_ptr<KafkaGroup> group_;  // last: calls back into all above
};

}  // namespace holdfast::relay
