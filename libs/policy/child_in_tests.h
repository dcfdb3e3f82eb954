// A child's history, told day by day, for tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/policy/clock_run.h"
#include "libs/testing/day.h"

namespace holdfast {

inline EntryId EntryNamed(std::string_view name) { return {HashId("test", {name})}; }

// Entries are named by their kind and first day, as "review 2017-06-01".
class ChildInTests {
 public:
  explicit ChildInTests(std::string nation = "england") { history_.nation = std::move(nation); }

  ChildInTests& CareStarts(std::string_view on, bool known = true) {
    CarePeriod period{
        .entry = EntryNamed("care " + std::string(on)), .start = Day(on), .start_known = known};
    period.facts = {FactId{period.entry.bytes}};
    history_.care_periods.push_back(period);
    return *this;
  }
  ChildInTests& CareStartsOnOrBefore(std::string_view on) { return CareStarts(on, false); }
  ChildInTests& CareEnds(std::string_view on) {
    history_.care_periods.back().end = history_.care_periods.back().ended_by = Day(on);
    history_.care_periods.back().status = EndStatus::kStated;
    return *this;
  }
  ChildInTests& CareIsNotKnownSince(std::string_view day) {
    history_.care_periods.back().not_known_since = Day(day);
    history_.care_days.push_back(
        {.days = {Day(day).PlusDays(1), {}}, .known = false, .why = "not_in_next_return"});
    return *this;
  }
  // In the latest care period.
  ChildInTests& Review(std::string_view on, std::string_view code = "") {
    holdfast::Review review{.entry = EntryNamed("review " + std::string(on)), .on = Day(on)};
    review.code = code;
    review.facts = {FactId{review.entry.bytes}};
    if (!history_.care_periods.empty()) review.care_period = history_.care_periods.size() - 1;
    history_.reviews.push_back(review);
    return *this;
  }
  ChildInTests& ReviewOutsideCare(std::string_view on) {
    Review(on).history_.reviews.back().care_period.reset();
    return *this;
  }
  ChildInTests& LegalStatus(std::string_view code, std::string_view from,
                            std::string_view to = "") {
    history_.legal_statuses.push_back({.entry = EntryNamed("legal status " + std::string(from)),
                                       .code = std::string(code),
                                       .start = Day(from)});
    if (!to.empty()) history_.legal_statuses.back().end = Day(to);
    return *this;
  }
  ChildInTests& Placement(std::string_view place, std::string_view from, std::string_view to = "") {
    holdfast::Placement placement{.entry = EntryNamed("placement " + std::string(from)),
                                  .start = Day(from)};
    placement.place = place;
    placement.places = {{Day(from), std::string(place)}};
    if (!to.empty()) placement.end = Day(to);
    history_.care_periods.back().placements.push_back(placement);
    return *this;
  }
  ChildInTests& Happens(EntryKind kind, std::string_view on, std::string_view code = "") {
    Happening happening{.entry = EntryNamed("happening " + std::to_string(static_cast<int>(kind)) +
                                            std::string(on)),
                        .kind = kind,
                        .on = Day(on),
                        .code = std::string(code)};
    happening.facts = {FactId{happening.entry.bytes}};
    history_.happenings.push_back(happening);
    return *this;
  }
  ChildInTests& Proceeds(EntryKind kind, std::string_view on, std::string_view code = "",
                         std::string_view ended = "") {
    Proceeding proceeding{
        .entry = EntryNamed("proceeding " + std::string(on)), .kind = kind, .on = Day(on)};
    proceeding.code = code;
    if (!ended.empty()) proceeding.ended = Day(ended);
    proceeding.facts = {FactId{proceeding.entry.bytes}};
    history_.proceedings.push_back(proceeding);
    return *this;
  }
  // The latest application.
  ChildInTests& Issued(std::string_view on, std::string_view until = "") {
    history_.proceedings.back().issued = Day(on);
    if (!until.empty()) history_.proceedings.back().until = Day(until);
    return *this;
  }
  ChildInTests& Plans(std::string_view route, std::string_view since) {
    history_.plans.push_back({.entry = EntryNamed("plan " + std::string(since)),
                              .route = std::string(route),
                              .since = Day(since)});
    return *this;
  }
  ChildInTests& AgreesContact(std::string_view from, std::string purpose = "",
                              std::string_view review = "") {
    ContactAgreement agreement{.entry = EntryNamed("agreement " + std::string(from)),
                               .party = "mother",
                               .way = "direct",
                               .from = Day(from)};
    agreement.facts = {FactId{agreement.entry.bytes}};
    history_.agreements.push_back(agreement);
    return VariesContact(from, std::move(purpose), review);
  }
  // The latest agreement.
  ChildInTests& VariesContact(std::string_view from, std::string purpose,
                              std::string_view review = "") {
    ContactTerms terms{.from = Day(from), .purpose = std::move(purpose)};
    if (!review.empty()) terms.review = Day(review);
    history_.agreements.back().terms.push_back(terms);
    return *this;
  }
  ChildInTests& ReviewsContact(std::string_view on, std::string_view next = "") {
    ContactReview review{.entry = EntryNamed("contact review " + std::string(on)), .on = Day(on)};
    if (!next.empty()) review.next = Day(next);
    history_.agreements.back().reviews.push_back(review);
    return *this;
  }
  ChildInTests& ContactEnds(std::string_view on) {
    history_.agreements.back().ended = Day(on);
    return *this;
  }
  ChildInTests& Session(std::string_view on, std::string state) {
    history_.sessions.push_back({.entry = EntryNamed("session " + std::string(on)),
                                 .party = "mother",
                                 .way = "direct",
                                 .on = Day(on),
                                 .state = std::move(state)});
    return *this;
  }
  ChildInTests& Died(std::string_view on) {
    history_.died_on = Day(on);
    return *this;
  }

  const History& history() const { return history_; }
  History& history() { return history_; }

 private:
  History history_;
};

// Returns of all tables for these year ends, such as 2018.
inline Coverage CoveredByReturns(std::vector<int> years) {
  using namespace cases::v1;
  Coverage coverage;
  for (const int year : years) {
    coverage.returns.push_back({.year_end = *CivilDate::FromYmd(year, 3, 31),
                                .run = {},
                                .tables = {RETURN_TABLE_EPISODES, RETURN_TABLE_REVIEWS,
                                           RETURN_TABLE_AD1, RETURN_TABLE_PLACED_ADOPTION},
                                .recorded_at = {},
                                .withdrawn_at = {}});
  }
  return coverage;
}

inline Coverage LiveSince(std::string_view day) {
  Coverage coverage;
  coverage.live.push_back({.from = Day(day), .reported = Day(day), .recorded_at = {}});
  return coverage;
}

// The runs of clock `id` in a child covered by its authority's record throughout, or as said.
inline std::vector<ClockRun> RunsOf(std::string_view id, const ChildInTests& child,
                                    const Coverage& coverage = LiveSince("2000-01-01"),
                                    const std::vector<StatedAim>& aims = {}) {
  auto runs = RunClocks(child.history(), coverage, ShippedPolicies(), View{}, aims);
  std::erase_if(runs, [&](const ClockRun& run) { return run.clock != id; });
  return runs;
}

}  // namespace holdfast
