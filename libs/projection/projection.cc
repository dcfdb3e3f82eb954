#include "libs/projection/projection.h"

#include <algorithm>

#include "libs/journal/head_file.h"

namespace holdfast {

Result<void> ApplyEventsOf(const journal::v1::Record& batch, const JournalReader& reader,
                           Fold& fold) {
  uint64_t number = reader.state().events - static_cast<uint64_t>(batch.events_size());
  for (const auto& event : batch.events()) {
    const AppliedEvent next{.subject = SubjectId::FromBytes(event.subject()).value_or(SubjectId{}),
                            .payload = event.payload(),
                            .number = ++number,
                            .recorded_at = Instant(std::chrono::microseconds(batch.recorded_at()))};
    if (auto folded = fold.Apply(reader.identity().partition, next); !folded) return folded;
  }
  return {};
}

std::vector<JournalIdentity> JournalsOf(const std::string& service, uint32_t partition_count) {
  std::vector<JournalIdentity> journals;
  for (uint32_t p = 0; p < partition_count; ++p)
    journals.push_back({.partition = {service, p}, .partition_count = partition_count});
  return journals;
}

Projection::Projection(Options options, EventLog& log, Fold& fold)
    : options_(std::move(options)), log_(log), fold_(fold) {
  for (const JournalIdentity& identity : options_.journals) {
    journals_.push_back(std::make_unique<Journal>(Journal{.reader = {log, identity}}));
  }
}

Projection::~Projection() { Stop(); }

Result<void> Projection::Start(const journal::v1::Head& witness) {
  Result<void> result;
  for (const auto& journal : journals_) {
    if (auto started = StartOne(*journal, witness); !started) {
      journal->failure = started.error();
      if (result) result = started;
    }
    journal->stored_through = journal->reader.state().next_offset;
    watchers_.push_back(log_.Watch(journal->reader.identity().partition, [this] { Signal(); }));
  }
  Publish();
  thread_ = std::thread([this] { Run(); });
  return result;
}

Result<void> Projection::StartOne(Journal& journal, const journal::v1::Head& witness) {
  const LogPartition& partition = journal.reader.identity().partition;
  const auto checkpoint = fold_.Load(partition);
  if (!checkpoint) return tl::unexpected(checkpoint.error());
  if (*checkpoint) {
    if (auto resumed = journal.reader.ResumeFrom(**checkpoint); !resumed) return resumed;
  }
  const auto head = WitnessFor(witness, partition);
  return head ? journal.reader.AddWitness(*head) : Result<void>{};
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
  Ends ends;
  for (const auto& journal : journals_) {
    const LogPartition& partition = journal->reader.identity().partition;
    const auto end = log_.EndNow(partition);
    if (!end) return read(tl::unexpected(end.error()));
    ends.emplace_back(partition, *end);
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

void Projection::Run() {
  bool more = true;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      const auto due = std::chrono::steady_clock::now() +
                       (to_read_.empty() ? options_.store_every : std::chrono::milliseconds(5));
      const auto woken = [this] { return signalled_ || stopping_; };
      const bool stored = std::ranges::all_of(journals_, [](const auto& journal) {
        return journal->stored_through == journal->reader.state().next_offset;
      });
      const bool readable = std::ranges::none_of(
          journals_, [](const auto& journal) { return journal->back_off.why().has_value(); });
      if (!more && stored && readable && to_read_.empty()) {
        wakes_.wait(lock, woken);
      } else if (!more) {
        wakes_.wait_until(lock, due, woken);
      }
      if (stopping_) break;
      signalled_ = false;
      std::ranges::move(reads_, std::back_inserter(to_read_));
      reads_.clear();
    }
    more = ReadAll();
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

bool Projection::ReadAll() {
  bool more = false;
  bool applied = false;
  const Monotonic now = std::chrono::steady_clock::now();
  for (const auto& journal : journals_) {
    if (journal->failure || !journal->back_off.MayRead(now)) continue;
    JournalReader& reader = journal->reader;
    const auto read = reader.ReadOn(options_.read_bytes,
                                    [&](const LogRecord&, JudgedRecord& judged) -> Result<void> {
                                      if (judged.verdict != Verdict::kBatch) return {};
                                      applied = applied || judged.record.events_size() > 0;
                                      return ApplyEventsOf(judged.record, reader, fold_);
                                    });
    if (read) {
      journal->back_off.OnSuccess();
    } else if (JournalReader::MayTryAgain(read.error())) {
      journal->back_off.OnFailure(read.error(), now);
    } else {
      journal->failure = read.error();
    }
    more = more || (read && *read > 0);
  }
  if (applied && options_.on_new) options_.on_new();
  return more;
}

void Projection::StoreAll() {
  last_store_ = std::chrono::steady_clock::now();
  for (const auto& journal : journals_) {
    const auto checkpoint = journal->reader.checkpoint();
    if (journal->failure || journal->stored_through == checkpoint.next_offset()) continue;
    if (auto stored = fold_.Store(journal->reader.identity().partition, checkpoint); !stored) {
      journal->failure = stored.error();
    }
    journal->stored_through = checkpoint.next_offset();
  }
}

const Projection::Journal* Projection::Find(const LogPartition& partition) const {
  const auto found = std::ranges::find_if(journals_, [&](const auto& journal) {
    return journal->reader.identity().partition == partition;
  });
  return found == journals_.end() ? nullptr : found->get();
}

bool Projection::HasRead(const WaitingRead& read) const {
  const auto applied = [this](const auto& position) {
    const Journal* journal = Find(position.first);
    return journal && journal->reader.state().events >= position.second;
  };
  const auto passed = [this](const auto& end) {
    const Journal* journal = Find(end.first);
    return journal && journal->reader.state().next_offset >= end.second;
  };
  return std::ranges::all_of(read.positions, applied) && std::ranges::all_of(read.ends, passed);
}

void Projection::RunReads() {
  const Monotonic now = std::chrono::steady_clock::now();
  const auto failed = std::ranges::find_if(
      journals_, [](const auto& journal) { return journal->failure.has_value(); });
  std::vector<WaitingRead> waiting;
  for (WaitingRead& read : to_read_) {
    if (failed != journals_.end()) {
      read.read(tl::unexpected(*(*failed)->failure));
    } else if (HasRead(read)) {
      read.read({});
    } else if (now >= read.deadline) {
      read.read(Fail(StatusCode::kUnavailable, "NOT_YET_READ", "not yet read that far"));
    } else {
      waiting.push_back(std::move(read));
    }
  }
  to_read_ = std::move(waiting);
}

void Projection::Publish() {
  std::vector<PartitionStatus> status;
  for (const auto& journal : journals_) {
    status.push_back({journal->reader.identity().partition, journal->reader.state(),
                      journal->failure, journal->back_off.why()});
  }
  std::lock_guard lock(mutex_);
  status_ = std::move(status);
}

std::vector<Projection::PartitionStatus> Projection::status() const {
  std::lock_guard lock(mutex_);
  return status_;
}

}  // namespace holdfast
