#include "libs/journal/appender.h"

#include <sodium.h>

#include <algorithm>
#include <future>

#include "libs/base/uuid.h"

namespace holdfast {
namespace {

constexpr size_t kReadAtOnce_bytes = 4 << 20;
constexpr size_t kEventsInBatch = 1000;

template <size_t kSize>
std::array<uint8_t, kSize> RandomBytes() {
  std::array<uint8_t, kSize> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

Result<void> AppendNow(EventLog& log, const LogPartition& partition,
                       const journal::v1::Record& record) {
  std::promise<AppendReport> report;
  log.Append(partition, EncodeRecord(record), [&](AppendReport what) { report.set_value(what); });
  if (report.get_future().get() == AppendReport::kAppended) return {};
  return Fail(StatusCode::kUnavailable, "NOT_APPENDED", "a record was not appended to the log");
}

Result<void> ReadToEnd(JournalReader& reader) {
  while (true) {
    const auto read = reader.ReadOn(
        kReadAtOnce_bytes, [](const LogRecord&, JudgedRecord&) -> Result<void> { return {}; });
    if (!read) return tl::unexpected(read.error());
    if (*read == 0) return {};
  }
}

journal::v1::Record ClaimAfter(const ReaderState& state, const JournalIdentity& journal) {
  journal::v1::Record claim;
  claim.set_kind(journal::v1::RECORD_KIND_CLAIM);
  claim.set_epoch(state.epoch + 1);
  claim.set_nonce(Nonce{RandomBytes<16>()}.Bytes());
  *claim.mutable_claim() = ClaimOf(journal);
  return claim;
}

journal::v1::Record BatchOf(const EventsToAdd& events, size_t first, const ReaderState& state,
                            Instant now) {
  journal::v1::Record batch = BatchAfter(state);
  batch.set_recorded_at(std::max(now.time_since_epoch().count(), state.last_recorded_at + 1));
  const size_t end = std::min(events.payloads.size(), first + kEventsInBatch);
  for (size_t i = first; i < end; ++i) {
    auto& event = *batch.add_events();
    event.set_subject(events.subject.Bytes());
    event.set_payload(events.payloads[i]);
  }
  auto& outcome = *batch.add_outcomes();
  outcome.set_command_id(CommandId{UuidV7(now, RandomBytes<10>())}.Bytes());
  outcome.set_event_count(static_cast<uint32_t>(end - first));
  outcome.set_kind(journal::v1::OUTCOME_KIND_ACCEPTED);
  outcome.set_result(events.result);
  outcome.set_principal(events.principal);
  return batch;
}

}  // namespace

Result<journal::v1::Checkpoint> AddEvents(EventLog& log, const JournalIdentity& journal,
                                          const EventsToAdd& events, Instant now) {
  JournalReader reader(log, journal);
  if (auto read = ReadToEnd(reader); !read) return tl::unexpected(read.error());
  const uint64_t wanted = reader.state().events + events.payloads.size();
  if (auto claimed = AppendNow(log, journal.partition, ClaimAfter(reader.state(), journal));
      !claimed) {
    return tl::unexpected(claimed.error());
  }
  if (auto read = ReadToEnd(reader); !read) return tl::unexpected(read.error());
  for (size_t first = 0; first < events.payloads.size(); first += kEventsInBatch) {
    auto added = AppendNow(log, journal.partition, BatchOf(events, first, reader.state(), now));
    if (!added) return tl::unexpected(added.error());
    if (auto read = ReadToEnd(reader); !read) return tl::unexpected(read.error());
  }
  if (reader.state().events == wanted) return reader.checkpoint();
  return Fail(StatusCode::kInternal, "NOT_APPENDED",
              "what was appended was not read back as valid");
}

}  // namespace holdfast
