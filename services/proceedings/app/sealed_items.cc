#include "services/proceedings/app/sealed_items.h"

#include "libs/base/check.h"
#include "libs/crypto/personal_fields.h"

namespace holdfast::proceedings {
namespace {

using v1::ProceedingsEvent;

constexpr char kOfVersion[] = "holdfast.proceedings.v1.ItemReceived.personal";
constexpr char kOfStatement[] = "holdfast.proceedings.v1.ItemStated.personal";

// What an event's personal data is bound to.
std::string AssertionOf(const ProceedingsEvent& event) {
  switch (event.event_case()) {
    case ProceedingsEvent::kItemReceived:
      return event.item_received().assertion();
    case ProceedingsEvent::kItemMatched:
      return event.item_matched().assertion();
    case ProceedingsEvent::kItemStated:
      return event.item_stated().assertion();
    case ProceedingsEvent::kItemWaits:
      return event.item_waits().statement().assertion();
    default:
      return {};
  }
}

Result<EventPlace> PlaceOf(const std::string& owner, const SubjectId& subject,
                           const std::string& assertion) {
  const auto code = AuthorityCode::FromText(owner);
  const auto id = AssertionId::FromBytes(assertion);
  if (!code || !id)
    return Fail(StatusCode::kInvalidArgument, "MALFORMED", "proceedings: an event without a place");
  return EventPlace{*code, subject, EventIdentity::OfAssertion(*id)};
}

Result<common::v1::PersonalField> Open(PersonalSealer& sealer, const EventPlace& place,
                                       const common::v1::PersonalField& field, const char* name) {
  if (!field.has_sealed()) return field;
  return sealer.OpenField(field.sealed(), place, {name});
}

}  // namespace

Result<NewEvent> SealEvent(PersonalSealer& sealer, const SubjectId& subject,
                           const SealedUnder& under, ProceedingsEvent event) {
  if (HasOpenPersonal(event)) {
    const auto place = PlaceOf(under.owner, subject, AssertionOf(event));
    if (!place) return tl::unexpected(place.error());
    if (auto sealed = sealer.Seal(event, under.key, *place); !sealed)
      return tl::unexpected(sealed.error());
  }
  HOLDFAST_CHECK(!HasOpenPersonal(event));
  return NewEvent{.subject = subject, .payload = event.SerializeAsString()};
}

Result<common::v1::PersonalField> OpenVersion(PersonalSealer& sealer, const SubjectId& item,
                                              const v1::ItemReceived& version) {
  const auto place = PlaceOf(version.source(), item, version.assertion());
  if (!place) return tl::unexpected(place.error());
  return Open(sealer, *place, version.personal(), kOfVersion);
}

Result<common::v1::PersonalField> OpenWaiting(PersonalSealer& sealer, const SubjectId& child,
                                              const v1::ItemStated& statement) {
  const auto place = PlaceOf(statement.source(), child, statement.assertion());
  if (!place) return tl::unexpected(place.error());
  return Open(sealer, *place, statement.personal(), kOfStatement);
}

common::v1::PersonalField OfStatement(const common::v1::PersonalField& of_item) {
  if (!of_item.has_open()) return of_item;
  common::v1::PersonalField field;
  auto& open = *field.mutable_open();
  open.set_ref(of_item.open().ref());
  open.set_event_id(of_item.open().event_id());
  open.set_text(of_item.open().text());
  return field;
}

}  // namespace holdfast::proceedings
