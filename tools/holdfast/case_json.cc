#include "tools/holdfast/case_json.h"

#include "tools/holdfast/contact_json.h"
#include "tools/holdfast/meeting_json.h"

namespace holdfast::cli {
namespace {

Json PlacementJson(const cases::v1::PlacementView& view) {
  return {{"entry", Hex(view.entry())},
          {"start", DayJson(view.has_start(), view.start())},
          {"start_known", view.start_known()},
          {"end", DayJson(view.has_end(), view.end())},
          {"place", view.place()}};
}

Json CarePeriodJson(const cases::v1::CarePeriodView& view) {
  Json placements = Json::array();
  for (const auto& placement : view.placements()) placements.push_back(PlacementJson(placement));
  return {{"entry", Hex(view.entry())},
          {"start", DayJson(view.has_start(), view.start())},
          {"start_known", view.start_known()},
          {"end", DayJson(view.has_end(), view.end())},
          {"reason", TextJson(view.reason())},
          {"status", view.status()},
          {"not_known_since", DayJson(view.has_not_known_since(), view.not_known_since())},
          {"placements", std::move(placements)}};
}

Json LegalStatusesJson(const cases::v1::CaseView& view) {
  Json statuses = Json::array();
  for (const auto& status : view.legal_statuses()) {
    statuses.push_back({{"entry", Hex(status.entry())},
                        {"code", status.code()},
                        {"start", DayJson(status.has_start(), status.start())},
                        {"start_known", status.start_known()},
                        {"end", DayJson(status.has_end(), status.end())}});
  }
  return statuses;
}

Json ReviewsJson(const cases::v1::CaseView& view) {
  Json reviews = Json::array();
  for (const auto& review : view.reviews()) {
    reviews.push_back({{"on", DayJson(review.has_on(), review.on())},
                       {"code", review.code()},
                       {"in_care", review.in_care()},
                       {"entry", Hex(review.entry())}});
  }
  return reviews;
}

Json OrdersJson(const cases::v1::CaseView& view) {
  Json orders = Json::array();
  for (const auto& order : view.orders()) {
    orders.push_back({{"entry", Hex(order.entry())},
                      {"code", order.code()},
                      {"on", DayJson(order.has_on(), order.on())},
                      {"disputed", order.disputed()},
                      {"until", DayJson(order.has_until(), order.until())},
                      {"ended", DayJson(order.has_ended(), order.ended())},
                      {"in_force", order.in_force()}});
  }
  return orders;
}

Json HearingsJson(const cases::v1::CaseView& view) {
  Json hearings = Json::array();
  for (const auto& hearing : view.hearings()) {
    hearings.push_back({{"entry", Hex(hearing.entry())},
                        {"on", DayJson(hearing.has_on(), hearing.on())},
                        {"state", hearing.state()},
                        {"ref", TextJson(hearing.ref())}});
  }
  return hearings;
}

Json ApplicationsJson(const cases::v1::CaseView& view) {
  Json applications = Json::array();
  for (const auto& application : view.applications()) {
    applications.push_back(
        {{"entry", Hex(application.entry())},
         {"code", application.code()},
         {"lodged", DayJson(application.has_lodged(), application.lodged())},
         {"issued", DayJson(application.has_issued(), application.issued())},
         {"until", DayJson(application.has_until(), application.until())},
         {"disposed", DayJson(application.has_disposed(), application.disposed())}});
  }
  return applications;
}

Json PlansJson(const cases::v1::CaseView& view) {
  Json plans = Json::array();
  for (const auto& plan : view.plans()) {
    plans.push_back({{"entry", Hex(plan.entry())},
                     {"route", plan.route()},
                     {"parallel", plan.parallel()},
                     {"contingency", plan.contingency()},
                     {"stage", TextJson(plan.stage())},
                     {"since", DayJson(plan.has_since(), plan.since())},
                     {"ended", DayJson(plan.has_ended(), plan.ended())}});
  }
  return plans;
}

Json AspectsJson(const cases::v1::CaseView& view) {
  Json aspects = Json::array();
  for (const auto& at : view.aspects()) {
    aspects.push_back({{"aspect", at.aspect()},
                       {"state", at.state()},
                       {"since", DayJson(at.has_since(), at.since())}});
  }
  return aspects;
}

Json MilestonesJson(const cases::v1::CaseView& view) {
  Json milestones = Json::object();
  for (const auto& at : view.milestones())
    milestones[at.milestone()] = {{"on", DayJson(at.has_on(), at.on())}, {"state", at.state()}};
  return milestones;
}

Json HoldersJson(const cases::v1::CaseView& view) {
  Json holders = Json::array();
  for (const auto& held : view.holders()) {
    holders.push_back({{"from", DayJson(held.has_from(), held.from())},
                       {"to", DayJson(held.has_to(), held.to())},
                       {"body", held.body()}});
  }
  return holders;
}

Json GatesJson(const cases::v1::CaseView& view) {
  Json gates = Json::array();
  for (const auto& gate : view.gates()) {
    gates.push_back({{"gate", gate.gate()},
                     {"recommended", TextJson(gate.recommended())},
                     {"recommended_on", DayJson(gate.has_recommended_on(), gate.recommended_on())},
                     {"decided", TextJson(gate.decided())},
                     {"decided_on", DayJson(gate.has_decided_on(), gate.decided_on())},
                     {"agrees", gate.has_agrees() ? Json(gate.agrees()) : Json(nullptr)},
                     {"days", gate.has_days() ? Json(gate.days()) : Json(nullptr)},
                     {"why", TextJson(gate.why())},
                     {"entry", Hex(gate.entry())}});
  }
  return gates;
}

Json MissingJson(const cases::v1::CaseView& view) {
  Json missing = Json::array();
  for (const auto& episode : view.missing()) {
    missing.push_back({{"entry", Hex(episode.entry())},
                       {"start", DayJson(episode.has_start(), episode.start())},
                       {"end", DayJson(episode.has_end(), episode.end())},
                       {"code", episode.code()}});
  }
  return missing;
}

Json CaseDiscrepanciesJson(const cases::v1::CaseView& view) {
  Json discrepancies = Json::array();
  for (const auto& discrepancy : view.discrepancies())
    discrepancies.push_back(DiscrepancyJson(discrepancy));
  return discrepancies;
}

Json ErasedJson() { return {{"local_id", "erased"}, {"name", "erased"}, {"born", "erased"}}; }

}  // namespace

Json DiscrepancyJson(const cases::v1::DiscrepancyView& view) {
  Json facts = Json::array();
  for (const auto& fact : view.facts()) facts.push_back(Hex(fact));
  Json versions = Json::array();
  for (const auto& version : view.versions()) {
    versions.push_back(
        {{"source", version.source()},
         {"fact", version.fact().empty() ? Json(nullptr) : Json(Hex(version.fact()))},
         {"value", version.value()}});
  }
  Json shown = {{"id", Hex(view.id())},
                {"child", Hex(view.child())},
                {"kind", view.kind()},
                {"facts", std::move(facts)},
                {"entry", view.entry().empty() ? Json(nullptr) : Json(Hex(view.entry()))},
                {"field", TextJson(view.field())},
                {"versions", std::move(versions)},
                {"counts", TextJson(view.counts())},
                {"owner", view.owner()},
                {"opened", DayJson(view.has_opened(), view.opened())},
                {"due", DayJson(view.has_due(), view.due())},
                {"state", view.state()}};
  if (!view.detail().empty()) shown["detail"] = view.detail();
  return shown;
}

Json CaseJson(const cases::v1::CaseView& view) {
  Json care_periods = Json::array();
  for (const auto& period : view.care_periods()) care_periods.push_back(CarePeriodJson(period));
  const auto& personal = view.personal();
  const auto& adoption = view.adoption();
  Json json = {
      {"child", Hex(view.child())},
      {"authority", view.authority()},
      {"personal", view.erased() ? ErasedJson()
                                 : Json{{"local_id", TextJson(personal.local_id())},
                                        {"name", TextJson(personal.name())},
                                        {"born", DayJson(personal.has_born(), personal.born())}}},
      {"nation", TextJson(view.nation())},
      {"team", TextJson(view.team())},
      {"worker", TextJson(view.worker())},
      {"covered_through", DayJson(view.has_covered_through(), view.covered_through())},
      {"other_law", TextJson(view.other_law())},
      {"care_periods", std::move(care_periods)},
      {"legal_statuses", LegalStatusesJson(view)},
      {"reviews", ReviewsJson(view)},
      {"adoption",
       {{"decision", DayJson(adoption.has_decision(), adoption.decision())},
        {"match", DayJson(adoption.has_match(), adoption.match())},
        {"placement_order", DayJson(adoption.has_placement_order(), adoption.placement_order())},
        {"placed", DayJson(adoption.has_placed(), adoption.placed())}}},
      {"orders", OrdersJson(view)},
      {"hearings", HearingsJson(view)},
      {"applications", ApplicationsJson(view)},
      {"plans", PlansJson(view)},
      {"route", TextJson(view.route())},
      {"milestones", MilestonesJson(view)},
      {"holders", HoldersJson(view)},
      {"gates", GatesJson(view)},
      {"aspects", AspectsJson(view)},
      {"missing", MissingJson(view)},
      {"contact", ContactOfCaseJson(view)},
      {"views", ViewsOfCaseJson(view)},
      {"meetings", MeetingsJson(view.meetings())},
      {"siblings", SiblingsOfCaseJson(view)},
      {"discrepancies", CaseDiscrepanciesJson(view)}};
  if (view.erased()) json["erased"] = true;
  return json;
}

}  // namespace holdfast::cli
