#include "tools/holdfast/json.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "libs/permanence/dates.h"
#include "tools/holdfast/contact_json.h"
#include "tools/holdfast/meeting_json.h"

namespace holdfast::cli {
namespace {

Json RowJson(const import::Totals& totals) {
  return {{"read", totals.read},           {"refused", totals.refused},
          {"set_aside", totals.set_aside}, {"corrected", totals.corrected},
          {"facts", totals.facts},         {"unchanged", totals.unchanged}};
}

Json DayJson(bool has, const common::v1::Date& date) {
  const auto day = has ? DayOf(date) : std::nullopt;
  return day ? Json(day->Iso()) : Json(nullptr);
}

Json TextJson(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

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

// A count as a whole number, a share or a median rounded to four decimals.
Json ValueJson(const std::optional<double>& value) {
  if (!value) return nullptr;
  if (*value == std::floor(*value)) return static_cast<int64_t>(*value);
  std::array<char, 64> rounded{};
  std::snprintf(rounded.data(), rounded.size(), "%.4f", *value);
  return std::strtod(rounded.data(), nullptr);
}

template <typename T>
Json OptionalJson(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

// Counts by category, and figures by their paths.
Json ByJson(const Measure& measure) {
  Json by = measure.by;
  for (const auto& group : measure.groups) by[group] = Json::object();
  for (const auto& part : measure.parts) {
    Json* at = &by;
    for (const auto& word : part.path) at = &(*at)[word];
    *at = ValueJson(part.value);
  }
  return by;
}

const char* NameOf(StatusCode code) {
  switch (code) {
    case StatusCode::kInvalidArgument:
      return "INVALID_ARGUMENT";
    case StatusCode::kNotFound:
      return "NOT_FOUND";
    case StatusCode::kPermissionDenied:
      return "PERMISSION_DENIED";
    case StatusCode::kFailedPrecondition:
      return "FAILED_PRECONDITION";
    case StatusCode::kResourceExhausted:
      return "RESOURCE_EXHAUSTED";
    case StatusCode::kUnavailable:
      return "UNAVAILABLE";
    case StatusCode::kDataLoss:
      return "DATA_LOSS";
    case StatusCode::kInternal:
      return "INTERNAL";
  }
  return "INTERNAL";
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

Json DiscrepanciesJson(const import::OpenCounts& open) {
  return {{"overlap", open.overlap},
          {"two_open", open.two_open},
          {"388", open.lacks_continuation},
          {"after_died", open.after_died},
          {"not_in_next_return", open.not_in_next_return},
          {"removed_in_resubmission", open.removed_in_resubmission}};
}

Json ImportJson(const import::Report& report) {
  Json tables = Json::object();
  for (const auto& [table, totals] : report.tables)
    tables[std::string(ssda903::Name(table))] = RowJson(totals);
  Json files = Json::array();
  for (const auto& file : report.files) {
    files.push_back(
        {{"file", file.name},
         {"sha256", file.sha256},
         {"table", file.table ? Json(std::string(ssda903::Name(*file.table))) : Json(nullptr)},
         {"set_aside", OptionalJson(file.set_aside)},
         {"rows", file.rows}});
  }
  return {{"run", report.run.HexText()},
          {"authority", report.authority},
          {"year_ending", report.year_end.Iso()},
          {"dry_run", report.dry_run},
          {"events", report.events},
          {"total", RowJson(report.total)},
          {"tables", std::move(tables)},
          {"files", std::move(files)},
          {"notes", report.notes.size()},
          {"fields_aside", report.fields_aside.size()},
          {"vanished", report.vanished},
          {"returned", report.returned},
          {"late", report.late},
          {"moved", report.moved},
          {"removed", report.removed},
          {"discrepancies", DiscrepanciesJson(report.open)},
          {"positions", Json::array()}};
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

Json NationalJson(const std::string& authority, CivilDate year_end, CivilDate known_at,
                  const Json& positions, const std::vector<Measure>& measures) {
  Json shown = Json::array();
  for (const auto& measure : measures) {
    shown.push_back({{"id", measure.id},
                     {"definition", measure.definition},
                     {"value", ValueJson(measure.value)},
                     {"numerator", OptionalJson(measure.numerator)},
                     {"denominator", OptionalJson(measure.denominator)},
                     {"excluded", measure.excluded},
                     {"unknown", measure.unknown},
                     {"disputed", measure.disputed},
                     {"by", ByJson(measure)}});
  }
  return {{"authority", authority},     {"year_ending", year_end.Iso()},
          {"known_at", known_at.Iso()}, {"disclosure_controlled", false},
          {"positions", positions},     {"measures", std::move(shown)}};
}

Json PositionsJson(const google::protobuf::RepeatedPtrField<common::v1::Position>& positions) {
  Json list = Json::array();
  for (const auto& position : positions) {
    list.push_back({{"service", position.service()},
                    {"partition", position.partition()},
                    {"event", position.event()}});
  }
  return list;
}

std::string TimeText(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time(instant - day);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%sT%02d:%02d:%02d.%06dZ",
                CivilDate(static_cast<int32_t>(day.time_since_epoch().count())).Iso().c_str(),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return text.data();
}

Json ErrorJson(const Status& status) {
  const auto& where = status.where;
  return {{"error",
           {{"code", NameOf(status.code)},
            {"reason", status.reason},
            {"message", status.message},
            {"where",
             {{"file", TextJson(where.file)},
              {"line", where.line ? Json(where.line) : Json(nullptr)},
              {"field", TextJson(where.field)},
              {"rule", TextJson(where.rule)}}}}}};
}

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace holdfast::cli
