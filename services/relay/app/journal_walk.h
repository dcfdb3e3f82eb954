// Reads one partition of a published journal in order, and says of each event whose it is.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "libs/journal/journal_reader.h"
#include "services/relay/app/body_index.h"
#include "services/relay/domain/named_in.h"

namespace holdfast::relay {

// An event with those who may have it. It is gone when the call that got it returns.
struct PublishedEvent {
  const JournalEvent& event;
  google::protobuf::Message& message;           // its payload; may be changed
  const std::vector<std::string>& authorities;  // codes; none: of nobody, or of a source alone
  bool everybody = false;                       // concerns all authorities
};

// One thread's.
class JournalWalk {
 public:
  struct Parts {
    EventLog& log;
    BodyIndex& index;
    std::function<Result<void>()>
        catch_up;  // returns when the index has read all that there is now
  };
  using Take = std::function<void(const PublishedEvent&)>;

  // From the event after that one.
  JournalWalk(Parts parts, JournalIdentity identity, uint64_t after);
  // Before the first reading: from this place, which its log must still hold, rather than one that
  // the index knows.
  void BeginAt(const journal::v1::Checkpoint& place) { place_ = place; }

  // Gives events until about so many bytes of the journal are read; false: there are no more now.
  // It never passes what the index has not read. LOG_REGRESSION (kDataLoss) and failures of the
  // log, then for ever.
  Result<bool> Next(size_t limit_bytes, const Take& take);

  // Number of the last event passed; as it was begun with before the first.
  uint64_t seen() const { return seen_; }
  // True: the index has read events that this has not passed.
  bool HasNews() const { return parts_.index.through(partition()) > seen_; }
  const LogPartition& partition() const { return identity_.partition; }
  // Where it stands, to begin another there. After a reading.
  journal::v1::Checkpoint checkpoint() const { return reader_->checkpoint(); }

 private:
  Result<void> Begin();
  Result<void> GiveBatch(const journal::v1::Record& batch, const Take& take);
  // Whose an event is that may not say it itself.
  Result<std::vector<std::string>> AuthoritiesOf(const JournalEvent& event, const Named& named);
  Result<std::string> BodyOf(const JournalEvent& event, const Named& named);

  const Parts parts_;
  const JournalIdentity identity_;
  std::optional<journal::v1::Checkpoint> place_;
  std::unique_ptr<JournalReader> reader_;
  std::unique_ptr<google::protobuf::Message> message_;  // its memory is used again
  uint64_t seen_;
  uint64_t settled_through_ = 0;  // the index had read all that was before these events
};

}  // namespace holdfast::relay
