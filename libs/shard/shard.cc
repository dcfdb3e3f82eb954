#include "libs/shard/shard.h"

#include <algorithm>
#include <atomic>

#include "libs/base/crash_point.h"

namespace holdfast {
namespace {

constexpr std::chrono::milliseconds kHeldBack{5};  // until it looks again for what a source lacks

}  // namespace

Shard::Shard(ShardOptions options, ShardSurroundings surroundings)
    : options_(std::move(options)),
      around_(std::move(surroundings)),
      state_(around_.keeper, around_.store, options_.subjects_in_memory),
      reader_(around_.log, options_.identity, options_.checks),
      owner_(options_.owner, options_.identity, around_.keeper, state_, options_.mutant),
      assigned_(!options_.shared),
      reported_(std::make_shared<std::atomic<bool>>(false)) {
  for (const JournalIdentity& source : options_.sources) sources_.emplace_back(around_.log, source);
}

Result<void> Shard::Start(const std::vector<journal::v1::Checkpoint>& witnesses) {
  const auto start = [&]() -> Result<void> {
    const auto checkpoint = state_.Load(options_.mutant);
    if (!checkpoint) return tl::unexpected(checkpoint.error());
    if (*checkpoint) {
      if (auto resumed = reader_.ResumeFrom(**checkpoint); !resumed) return resumed;
    }
    for (const auto& witness : witnesses) {
      if (auto added = reader_.AddWitness(witness); !added) return added;
    }
    for (SourceReader& source : sources_) {
      const auto cursor = state_.Cursor(source.source().service, source.source().partition);
      if (!cursor) return tl::unexpected(cursor.error());
      if (!*cursor) continue;
      if (auto resumed = source.ResumeFrom(**cursor); !resumed) return resumed;
    }
    return {};
  };
  const auto started = start();
  if (!started) failure_ = started.error();
  flushed_through_ = reader_.state().next_offset;
  Publish();
  return started;
}

void Shard::Submit(Command command, Reply reply) {
  {
    std::lock_guard lock(mutex_);
    if (!closed_ && mailbox_.size() < options_.mailbox_commands) {
      mailbox_.push_back({std::move(command), std::move(reply)});
      return;
    }
  }
  reply(tl::unexpected(NotTaken("the partition has too much to do, or has stopped")));
}

void Shard::Read(ShardRead read) {
  std::vector<uint64_t> ends;
  for (size_t i = 0; read.after_sources && i < options_.sources.size(); ++i) {
    const auto end = around_.log.EndNow(options_.sources[i].partition);
    if (!end) return read.run(tl::unexpected(end.error()));
    ends.push_back(*end);
  }
  std::optional<uint64_t> own_end;
  if (options_.shared) {
    const auto end = around_.log.EndNow(partition());
    if (!end) return read.run(tl::unexpected(end.error()));
    own_end = *end;
  }
  {
    std::lock_guard lock(mutex_);
    if (!closed_ && reads_.size() < options_.waiting_reads) {
      reads_.push_back({std::move(read), std::move(ends), own_end});
      return;
    }
  }
  read.run(Fail(StatusCode::kUnavailable, "NOT_YET_READ",
                "too many reads wait, or the partition has stopped"));
}

ShardStatus Shard::status() const {
  std::lock_guard lock(mutex_);
  ShardStatus status = status_;
  status.assigned = assigned_;  // also before the step that acts on it
  return status;
}

bool Shard::Step() {
  const Moment now = around_.now();
  Effects effects;
  bool more = false;
  TakeMailbox();
  if (!failure_) {
    const auto read = ReadJournal(now, effects);
    if (!read) {
      SetFailed(read.error(), now, effects);
    } else {
      more = read->value_or(0) > 0;
      const bool at_end = *read && !more && !reader_.IsHeldBack();
      owner_.OnTime(now, effects);
      if (reported_->exchange(false)) owner_.OnReport(effects);
      caught_up_ = caught_up_ || owner_.IsServing() || (options_.shared && at_end);
      if (at_end && !stopping_ && assigned_ && owner_.WantsToClaim(now)) {
        owner_.Claim(reader_.state(), around_.new_nonce(), now, effects);
      }
      more = Decide(now, effects) || more;
      if (auto ahead = TrySources(now, [this] { return ReadSourcesAhead(); }); !ahead)
        SetFailed(ahead.error(), now, effects);
    }
  }
  if (auto health = state_.health(); !health && !failure_) SetFailed(health.error(), now, effects);
  if (failure_) {
    effects.appends.clear();
    RefuseMailbox(NotTaken(failure_->message), effects);
  }
  Perform(effects);
  RunReads(now);
  if (!failure_) {
    Effects late;
    if (auto flushed = FlushIfDue(now); !flushed) SetFailed(flushed.error(), now, late);
    Perform(late);
  }
  Publish();
  return more;
}

void Shard::TakeMailbox() {
  std::lock_guard lock(mutex_);
  while (!mailbox_.empty() && to_decide_.size() < options_.mailbox_commands) {
    to_decide_.push_back(std::move(mailbox_.front()));
    mailbox_.pop_front();
  }
  std::ranges::move(reads_, std::back_inserter(to_read_));
  reads_.clear();
}

Result<std::optional<size_t>> Shard::ReadJournal(const Moment& now, Effects& effects) {
  if (!journal_back_off_.MayRead(now.steady)) return std::nullopt;
  const auto read = reader_.ReadOn(options_.read_bytes,
                                   [&](const LogRecord&, JudgedRecord& judged) -> Result<void> {
                                     if (auto applied = ApplyRecord(judged, now); !applied)
                                       return applied;
                                     owner_.OnRecord(judged, reader_.state(), now, effects);
                                     return {};
                                   });
  if (read) {
    journal_back_off_.OnSuccess();
    return *read;
  }
  if (!JournalReader::MayTryAgain(read.error())) return tl::unexpected(read.error());
  journal_back_off_.OnFailure(read.error(), now.steady);
  return std::nullopt;
}

Result<void> Shard::ApplyRecord(JudgedRecord& judged, const Moment& now) {
  if (judged.verdict != Verdict::kBatch) return {};
  if (auto consumed = ApplySources(judged.record, now); !consumed) return consumed;
  return state_.Apply(judged.record, reader_.state());
}

bool Shard::Decide(const Moment& now, Effects& effects) {
  if (stopping_ || !owner_.IsServing()) {
    RefuseMailbox(NotTaken(stopping_ ? "the service stops" : "the partition is not owned here"),
                  effects);
  }
  if (owner_.TakeDropped() && options_.mutant != Mutant::kForgetOffered) {
    for (SourceReader& source : sources_) source.OfferAgain();
  }
  if (stopping_ || !owner_.CanDecide()) return false;
  BatchBuilder& builder = owner_.BeginTurn(now);
  const auto offered = OfferSources(now, builder);
  if (!offered) {
    SetFailed(offered.error(), now, effects);
    return false;
  }
  owner_.Decide(to_decide_, effects);
  owner_.EndTurn(now, effects);
  return *offered > 0 || (!to_decide_.empty() && owner_.CanDecide());
}

void Shard::RefuseMailbox(const Status& status, Effects& effects) {
  for (SubmittedCommand& submitted : to_decide_) {
    effects.answers.push_back({std::move(submitted.reply), tl::unexpected(status)});
  }
  to_decide_.clear();
}

void Shard::RunReads(const Moment& now) {
  std::deque<WaitingRead> waiting;
  for (WaitingRead& waits : to_read_) {
    ShardRead& read = waits.read;
    if (failure_) {
      read.run(tl::unexpected(*failure_));
    } else if (IsReadable(waits)) {
      Subjects& seen = options_.mutant == Mutant::kReadOverlay ? owner_.overlay() : state_;
      read.run(ShardView(state_, seen, reader_.state().events));
    } else if (now.steady >= read.deadline) {
      read.run(Fail(StatusCode::kUnavailable, "NOT_YET_READ",
                    "the partition has not read that far yet"));
    } else {
      waiting.push_back(std::move(waits));
    }
  }
  to_read_ = std::move(waiting);
}

bool Shard::IsReadable(const WaitingRead& waits) const {
  if (!caught_up_ || reader_.state().events < waits.read.at_least) return false;
  if (waits.end && reader_.state().next_offset < *waits.end) return false;
  for (size_t i = 0; i < waits.source_ends.size(); ++i) {
    if (!sources_[i].HasApplied(waits.source_ends[i])) return false;
  }
  return true;
}

void Shard::Perform(Effects& effects) {
  for (std::string& bytes : effects.appends) {
    EventLog::Reported reported;
    if (options_.mutant == Mutant::kAnswerAtReport) {
      reported = [flag = reported_](AppendReport report) {
        if (report == AppendReport::kAppended) *flag = true;
      };
    }
    CrashPoint("shard.before_append");
    around_.log.Append(partition(), std::move(bytes), std::move(reported));
  }
  if (!effects.answers.empty()) CrashPoint("shard.before_answer");
  for (Effects::Answered& answered : effects.answers) answered.reply(std::move(answered.answer));
}

Result<void> Shard::FlushIfDue(const Moment& now) {
  if (flushed_through_ == reader_.state().next_offset) return {};
  const size_t limit = caught_up_ ? options_.flush_bytes : options_.rebuild_flush_bytes;
  const bool time = caught_up_ && now.steady >= last_flush_ + options_.flush_every;
  if (!time && state_.dirty_bytes() < limit) return {};
  return Flush(now);
}

Result<void> Shard::Flush(const Moment& now) {
  CrashPoint("shard.before_flush");
  const auto checkpoint = reader_.checkpoint();
  if (auto flushed = state_.Flush(checkpoint, options_.mutant); !flushed) return flushed;
  CrashPoint("shard.after_flush");
  flushed_through_ = checkpoint.next_offset();
  last_flush_ = now.steady;
  if (around_.heads != nullptr) around_.heads->Report(partition(), checkpoint);
  return {};
}

void Shard::SetFailed(const Status& status, const Moment& now, Effects& effects) {
  failure_ = status;
  owner_.StandBy(status.message, now, effects);
  RefuseMailbox(NotTaken(status.message), effects);
}

Monotonic Shard::Due() const {
  const Monotonic flush = flushed_through_ == reader_.state().next_offset
                              ? Monotonic::max()
                              : last_flush_ + options_.flush_every;
  const bool waits_to_claim = !assigned_ && !owner_.IsServing();
  Monotonic due = flush;
  if (!waits_to_claim) due = std::min(due, owner_.Due().value_or(Monotonic::max()));
  due = std::min({due, journal_back_off_.again(), sources_back_off_.again()});
  if (reader_.IsHeldBack() && !sources_back_off_.why())
    due = std::min(due, around_.now().steady + kHeldBack);
  for (const WaitingRead& waits : to_read_) due = std::min(due, waits.read.deadline);
  return due;
}

void Shard::Stop() { stopping_ = true; }

bool Shard::IsDrained() const { return failure_ || !owner_.HasInFlight(); }

void Shard::Close() {
  const Moment now = around_.now();
  Effects effects;
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  TakeMailbox();
  if (!failure_) {
    if (auto flushed = Flush(now); !flushed) SetFailed(flushed.error(), now, effects);
  }
  SetFailed(failure_.value_or(NotTaken("the service has stopped")), now, effects);
  effects.appends.clear();
  Perform(effects);
  RunReads(now);
  Publish();
}

void Shard::Publish() {
  const auto end = around_.log.End(partition());
  std::lock_guard lock(mutex_);
  status_.serving = owner_.IsServing() && !failure_;
  status_.caught_up = caught_up_;
  status_.failure = failure_;
  status_.unreadable = journal_back_off_.why() ? journal_back_off_.why() : sources_back_off_.why();
  status_.read = reader_.state();
  status_.behind = end ? *end - std::min(*end, reader_.state().next_offset) : 0;
}

}  // namespace holdfast
