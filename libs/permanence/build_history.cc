#include "libs/permanence/build_history.h"

#include <algorithm>

#include "libs/base/nation.h"
#include "libs/permanence/complete_discrepancies.h"
#include "libs/permanence/contact.h"
#include "libs/permanence/departures.h"
#include "libs/permanence/entry_ids.h"
#include "libs/permanence/join_record.h"
#include "libs/permanence/join_things.h"
#include "libs/permanence/plans.h"
#include "libs/permanence/source_history.h"
#include "libs/permanence/stated_thing.h"
#include "libs/permanence/told.h"
#include "libs/permanence/tracker_facts.h"

namespace holdfast {
namespace {

// Names the entries of one kind, those with the earlier present key day first.
template <typename Entry, typename KindOf>
void Name(std::vector<Entry>& entries, EntryIds& ids, const KindOf& kind_of) {
  for (auto& entry : entries) entry.entry = ids.Name(kind_of(entry), entry.first_key_day);
}

void NameEntries(const SubjectId& child, History& history, std::vector<Placement>& placements) {
  EntryIds ids(child);
  Name(history.care_periods, ids, [](const CarePeriod&) { return "care_period"; });
  Name(placements, ids, [](const Placement&) { return "placement"; });
  Name(history.legal_statuses, ids, [](const LegalStatus&) { return "legal_status"; });
  Name(history.reviews, ids, [](const Review&) { return "review"; });
  const auto kind_of_happening = [](const Happening& happening) {
    const std::string kind = NameOf(happening.kind);
    return IsToldApartByCode(happening.kind) ? kind + "/" + happening.code : kind;
  };
  Name(history.happenings, ids, kind_of_happening);
  Name(history.missing, ids, [](const MissingEpisode&) { return "missing"; });
  const auto kind_of_proceeding = [](const Proceeding& proceeding) {
    const std::string kind = NameOf(proceeding.kind);
    return IsToldApartByCode(proceeding.kind) ? kind + "/" + proceeding.code : kind;
  };
  Name(history.proceedings, ids, kind_of_proceeding);
  Name(history.plans, ids, [](const Plan& plan) { return "plan/" + plan.route; });
  Name(history.near_reviews, ids, [](const Review&) { return "review"; });
  Name(history.near_happenings, ids, kind_of_happening);
  Name(history.near_proceedings, ids, kind_of_proceeding);
}

void SortByDay(History& history, std::vector<Placement>& placements) {
  std::ranges::sort(history.care_periods, {},
                    [](const CarePeriod& p) { return std::tuple(p.start, p.facts); });
  std::ranges::sort(placements, {},
                    [](const Placement& p) { return std::tuple(p.start, p.facts); });
  std::ranges::sort(history.legal_statuses, {},
                    [](const LegalStatus& s) { return std::tuple(s.start, s.facts); });
  std::ranges::sort(history.reviews, {}, [](const Review& r) { return std::tuple(r.on, r.facts); });
  std::ranges::sort(history.happenings, {},
                    [](const Happening& h) { return std::tuple(h.on, h.kind, h.code, h.facts); });
  std::ranges::sort(history.missing, {},
                    [](const MissingEpisode& m) { return std::tuple(m.start, m.facts); });
  std::ranges::sort(history.proceedings, {},
                    [](const Proceeding& p) { return std::tuple(p.on, p.kind, p.code, p.facts); });
}

// Rule 11: the later of two care periods that share the day holds the review.
void PlaceReviews(const std::vector<CarePeriod>& periods, std::vector<Review>& reviews) {
  for (auto& review : reviews) {
    for (size_t i = 0; i < periods.size(); ++i) {
      if (periods[i].HoldsReview(review.on)) review.care_period = i;
    }
  }
}

void PlacePlacements(std::vector<Placement> placements, History& history) {
  for (auto& placement : placements) {
    CarePeriod* holder = nullptr;
    for (auto& period : history.care_periods) {
      if (period.start <= placement.start) holder = &period;
    }
    (holder ? holder->placements : history.placements_outside_care).push_back(std::move(placement));
  }
}

void AddRemoved(const Layers& layers, std::vector<Discrepancy>& discrepancies) {
  for (const auto* removed : layers.Removed()) {
    discrepancies.push_back(
        {.kind = "removed_in_resubmission",
         .facts = {removed->fact},
         .key_day = removed->key.day,
         .detail = removed->year_end.Iso() + " " + cases::v1::ReturnTable_Name(removed->key.table),
         .opened = removed->year_end});
  }
}

struct Returns {
  const Layers& layers;
  const KeptRows& rows;
};

// Joins the record, the sheets and the feeds with what the returns say, and finds where they
// disagree. What orders direct about contact.
std::vector<ContactDirection> JoinSources(const SubjectId& child, const ChildFacts& facts,
                                          const View& view, const Returns& returns,
                                          SourceHistory& sources, History& history) {
  const auto record = StandingRecord(facts, view);
  const auto tracker = StandingTracker(facts, view);
  const DaysStated stated{record, tracker};
  const Assertions assertions(facts.authority, returns.layers, stated);
  FeedItems feed = ReadFeed(child, facts, view);
  Disagreements disagreements(facts, view);
  JoinThings({feed, stated, facts.authority}, assertions, sources, history, disagreements);
  JoinRecord(stated, assertions, sources, history, disagreements);
  history.plans = PlansOf(JoinPlans(stated, assertions, history, disagreements));

  std::vector<Discrepancy> others = returns.rows.discrepancies;
  AddRemoved(returns.layers, others);
  std::ranges::move(feed.wrong_child, std::back_inserter(others));
  AddVersions(assertions, others);
  history.discrepancies = disagreements.Take(std::move(others));
  AddVersions(assertions, history.discrepancies);
  return ContactDirections(record, "record/" + facts.authority, feed);
}

// Agreements and sessions, and where agreements depart from orders in force on the last day that `view` knows of.
void AddContact(const SubjectId& child, const ChildFacts& facts, const View& view,
                const std::vector<ContactDirection>& directions, History& history) {
  if (facts.contact.empty()) return;
  const auto standing = StandingContacts(facts, view);
  auto contact = ContactOf(child, standing);
  history.agreements = std::move(contact.agreements);
  history.sessions = std::move(contact.sessions);
  auto departures =
      Departures(directions, {standing, "record/" + facts.authority}, view.known_at, history);
  if (departures.empty()) return;
  departures = Disagreements(facts, view).Take(std::move(departures));
  std::ranges::move(departures, std::back_inserter(history.discrepancies));
}

}  // namespace

History BuildHistory(const SubjectId& child, const ChildFacts& facts, const Coverage& coverage,
                     const View& view) {
  const Layers layers(facts, view);
  const KeptRows rows =
      KeepRows(layers, CoveredYearEnds(coverage, cases::v1::RETURN_TABLE_EPISODES, view));
  SourceHistory sources = ReadReturns(layers, rows);

  History history;
  history.nation = NameOf(NationOf(facts.authority).value_or(Nation::kEngland));
  history.care_days = CareDaysOf(rows.kept);
  history.died_on = rows.died_on;
  const auto directions = JoinSources(child, facts, view, {layers, rows}, sources, history);

  history.care_periods = std::move(sources.care_periods);
  history.legal_statuses = std::move(sources.legal_statuses);
  history.reviews = std::move(sources.reviews);
  history.happenings = std::move(sources.happenings);
  history.missing = std::move(sources.missing);
  SortByDay(history, sources.placements);
  NameEntries(child, history, sources.placements);
  PlaceReviews(history.care_periods, history.reviews);
  PlaceReviews(history.care_periods, history.near_reviews);
  PlacePlacements(std::move(sources.placements), history);
  AddContact(child, facts, view, directions, history);
  history.meetings = PlannedMeetings(child, facts, view);
  history.sibling_decisions = SiblingDecisions(child, facts, view);
  NameDiscrepancies(child, history);
  return history;
}

}  // namespace holdfast
