#include "services/cases/domain/fact_kinds.h"

#include <algorithm>
#include <array>
#include <span>

#include "libs/base/check.h"
#include "libs/permanence/pathway.h"
#include "libs/policy/stated_aim.h"
#include "libs/ssda903/codes.h"

namespace holdfast::cases {
namespace {

using namespace v1;

// What a fact says of its entry.
enum class Says { kStart, kEnd, kMore };

// `column`: whose codes they are in England's return; blank: none, or our own.
struct KindRow {
  FactKind kind;
  std::string_view name;
  EntryKind entry;
  Says says;
  std::string_view column;
  bool needs_code;
};

using enum Says;

constexpr std::array kKinds = std::to_array<KindRow>({
    {FACT_KIND_CARE_START, "care_start", EntryKind::kCarePeriod, kStart, "", false},
    {FACT_KIND_CARE_END, "care_end", EntryKind::kCarePeriod, kEnd, "REC", false},
    {FACT_KIND_LEGAL_STATUS, "legal_status", EntryKind::kLegalStatus, kStart, "LS", true},
    {FACT_KIND_PLACEMENT_START, "placement_start", EntryKind::kPlacement, kStart, "PLACE", true},
    {FACT_KIND_PLACEMENT_END, "placement_end", EntryKind::kPlacement, kEnd, "REASON_PLACE_CHANGE",
     false},
    {FACT_KIND_REVIEW, "review", EntryKind::kReview, kStart, "REVIEW_CODE", false},
    {FACT_KIND_AGENCY_DECISION, "agency_decision", EntryKind::kAgencyDecision, kStart, "", false},
    {FACT_KIND_REGISTER_REFERRAL, "register_referral", EntryKind::kRegisterReferral, kStart, "",
     false},
    {FACT_KIND_MATCH, "match", EntryKind::kMatch, kStart, "", false},
    {FACT_KIND_PLACED_FOR_ADOPTION, "placed_for_adoption", EntryKind::kPlacedForAdoption, kStart,
     "PLACE", false},
    {FACT_KIND_ORDER, "order", EntryKind::kOrder, kStart, "", true},
    {FACT_KIND_DECISION_REVERSED, "decision_reversed", EntryKind::kDecisionReversed, kStart,
     "REASON_PLACED_CEASED", false},
    {FACT_KIND_MISSING_START, "missing_start", EntryKind::kMissing, kStart, "MISSING", true},
    {FACT_KIND_MISSING_END, "missing_end", EntryKind::kMissing, kEnd, "", false},
    {FACT_KIND_HEARING, "hearing", EntryKind::kHearing, kStart, "", false},
    {FACT_KIND_APPLICATION, "application", EntryKind::kApplication, kStart, "", true},
    {FACT_KIND_PROOF, "proof", EntryKind::kProof, kStart, "", false},
    {FACT_KIND_APPEAL, "appeal", EntryKind::kAppeal, kStart, "", false},
    {FACT_KIND_SAFEGUARDER, "safeguarder", EntryKind::kSafeguarder, kStart, "", false},
    {FACT_KIND_INVOLVEMENT, "involvement", EntryKind::kInvolvement, kStart, "", false},
    {FACT_KIND_RECOMMENDATION, "recommendation", EntryKind::kRecommendation, kStart, "", false},
    {FACT_KIND_PANEL, "panel", EntryKind::kPanel, kStart, "", false},
    {FACT_KIND_LEGAL_PAPERS, "legal_papers", EntryKind::kLegalPapers, kStart, "", false},
    {FACT_KIND_LEGAL_OPINION, "legal_opinion", EntryKind::kLegalOpinion, kStart, "", false},
    {FACT_KIND_PLAN, "plan", EntryKind::kPlan, kStart, "", true},
    {FACT_KIND_PANEL_PAPERS, "panel_papers", EntryKind::kPanelPapers, kStart, "", false},
    {FACT_KIND_SERVICE_ASKED, "service_asked", EntryKind::kServiceAsked, kStart, "", false},
    {FACT_KIND_SERVICE_STARTED, "service_started", EntryKind::kServiceStarted, kStart, "", false},
    {FACT_KIND_SERVICE_REFUSED, "service_refused", EntryKind::kServiceRefused, kStart, "", false},
    {FACT_KIND_REVIEW_INTERVAL, "review_interval", EntryKind::kReviewInterval, kStart, "", true},
    {FACT_KIND_APPLICATION_ISSUED, "application_issued", EntryKind::kApplication, kMore, "", false},
    {FACT_KIND_APPLICATION_EXTENDED, "application_extended", EntryKind::kApplication, kMore, "",
     false},
    {FACT_KIND_APPLICATION_DISPOSED, "application_disposed", EntryKind::kApplication, kEnd, "",
     false},
    {FACT_KIND_PROOF_DETERMINED, "proof_determined", EntryKind::kProof, kEnd, "", false},
    {FACT_KIND_APPEAL_DISPOSED, "appeal_disposed", EntryKind::kAppeal, kEnd, "", false},
    {FACT_KIND_SAFEGUARDER_REPORTED, "safeguarder_reported", EntryKind::kSafeguarder, kEnd, "",
     false},
    {FACT_KIND_PERMANENCE_ASPECT, "permanence_aspect", EntryKind::kPermanenceAspect, kStart, "",
     true},
    {FACT_KIND_VIEW, "view", EntryKind::kView, kStart, "", true},
    {FACT_KIND_CONTACT_DIRECTION, "contact_direction", EntryKind::kOrder, kStart, "", true},
});

using Codes = std::span<const std::string_view>;

constexpr std::array<std::string_view, 8> kOrdersOfEngland{
    "CARE",      "INTERIM_CARE",         "SUPERVISION",        "EMERGENCY",
    "PLACEMENT", "SPECIAL_GUARDIANSHIP", "CHILD_ARRANGEMENTS", "ADOPTION"};
constexpr std::array<std::string_view, 11> kOrdersOfScotland{
    "CSO", "ICSO", "IVCSO",   "CPO",     "MEO", "WARRANT", "CHILD_ASSESSMENT",
    "PO",  "POA",  "KINSHIP", "ADOPTION"};
// Where a child is looked after in Scotland, and under what: our own codes (domain.md 2.1).
constexpr std::array<std::string_view, 12> kPlacesOfScotland{
    "HOME",    "KINSHIP",  "FOST_LA",    "FOST_PURCH", "PROSP_ADOPT", "OTH_COMM",
    "LA_HOME", "VOL_HOME", "RES_SCHOOL", "SECURE",     "CRISIS",      "OTH_RES"};
constexpr std::array<std::string_view, 8> kStatusesOfScotland{"CSO", "ICSO", "S25",     "PO",
                                                              "POA", "CPO",  "WARRANT", "OTHER"};
// What a review in Scotland was held for.
constexpr std::array<std::string_view, 4> kReviewsOfScotland{"looked_after", "permanence",
                                                             "at_home", "peer"};
constexpr std::array<std::string_view, 3> kWhoseView{"child", "parent", "carer"};
constexpr std::array<std::string_view, 5> kHows{"in_person", "written", "through_advocate",
                                                "drawn_or_played", "other"};
// With whom an order directs contact: the parties of the contact record.
constexpr std::array<std::string_view, 11> kParties{
    "mother",     "father",         "parent",       "step_parent", "sibling", "grandparent",
    "aunt_uncle", "other_relative", "former_carer", "friend",      "other"};
constexpr std::array<std::string_view, 4> kHearingStates{"planned", "held", "continued",
                                                         "cancelled"};
// What a service is for: our own words, none of them about one child.
constexpr std::array<std::string_view, 9> kServices{"assessment", "therapy",  "family_support",
                                                    "respite",    "advocacy", "life_story",
                                                    "education",  "housing",  "other"};
constexpr std::array<std::string_view, 3> kAspects{"legal", "physical", "emotional"};
constexpr std::array<std::string_view, 3> kAspectStates{"not_started", "in_progress", "reached"};

bool Holds(Codes codes, std::string_view code) {
  return std::ranges::find(codes, code) != codes.end();
}

const KindRow& RowOf(FactKind kind) {
  const auto row = std::ranges::find(kKinds, kind, &KindRow::kind);
  HOLDFAST_CHECK(row != kKinds.end());
  return *row;
}

// True of what is of an order of the nation.
bool NamesAnOrder(FactKind kind) {
  return kind == FACT_KIND_ORDER || kind == FACT_KIND_APPLICATION ||
         kind == FACT_KIND_APPLICATION_DISPOSED;
}

bool HasCodeInEngland(FactKind kind, const std::string& code) {
  if (NamesAnOrder(kind)) return Holds(kOrdersOfEngland, code);
  if (kind == FACT_KIND_CARE_END && code == "X1") return false;
  if (kind == FACT_KIND_PLACED_FOR_ADOPTION && !code.starts_with('A')) return false;
  const auto& row = RowOf(kind);
  return !row.column.empty() &&
         ssda903::StandingOf(row.column, code, 0) != ssda903::Standing::kNone;
}

// True of what says which route to a permanent home it is of.
bool NamesARoute(FactKind kind) {
  switch (kind) {
    case FACT_KIND_RECOMMENDATION:
    case FACT_KIND_PANEL:
    case FACT_KIND_LEGAL_OPINION:
    case FACT_KIND_AGENCY_DECISION:
    case FACT_KIND_PLAN:
      return true;
    default:
      return false;
  }
}

bool IsRouteIn(std::optional<Nation> nation, const std::string& code) {
  if (nation) return IsRoute(NameOf(*nation), code);
  return IsRoute(NameOf(Nation::kEngland), code) || IsRoute(NameOf(Nation::kScotland), code);
}

// Codes of our own, the same in every nation; nothing for a kind that has none.
std::optional<bool> HasCodeAnywhere(FactKind kind, const std::string& code) {
  switch (kind) {
    case FACT_KIND_HEARING:
      return Holds(kHearingStates, code);
    case FACT_KIND_SERVICE_ASKED:
    case FACT_KIND_SERVICE_STARTED:
    case FACT_KIND_SERVICE_REFUSED:
      return Holds(kServices, code);
    case FACT_KIND_REVIEW_INTERVAL:
      return LimitFromText(code).has_value();
    case FACT_KIND_PERMANENCE_ASPECT:
      return Holds(kAspects, code);
    case FACT_KIND_VIEW:
      return Holds(kWhoseView, code);
    case FACT_KIND_CONTACT_DIRECTION:
      return Holds(kParties, code);
    default:
      return std::nullopt;
  }
}

// Of what Scotland has no codes of its own for, England's stand.
bool HasCodeInScotland(FactKind kind, const std::string& code) {
  if (NamesAnOrder(kind)) return Holds(kOrdersOfScotland, code);
  switch (kind) {
    case FACT_KIND_PLACEMENT_START:
      return Holds(kPlacesOfScotland, code);
    case FACT_KIND_PLACED_FOR_ADOPTION:
      return code == "PROSP_ADOPT";
    case FACT_KIND_LEGAL_STATUS:
      return Holds(kStatusesOfScotland, code);
    case FACT_KIND_REVIEW:
      return Holds(kReviewsOfScotland, code) || HasCodeInEngland(kind, code);
    default:
      return HasCodeInEngland(kind, code);
  }
}

}  // namespace

bool IsFactKind(FactKind kind) {
  return std::ranges::find(kKinds, kind, &KindRow::kind) != kKinds.end();
}

std::optional<FactKind> FactKindNamed(std::string_view name) {
  const auto row = std::ranges::find(kKinds, name, &KindRow::name);
  return row == kKinds.end() ? std::nullopt : std::optional(row->kind);
}

std::string_view NameOf(FactKind kind) { return RowOf(kind).name; }
bool IsEnd(FactKind kind) { return RowOf(kind).says == kEnd; }
bool SaysMore(FactKind kind) { return RowOf(kind).says == kMore; }
EntryKind EntryKindOf(FactKind kind) { return RowOf(kind).entry; }
bool NeedsCode(FactKind kind) { return RowOf(kind).needs_code; }

bool HasUntil(FactKind kind) {
  return kind == FACT_KIND_ORDER || kind == FACT_KIND_APPLICATION || kind == FACT_KIND_HEARING ||
         NeedsUntil(kind);
}

bool NeedsEntry(FactKind kind) { return kind == FACT_KIND_CONTACT_DIRECTION; }
bool IsHow(std::string_view code) { return Holds(kHows, code); }
bool NeedsUntil(FactKind kind) { return kind == FACT_KIND_APPLICATION_EXTENDED; }
bool HasState(FactKind kind) { return kind == FACT_KIND_PERMANENCE_ASPECT; }
bool IsState(const std::string& state) { return Holds(kAspectStates, state); }

bool IsPlanned(FactKind kind, const std::string& code) {
  return kind == FACT_KIND_HEARING && (code.empty() || code == "planned");
}

bool HasCode(FactKind kind, const std::string& code, std::optional<Nation> nation) {
  if (const auto has = HasCodeAnywhere(kind, code)) return *has;
  if (NamesARoute(kind)) return IsRouteIn(nation, code);
  if (nation == Nation::kScotland) return HasCodeInScotland(kind, code);
  return HasCodeInEngland(kind, code) || (!nation && HasCodeInScotland(kind, code));
}

}  // namespace holdfast::cases
