#include "services/national/app/event_rows.h"

#include "holdfast/proceedings/v1/proceedings_events.pb.h"

namespace holdfast::national {
namespace {

using cases::v1::CasesEvent;
using proceedings::v1::ProceedingsEvent;

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
    case CasesEvent::kTrackerFactsStated:
      return event.tracker_facts_stated().sheet().authority();
    case CasesEvent::kAuthorityRegistered:
      return event.authority_registered().authority();
    case CasesEvent::kAuthorityLive:
      return event.authority_live().authority();
    case CasesEvent::kReturnCovered:
      return event.return_covered().submission().authority();
    case CasesEvent::kCaseAssigned:
    case CasesEvent::kAimStated:
    case CasesEvent::kImportRunStarted:
    case CasesEvent::kImportRunFinished:
    case CasesEvent::kMeetingPlanned:
    case CasesEvent::kMeetingHeld:
    case CasesEvent::kMeetingCorrected:
    case CasesEvent::kMeetingCancelled:
    case CasesEvent::kMeetingWithdrawn:
    case CasesEvent::kMeetingTold:
    case CasesEvent::kSiblingGroupCreated:
    case CasesEvent::kSiblingJoined:
    case CasesEvent::kSiblingLeft:
    case CasesEvent::kSiblingsDecided:
    case CasesEvent::kSiblingsTold:
    case CasesEvent::kAllTold:
    case CasesEvent::kChildErased:
    case CasesEvent::kErasureStepDone:
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
  if (event.has_fact_recorded()) event.mutable_fact_recorded()->clear_personal();
  if (event.has_fact_corrected()) event.mutable_fact_corrected()->clear_personal();
  if (event.has_fact_withdrawn()) event.mutable_fact_withdrawn()->clear_personal();
  if (event.has_discrepancy_resolved()) event.mutable_discrepancy_resolved()->clear_personal();
}

template <typename Event>
Result<Event> Parse(const AppliedEvent& applied) {
  Event event;
  if (event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size())))
    return event;
  return Fail(StatusCode::kDataLoss, "POISON_EVENT",
              "event " + std::to_string(applied.number) + " cannot be read");
}

IndexRow RowOfLost(const journal::v1::HistoryLost& lost) {
  return {.key = std::string(kLostRows) + BigEndian(lost.from()), .value = BigEndian(lost.to())};
}

template <typename Event>
IndexRow MakeRow(RowKind kind, const std::string& authority, const AppliedEvent& applied,
                 const Event& event) {
  return {
      .key = PrefixOf(kind, authority) + applied.subject.Bytes() + BigEndian(applied.number),
      .value = BigEndian(static_cast<uint64_t>(applied.recorded_at.time_since_epoch().count())) +
               event.SerializeAsString()};
}

Result<std::optional<IndexRow>> RowOfCases(const AppliedEvent& applied) {
  auto event = Parse<CasesEvent>(applied);
  if (!event) return tl::unexpected(event.error());
  if (event->has_history_lost()) return RowOfLost(event->history_lost());
  const auto kind = KindOf(*event);
  const std::string authority = AuthorityOf(*event);
  if (!kind || authority.empty()) return std::nullopt;
  RemovePersonal(*event);
  return MakeRow(*kind, authority, applied, *event);
}

Result<std::optional<IndexRow>> RowOfProceedings(const AppliedEvent& applied) {
  auto event = Parse<ProceedingsEvent>(applied);
  if (!event) return tl::unexpected(event.error());
  if (event->has_history_lost()) return RowOfLost(event->history_lost());
  if (event->has_item_stated()) {
    event->mutable_item_stated()->clear_personal();
    return MakeRow(RowKind::kChild, event->item_stated().authority(), applied, *event);
  }
  if (event->has_item_taken_away())
    return MakeRow(RowKind::kChild, event->item_taken_away().authority(), applied, *event);
  return std::nullopt;
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

Status StateNotRead() {
  return {StatusCode::kDataLoss, "STATE_NOT_READ",
          "a row of national cannot be read; its state can be removed: it is built again from the "
          "journals"};
}

Result<std::optional<IndexRow>> RowOf(std::string_view journal, const AppliedEvent& applied) {
  return journal == kJournals[0] ? RowOfCases(applied) : RowOfProceedings(applied);
}

Result<StoredEvent> ReadRow(std::string_view key, std::string_view value) {
  if (key.size() < kIdBytes + kNumberBytes || value.size() < kNumberBytes)
    return tl::unexpected(StateNotRead());
  const std::string_view place = key.substr(key.size() - kIdBytes - kNumberBytes);
  StoredEvent stored;
  stored.subject = *SubjectId::FromBytes(place.substr(0, kIdBytes));
  stored.number = FromBigEndian(place.substr(kIdBytes));
  stored.recorded_at = Instant(std::chrono::microseconds(
      static_cast<int64_t>(FromBigEndian(value.substr(0, kNumberBytes)))));
  stored.payload = value.substr(kNumberBytes);
  return stored;
}

}  // namespace holdfast::national
