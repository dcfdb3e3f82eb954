// events := event*                     in the order in which they were applied
// event  := place(8) recorded_at(8, microseconds since 1970) length(4) payload
// place  := the event's number in its journal; its highest bit: the journal is that of proceedings;
// the
//           next: that of contact
//
// Integers are big-endian.
#include "services/cases/app/cases_state.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

namespace holdfast::cases {
namespace {

constexpr size_t kHead_bytes = 20;
constexpr uint64_t kOfProceedings = uint64_t{1} << 63;
constexpr uint64_t kOfContact = uint64_t{1} << 62;

enum class Journal { kCases, kProceedings, kContact };

Journal JournalIn(uint64_t place) {
  if ((place & kOfProceedings) != 0) return Journal::kProceedings;
  return (place & kOfContact) != 0 ? Journal::kContact : Journal::kCases;
}

void PutNumber(uint64_t number, int bytes, std::string& to) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    to.push_back(static_cast<char>(number >> shift));
}

uint64_t GetNumber(std::string_view bytes) {
  uint64_t number = 0;
  for (const char c : bytes) number = number << 8 | static_cast<uint8_t>(c);
  return number;
}

// The authority that an event names; blank when it names none.
std::string OwnerOf(const v1::CasesEvent& event) {
  using v1::CasesEvent;
  switch (event.event_case()) {
    case CasesEvent::kChildRegistered:
      return event.child_registered().authority();
    case CasesEvent::kRowStated:
      return event.row_stated().submission().authority();
    case CasesEvent::kRowRemoved:
      return event.row_removed().submission().authority();
    case CasesEvent::kRowRefused:
      return event.row_refused().submission().authority();
    case CasesEvent::kAuthorityRegistered:
      return event.authority_registered().authority();
    case CasesEvent::kMeetingPlanned:
      return event.meeting_planned().authority();
    case CasesEvent::kMeetingHeld:
      return event.meeting_held().authority();
    case CasesEvent::kSiblingGroupCreated:
      return event.sibling_group_created().authority();
    default:
      return {};
  }
}

Result<void> Take(const AppliedEvent& applied, CasesState& state) {
  v1::CasesEvent event;
  if (!event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size()))) {
    return Fail(StatusCode::kDataLoss, "POISON_EVENT", "cases: an event that cannot be read");
  }
  if (state.owner.empty()) state.owner = OwnerOf(event);
  Apply(event, applied.recorded_at, state.child);
  Apply(event, applied.recorded_at, state.authority);
  Apply(event, applied.recorded_at, state.told);
  Apply(event, applied.number, state.meeting);
  Apply(event, applied.number, state.group);
  Apply(event, applied.recorded_at, state.erasure);
  return {};
}

// Each event in order, and the journal that it is of.
Result<void> VisitAll(const SubjectId& subject, std::string_view events,
                      const std::function<Result<void>(const AppliedEvent&, Journal)>& visit) {
  while (!events.empty()) {
    const size_t payload = events.size() < kHead_bytes ? 0 : GetNumber(events.substr(16, 4));
    if (events.size() < kHead_bytes + payload) {
      return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "cases: a subject's events are cut off");
    }
    const uint64_t place = GetNumber(events.substr(0, 8));
    const auto recorded_at = static_cast<int64_t>(GetNumber(events.substr(8, 8)));
    const auto visited = visit({.subject = subject,
                                .payload = events.substr(kHead_bytes, payload),
                                .number = place & ~(kOfProceedings | kOfContact),
                                .recorded_at = Instant(std::chrono::microseconds(recorded_at))},
                               JournalIn(place));
    if (!visited) return visited;
    events.remove_prefix(kHead_bytes + payload);
  }
  return {};
}

Result<bool> HearContact(const AppliedEvent& applied, CasesState& state) {
  contact::v1::ContactEvent event;
  if (!event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size()))) {
    return Fail(StatusCode::kDataLoss, "POISON_EVENT",
                "cases: an event of contact that cannot be read");
  }
  if (event.has_history_lost()) return false;
  Apply(event, applied.recorded_at, state.child);
  return true;
}

Result<bool> HearProceedings(const AppliedEvent& applied, CasesState& state) {
  proceedings::v1::ProceedingsEvent event;
  if (!event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size()))) {
    return Fail(StatusCode::kDataLoss, "POISON_EVENT",
                "cases: an event of proceedings that cannot be read");
  }
  if (!event.has_item_stated() && !event.has_item_taken_away()) return false;
  Apply(event, applied.recorded_at, state.child);
  return true;
}

// Whether it says something of a child.
Result<bool> Hear(Journal journal, const AppliedEvent& event, CasesState& state) {
  return journal == Journal::kContact ? HearContact(event, state) : HearProceedings(event, state);
}

void Keep(uint64_t place, const AppliedEvent& event, std::string& events) {
  PutNumber(place, 8, events);
  PutNumber(static_cast<uint64_t>(event.recorded_at.time_since_epoch().count()), 8, events);
  PutNumber(event.payload.size(), 4, events);
  events.append(event.payload);
}

}  // namespace

Result<void> AddEvent(const AppliedEvent& event, CasesState& state) {
  if (auto taken = Take(event, state); !taken) return taken;
  Keep(event.number, event, state.events);
  return {};
}

bool SaysOfAChild(const SourceEvent& source) {
  if (source.service != "proceedings") return true;
  const auto& payload = source.event.payload;
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(payload.data()),
                                            static_cast<int>(payload.size()));
  using google::protobuf::internal::WireFormatLite;
  while (const uint32_t tag = in.ReadTag()) {
    const int field = WireFormatLite::GetTagFieldNumber(tag);
    if (field == proceedings::v1::ProceedingsEvent::kItemStatedFieldNumber ||
        field == proceedings::v1::ProceedingsEvent::kItemTakenAwayFieldNumber ||
        !WireFormatLite::SkipField(&in, tag))
      return true;
  }
  return !in.ConsumedEntireMessage();
}

Result<void> AddHeard(const SourceEvent& source, CasesState& state) {
  const bool is_contact = source.service == "contact";
  const auto heard =
      Hear(is_contact ? Journal::kContact : Journal::kProceedings, source.event, state);
  if (!heard) return tl::unexpected(heard.error());
  const uint64_t journal = is_contact ? kOfContact : kOfProceedings;
  if (*heard) Keep(source.event.number | journal, source.event, state.events);
  return {};
}

Result<CasesState> StateOfEvents(const SubjectId& subject, std::string_view events) {
  CasesState state;
  const auto visited =
      VisitAll(subject, events, [&](const AppliedEvent& event, Journal journal) -> Result<void> {
        if (journal == Journal::kCases) return Take(event, state);
        const auto taken = Hear(journal, event, state);
        return taken ? Result<void>{} : tl::unexpected(taken.error());
      });
  if (!visited) return tl::unexpected(visited.error());
  state.events = std::string(events);
  return state;
}

Result<void> VisitEvents(const SubjectId& subject, std::string_view events,
                         const VisitEvent& visit) {
  return VisitAll(subject, events, [&](const AppliedEvent& event, Journal journal) {
    return journal == Journal::kCases ? visit(event) : Result<void>{};
  });
}

}  // namespace holdfast::cases
