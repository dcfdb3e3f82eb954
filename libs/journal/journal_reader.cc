#include "libs/journal/journal_reader.h"

#include "libs/base/check.h"

namespace holdfast {

JournalReader::JournalReader(EventLog& log, JournalIdentity identity, RuleChecks checks)
    : log_(log), identity_(std::move(identity)), checks_(checks) {}

Result<void> JournalReader::ResumeFrom(const journal::v1::Checkpoint& checkpoint) {
  if (auto same = RequireSameSettings(identity_, checkpoint.claim()); !same) return same;
  if (auto unchanged = RequireUnchanged(log_, identity_.partition, checkpoint); !unchanged) {
    return unchanged;
  }
  state_ = StateOf(checkpoint);
  return {};
}

Result<void> JournalReader::AddWitness(const journal::v1::Checkpoint& witness) {
  if (auto unchanged = RequireUnchanged(log_, identity_.partition, witness); !unchanged) {
    return unchanged;
  }
  if (witness.valid_records() > 0 && witness.last_valid_offset() >= state_.next_offset) {
    witnessed_[witness.last_valid_offset()] = ChainFromBytes(witness.chain());
  }
  return {};
}

Result<size_t> JournalReader::ReadOn(size_t limit_bytes, const Visit& visit) {
  if (failure_) return tl::unexpected(*failure_);
  const auto records = log_.Read(identity_.partition, state_.next_offset, limit_bytes);
  if (!records) {
    if (records.error().code == StatusCode::kUnavailable)
      return Fail(StatusCode::kUnavailable, "LOG_NOT_READ", records.error().message);
    failure_ = records.error();
    return tl::unexpected(*failure_);
  }
  held_back_ = false;
  size_t shown = 0;
  for (const LogRecord& record : *records) {
    const ReaderState before = state_;
    if (auto read = ReadOne(record, visit); !read) {
      if (read.error() == NotYet()) {
        state_ = before;
        held_back_ = true;
        return shown;
      }
      failure_ = read.error();
      return tl::unexpected(*failure_);
    }
    ++shown;
  }
  return shown;
}

Result<void> JournalReader::ReadOne(const LogRecord& record, const Visit& visit) {
  if (auto applied = Apply(state_, record.offset, record.bytes, judged_, checks_); !applied) {
    return applied;
  }
  if (judged_.verdict == Verdict::kClaim) {
    if (auto same = RequireSameSettings(identity_, judged_.record.claim()); !same) return same;
  }
  const auto witness = witnessed_.begin();
  if (witness != witnessed_.end() && witness->first <= record.offset) {
    if (witness->first != record.offset || witness->second != state_.chain) {
      return Fail(StatusCode::kDataLoss, "LOG_REGRESSION",
                  "journal " + identity_.partition.service + "/" +
                      std::to_string(identity_.partition.partition) +
                      " differs from a witness at offset " + std::to_string(witness->first));
    }
  }
  auto visited = visit(record, judged_);
  if (visited) witnessed_.erase(record.offset);
  return visited;
}

journal::v1::Checkpoint JournalReader::checkpoint() const {
  return MakeCheckpoint(log_.Id(identity_.partition), identity_, state_);
}

}  // namespace holdfast
