#include "services/cases/domain/render_case.h"

#include <algorithm>

#include "libs/base/london.h"
#include "libs/base/nation.h"
#include "libs/permanence/dates.h"
#include "libs/permanence/layers.h"
#include "libs/policy/care_stretches.h"
#include "libs/policy/policy_set.h"
#include "services/cases/domain/render_contact.h"
#include "services/cases/domain/render_discrepancy.h"
#include "services/cases/domain/render_pathway.h"
#include "services/cases/domain/render_proceedings.h"

namespace holdfast::cases {
namespace {

const char* NameOfStatus(EndStatus status) {
  switch (status) {
    case EndStatus::kOpen:
      return "open";
    case EndStatus::kStated:
      return "stated";
    case EndStatus::kDisputed:
      return "disputed";
    case EndStatus::kNotStated:
      return "not_stated";
  }
  return "";
}

void Render(const Placement& placement, v1::PlacementView& view) {
  view.set_entry(placement.entry.Bytes());
  SetDate(placement.start, view.mutable_start());
  view.set_start_known(placement.start_known);
  if (placement.end) SetDate(*placement.end, view.mutable_end());
  view.set_place(placement.place);
}

void Render(const CarePeriod& period, v1::CarePeriodView& view) {
  view.set_entry(period.entry.Bytes());
  SetDate(period.start, view.mutable_start());
  view.set_start_known(period.start_known);
  if (period.end) SetDate(*period.end, view.mutable_end());
  view.set_reason(period.reason);
  view.set_status(NameOfStatus(period.status));
  if (period.not_known_since) SetDate(*period.not_known_since, view.mutable_not_known_since());
  for (const auto& placement : period.placements) Render(placement, *view.add_placements());
}

void Render(const LegalStatus& status, v1::LegalStatusView& view) {
  view.set_entry(status.entry.Bytes());
  view.set_code(status.code);
  SetDate(status.start, view.mutable_start());
  view.set_start_known(status.start_known);
  if (status.end) SetDate(*status.end, view.mutable_end());
}

void RenderReviews(const History& history, v1::CaseView& view) {
  std::vector<Review> reviews = history.reviews;
  reviews.insert(reviews.end(), history.near_reviews.begin(), history.near_reviews.end());
  std::ranges::stable_sort(reviews, {}, &Review::on);
  for (const auto& review : reviews) {
    auto& shown = *view.add_reviews();
    SetDate(review.on, shown.mutable_on());
    shown.set_code(review.code);
    shown.set_in_care(review.care_period.has_value());
    shown.set_entry(review.entry.Bytes());
  }
}

void RenderAdoption(const History& history, v1::CaseView& view) {
  std::vector<Happening> happenings = history.happenings;
  happenings.insert(happenings.end(), history.near_happenings.begin(),
                    history.near_happenings.end());
  std::ranges::stable_sort(happenings, {}, &Happening::on);
  auto& adoption = *view.mutable_adoption();
  for (const auto& happening : happenings) {
    if (happening.kind == EntryKind::kAgencyDecision)
      SetDate(happening.on, adoption.mutable_decision());
    if (happening.kind == EntryKind::kMatch) SetDate(happening.on, adoption.mutable_match());
    if (happening.kind == EntryKind::kPlacedForAdoption && !adoption.has_placed()) {
      SetDate(happening.on, adoption.mutable_placed());
    }
    if (happening.kind == EntryKind::kOrder && happening.code == "PLACEMENT" &&
        !adoption.has_placement_order()) {
      SetDate(happening.on, adoption.mutable_placement_order());
    }
  }
}

void RenderPersonal(const ChildFacts& facts, const View& view, common::v1::Personal& personal) {
  personal = facts.personal.open();
  const Layers layers(facts, view);
  for (const auto* header : layers.Believed(v1::RETURN_TABLE_HEADER)) {
    const auto& stated = header->row.personal().open();
    if (stated.has_born() && !personal.has_born()) *personal.mutable_born() = stated.born();
  }
}

std::optional<CivilDate> CoveredThrough(const Coverage& coverage, const View& view) {
  const auto year_ends = CoveredYearEnds(coverage, v1::RETURN_TABLE_EPISODES, view);
  return year_ends.empty() ? std::nullopt : std::optional(year_ends.back());
}

// The day that a view looks at the child on: the last one known, or that of the instant of
// recording.
std::optional<CivilDate> DayLookedAt(const View& view) {
  if (view.known_at != kDistantFuture) return view.known_at;
  if (view.recorded_at != Instant::max()) return LondonDay(view.recorded_at);
  return std::nullopt;
}

// The other law that applies then, in place of the ordinary clocks; blank: none.
std::string OtherLawNow(const History& history, const View& view) {
  const auto day = DayLookedAt(view);
  for (const auto& pack : ShippedPolicies().packs) {
    if (!day) break;
    if (const auto other = OtherLawOn(history, pack, *day)) return other->law->name;
  }
  return "";
}

}  // namespace

v1::CaseView RenderCase(const SubjectId& child, const ChildFacts& facts, const Coverage& coverage,
                        const View& view) {
  const History history = BuildHistory(child, facts, coverage, view);
  v1::CaseView rendered;
  rendered.set_child(child.Bytes());
  rendered.set_authority(facts.authority);
  if (const auto nation = NationOf(facts.authority))
    rendered.set_nation(std::string(NameOf(*nation)));
  rendered.set_team(facts.team);
  rendered.set_worker(facts.worker);
  rendered.set_erased(facts.erased);
  rendered.set_other_law(OtherLawNow(history, view));
  RenderPersonal(facts, view, *rendered.mutable_personal());
  if (const auto through = CoveredThrough(coverage, view))
    SetDate(*through, rendered.mutable_covered_through());
  for (const auto& period : history.care_periods) Render(period, *rendered.add_care_periods());
  for (const auto& status : history.legal_statuses) Render(status, *rendered.add_legal_statuses());
  RenderReviews(history, rendered);
  RenderAdoption(history, rendered);
  RenderProceedings(history, facts, DayLookedAt(view), rendered);
  RenderPathway(history, facts, DayLookedAt(view), rendered);
  RenderContact(history, facts, rendered);
  for (const auto& missing : history.missing) {
    auto& shown = *rendered.add_missing();
    shown.set_entry(missing.entry.Bytes());
    SetDate(missing.start, shown.mutable_start());
    if (missing.end) SetDate(*missing.end, shown.mutable_end());
    shown.set_code(missing.code);
  }
  for (const auto& discrepancy : history.discrepancies) {
    if (!discrepancy.resolved)
      *rendered.add_discrepancies() = RenderDiscrepancy(child, facts, discrepancy);
  }
  return rendered;
}

}  // namespace holdfast::cases
