#include "services/cases/api/refusals.h"

#include <array>
#include <string_view>

#include "services/cases/domain/authority.h"
#include "services/cases/domain/erasure.h"
#include "services/cases/domain/hand_entry.h"
#include "services/cases/domain/meeting.h"
#include "services/cases/domain/sibling_group.h"

namespace holdfast::cases {
namespace {

constexpr std::array kNotThere = {
    std::string_view("UNKNOWN_CHILD"),       std::string_view("UNKNOWN_FACT"),
    std::string_view("UNKNOWN_AUTHORITY"),   std::string_view("UNKNOWN_RUN"),
    std::string_view("UNKNOWN_DISCREPANCY"), std::string_view("UNKNOWN_MEETING"),
    std::string_view("UNKNOWN_GROUP")};

// What a person is told of the refusal of that name; blank: the enum has none.
template <typename Refusal>
std::string TextAmong(Refusal last, std::string_view name) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const auto refusal = static_cast<Refusal>(i);
    if (NameOf(refusal) == name) return std::string(TextOf(refusal));
  }
  return {};
}

}  // namespace

Status StatusOfRefusal(const std::string& refusal) {
  std::string text = TextAmong(HandRefusal::kNoSuchVersion, refusal);
  if (text.empty()) text = TextAmong(AuthorityRefusal::kNameDiffers, refusal);
  if (text.empty()) text = TextAmong(MeetingRefusal::kDueBeforeMeeting, refusal);
  if (text.empty()) text = TextAmong(SiblingRefusal::kNoReason, refusal);
  if (text.empty()) text = TextAmong(ErasureRefusal::kSamePerson, refusal);
  if (text.empty() && refusal == "ERASED") text = "the child's record was erased";
  for (const auto name : kNotThere) {
    if (refusal == name) return {StatusCode::kNotFound, refusal, text};
  }
  return {StatusCode::kFailedPrecondition, refusal, text};
}

}  // namespace holdfast::cases
