#include "tools/holdfast/alert_json.h"

#include "libs/base/ids.h"

namespace holdfast::cli {

Json AlertJson(const alerting::v1::AlertView& view) {
  return {{"id", Hex(view.id())},
          {"child", Hex(view.child())},
          {"clock", view.clock()},
          {"state", view.state()},
          {"due", DayJson(view.has_due(), view.due())},
          {"not_known_since", DayJson(view.has_not_known_since(), view.not_known_since())},
          {"entry", Hex(view.entry())},
          {"confidence", view.confidence()},
          {"local_id", view.local_id()},
          {"team", view.team()},
          {"worker", view.worker()},
          {"feed", view.feed().empty() ? Json(nullptr) : Json(view.feed())}};
}

}  // namespace holdfast::cli
