#include "libs/shard/owner.h"

#include <algorithm>

#include "libs/base/check.h"

namespace holdfast {

Owner::Owner(OwnerOptions options, JournalIdentity identity, const Keeper& keeper,
             KeptState& applied, Mutant mutant)
    : options_(options),
      identity_(std::move(identity)),
      mutant_(mutant),
      overlay_(keeper, applied),
      builder_(keeper, applied, overlay_, options.limits, mutant) {}

bool Owner::WantsToClaim(const Moment& now) const {
  return phase_ == Phase::kStandby && now.steady >= claim_again_;
}

std::optional<Monotonic> Owner::Due() const {
  if (phase_ == Phase::kStandby) return claim_again_;
  if (phase_ == Phase::kClaiming) return claim_deadline_;
  std::optional<Monotonic> due;
  if (!in_flight_.empty()) due = in_flight_.front().deadline;
  if (builder_.HasSources()) {
    const Monotonic cursor = last_cursor_ + options_.cursor_every;
    due = due ? std::min(*due, cursor) : cursor;
  }
  return due;
}

void Owner::Claim(const ReaderState& read, const Nonce& nonce, const Moment& now,
                  Effects& effects) {
  HOLDFAST_CHECK(phase_ == Phase::kStandby);
  phase_ = Phase::kClaiming;
  epoch_ = read.epoch + 1;
  nonce_ = mutant_ == Mutant::kReuseNonce ? Nonce{{1}} : nonce;
  claim_deadline_ = now.steady + options_.read_back;
  journal::v1::Record record;
  record.set_kind(journal::v1::RECORD_KIND_CLAIM);
  record.set_epoch(epoch_);
  record.set_nonce(nonce_.Bytes());
  *record.mutable_claim() = ClaimOf(identity_);
  effects.appends.push_back(EncodeRecord(record));
  if (mutant_ == Mutant::kServeBeforeClaimIsRead) {
    ReaderState expected = read;
    expected.chain = ExtendChain(read.chain, effects.appends.back());
    expected.seq = 0;
    Serve(expected);
  }
}

void Owner::Serve(const ReaderState& from) {
  phase_ = Phase::kServing;
  failed_claims_ = 0;
  tail_ = {.seq = from.seq,
           .chain = from.chain,
           .events = from.events,
           .last_recorded_at = from.last_recorded_at};
}

BatchBuilder& Owner::BeginTurn(const Moment& now) {
  HOLDFAST_CHECK(CanDecide());
  const int64_t recorded_at =
      std::max(now.wall.time_since_epoch().count(), tail_.last_recorded_at + 1);
  builder_.Begin(
      {.recorded_at = Instant(std::chrono::microseconds(recorded_at)), .today = now.today},
      tail_.events);
  return builder_;
}

void Owner::Decide(std::deque<SubmittedCommand>& mailbox, Effects& effects) {
  while (!mailbox.empty() && !builder_.IsFull()) {
    builder_.Decide(std::move(mailbox.front()), effects);
    mailbox.pop_front();
  }
}

void Owner::EndTurn(const Moment& now, Effects& effects) {
  const bool only_cursors = !builder_.HasOutcomesOrEvents();
  if (only_cursors &&
      (!builder_.HasSources() || now.steady < last_cursor_ + options_.cursor_every)) {
    return;
  }
  if (only_cursors) last_cursor_ = now.steady;
  Append(builder_.Take(), now, effects);
}

void Owner::Append(PendingBatch batch, const Moment& now, Effects& effects) {
  journal::v1::Record& record = batch.record;
  record.set_kind(journal::v1::RECORD_KIND_BATCH);
  record.set_epoch(epoch_);
  record.set_nonce(nonce_.Bytes());
  record.set_seq(tail_.seq + 1);
  record.set_prev(std::string(AsBytes(tail_.chain)));
  std::string bytes = EncodeRecord(record);
  tail_.seq = record.seq();
  tail_.chain = ExtendChain(tail_.chain, bytes);
  tail_.events += static_cast<uint64_t>(record.events_size());
  tail_.last_recorded_at = record.recorded_at();
  batch.deadline = now.steady + options_.read_back;
  effects.appends.push_back(std::move(bytes));
  in_flight_.push_back(std::move(batch));
}

void Owner::OnRecord(const JudgedRecord& judged, const ReaderState& after, const Moment& now,
                     Effects& effects) {
  const journal::v1::Record& record = judged.record;
  const bool valid = judged.verdict != Verdict::kVoid;
  if (record.kind() == journal::v1::RECORD_KIND_CLAIM) {
    OnClaim(record, valid, after, now, effects);
  } else if (IsServing() && record.epoch() == epoch_ && record.nonce() == nonce_.Bytes()) {
    OnOwnBatch(record.seq(), valid, after, now, effects);
  }
}

void Owner::OnClaim(const journal::v1::Record& claim, bool valid, const ReaderState& after,
                    const Moment& now, Effects& effects) {
  const bool own =
      phase_ != Phase::kStandby && claim.epoch() == epoch_ && claim.nonce() == nonce_.Bytes();
  if (own && phase_ == Phase::kClaiming) {
    if (valid) {
      Serve(after);
    } else {
      StandBy("the claim came too late", now, effects);
    }
  } else if (valid && !own && phase_ != Phase::kStandby) {
    // A claim of ours may still be under way, and become void by this one: then it is read as such.
    if (phase_ == Phase::kServing) StandBy("another instance took the partition", now, effects);
  }
}

void Owner::OnOwnBatch(uint64_t seq, bool valid, const ReaderState& after, const Moment& now,
                       Effects& effects) {
  const bool awaited = !in_flight_.empty() && seq >= in_flight_.front().record.seq();
  if (!awaited) return;  // arrived a second time
  if (!valid && mutant_ != Mutant::kAnswerVoid)
    return StandBy("a batch was read as void", now, effects);
  HOLDFAST_CHECK(mutant_ != Mutant::kNone || seq == in_flight_.front().record.seq());
  PendingBatch batch = std::move(in_flight_.front());
  in_flight_.pop_front();
  overlay_.Settle(batch.touched);
  builder_.Forget(batch);
  AnswerAll(batch, after.events, effects);
}

void Owner::AnswerAll(PendingBatch& batch, uint64_t events_after, Effects& effects) {
  const uint64_t first = events_after - static_cast<uint64_t>(batch.record.events_size()) + 1;
  int index = 0;
  for (PendingCommand& command : batch.commands) {
    const Answer answer =
        AnswerOf(batch.record.outcomes(index++), first, batch.record.recorded_at());
    for (Reply& reply : command.replies) effects.answers.push_back({std::move(reply), answer});
    command.replies.clear();
  }
}

void Owner::AnswerUnknown(PendingBatch& batch, const Status& status, Effects& effects) {
  for (PendingCommand& command : batch.commands) {
    for (Reply& reply : command.replies) {
      effects.answers.push_back({std::move(reply), tl::unexpected(status)});
    }
  }
}

void Owner::OnTime(const Moment& now, Effects& effects) {
  if (phase_ == Phase::kClaiming && now.steady >= claim_deadline_) {
    StandBy("the claim was not read back in time", now, effects);
  } else if (!in_flight_.empty() && now.steady >= in_flight_.front().deadline) {
    if (mutant_ == Mutant::kReuseSequence) return AppendAgain(effects);
    StandBy("a batch was not read back in time", now, effects);
  } else if (CanDecide() && builder_.HasSources()) {
    EndTurn(now, effects);
  }
}

void Owner::StandBy(const std::string& why, const Moment& now, Effects& effects) {
  const Status status = mutant_ == Mutant::kUnknownIsNotTaken ? NotTaken(why) : OutcomeUnknown(why);
  for (PendingBatch& batch : in_flight_) AnswerUnknown(batch, status, effects);
  PendingBatch open = builder_.DropAll();
  AnswerUnknown(open, NotTaken(why), effects);
  in_flight_.clear();
  if (mutant_ != Mutant::kKeepOverlay) overlay_.Drop();
  phase_ = Phase::kStandby;
  dropped_ = true;
  // The last nonce is as random as is needed to keep rivals from claiming in step.
  const auto back_off = options_.first_back_off * (1 << std::min(failed_claims_++, 6U));
  claim_again_ = now.steady + back_off + back_off * nonce_.bytes[0] / 256;
}

void Owner::OnReport(Effects& effects) {
  if (mutant_ != Mutant::kAnswerAtReport) return;
  uint64_t events_after = tail_.events;
  for (const PendingBatch& batch : in_flight_) {
    events_after -= static_cast<uint64_t>(batch.record.events_size());
  }
  for (PendingBatch& batch : in_flight_) {
    events_after += static_cast<uint64_t>(batch.record.events_size());
    AnswerAll(batch, events_after, effects);
  }
}

void Owner::AppendAgain(Effects& effects) {
  PendingBatch open = builder_.DropAll();
  std::deque<PendingBatch> batches = std::exchange(in_flight_, {});
  for (PendingBatch& batch : batches) {
    AnswerUnknown(batch, OutcomeUnknown("not read back in time"), effects);
    tail_.events -= static_cast<uint64_t>(batch.record.events_size());
  }
  overlay_.Drop();
  tail_.seq = batches.front().record.seq() - 1;
  tail_.chain = ChainFromBytes(batches.front().record.prev());
}

}  // namespace holdfast
