#include "libs/base/ids.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/contact_json.h"

namespace holdfast::cli {
Json ContactOfCaseJson(const cases::v1::CaseView& view) {
  Json contact = Json::array();
  for (const auto& agreement : view.contact()) {
    contact.push_back({{"entry", Hex(agreement.entry())},
                       {"party", agreement.party()},
                       {"purpose", TextJson(agreement.purpose())},
                       {"from", IsoOf(agreement.from())},
                       {"ended", DayJson(agreement.has_ended(), agreement.ended())},
                       {"review", DayJson(agreement.has_review(), agreement.review())},
                       {"state", agreement.state()},
                       {"way", agreement.way()}});
  }
  return contact;
}

Json ViewsOfCaseJson(const cases::v1::CaseView& view) {
  Json views = Json::array();
  for (const auto& said : view.views()) {
    views.push_back({{"entry", Hex(said.entry())},
                     {"on", IsoOf(said.on())},
                     {"by", said.by()},
                     {"how", TextJson(said.how())},
                     {"text", TextJson(said.text())},
                     {"done", TextJson(said.done())}});
  }
  return views;
}

}  // namespace holdfast::cli
