#include "services/cases/domain/fact_kinds.h"

#include <algorithm>
#include <array>

#include "libs/base/check.h"
#include "libs/ssda903/codes.h"

namespace holdfast::cases {
namespace {

using namespace v1;

// `column`: whose codes they are in England's return; blank: none, or for orders our own.
struct KindRow {
  FactKind kind;
  std::string_view name;
  EntryKind entry;
  bool is_end;
  std::string_view column;
  bool needs_code;
};

constexpr std::array kKinds = std::to_array<KindRow>({
    {FACT_KIND_CARE_START, "care_start", EntryKind::kCarePeriod, false, "", false},
    {FACT_KIND_CARE_END, "care_end", EntryKind::kCarePeriod, true, "REC", false},
    {FACT_KIND_LEGAL_STATUS, "legal_status", EntryKind::kLegalStatus, false, "LS", true},
    {FACT_KIND_PLACEMENT_START, "placement_start", EntryKind::kPlacement, false, "PLACE", true},
    {FACT_KIND_PLACEMENT_END, "placement_end", EntryKind::kPlacement, true, "REASON_PLACE_CHANGE",
     false},
    {FACT_KIND_REVIEW, "review", EntryKind::kReview, false, "REVIEW_CODE", false},
    {FACT_KIND_AGENCY_DECISION, "agency_decision", EntryKind::kAgencyDecision, false, "", false},
    {FACT_KIND_REGISTER_REFERRAL, "register_referral", EntryKind::kRegisterReferral, false, "",
     false},
    {FACT_KIND_MATCH, "match", EntryKind::kMatch, false, "", false},
    {FACT_KIND_PLACED_FOR_ADOPTION, "placed_for_adoption", EntryKind::kPlacedForAdoption, false,
     "PLACE", false},
    {FACT_KIND_ORDER, "order", EntryKind::kOrder, false, "", true},
    {FACT_KIND_DECISION_REVERSED, "decision_reversed", EntryKind::kDecisionReversed, false,
     "REASON_PLACED_CEASED", false},
    {FACT_KIND_MISSING_START, "missing_start", EntryKind::kMissing, false, "MISSING", true},
    {FACT_KIND_MISSING_END, "missing_end", EntryKind::kMissing, true, "", false},
});

constexpr std::array<std::string_view, 4> kOrderCodes{"ADOPTION", "PLACEMENT",
                                                      "SPECIAL_GUARDIANSHIP", "CHILD_ARRANGEMENTS"};

const KindRow& RowOf(FactKind kind) {
  const auto row = std::ranges::find(kKinds, kind, &KindRow::kind);
  HOLDFAST_CHECK(row != kKinds.end());
  return *row;
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
bool IsEnd(FactKind kind) { return RowOf(kind).is_end; }
EntryKind EntryKindOf(FactKind kind) { return RowOf(kind).entry; }
bool NeedsCode(FactKind kind) { return RowOf(kind).needs_code; }

bool HasCode(FactKind kind, const std::string& code) {
  if (kind == FACT_KIND_ORDER) return std::ranges::find(kOrderCodes, code) != kOrderCodes.end();
  if (kind == FACT_KIND_CARE_END && code == "X1") return false;
  if (kind == FACT_KIND_PLACED_FOR_ADOPTION && !code.starts_with('A')) return false;
  const auto& row = RowOf(kind);
  return !row.column.empty() &&
         ssda903::StandingOf(row.column, code, 0) != ssda903::Standing::kNone;
}

}  // namespace holdfast::cases
