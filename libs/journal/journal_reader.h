// Reads one partition in order by the reader rule, from any checkpoint, and compares what it passes
// with witnesses.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "libs/journal/checkpoint.h"

namespace holdfast {

// Not thread-safe; one reader, one user.
class JournalReader {
 public:
  // Called with each record in order, when state() is that after it. The record is gone after it.
  using Visit = std::function<Result<void>(const LogRecord&, JudgedRecord&)>;

  JournalReader(EventLog& log, JournalIdentity identity, RuleChecks checks = {});

  // Goes on from `checkpoint` once the log is proved unchanged; else kDataLoss.
  Result<void> ResumeFrom(const journal::v1::Checkpoint& checkpoint);

  // A checkpoint of another reader of this partition: the log must hold what that one read. Proved
  // at once as far as its last valid record, and all before it when this reader comes past.
  Result<void> AddWitness(const journal::v1::Checkpoint& witness);

  // Reads up to about `limit_bytes` of records and shows each. Returns how many; 0 at the end of
  // the log. What fails once fails for ever: this reader never moves past what it could not read.
  // But for a log that cannot be read now, LOG_NOT_READ (kUnavailable): the next call tries again.
  // And when `visit` returns NotYet(), the record is shown again by the next call, and IsHeldBack()
  // until then.
  Result<size_t> ReadOn(size_t limit_bytes, const Visit& visit);
  static bool MayTryAgain(const Status& failure) {
    return failure.code == StatusCode::kUnavailable && failure.reason == "LOG_NOT_READ";
  }
  static Status NotYet() { return {StatusCode::kUnavailable, "SOURCE_NOT_YET_READ", ""}; }
  bool IsHeldBack() const { return held_back_; }

  const ReaderState& state() const { return state_; }
  const JournalIdentity& identity() const { return identity_; }
  journal::v1::Checkpoint checkpoint() const;
  EventLog& log() const { return log_; }

 private:
  Result<void> ReadOne(const LogRecord& record, const Visit& visit);

  EventLog& log_;
  const JournalIdentity identity_;
  const RuleChecks checks_;
  ReaderState state_;
  JudgedRecord judged_;                  // the last one; its memory is used again
  std::map<uint64_t, Chain> witnessed_;  // chain after the valid record at an offset still to come
  bool held_back_ = false;
  std::optional<Status> failure_;
};

}  // namespace holdfast
