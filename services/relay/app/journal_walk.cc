#include "services/relay/app/journal_walk.h"

#include <algorithm>

namespace holdfast::relay {

JournalWalk::JournalWalk(Parts parts, JournalIdentity identity, uint64_t after)
    : parts_(std::move(parts)),
      identity_(std::move(identity)),
      message_(NewMessageOf(identity_.partition.service)),
      seen_(after) {}

Result<void> JournalWalk::Begin() {
  reader_ = std::make_unique<JournalReader>(parts_.log, identity_);
  if (!place_) {
    auto known = parts_.index.PlaceBefore(identity_.partition, seen_);
    if (!known) return tl::unexpected(known.error());
    place_ = std::move(*known);
  }
  return place_ ? reader_->ResumeFrom(*place_) : Result<void>{};
}

Result<bool> JournalWalk::Next(size_t limit_bytes, const Take& take) {
  if (!reader_) {
    if (auto begun = Begin(); !begun) {
      reader_.reset();
      return tl::unexpected(begun.error());
    }
  }
  const auto read =
      reader_->ReadOn(limit_bytes, [&](const LogRecord&, JudgedRecord& judged) -> Result<void> {
        if (judged.verdict != Verdict::kBatch) return {};
        if (reader_->state().events > parts_.index.through(partition()))
          return tl::unexpected(JournalReader::NotYet());
        return GiveBatch(judged.record, take);
      });
  if (!read) return tl::unexpected(read.error());
  return *read > 0 && !reader_->IsHeldBack();
}

Result<void> JournalWalk::GiveBatch(const journal::v1::Record& batch, const Take& take) {
  uint64_t number = reader_->state().events - static_cast<uint64_t>(batch.events_size());
  for (const auto& one : batch.events()) {
    if (++number <= seen_) continue;
    const JournalEvent event{.service = partition().service,
                             .partition = partition().partition,
                             .number = number,
                             .recorded_at = Instant(std::chrono::microseconds(batch.recorded_at())),
                             .subject = SubjectId::FromBytes(one.subject()).value_or(SubjectId{}),
                             .payload = one.payload()};
    if (!message_->ParseFromString(one.payload())) message_->Clear();
    const Named named = NamedIn(*message_);
    const auto authorities = AuthoritiesOf(event, named);
    if (!authorities) return tl::unexpected(authorities.error());
    take({event, *message_, *authorities, named.everybody});
    seen_ = number;
  }
  return {};
}

Result<std::vector<std::string>> JournalWalk::AuthoritiesOf(const JournalEvent& event,
                                                            const Named& named) {
  if (named.nobody || named.everybody) return std::vector<std::string>{};
  if (!named.covers.empty()) return named.covers;
  auto body = BodyOf(event, named);
  if (body && body->empty() && event.number > settled_through_) {
    // What this event followed from may stand in a journal that the index has not read so far.
    const uint64_t through = parts_.index.through(partition());
    if (auto caught_up = parts_.catch_up(); !caught_up) return tl::unexpected(caught_up.error());
    settled_through_ = through;
    body = BodyOf(event, named);
  }
  if (!body) return tl::unexpected(body.error());
  if (body->empty() || IsSource(*body)) return std::vector<std::string>{};
  return std::vector{std::move(*body)};
}

// Alerting's subjects are children, and copies of authorities, that cases knows first.
Result<std::string> JournalWalk::BodyOf(const JournalEvent& event, const Named& named) {
  if (!named.authority.empty()) return named.authority;
  if (event.service == "alerting") {
    auto body = parts_.index.BodyOf({"cases", event.partition}, event.subject);
    if (!body || !body->empty()) return body;
  }
  if (!named.source.empty()) return relay::BodyOf(named);
  return parts_.index.BodyOf(partition(), event.subject);
}

}  // namespace holdfast::relay
