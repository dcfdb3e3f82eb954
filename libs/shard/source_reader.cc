#include "libs/shard/source_reader.h"

namespace holdfast {
namespace {

constexpr size_t kReadAtOnce_bytes = 256 << 10;

}  // namespace

SourceReader::SourceReader(EventLog& log, JournalIdentity source)
    : reader_(log, std::move(source)) {}

Result<void> SourceReader::ResumeFrom(const journal::v1::SourceCursor& cursor) {
  if (auto resumed = reader_.ResumeFrom(cursor.resume()); !resumed) return resumed;
  applied_ = offered_ = cursor.event();
  resume_ = reader_.state();
  return {};
}

Result<bool> SourceReader::ReadMore() {
  ReaderState before = reader_.state();
  const auto read = reader_.ReadOn(
      kReadAtOnce_bytes, [&](const LogRecord&, JudgedRecord& judged) -> Result<void> {
        const ReaderState after = reader_.state();
        uint64_t number = before.events;
        const int size = judged.verdict == Verdict::kBatch ? judged.record.events_size() : 0;
        for (int i = 0; i < size; ++i) {
          const auto& event = judged.record.events(i);
          if (++number <= applied_) continue;
          ahead_.push_back(
              {.subject = SubjectId::FromBytes(event.subject()).value_or(SubjectId{}),
               .payload = event.payload(),
               .number = number,
               .recorded_at = Instant(std::chrono::microseconds(judged.record.recorded_at())),
               .before = before,
               .after = after,
               .last_of_record = i + 1 == size,
               .more_of_subject =
                   i + 1 < size && judged.record.events(i + 1).subject() == event.subject()});
        }
        before = after;
        return {};
      });
  if (!read) return tl::unexpected(read.error());
  return *read > 0;
}

SourceEvent SourceReader::EventOf(const Buffered& buffered) const {
  return {.service = source().service,
          .partition = source().partition,
          .event = {.subject = buffered.subject,
                    .payload = buffered.payload,
                    .number = buffered.number,
                    .recorded_at = buffered.recorded_at},
          .more_of_subject = buffered.more_of_subject};
}

Result<size_t> SourceReader::Offer(
    size_t limit, const std::function<Result<void>(const SourceEvent&, const Chain&)>& visit) {
  size_t shown = 0;
  while (shown < limit) {
    if (offered_ - applied_ == ahead_.size()) {
      const auto more = ReadMore();
      if (!more) return tl::unexpected(more.error());
      if (!*more) break;
      continue;
    }
    const Buffered& next = ahead_[offered_ - applied_];
    if (auto visited = visit(EventOf(next), next.after.chain); !visited) {
      return tl::unexpected(visited.error());
    }
    ++offered_;
    ++shown;
  }
  return shown;
}

Result<bool> SourceReader::ReadThrough(uint64_t number) {
  while (applied_ + ahead_.size() < number) {
    const auto more = ReadMore();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return false;
  }
  return true;
}

Result<void> SourceReader::ReadAsFarAs(uint64_t offset) {
  while (reader_.state().next_offset < offset) {
    const auto more = ReadMore();
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
  }
  return {};
}

Result<void> SourceReader::ApplyRange(const journal::v1::SourceRange& range, const Visit& visit) {
  const auto differs = [&] {
    return Fail(StatusCode::kDataLoss, "SOURCE_REGRESSION",
                "journal " + source().service + "/" + std::to_string(source().partition) +
                    " does not hold events " + std::to_string(range.from()) + " to " +
                    std::to_string(range.to()) + " as they were consumed");
  };
  if (range.from() != applied_ + 1 || range.to() < range.from()) return differs();
  while (applied_ < range.to()) {
    if (ahead_.empty()) return differs();
    const Buffered& next = ahead_.front();
    if (next.number == range.to() && AsBytes(next.after.chain) != range.chain()) return differs();
    if (auto visited = visit(EventOf(next)); !visited) return visited;
    resume_ = next.last_of_record ? next.after : next.before;
    applied_ = next.number;
    ahead_.pop_front();
  }
  offered_ = std::max(offered_, applied_);
  return {};
}

bool SourceReader::HasApplied(uint64_t offset) const {
  if (reader_.state().next_offset < offset) return false;
  return ahead_.empty() || ahead_.front().after.next_offset > offset;
}

journal::v1::SourceCursor SourceReader::cursor() const {
  journal::v1::SourceCursor cursor;
  cursor.set_event(applied_);
  *cursor.mutable_resume() =
      MakeCheckpoint(reader_.log().Id(source()), reader_.identity(), resume_);
  return cursor;
}

}  // namespace holdfast
