#include "services/cases/app/sealed_meetings.h"

namespace holdfast::cases {
namespace {

constexpr char kPlaceField[] = "holdfast.cases.v1.MeetingSaid.place";
constexpr char kNotesField[] = "holdfast.cases.v1.MeetingSaid.notes";
constexpr char kReasonField[] = "holdfast.cases.v1.SiblingsDecided.personal";

Result<void> Open(PersonalSealer& sealer, const ChildPlace& place, const AssertionId& assertion,
                  const char* name, common::v1::PersonalField* field) {
  if (!field->has_sealed()) return {};
  auto open = sealer.OpenField(
      field->sealed(), {place.authority, place.child, EventIdentity::OfAssertion(assertion)},
      {name});
  if (!open) return tl::unexpected(open.error());
  *field = std::move(*open);
  return {};
}

}  // namespace

Result<MeetingFacts> OpenMeeting(PersonalSealer& sealer, const ChildPlace& place,
                                 const MeetingFacts& meeting) {
  MeetingFacts open = meeting;
  if (open.said.has_place()) {
    auto done = Open(sealer, place, open.place_of, kPlaceField, open.said.mutable_place());
    if (!done) return tl::unexpected(done.error());
  }
  if (open.said.has_notes()) {
    auto done = Open(sealer, place, open.notes_of, kNotesField, open.said.mutable_notes());
    if (!done) return tl::unexpected(done.error());
  }
  return open;
}

Result<SiblingGroup> OpenReasons(PersonalSealer& sealer, const ChildPlace& place,
                                 const SiblingGroup& group) {
  SiblingGroup open = group;
  for (auto& decided : open.decisions) {
    if (decided.authority() != place.authority.text()) continue;
    const auto assertion = AssertionId::FromBytes(decided.assertion()).value_or(AssertionId{});
    auto done = Open(sealer, place, assertion, kReasonField, decided.mutable_personal());
    if (!done) return tl::unexpected(done.error());
  }
  return open;
}

}  // namespace holdfast::cases
