#include <algorithm>
#include <array>

#include "libs/policy/load_yaml.h"
#include "libs/policy/pack.h"

namespace holdfast {
namespace {

constexpr Choices<StartEvent, 13> kStartEvents{
    {{"care_start", StartEvent::kCareStart},
     {"placed_start", StartEvent::kPlacedStart},
     {"first_review", StartEvent::kFirstReview},
     {"each_later_review", StartEvent::kEachLaterReview},
     {"each_review", StartEvent::kEachReview},
     {"agency_decision", StartEvent::kAgencyDecision},
     {"recommendation", StartEvent::kRecommendation},
     {"application_issued", StartEvent::kApplicationIssued},
     {"safeguarder_appointed", StartEvent::kSafeguarderAppointed},
     {"message", StartEvent::kMessage},
     {"contact_agreement", StartEvent::kContactAgreement},
     {"discrepancy_opened", StartEvent::kDiscrepancyOpened},
     {"siblings_decided", StartEvent::kSiblingsDecided}}};
constexpr Choices<StopEvent, 18> kStopEvents{
    {{"review", StopEvent::kReview},
     {"register_referral", StopEvent::kRegisterReferral},
     {"match", StopEvent::kMatch},
     {"decision_reversed", StopEvent::kDecisionReversed},
     {"adoption_order", StopEvent::kAdoptionOrder},
     {"special_guardianship_order", StopEvent::kSpecialGuardianshipOrder},
     {"child_arrangements_order", StopEvent::kChildArrangementsOrder},
     {"recommendation", StopEvent::kRecommendation},
     {"plan", StopEvent::kPlan},
     {"agency_decision", StopEvent::kAgencyDecision},
     {"application_lodged", StopEvent::kApplicationLodged},
     {"application_disposed", StopEvent::kApplicationDisposed},
     {"safeguarder_reported", StopEvent::kSafeguarderReported},
     {"message", StopEvent::kMessage},
     {"contact_purpose", StopEvent::kContactPurpose},
     {"contact_review", StopEvent::kContactReview},
     {"discrepancy_resolved", StopEvent::kDiscrepancyResolved},
     {"siblings_decided", StopEvent::kSiblingsDecided}}};
constexpr Choices<RunsWhile, 3> kRunsWhile{{{"ordinary_care", RunsWhile::kOrdinaryCare},
                                            {"placed", RunsWhile::kPlaced},
                                            {"always", RunsWhile::kAlways}}};
constexpr Choices<bool, 2> kYesOrNo{{{"true", true}, {"false", false}}};
constexpr Choices<LimitUnit, 4> kUnits{{{"days", LimitUnit::kDays},
                                        {"weeks", LimitUnit::kWeeks},
                                        {"months", LimitUnit::kMonths},
                                        {"working_days", LimitUnit::kWorkingDays}}};
constexpr Choices<Counting, 3> kCountings{{{"exclusive", Counting::kExclusive},
                                           {"inclusive", Counting::kInclusive},
                                           {"nth_day", Counting::kNthDay}}};

// None where the field is not there.
std::vector<std::string> TextsOf(const YamlFields& fields, const char* name) {
  return fields.Has(name) ? fields.Texts(name) : std::vector<std::string>{};
}

OtherLaw ReadOtherLaw(const YamlFields& fields) {
  OtherLaw law{
      .name = fields.Text("name"), .source = fields.Text("source"), .text = fields.Text("text")};
  law.legal_statuses = TextsOf(fields, "legal_statuses");
  law.places = TextsOf(fields, "places");
  if (law.legal_statuses.empty() && law.places.empty()) {
    fields.Note("name", "needs legal_statuses or places");
  }
  return law;
}

Limit ReadLimit(const YamlFields& fields) {
  Limit limit{.count = fields.Integer("count", 1, 10'000),
              .unit = fields.OneOf("unit", kUnits),
              .counting = fields.OneOf("counting", kCountings)};
  const bool of_working_days = limit.unit == LimitUnit::kWorkingDays;
  if (of_working_days) limit.calendar = fields.Name("calendar");
  if (!of_working_days && fields.Has("calendar")) {
    fields.Note("calendar", "is for working_days only");
  }
  if (!of_working_days && limit.counting == Counting::kNthDay) {
    fields.Note("counting", "nth_day is for working_days only");
  }
  return limit;
}

InForce ReadInForce(const YamlFields& fields) {
  InForce in_force{.from = fields.Day("from")};
  if (fields.Has("until")) in_force.until = fields.Day("until");
  if (in_force.until && *in_force.until < in_force.from) fields.Note("until", "is before from");
  return in_force;
}

bool IsSet(const YamlFields& fields, const char* name) {
  return fields.Has(name) && fields.OneOf(name, kYesOrNo);
}

PlacedIn ReadPlaced(const YamlFields& fields) {
  return {.places = fields.Texts("places"),
          .restart_on_move = fields.OneOf("restart_on_move", kYesOrNo),
          .orders = TextsOf(fields, "orders")};
}

bool Fits(StartEvent start, RunsWhile runs) {
  switch (start) {
    case StartEvent::kCareStart:
      return runs == RunsWhile::kOrdinaryCare;
    case StartEvent::kPlacedStart:
      return runs == RunsWhile::kPlaced;
    case StartEvent::kFirstReview:
    case StartEvent::kEachLaterReview:
    case StartEvent::kEachReview:
      return runs != RunsWhile::kAlways;
    case StartEvent::kAgencyDecision:
    case StartEvent::kRecommendation:
    case StartEvent::kApplicationIssued:
    case StartEvent::kSafeguarderAppointed:
    case StartEvent::kMessage:
    case StartEvent::kContactAgreement:
    case StartEvent::kDiscrepancyOpened:
    case StartEvent::kSiblingsDecided:
      return runs == RunsWhile::kAlways;
  }
  return false;
}

void ReadWhereItRuns(const YamlFields& fields, PolicyClock& clock) {
  if ((clock.runs_while == RunsWhile::kPlaced) != fields.Has("placed")) {
    fields.Note("placed", "is for clocks that run while placed, and they need it");
  } else if (fields.Has("placed")) {
    const auto placed =
        fields.Inner("placed", {"places", "restart_on_move", "orders", "confidence"});
    clock.placed = ReadPlaced(placed);
    clock.confidence = Weakest(clock.confidence, placed.OneOf("confidence", kConfidences));
  }
  if (!Fits(clock.starts_at, clock.runs_while))
    fields.Note("runs_while", "does not fit what the clock starts at");
}

bool StopsAt(const PolicyClock& clock, StopEvent stop) {
  return std::ranges::find(clock.stops_at, stop) != clock.stops_at.end();
}

bool NamesApplications(const PolicyClock& clock) {
  return clock.starts_at == StartEvent::kApplicationIssued ||
         StopsAt(clock, StopEvent::kApplicationLodged);
}

void CheckStops(const YamlFields& fields, const PolicyClock& clock) {
  const auto is_of_care = [](StopEvent stop) {
    return stop == StopEvent::kReview || stop == StopEvent::kPlan ||
           stop == StopEvent::kRecommendation;
  };
  if (clock.runs_while != RunsWhile::kAlways && !std::ranges::all_of(clock.stops_at, is_of_care))
    fields.Note("stops_at", "must be review, recommendation or plan for what runs in care");
  if (clock.runs_while == RunsWhile::kAlways && StopsAt(clock, StopEvent::kReview))
    fields.Note("stops_at", "must be no review for what always runs");
  if (clock.agreed_interval && clock.runs_while != RunsWhile::kPlaced)
    fields.Note("agreed_interval", "is for clocks that run while placed");
  if (clock.longest_extension_days > 0 && clock.starts_at != StartEvent::kApplicationIssued)
    fields.Note("longest_extension", "is for clocks of applications that were issued");
  if (NamesApplications(clock) == clock.applications.empty())
    fields.Note("applications", "is for clocks of applications, and they need it");
}

PolicyClock ReadClock(const YamlFields& fields) {
  const auto in_force = fields.Inner("in_force", {"from", "until", "confidence"});
  PolicyClock clock{.id = fields.Name("id"),
                    .title = fields.Text("title"),
                    .text = fields.Text("text"),
                    .source = fields.Text("source"),
                    .confidence = fields.OneOf("confidence", kConfidences),
                    .in_force = ReadInForce(in_force),
                    .runs_while = fields.OneOf("runs_while", kRunsWhile),
                    .starts_at = fields.OneOf("starts_at", kStartEvents),
                    .stops_at = fields.SomeOf("stops_at", kStopEvents),
                    .repeats = IsSet(fields, "repeats"),
                    .due_by_next_review = IsSet(fields, "due_by_next_review"),
                    .agreed_interval = IsSet(fields, "agreed_interval"),
                    .practice_aim = IsSet(fields, "practice_aim"),
                    .lead_days = fields.Integer("lead_days", 0, 1'000),
                    .escalation_days = fields.Integer("escalation_days", 1, 1'000)};
  clock.confidence = Weakest(clock.confidence, in_force.OneOf("confidence", kConfidences));
  clock.review_codes = TextsOf(fields, "review_codes");
  clock.not_review_codes = TextsOf(fields, "not_review_codes");
  clock.routes = TextsOf(fields, "routes");
  clock.applications = TextsOf(fields, "applications");
  if (fields.Has("longest_extension")) {
    const auto longest = fields.Inner("longest_extension", {"days", "confidence"});
    clock.longest_extension_days = longest.Integer("days", 1, 1'000);
    clock.confidence = Weakest(clock.confidence, longest.OneOf("confidence", kConfidences));
  }
  if (fields.Has("limit")) {
    const auto limit =
        fields.Inner("limit", {"count", "unit", "counting", "calendar", "confidence"});
    clock.limit = ReadLimit(limit);
    clock.confidence = Weakest(clock.confidence, limit.OneOf("confidence", kConfidences));
  } else if (!clock.practice_aim) {
    fields.Note("limit", "is needed by all but practice aims");
  }
  ReadWhereItRuns(fields, clock);
  CheckStops(fields, clock);
  return clock;
}

bool Overlap(const InForce& one, const InForce& other) {
  return (!one.until || other.from <= *one.until) && (!other.until || one.from <= *other.until);
}

Pack ReadPack(const YamlFields& fields) {
  Pack pack{.name = fields.Name("pack"), .jurisdiction = fields.Name("jurisdiction")};
  if (fields.Has("other_law")) {
    for (const auto& law :
         fields.Each("other_law", {"name", "legal_statuses", "places", "source", "text"})) {
      pack.other_law.push_back(ReadOtherLaw(law));
    }
  }
  for (const auto& item : fields.Each("clocks", {"id",
                                                 "title",
                                                 "text",
                                                 "source",
                                                 "confidence",
                                                 "in_force",
                                                 "runs_while",
                                                 "placed",
                                                 "starts_at",
                                                 "stops_at",
                                                 "review_codes",
                                                 "not_review_codes",
                                                 "repeats",
                                                 "due_by_next_review",
                                                 "applications",
                                                 "routes",
                                                 "practice_aim",
                                                 "limit",
                                                 "agreed_interval",
                                                 "longest_extension",
                                                 "lead_days",
                                                 "escalation_days"})) {
    PolicyClock clock = ReadClock(item);
    for (const auto& earlier : pack.clocks) {
      if (earlier.id == clock.id && Overlap(earlier.in_force, clock.in_force)) {
        item.Note("id", "is in force twice on some days");
      }
    }
    pack.clocks.push_back(std::move(clock));
  }
  return pack;
}

}  // namespace

Result<Pack> LoadPack(std::string_view yaml, std::string_view file_name) {
  return LoadYaml(yaml, file_name, {"pack", "jurisdiction", "other_law", "clocks"}, ReadPack);
}

}  // namespace holdfast
