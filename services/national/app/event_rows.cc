#include "services/national/app/event_rows.h"

namespace holdfast::national {
namespace {

using cases::v1::CasesEvent;

constexpr size_t kIdBytes = 16;
constexpr size_t kNumberBytes = 8;

std::string BigEndian(uint64_t number) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(number >> shift));
  return bytes;
}

uint64_t FromBigEndian(std::string_view bytes) {
  uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<uint8_t>(byte);
  return number;
}

// The authority of an event that figures need; blank for all others. Each one names it, so that
// none depends on another.
const std::string& AuthorityOf(const CasesEvent& event) {
  static const std::string kNone;
  switch (event.event_case()) {
    case CasesEvent::kChildRegistered:
      return event.child_registered().authority();
    case CasesEvent::kRowStated:
      return event.row_stated().submission().authority();
    case CasesEvent::kRowRemoved:
      return event.row_removed().submission().authority();
    case CasesEvent::kRowRefused:
      return event.row_refused().submission().authority();
    case CasesEvent::kRunWithdrawn:
      return event.run_withdrawn().submission().authority();
    case CasesEvent::kFactRecorded:
      return event.fact_recorded().authority();
    case CasesEvent::kFactCorrected:
      return event.fact_corrected().authority();
    case CasesEvent::kFactWithdrawn:
      return event.fact_withdrawn().authority();
    case CasesEvent::kDiscrepancyResolved:
      return event.discrepancy_resolved().authority();
    case CasesEvent::kAuthorityRegistered:
      return event.authority_registered().authority();
    case CasesEvent::kAuthorityLive:
      return event.authority_live().authority();
    case CasesEvent::kReturnCovered:
      return event.return_covered().submission().authority();
    case CasesEvent::kCaseAssigned:
    case CasesEvent::kImportRunStarted:
    case CasesEvent::kImportRunFinished:
    case CasesEvent::kHistoryLost:
    case CasesEvent::EVENT_NOT_SET:
      return kNone;
  }
  return kNone;
}

// Those of a copy name the event they were learnt from; those of the authority itself count for
// nobody's history.
std::optional<RowKind> KindOf(const CasesEvent& event) {
  if (event.source_event() > 0) return RowKind::kAuthority;
  if (event.has_authority_registered() || event.has_authority_live() || event.has_return_covered())
    return std::nullopt;
  return RowKind::kChild;
}

void RemovePersonal(CasesEvent& event) {
  if (event.has_child_registered()) event.mutable_child_registered()->clear_personal();
  if (event.has_row_stated()) event.mutable_row_stated()->mutable_row()->clear_personal();
  if (event.has_fact_corrected()) event.mutable_fact_corrected()->clear_personal();
  if (event.has_fact_withdrawn()) event.mutable_fact_withdrawn()->clear_personal();
  if (event.has_discrepancy_resolved()) event.mutable_discrepancy_resolved()->clear_personal();
}

}  // namespace

std::string PrefixOf(RowKind kind, std::string_view authority) {
  std::string prefix(1, static_cast<char>(kind));
  prefix += authority;
  prefix.push_back('\0');
  return prefix;
}

std::optional<uint64_t> LostAround(uint64_t number, std::string_view key, std::string_view value) {
  if (!key.starts_with(kLostRows) || key.size() != kLostRows.size() + kNumberBytes)
    return std::nullopt;
  const uint64_t from = FromBigEndian(key.substr(kLostRows.size()));
  const uint64_t to = FromBigEndian(value);
  return from <= number && number <= to ? std::optional(to) : std::nullopt;
}

Result<std::optional<IndexRow>> RowOf(const AppliedEvent& applied) {
  CasesEvent event;
  if (!event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size()))) {
    return Fail(StatusCode::kDataLoss, "POISON_EVENT",
                "event " + std::to_string(applied.number) + " is no event of cases");
  }
  if (event.has_history_lost()) {
    const auto& lost = event.history_lost();
    return IndexRow{.key = std::string(kLostRows) + BigEndian(lost.from()),
                    .value = BigEndian(lost.to())};
  }
  const auto kind = KindOf(event);
  const std::string& authority = AuthorityOf(event);
  if (!kind || authority.empty()) return std::nullopt;
  IndexRow row;
  row.key = PrefixOf(*kind, authority) + applied.subject.Bytes() + BigEndian(applied.number);
  RemovePersonal(event);
  row.value = BigEndian(static_cast<uint64_t>(applied.recorded_at.time_since_epoch().count())) +
              event.SerializeAsString();
  return row;
}

Result<StoredEvent> ReadRow(std::string_view key, std::string_view value) {
  StoredEvent stored;
  if (key.size() < kIdBytes + kNumberBytes || value.size() < kNumberBytes ||
      !stored.event.ParseFromArray(value.data() + kNumberBytes,
                                   static_cast<int>(value.size() - kNumberBytes))) {
    return Fail(StatusCode::kDataLoss, "STATE_NOT_READ",
                "a row of national cannot be read; its state can be removed: it is built again "
                "from the journal");
  }
  const std::string_view place = key.substr(key.size() - kIdBytes - kNumberBytes);
  stored.subject = *SubjectId::FromBytes(place.substr(0, kIdBytes));
  stored.number = FromBigEndian(place.substr(kIdBytes));
  stored.recorded_at = Instant(std::chrono::microseconds(
      static_cast<int64_t>(FromBigEndian(value.substr(0, kNumberBytes)))));
  return stored;
}

}  // namespace holdfast::national
