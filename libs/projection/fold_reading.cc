#include "libs/projection/fold_reading.h"

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

FoldReading::FoldReading(const std::vector<JournalIdentity>& journals, EventLog& log, Fold& fold)
    : fold_(fold) {
  for (const JournalIdentity& identity : journals) {
    journals_.push_back(std::make_unique<Journal>(Journal{.reader = {log, identity}}));
  }
}

Result<void> FoldReading::Start(const journal::v1::Head& witness) {
  Result<void> result;
  for (const auto& journal : journals_) {
    if (auto started = StartOne(*journal, witness); !started) {
      journal->failure = started.error();
      if (result) result = started;
    }
    journal->stored_through = journal->reader.state().next_offset;
  }
  return result;
}

Result<void> FoldReading::StartOne(Journal& journal, const journal::v1::Head& witness) {
  const LogPartition& partition = journal.reader.identity().partition;
  const auto checkpoint = fold_.Load(partition);
  if (!checkpoint) return tl::unexpected(checkpoint.error());
  if (*checkpoint) {
    if (auto resumed = journal.reader.ResumeFrom(**checkpoint); !resumed) return resumed;
  }
  const auto head = WitnessFor(witness, partition);
  return head ? journal.reader.AddWitness(*head) : Result<void>{};
}

FoldReading::Round FoldReading::ReadOn(size_t bytes) {
  Round round;
  const Monotonic now = std::chrono::steady_clock::now();
  for (const auto& journal : journals_) {
    if (journal->failure || !journal->back_off.MayRead(now)) continue;
    const auto read = ReadOne(*journal, bytes, round.applied);
    if (read) {
      journal->back_off.OnSuccess();
    } else if (JournalReader::MayTryAgain(read.error())) {
      journal->back_off.OnFailure(read.error(), now);
    } else {
      journal->failure = read.error();
    }
    round.more = round.more || (read && *read > 0);
  }
  return round;
}

Result<size_t> FoldReading::ReadOne(Journal& journal, size_t bytes, bool& applied) {
  JournalReader& reader = journal.reader;
  return reader.ReadOn(bytes, [&](const LogRecord&, JudgedRecord& judged) -> Result<void> {
    if (judged.verdict != Verdict::kBatch) return {};
    applied = applied || judged.record.events_size() > 0;
    return ApplyEventsOf(judged.record, reader, fold_);
  });
}

void FoldReading::Store() {
  for (const auto& journal : journals_) {
    const auto checkpoint = journal->reader.checkpoint();
    if (journal->failure || journal->stored_through == checkpoint.next_offset()) continue;
    if (auto stored = fold_.Store(journal->reader.identity().partition, checkpoint); !stored) {
      journal->failure = stored.error();
    }
    journal->stored_through = checkpoint.next_offset();
  }
}

bool FoldReading::is_stored() const {
  return std::ranges::all_of(journals_, [](const auto& journal) {
    return journal->stored_through == journal->reader.state().next_offset;
  });
}

bool FoldReading::is_readable() const {
  return std::ranges::none_of(
      journals_, [](const auto& journal) { return journal->back_off.why().has_value(); });
}

std::optional<Status> FoldReading::failure() const {
  const auto failed = std::ranges::find_if(
      journals_, [](const auto& journal) { return journal->failure.has_value(); });
  return failed == journals_.end() ? std::nullopt : (*failed)->failure;
}

const FoldReading::Journal* FoldReading::Find(const LogPartition& partition) const {
  const auto found = std::ranges::find_if(journals_, [&](const auto& journal) {
    return journal->reader.identity().partition == partition;
  });
  return found == journals_.end() ? nullptr : found->get();
}

bool FoldReading::HasReached(const EventPositions& positions, const LogEnds& ends) const {
  const auto applied = [this](const auto& position) {
    const Journal* journal = Find(position.first);
    return journal && journal->reader.state().events >= position.second;
  };
  const auto passed = [this](const auto& end) {
    const Journal* journal = Find(end.first);
    return journal && journal->reader.state().next_offset >= end.second;
  };
  return std::ranges::all_of(positions, applied) && std::ranges::all_of(ends, passed);
}

bool FoldReading::IsAsFarAs(const FoldReading& other) const {
  LogEnds read;
  for (const auto& journal : other.journals_) {
    read.emplace_back(journal->reader.identity().partition, journal->reader.state().next_offset);
  }
  return HasReached({}, read);
}

std::vector<PartitionRead> FoldReading::status() const {
  std::vector<PartitionRead> status;
  for (const auto& journal : journals_) {
    status.push_back({journal->reader.identity().partition, journal->reader.state(),
                      journal->failure, journal->back_off.why()});
  }
  return status;
}

}  // namespace holdfast
