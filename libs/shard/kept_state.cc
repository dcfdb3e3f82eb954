#include "libs/shard/kept_state.h"

#include <algorithm>

namespace holdfast {
namespace {

constexpr std::string_view kCheckpointRow = "c";
constexpr size_t kVersionSize = 8;
constexpr size_t kSlotOverhead_bytes = 128;

std::string SubjectRow(const SubjectId& subject) { return "s" + subject.Bytes(); }

std::string CursorRow(const std::string& service, uint32_t partition) {
  std::string key = "x" + service;
  key.push_back('\0');
  for (int shift = 24; shift >= 0; shift -= 8) key.push_back(static_cast<char>(partition >> shift));
  return key;
}

void PutVersion(std::string& bytes, uint64_t version) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(version >> shift));
}

uint64_t GetVersion(std::string_view bytes) {
  uint64_t version = 0;
  for (const char c : bytes.substr(0, kVersionSize))
    version = version << 8 | static_cast<uint8_t>(c);
  return version;
}

}  // namespace

Result<std::optional<journal::v1::Checkpoint>> StoredCheckpoint(StateStore& store) {
  const auto row = store.Get(kCheckpointRow);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  journal::v1::Checkpoint checkpoint;
  if (!checkpoint.ParseFromString(**row)) {
    return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "state store: no checkpoint in its row");
  }
  return checkpoint;
}

Result<std::vector<journal::v1::Checkpoint>> StoredCursors(StateStore& store) {
  const auto rows = store.Scan("x", "", SIZE_MAX);
  if (!rows) return tl::unexpected(rows.error());
  std::vector<journal::v1::Checkpoint> places;
  for (const StoredRow& row : *rows) {
    journal::v1::SourceCursor cursor;
    if (!cursor.ParseFromString(row.value)) {
      return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "state store: no cursor in its row");
    }
    places.push_back(cursor.resume());
  }
  return places;
}

KeptState::KeptState(const Keeper& keeper, StateStore& store, size_t subjects_in_memory)
    : keeper_(keeper), store_(store), subjects_in_memory_(subjects_in_memory), outcomes_(store) {}

Result<std::optional<journal::v1::Checkpoint>> KeptState::Load(Mutant mutant) {
  auto checkpoint = StoredCheckpoint(store_);
  if (!checkpoint || !*checkpoint) return checkpoint;
  if (mutant == Mutant::kForgetOutcomes) return checkpoint;
  if (auto loaded = outcomes_.Load(); !loaded) return tl::unexpected(loaded.error());
  return checkpoint;
}

Result<void> KeptState::health() const {
  if (failure_) return tl::unexpected(*failure_);
  return {};
}

void KeptState::SetFailed(Status status) {
  if (!failure_) failure_ = std::move(status);
}

KeptState::Slot KeptState::LoadSlot(const SubjectId& subject) {
  Slot slot;
  auto row = store_.Get(SubjectRow(subject));
  if (row && *row && (*row)->size() >= kVersionSize) {
    slot.version = GetVersion(**row);
    auto loaded = keeper_.Load(subject, std::string_view(**row).substr(kVersionSize));
    if (loaded) {
      slot.aggregate = std::move(*loaded);
      slot.indexed = keeper_.Index(subject, *slot.aggregate);
      std::ranges::sort(slot.indexed);
      return slot;
    }
    SetFailed(loaded.error());
  } else if (!row) {
    SetFailed(row.error());
  }
  slot.aggregate = keeper_.Empty(subject);
  return slot;
}

KeptState::Slot& KeptState::Find(const SubjectId& subject) {
  const auto it = slots_.find(subject);
  if (it != slots_.end()) return it->second;
  return slots_.emplace(subject, LoadSlot(subject)).first->second;
}

const Aggregate& KeptState::Get(const SubjectId& subject) { return *Find(subject).aggregate; }
uint64_t KeptState::Version(const SubjectId& subject) { return Find(subject).version; }

std::unique_ptr<Aggregate> KeptState::CopyOf(const SubjectId& subject) {
  return keeper_.Copy(*Find(subject).aggregate);
}

KeptState::Slot& KeptState::Change(const SubjectId& subject, size_t bytes) {
  Slot& slot = Find(subject);
  if (!slot.dirty) dirty_subjects_.push_back(subject);
  if (!slot.index_stale) stale_subjects_.push_back(subject);
  slot.dirty = true;
  slot.index_stale = true;
  dirty_bytes_ += bytes + kSlotOverhead_bytes;
  return slot;
}

Result<void> KeptState::Apply(journal::v1::Record& batch, const ReaderState& after) {
  uint64_t number = after.events - static_cast<uint64_t>(batch.events_size());
  const Instant recorded_at{std::chrono::microseconds(batch.recorded_at())};
  for (const auto& event : batch.events()) {
    const auto subject = SubjectId::FromBytes(event.subject());
    if (!subject) {
      SetFailed({StatusCode::kDataLoss, "POISON_EVENT", "an event without a subject"});
      return health();
    }
    Slot& slot = Change(*subject, event.payload().size());
    ++slot.version;
    const auto evolved = keeper_.Evolve(*slot.aggregate, {.subject = *subject,
                                                          .payload = event.payload(),
                                                          .number = ++number,
                                                          .recorded_at = recorded_at});
    if (!evolved) {
      SetFailed(evolved.error());
      return evolved;
    }
  }
  if (auto kept = outcomes_.Apply(batch, after); !kept) SetFailed(kept.error());
  return health();
}

Result<void> KeptState::Consume(const SourceEvent& event) {
  if (!keeper_.Concerns(event)) return health();
  Slot& slot = Change(event.event.subject, event.event.payload.size());
  if (auto consumed = keeper_.Consume(*slot.aggregate, event); !consumed)
    SetFailed(consumed.error());
  return health();
}

void KeptState::SettleIndex() {
  for (const SubjectId& subject : stale_subjects_) SettleIndexOf(subject, slots_.at(subject));
  stale_subjects_.clear();
}

void KeptState::SettleIndexOf(const SubjectId& subject, Slot& slot) {
  slot.index_stale = false;
  std::vector<IndexRow> rows = keeper_.Index(subject, *slot.aggregate);
  std::ranges::sort(rows);
  if (rows == slot.indexed) return;
  for (const IndexRow& old : slot.indexed) {
    if (!std::ranges::binary_search(rows, old)) dirty_rows_["r" + old.key] = std::nullopt;
  }
  for (const IndexRow& row : rows) {
    if (!std::ranges::binary_search(slot.indexed, row)) dirty_rows_["r" + row.key] = row.value;
  }
  slot.indexed = std::move(rows);
}

Result<std::vector<IndexRow>> KeptState::Scan(std::string_view prefix, std::string_view after,
                                              size_t limit) {
  SettleIndex();
  const std::string within = "r" + std::string(prefix);
  std::string from = "r" + std::string(after);
  auto dirty = from < within ? dirty_rows_.lower_bound(within) : dirty_rows_.upper_bound(from);
  const auto dirty_left = [&] {
    return dirty != dirty_rows_.end() && dirty->first.starts_with(within);
  };
  std::vector<IndexRow> rows;
  while (rows.size() < limit) {
    const auto stored = store_.Scan(within, from, limit);
    if (!stored) return tl::unexpected(stored.error());
    for (const StoredRow& row : *stored) {
      for (; dirty_left() && dirty->first < row.key && rows.size() < limit; ++dirty) {
        if (dirty->second) rows.push_back({dirty->first.substr(1), *dirty->second});
      }
      if (rows.size() == limit) return rows;
      if (!dirty_rows_.contains(row.key)) rows.push_back({row.key.substr(1), row.value});
    }
    if (stored->size() < limit) break;
    from = stored->back().key;
  }
  for (; dirty_left() && rows.size() < limit; ++dirty) {
    if (dirty->second) rows.push_back({dirty->first.substr(1), *dirty->second});
  }
  return rows;
}

Result<std::optional<journal::v1::SourceCursor>> KeptState::Cursor(const std::string& service,
                                                                   uint32_t partition) {
  const std::string key = CursorRow(service, partition);
  const auto dirty = dirty_rows_.find(key);
  const auto row = dirty != dirty_rows_.end() ? Result<std::optional<std::string>>(dirty->second)
                                              : store_.Get(key);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  journal::v1::SourceCursor cursor;
  if (!cursor.ParseFromString(**row)) {
    return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "state store: no cursor in its row");
  }
  return cursor;
}

void KeptState::SetCursor(const std::string& service, uint32_t partition,
                          const journal::v1::SourceCursor& cursor) {
  dirty_rows_[CursorRow(service, partition)] = cursor.SerializeAsString();
}

Result<void> KeptState::Flush(const journal::v1::Checkpoint& checkpoint, Mutant mutant) {
  if (failure_) return health();
  SettleIndex();
  RowChanges changes = std::move(dirty_rows_);
  dirty_rows_.clear();
  for (const SubjectId& subject : dirty_subjects_) {
    Slot& slot = slots_.at(subject);
    slot.dirty = false;
    std::string bytes;
    PutVersion(bytes, slot.version);
    bytes += keeper_.Save(*slot.aggregate);
    changes[SubjectRow(subject)] = std::move(bytes);
  }
  outcomes_.TakeChanges(changes);
  dirty_subjects_.clear();
  dirty_bytes_ = 0;
  if (mutant == Mutant::kCheckpointApart) {
    if (auto written = store_.Write(changes); !written) SetFailed(written.error());
    changes.clear();
  }
  changes[std::string(kCheckpointRow)] = checkpoint.SerializeAsString();
  if (auto written = store_.Write(changes); !written) SetFailed(written.error());
  LetGoOfSubjects();
  return health();
}

void KeptState::LetGoOfSubjects() {
  if (slots_.size() > subjects_in_memory_) slots_.clear();
}

}  // namespace holdfast
