#include "libs/shard/outcome_window.h"

namespace holdfast {
namespace {

constexpr char kOutcomeRows = 'o';

std::string RowKey(uint64_t batch) {
  std::string key(1, kOutcomeRows);
  for (int shift = 56; shift >= 0; shift -= 8) key.push_back(static_cast<char>(batch >> shift));
  return key;
}

uint64_t BatchOfKey(std::string_view key) {
  uint64_t batch = 0;
  for (const char c : key.substr(1)) batch = batch << 8 | static_cast<uint8_t>(c);
  return batch;
}

tl::unexpected<Status> Damaged() {
  return Fail(StatusCode::kDataLoss, "STATE_NOT_READ",
              "state store: outcomes that cannot be parsed");
}

}  // namespace

Answer AnswerOf(const journal::v1::Outcome& outcome, uint64_t first_event, int64_t recorded_at) {
  const uint64_t first = first_event + outcome.first_event();
  return {.kind = outcome.kind(),
          .result = outcome.result(),
          .answer = outcome.answer(),
          .first_event = first,
          .last_event = first + outcome.event_count() - 1,
          .recorded_at = Instant(std::chrono::microseconds(recorded_at)),
          .repeated = false};
}

OutcomeWindow::OutcomeWindow(StateStore& store) : store_(store) {}

Result<void> OutcomeWindow::Load() {
  constexpr size_t kRowsAtOnce = 256;
  std::string after(1, kOutcomeRows);
  while (true) {
    const auto rows = store_.Scan(std::string(1, kOutcomeRows), after, kRowsAtOnce);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return {};
    for (const StoredRow& row : *rows) {
      journal::v1::KeptOutcomes kept;
      if (!kept.ParseFromString(row.value)) return Damaged();
      Remember(BatchOfKey(row.key), kept);
    }
    after = rows->back().key;
  }
}

void OutcomeWindow::Remember(uint64_t batch, const journal::v1::KeptOutcomes& kept) {
  for (int i = 0; i < kept.outcomes_size(); ++i) {
    const auto id = CommandId::FromBytes(kept.outcomes(i).command_id());
    if (id) places_.emplace(*id, Place{batch, static_cast<uint32_t>(i)});
  }
  expiries_.push_back({kept.recorded_at(), batch});
}

Result<void> OutcomeWindow::Apply(journal::v1::Record& batch, const ReaderState& after) {
  if (auto expired = Expire(batch.recorded_at()); !expired) return expired;
  if (batch.outcomes().empty()) return {};
  journal::v1::KeptOutcomes kept;
  kept.set_recorded_at(batch.recorded_at());
  kept.set_first_event(after.events - static_cast<uint64_t>(batch.events_size()) + 1);
  kept.mutable_outcomes()->Swap(batch.mutable_outcomes());
  Remember(after.valid_records, kept);
  std::string& bytes = dirty_[after.valid_records].emplace(kept.SerializeAsString());
  dirty_bytes_ += bytes.size();
  kept.mutable_outcomes()->Swap(batch.mutable_outcomes());
  return {};
}

Result<void> OutcomeWindow::Expire(int64_t now_us) {
  while (!expiries_.empty() && expiries_.front().recorded_at < now_us - kOutcomesLive_us) {
    const uint64_t number = expiries_.front().batch;
    const auto found = Batch(number);
    if (!found) return tl::unexpected(found.error());
    const auto kept = found->value_or(journal::v1::KeptOutcomes{});
    for (const auto& outcome : kept.outcomes()) {
      const auto id = CommandId::FromBytes(outcome.command_id()).value_or(CommandId{});
      auto [it, end] = places_.equal_range(id);
      while (it != end && it->second.batch != number) ++it;
      if (it != end) places_.erase(it);
    }
    dirty_[number] = std::nullopt;
    expiries_.pop_front();
  }
  return {};
}

Result<std::optional<journal::v1::KeptOutcomes>> OutcomeWindow::Batch(uint64_t number) {
  const auto dirty = dirty_.find(number);
  const auto row = dirty != dirty_.end() ? Result<std::optional<std::string>>(dirty->second)
                                         : store_.Get(RowKey(number));
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  journal::v1::KeptOutcomes kept;
  if (!kept.ParseFromString(**row)) return Damaged();
  return kept;
}

Result<std::optional<OutcomeWindow::Found>> OutcomeWindow::Find(const std::string& authority,
                                                                const CommandId& id) {
  const auto [begin, end] = places_.equal_range(id);
  for (auto it = begin; it != end; ++it) {
    const auto kept = Batch(it->second.batch);
    if (!kept) return tl::unexpected(kept.error());
    if (!*kept || static_cast<int>(it->second.index) >= (*kept)->outcomes_size()) return Damaged();
    const auto& outcome = (*kept)->outcomes(static_cast<int>(it->second.index));
    if (outcome.authority() != authority) continue;
    return Found{outcome, AnswerOf(outcome, (*kept)->first_event(), (*kept)->recorded_at())};
  }
  return std::nullopt;
}

void OutcomeWindow::TakeChanges(RowChanges& changes) {
  for (auto& [number, kept] : dirty_) changes[RowKey(number)] = std::move(kept);
  dirty_.clear();
  dirty_bytes_ = 0;
}

}  // namespace holdfast
