// Which events of other journals cases keeps.
#include "services/cases/app/cases_state.h"

#include <gtest/gtest.h>

#include "holdfast/proceedings/v1/proceedings_events.pb.h"

namespace holdfast::cases {
namespace {

using proceedings::v1::ProceedingsEvent;

bool Says(const std::string& payload, const char* service = "proceedings") {
  return SaysOfAChild({.service = service, .event = {.subject = {}, .payload = payload}});
}

TEST(AnEventOfProceedings, SaysOfAChildWhatIsStatedOfItOrTakenAwayAndNothingElse) {
  const auto* descriptor = ProceedingsEvent::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    ProceedingsEvent event;
    const auto* field = descriptor->field(i);
    event.GetReflection()->MutableMessage(&event, field);
    const bool says = event.has_item_stated() || event.has_item_taken_away();
    EXPECT_EQ(Says(event.SerializeAsString()), says) << field->name();
  }
}

TEST(AnEventOfProceedings, ThatCannotBeReadIsNotPassedOver) {
  EXPECT_TRUE(Says("\xff\xff no event"));
  EXPECT_FALSE(Says(""));
}

TEST(AnEventOfContact, IsAlwaysHeard) { EXPECT_TRUE(Says("", "contact")); }

}  // namespace
}  // namespace holdfast::cases
