#include "services/contact/app/sealed_words.h"

#include "libs/base/check.h"
#include "libs/crypto/personal_fields.h"

namespace holdfast::contact {
namespace {

constexpr char kWordsField[] = "holdfast.contact.v1.ContactFact.personal";

// The assertion to which an event's words are bound.
AssertionId AssertionOf(const v1::ContactEvent& event) {
  const auto id = [](const std::string& bytes) {
    return AssertionId::FromBytes(bytes).value_or(AssertionId{});
  };
  switch (event.event_case()) {
    case v1::ContactEvent::kContactRecorded:
      return id(event.contact_recorded().assertion());
    case v1::ContactEvent::kContactCorrected:
      return id(event.contact_corrected().assertion());
    case v1::ContactEvent::kContactWithdrawn:
      return id(event.contact_withdrawn().assertion());
    default:
      return {};
  }
}

EventPlace PlaceOf(const ChildPlace& place, const AssertionId& assertion) {
  return {place.authority, place.child, EventIdentity::OfAssertion(assertion)};
}

}  // namespace

Result<ChildFacts> OpenWords(PersonalSealer& sealer, const ChildPlace& place,
                             const ChildFacts& facts) {
  ChildFacts open = facts;
  for (auto& version : open.contact) {
    if (!version.said.personal().has_sealed()) continue;
    auto words = sealer.OpenField(version.said.personal().sealed(),
                                  PlaceOf(place, version.assertion), {kWordsField});
    if (!words) return tl::unexpected(words.error());
    *version.said.mutable_personal() = std::move(*words);
  }
  return open;
}

Result<std::vector<NewEvent>> SealEvents(PersonalSealer& sealer, const ChildPlace& place,
                                         const KeyId& key, std::vector<v1::ContactEvent> events) {
  std::vector<NewEvent> sealed;
  for (auto& event : events) {
    const auto result = sealer.Seal(event, key, PlaceOf(place, AssertionOf(event)));
    if (!result) return tl::unexpected(result.error());
    HOLDFAST_CHECK(!HasOpenPersonal(event));
    sealed.push_back({.subject = place.child, .payload = event.SerializeAsString()});
  }
  return sealed;
}

}  // namespace holdfast::contact
