#include "libs/projection/projection.h"

#include <algorithm>

namespace holdfast {

std::vector<JournalIdentity> JournalsOf(const std::string& service, uint32_t partition_count) {
  std::vector<JournalIdentity> journals;
  for (uint32_t p = 0; p < partition_count; ++p)
    journals.push_back({.partition = {service, p}, .partition_count = partition_count});
  return journals;
}

Projection::Projection(Options options, EventLog& log, Fold& fold)
    : options_(std::move(options)),
      log_(log),
      serving_(std::make_unique<FoldReading>(options_.journals, log, fold)) {}

Projection::~Projection() { Stop(); }

Result<void> Projection::Start(const journal::v1::Head& witness) {
  witness_ = witness;
  auto result = serving_->Start(witness);
  for (const JournalIdentity& identity : options_.journals) {
    watchers_.push_back(log_.Watch(identity.partition, [this] { Signal(); }));
  }
  Publish();
  thread_ = std::thread([this] { Run(); });
  return result;
}

void Projection::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_one();
  if (thread_.joinable()) thread_.join();
  watchers_.clear();
}

void Projection::Signal() {
  {
    std::lock_guard lock(mutex_);
    signalled_ = true;
  }
  wakes_.notify_one();
}

void Projection::Read(Positions positions, Monotonic deadline,
                      std::function<void(Result<void>)> read) {
  Wait({std::move(positions), {}, deadline, std::move(read)});
}

void Projection::ReadLatest(Positions positions, Monotonic deadline,
                            std::function<void(Result<void>)> read) {
  LogEnds ends;
  for (const JournalIdentity& identity : options_.journals) {
    const auto end = log_.EndNow(identity.partition);
    if (!end) return read(tl::unexpected(end.error()));
    ends.emplace_back(identity.partition, *end);
  }
  Wait({std::move(positions), std::move(ends), deadline, std::move(read)});
}

void Projection::Wait(WaitingRead read) {
  {
    std::lock_guard lock(mutex_);
    if (!stopping_) {
      reads_.push_back(std::move(read));
      signalled_ = true;
      wakes_.notify_one();
      return;
    }
  }
  read.read(Fail(StatusCode::kUnavailable, "NOT_YET_READ", "the reader has stopped"));
}

void Projection::Succeed(Successor next) {
  {
    std::lock_guard lock(mutex_);
    to_succeed_ = std::move(next);
    signalled_ = true;
  }
  wakes_.notify_one();
}

void Projection::Run() {
  bool more = true;
  while (true) {
    if (!WaitForWork(more)) break;
    const auto round = serving_->ReadOn(options_.read_bytes);
    if (round.applied && options_.on_new) options_.on_new();
    more = ReadSuccessor() || round.more;
    Publish();  // before the reads, so that who was answered finds the status that the answer came
                // from
    RunReads();
    if (std::chrono::steady_clock::now() >= last_store_ + options_.store_every) {
      StoreAll();
      Publish();
    }
  }
  StoreAll();
  RefuseReads();
}

// Takes what was asked for meanwhile; false when it is to stop.
bool Projection::WaitForWork(bool more) {
  std::unique_lock lock(mutex_);
  const auto due = std::chrono::steady_clock::now() +
                   (to_read_.empty() ? options_.store_every : std::chrono::milliseconds(5));
  const auto woken = [this] { return signalled_ || stopping_; };
  const bool idle = serving_->is_stored() && serving_->is_readable() && !succeeding_;
  if (!more && idle && to_read_.empty()) {
    wakes_.wait(lock, woken);
  } else if (!more) {
    wakes_.wait_until(lock, due, woken);
  }
  if (stopping_) return false;
  signalled_ = false;
  std::ranges::move(reads_, std::back_inserter(to_read_));
  reads_.clear();
  if (to_succeed_) successor_ = *std::exchange(to_succeed_, std::nullopt);
  return true;
}

// Whether there may be more for it to read. It reads little at a time, since reads wait for it.
bool Projection::ReadSuccessor() {
  if (!successor_) return false;
  if (!succeeding_) {
    succeeding_ = std::make_unique<FoldReading>(options_.journals, log_, *successor_->fold);
    if (auto started = succeeding_->Start(witness_); !started) {
      EndSuccession(started);
      return false;
    }
  }
  const auto round = succeeding_->ReadOn(options_.read_bytes / options_.journals.size() + 1);
  if (const auto failure = succeeding_->failure()) {
    EndSuccession(tl::unexpected(*failure));
    return false;
  }
  // One that cannot read on is no measure of how far there is to go.
  const bool is_there =
      succeeding_->IsAsFarAs(*serving_) && !(round.more && serving_->failure().has_value());
  if (!is_there) return round.more;
  succeeding_->Store();
  if (const auto failure = succeeding_->failure()) {
    EndSuccession(tl::unexpected(*failure));
    return false;
  }
  auto taken = successor_->take_over();
  if (taken) serving_ = std::move(succeeding_);
  EndSuccession(std::move(taken));
  return true;
}

void Projection::EndSuccession(Result<void> result) {
  succeeding_.reset();
  const auto ended = std::move(successor_->ended);
  successor_.reset();
  Publish();
  ended(std::move(result));
}

void Projection::StoreAll() {
  last_store_ = std::chrono::steady_clock::now();
  serving_->Store();
  if (succeeding_) succeeding_->Store();
}

void Projection::RunReads() {
  const Monotonic now = std::chrono::steady_clock::now();
  const auto failure = serving_->failure();
  std::vector<WaitingRead> waiting;
  for (WaitingRead& read : to_read_) {
    if (failure) {
      read.read(tl::unexpected(*failure));
    } else if (serving_->HasReached(read.positions, read.ends)) {
      read.read({});
    } else if (now >= read.deadline) {
      read.read(Fail(StatusCode::kUnavailable, "NOT_YET_READ", "not yet read that far"));
    } else {
      waiting.push_back(std::move(read));
    }
  }
  to_read_ = std::move(waiting);
}

void Projection::RefuseReads() {
  {
    std::lock_guard lock(mutex_);
    std::ranges::move(reads_, std::back_inserter(to_read_));
    reads_.clear();
  }
  for (WaitingRead& read : to_read_) {
    read.read(Fail(StatusCode::kUnavailable, "NOT_YET_READ", "the reader has stopped"));
  }
  to_read_.clear();
}

void Projection::Publish() {
  auto status = serving_->status();
  auto of_successor = succeeding_ ? succeeding_->status() : std::vector<PartitionRead>{};
  std::lock_guard lock(mutex_);
  status_ = std::move(status);
  successor_status_ = std::move(of_successor);
}

std::vector<PartitionRead> Projection::status() const {
  std::lock_guard lock(mutex_);
  return status_;
}

std::vector<PartitionRead> Projection::successor_status() const {
  std::lock_guard lock(mutex_);
  return successor_status_;
}

}  // namespace holdfast
