#include "services/cases/app/sealed_facts.h"

#include "libs/base/check.h"
#include "libs/crypto/personal_fields.h"

namespace holdfast::cases {
namespace {

constexpr char kRegistrationField[] = "holdfast.cases.v1.ChildRegistered.personal";
constexpr char kRecordedField[] = "holdfast.cases.v1.FactRecorded.personal";
constexpr char kStatedField[] = "holdfast.proceedings.v1.ItemStated.personal";

EventPlace PlaceOf(const ChildPlace& place, const AssertionId& assertion) {
  return {place.authority, place.child, EventIdentity::OfAssertion(assertion)};
}

// The assertion to which an event's personal data is bound; blank for events that have none.
const std::string& AssertionOf(const v1::CasesEvent& event) {
  using v1::CasesEvent;
  static const std::string kNone;
  switch (event.event_case()) {
    case CasesEvent::kChildRegistered:
      return event.child_registered().assertion();
    case CasesEvent::kRowStated:
      return event.row_stated().assertion();
    case CasesEvent::kFactRecorded:
      return event.fact_recorded().assertion();
    case CasesEvent::kFactCorrected:
      return event.fact_corrected().assertion();
    case CasesEvent::kFactWithdrawn:
      return event.fact_withdrawn().assertion();
    case CasesEvent::kDiscrepancyResolved:
      return event.discrepancy_resolved().assertion();
    case CasesEvent::kMeetingPlanned:
      return event.meeting_planned().assertion();
    case CasesEvent::kMeetingHeld:
      return event.meeting_held().assertion();
    case CasesEvent::kMeetingCorrected:
      return event.meeting_corrected().assertion();
    case CasesEvent::kMeetingCancelled:
      return event.meeting_cancelled().assertion();
    case CasesEvent::kMeetingWithdrawn:
      return event.meeting_withdrawn().assertion();
    case CasesEvent::kSiblingsDecided:
      return event.siblings_decided().assertion();
    case CasesEvent::kChildErased:
      return event.child_erased().assertion();
    default:
      return kNone;
  }
}

Result<void> OpenWords(PersonalSealer& sealer, const ChildPlace& place, ChildFacts& facts) {
  for (auto& version : facts.record) {
    if (!version.words.has_sealed()) continue;
    auto words = sealer.OpenField(version.words.sealed(), PlaceOf(place, version.words_of),
                                  {kRecordedField});
    if (!words) return tl::unexpected(words.error());
    version.words = std::move(*words);
  }
  return {};
}

}  // namespace

Result<ChildFacts> OpenFacts(PersonalSealer& sealer, const ChildPlace& place,
                             const ChildFacts& facts, OpenWhat what) {
  ChildFacts open = facts;
  if (open.personal.has_sealed()) {
    auto personal = sealer.OpenField(open.personal.sealed(), PlaceOf(place, facts.registration),
                                     {kRegistrationField});
    if (!personal) return tl::unexpected(personal.error());
    open.personal = std::move(*personal);
  }
  for (auto& statement : open.statements) {
    if (statement.kind != StatementKind::kStated) continue;
    if (what != OpenWhat::kAll && !statement.row.has_header()) continue;
    const auto opened = sealer.Open(statement.row, PlaceOf(place, statement.assertion));
    if (!opened) return tl::unexpected(opened.error());
  }
  if (what == OpenWhat::kPersonAndWords) {
    if (auto words = OpenWords(sealer, place, open); !words) return tl::unexpected(words.error());
  }
  return open;
}

Result<void> OpenRefs(PersonalSealer& of_proceedings, const ChildPlace& place, ChildFacts& facts) {
  for (auto& version : facts.feed) {
    if (!version.personal.has_sealed()) continue;
    auto personal = of_proceedings.OpenField(version.personal.sealed(),
                                             PlaceOf(place, version.assertion), {kStatedField});
    if (!personal) return tl::unexpected(personal.error());
    version.personal = std::move(*personal);
  }
  return {};
}

Result<std::vector<NewEvent>> SealEvents(PersonalSealer& sealer, const ChildPlace& place,
                                         const KeyId& key, std::vector<v1::CasesEvent> events) {
  std::vector<NewEvent> sealed;
  for (auto& event : events) {
    if (const auto assertion = AssertionId::FromBytes(AssertionOf(event))) {
      const auto result = sealer.Seal(event, key, PlaceOf(place, *assertion));
      if (!result) return tl::unexpected(result.error());
    }
    HOLDFAST_CHECK(!HasOpenPersonal(event));
    sealed.push_back({.subject = place.child, .payload = event.SerializeAsString()});
  }
  return sealed;
}

}  // namespace holdfast::cases
