#include "tools/holdfast/alert_json.h"

#include "libs/base/ids.h"
#include "libs/permanence/dates.h"

namespace holdfast::cli {

std::string DayText(bool has, const common::v1::Date& date) {
  const auto day = has ? DayOf(date) : std::nullopt;
  return day ? day->Iso() : "";
}

Json DayOrNull(bool has, const common::v1::Date& date) {
  const std::string text = DayText(has, date);
  return text.empty() ? Json(nullptr) : Json(text);
}

Json AlertJson(const alerting::v1::AlertView& view) {
  return {{"id", Hex(view.id())},
          {"child", Hex(view.child())},
          {"clock", view.clock()},
          {"state", view.state()},
          {"due", DayOrNull(view.has_due(), view.due())},
          {"not_known_since", DayOrNull(view.has_not_known_since(), view.not_known_since())},
          {"entry", Hex(view.entry())},
          {"confidence", view.confidence()},
          {"local_id", view.local_id()},
          {"team", view.team()},
          {"worker", view.worker()}};
}

}  // namespace holdfast::cli
