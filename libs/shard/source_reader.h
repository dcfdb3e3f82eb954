// Reads another journal for a shard that reacts to it: ahead for decisions, and up to what a batch
// says for application.
#pragma once

#include <deque>

#include "libs/journal/journal_reader.h"
#include "libs/shard/keeper.h"

namespace holdfast {

// Used on the shard's thread.
class SourceReader {
 public:
  using Visit = std::function<Result<void>(const SourceEvent&)>;

  SourceReader(EventLog& log, JournalIdentity source);

  Result<void> ResumeFrom(const journal::v1::SourceCursor& cursor);

  // Shows up to `limit` events that were not yet shown, with the chain after the record that holds
  // each.
  Result<size_t> Offer(size_t limit,
                       const std::function<Result<void>(const SourceEvent&, const Chain&)>& visit);
  // What was offered and not applied is offered again.
  void OfferAgain() { offered_ = applied_; }

  // Reads ahead; whether event `number` is read. A batch of another owner can be seen before the
  // source it consumed.
  Result<bool> ReadThrough(uint64_t number);

  // Reads ahead up to `offset`, as far as the source goes: for who owns nothing and waits for what
  // the owner will have applied.
  Result<void> ReadAsFarAs(uint64_t offset);

  // Shows the events of a valid batch's range, which is read, for application. kDataLoss with
  // SOURCE_REGRESSION when the source does not hold what the batch's owner had read.
  Result<void> ApplyRange(const journal::v1::SourceRange& range, const Visit& visit);

  // Whether all that the source held before `offset` is applied.
  bool HasApplied(uint64_t offset) const;

  // Where to resume after what was applied: a function of the ranges applied, not of what was read
  // ahead.
  journal::v1::SourceCursor cursor() const;
  const LogPartition& source() const { return reader_.identity().partition; }

 private:
  struct Buffered {
    SubjectId subject;
    std::string payload;
    uint64_t number;
    Instant recorded_at;
    ReaderState before;  // of its record
    ReaderState after;
    bool last_of_record;
    bool more_of_subject;
  };
  Result<bool> ReadMore();
  SourceEvent EventOf(const Buffered& buffered) const;

  JournalReader reader_;
  std::deque<Buffered> ahead_;  // read and not applied
  uint64_t applied_ = 0;        // number of the last event applied
  uint64_t offered_ = 0;
  ReaderState resume_;
};

}  // namespace holdfast
