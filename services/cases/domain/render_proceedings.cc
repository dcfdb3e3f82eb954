#include "services/cases/domain/render_proceedings.h"

#include <algorithm>

#include "libs/permanence/dates.h"

namespace holdfast::cases {
namespace {

void RenderOrders(const History& history, std::optional<CivilDate> day, v1::CaseView& view) {
  std::vector<Happening> orders;
  const auto is_order = [](const Happening& h) { return h.kind == EntryKind::kOrder; };
  std::ranges::copy_if(history.happenings, std::back_inserter(orders), is_order);
  std::ranges::copy_if(history.near_happenings, std::back_inserter(orders), is_order);
  std::ranges::stable_sort(orders, {}, &Happening::on);
  for (const auto& order : orders) {
    auto& shown = *view.add_orders();
    shown.set_entry(order.entry.Bytes());
    shown.set_code(order.code);
    SetDate(order.on, shown.mutable_on());
    shown.set_disputed(order.disputed);
    if (order.until) SetDate(*order.until, shown.mutable_until());
    if (order.ended) SetDate(*order.ended, shown.mutable_ended());
    shown.set_in_force(day ? order.InForceOn(*day) : !order.ended && !order.until);
  }
}

// The number that a court or reporter gave the thing of these facts; blank: none is in the open.
std::string RefOf(const std::vector<FactId>& of, const ChildFacts& facts) {
  for (const auto& version : facts.feed) {
    const auto& ref = version.personal.open().ref();
    if (!ref.empty() && std::ranges::find(of, version.fact) != of.end()) return ref;
  }
  return "";
}

void Render(const Proceeding& hearing, const ChildFacts& facts, v1::HearingView& shown) {
  shown.set_entry(hearing.entry.Bytes());
  SetDate(hearing.on, shown.mutable_on());
  shown.set_state(NameOf(hearing.state));
  shown.set_ref(RefOf(hearing.facts, facts));
}

void Render(const Proceeding& application, v1::ApplicationView& shown) {
  shown.set_entry(application.entry.Bytes());
  shown.set_code(application.code);
  SetDate(application.on, shown.mutable_lodged());
  if (application.issued) SetDate(*application.issued, shown.mutable_issued());
  if (application.until) SetDate(*application.until, shown.mutable_until());
  if (application.ended) SetDate(*application.ended, shown.mutable_disposed());
}

}  // namespace

void RenderProceedings(const History& history, const ChildFacts& facts,
                       std::optional<CivilDate> day, v1::CaseView& view) {
  RenderOrders(history, day, view);
  std::vector<Proceeding> all = history.proceedings;
  all.insert(all.end(), history.near_proceedings.begin(), history.near_proceedings.end());
  std::ranges::stable_sort(all, {}, &Proceeding::on);
  for (const auto& proceeding : all) {
    if (proceeding.kind == EntryKind::kHearing) Render(proceeding, facts, *view.add_hearings());
    if (proceeding.kind == EntryKind::kApplication) Render(proceeding, *view.add_applications());
  }
}

}  // namespace holdfast::cases
