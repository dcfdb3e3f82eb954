// What a service is to a shard: how its subjects' states are decided upon, changed by events,
// stored and listed. All of it is called on the shard's thread, and depends on nothing but its
// arguments.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/civil_date.h"
#include "libs/shard/command.h"

namespace holdfast {

// A service's state of one subject. Services derive their own, without behaviour.
class Aggregate {
 public:
  virtual ~Aggregate() = default;
};

// The subjects of a partition, as they stand where a decision or a read is made.
class Subjects {
 public:
  virtual ~Subjects() = default;
  // The keeper's empty state when the subject has no events. Valid until the next call on the
  // shard's thread that applies.
  virtual const Aggregate& Get(const SubjectId& subject) = 0;
  // The number of the subject's events.
  virtual uint64_t Version(const SubjectId& subject) = 0;
};

struct NewEvent {
  SubjectId subject;
  std::string payload;  // the service's own event message
};

// A valid event, as it is applied.
struct AppliedEvent {
  SubjectId subject;
  std::string_view payload;
  uint64_t number = 0;  // in its journal, from 1
  Instant recorded_at{};
};

// A valid event of another journal.
struct SourceEvent {
  std::string_view service;
  uint32_t partition = 0;
  AppliedEvent event;
  bool more_of_subject = false;  // the next event of its batch is of the same subject
};

struct Decision {
  OutcomeKind kind = journal::v1::OUTCOME_KIND_UNSPECIFIED;
  std::string result;            // a constant: the result or the refusal
  std::string answer;            // for the caller and all who repeat the call; no personal data
  std::vector<NewEvent> events;  // kAccepted only
};

struct DecideContext {
  Instant recorded_at;  // what the events will carry
  CivilDate today;      // the civil day by the deployment's clock
};

// A row of a read model: keys in byte order, unique in the partition.
struct IndexRow {
  std::string key;
  std::string value;

  auto operator<=>(const IndexRow&) const = default;
};

class Keeper {
 public:
  virtual ~Keeper() = default;

  virtual std::unique_ptr<Aggregate> Empty(const SubjectId& subject) const = 0;
  virtual std::unique_ptr<Aggregate> Copy(const Aggregate& aggregate) const = 0;

  // Equal states give equal bytes. The empty string is never written.
  virtual std::string Save(const Aggregate& aggregate) const = 0;
  virtual Result<std::unique_ptr<Aggregate>> Load(const SubjectId& subject,
                                                  std::string_view bytes) const = 0;

  // A status instead of a decision: the command is malformed, and leaves no outcome.
  virtual Result<Decision> Decide(Subjects& subjects, const Command& command,
                                  const DecideContext& context) const = 0;

  // Changes the state of the event's own subject. A status is a poison event: the shard stops.
  virtual Result<void> Evolve(Aggregate& aggregate, const AppliedEvent& event) const = 0;

  // The read-model rows that follow from one subject's state.
  virtual std::vector<IndexRow> Index(const SubjectId&, const Aggregate&) const { return {}; }

  // The MAC of a request under a key that is not the one it came with; nothing when that key is
  // gone.
  virtual std::optional<std::string> MacUnder(const KeyId&, std::string_view) const {
    return std::nullopt;
  }

  // For services that react to other journals: false when a source's event means nothing here, so
  // that it is neither consumed nor reacted to, and its subject has no state for it ...
  virtual bool Concerns(const SourceEvent&) const { return true; }
  // ... else it is taken into the state of its subject here ...
  virtual Result<void> Consume(Aggregate&, const SourceEvent&) const { return {}; }
  // ... and what follows from it is stated. Called once for each such event, after Consume.
  virtual Result<std::vector<NewEvent>> React(Subjects&, const SourceEvent&,
                                              const DecideContext&) const {
    return std::vector<NewEvent>{};
  }
};

}  // namespace holdfast
