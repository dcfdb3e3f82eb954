// The owner of a partition, as a pure state machine: no thread, clock, randomness or I/O; all come
// as arguments.
//
//   standby --Claim--> claiming --own claim read as valid--> serving
//   claiming, serving --deadline, foreign claim, own record read as void--> standby, and all in
//   flight is dropped
#pragma once

#include <deque>

#include "libs/journal/checkpoint.h"
#include "libs/shard/batch_builder.h"

namespace holdfast {

struct OwnerOptions {
  BatchLimits limits;
  size_t batches_in_flight = 5;
  std::chrono::microseconds read_back{2'000'000};  // within which what was appended must be read
  std::chrono::microseconds first_back_off{
      10'000};                                      // before claiming again; doubles up to 64 times
  std::chrono::microseconds cursor_every{250'000};  // between batches that only move cursors
};

// Used on the shard's thread. `Append` effects must be appended in order.
class Owner {
 public:
  Owner(OwnerOptions options, JournalIdentity identity, const Keeper& keeper, KeptState& applied,
        Mutant mutant);

  bool HasInFlight() const { return !in_flight_.empty(); }
  bool IsServing() const { return phase_ == Phase::kServing; }
  bool CanDecide() const { return IsServing() && in_flight_.size() < options_.batches_in_flight; }
  bool WantsToClaim(const Moment& now) const;
  // When OnTime or Claim should be called next; nothing while it waits for nothing.
  std::optional<Monotonic> Due() const;

  // The reader has read to the end. `nonce` is fresh and random.
  void Claim(const ReaderState& read, const Nonce& nonce, const Moment& now, Effects& effects);

  // One turn: source events first (BatchBuilder::React on builder()), then commands until the batch
  // is full, then its append.
  BatchBuilder& BeginTurn(const Moment& now);
  void Decide(std::deque<SubmittedCommand>& mailbox, Effects& effects);
  void EndTurn(const Moment& now, Effects& effects);

  // A record was read, judged, and applied if valid.
  // `after` is the reader's state after it.
  void OnRecord(const JudgedRecord& judged, const ReaderState& after, const Moment& now,
                Effects& effects);
  // What waits for its read-back may be overdue.
  void OnTime(const Moment& now, Effects& effects);
  // The log reports an append; only a planted fault listens.
  void OnReport(Effects& effects);

  // Gives up the partition: what is in flight is answered OUTCOME_UNKNOWN.
  void StandBy(const std::string& why, const Moment& now, Effects& effects);
  // True once after each time that what was in flight was dropped, so that source events must be
  // taken anew.
  bool TakeDropped() { return std::exchange(dropped_, false); }
  // As decisions see it; only a planted fault shows it to reads.
  Subjects& overlay() { return overlay_; }

 private:
  enum class Phase { kStandby, kClaiming, kServing };
  struct Tail {  // after all that is in flight
    uint64_t seq = 0;
    Chain chain{};
    uint64_t events = 0;
    int64_t last_recorded_at = 0;
  };

  void OnClaim(const journal::v1::Record& claim, bool valid, const ReaderState& after,
               const Moment& now, Effects& effects);
  void OnOwnBatch(uint64_t seq, bool valid, const ReaderState& after, const Moment& now,
                  Effects& effects);
  void Serve(const ReaderState& from);
  void Append(PendingBatch batch, const Moment& now, Effects& effects);
  void AppendAgain(Effects& effects);
  void AnswerAll(PendingBatch& batch, uint64_t events_after, Effects& effects);
  static void AnswerUnknown(PendingBatch& batch, const Status& status, Effects& effects);

  const OwnerOptions options_;
  const JournalIdentity identity_;
  const Mutant mutant_;
  Overlay overlay_;
  BatchBuilder builder_;
  Phase phase_ = Phase::kStandby;
  uint64_t epoch_ = 0;
  Nonce nonce_{};
  Monotonic claim_deadline_{};
  Monotonic claim_again_{};  // not before
  uint32_t failed_claims_ = 0;
  Monotonic last_cursor_{};
  bool dropped_ = false;
  Tail tail_;
  std::deque<PendingBatch> in_flight_;
};

}  // namespace holdfast
