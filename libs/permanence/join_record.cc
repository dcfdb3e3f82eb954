#include "libs/permanence/join_record.h"

#include <algorithm>

#include "libs/permanence/end_entries.h"
#include "libs/permanence/join_ends.h"
#include "libs/permanence/join_entries.h"

namespace holdfast {
namespace {

using namespace cases::v1;

class RecordJoiner {
 public:
  RecordJoiner(const DaysStated& stated, const Assertions& assertions, Disagreements& disagreements)
      : stated_(stated), assertions_(assertions), disagreements_(disagreements) {}

  // Joins the facts of `fact_kind` of the record and of sheets with a return's entries of that
  // kind; gives those that do not count. `has_span`: entries run from a start to an end.
  template <typename Entry>
  std::vector<Entry> Join(FactKind fact_kind, EntryKind kind, bool has_span,
                          std::vector<Entry>& entries) {
    auto listed = Stated<Entry>(stated_.tracker, fact_kind, kind);
    auto recorded = Stated<Entry>(stated_.record, fact_kind, kind);
    if (listed.entries.empty() && recorded.entries.empty()) return {};
    const std::vector<SourceEntries<Entry>> sources{std::move(listed), Returned(std::move(entries)),
                                                    std::move(recorded)};
    auto joined = EntryJoiner<Entry>(kind, has_span, sources, assertions_, disagreements_).Join();
    entries = std::move(joined.entries);
    return std::move(joined.near);
  }

  // Ends that the record and sheets state.
  template <typename Entry>
  void End(FactKind fact_kind, EntryKind kind, std::vector<Entry>& entries,
           typename EndJoiner<Entry>::SetEnd set_end) {
    EndJoiner<Entry>(kind, assertions_, disagreements_, set_end).Join(stated_, fact_kind, entries);
  }

 private:
  template <typename Entry>
  static SourceEntries<Entry> Returned(std::vector<Entry> entries) {
    SourceEntries<Entry> source;
    for (const auto& entry : entries) {
      source.versions.push_back({.day = StartOf(entry),
                                 .first_day = entry.first_key_day,
                                 .day_known = IsKnown(entry),
                                 .end = EndOf(entry),
                                 .facts = entry.facts,
                                 .named = {}});
      source.said_until.push_back(EndOf(entry));
      // An open one says nothing of days after its year.
      if constexpr (requires { entry.not_ended_by; }) {
        if (entry.not_ended_by) source.said_until.back() = entry.not_ended_by->PlusDays(1);
      }
    }
    source.entries = std::move(entries);
    source.is_whole = true;
    return source;
  }

  // A start stated by a person has no end of its own: the entry's end is stated apart.
  template <typename Entry>
  static SourceEntries<Entry> Stated(const std::vector<RecordFact>& stated, FactKind fact_kind,
                                     EntryKind kind) {
    SourceEntries<Entry> source;
    for (const auto& fact : stated) {
      if (fact.kind != fact_kind) continue;
      Entry entry;
      if constexpr (requires { entry.kind; }) entry.kind = kind;
      entry.first_key_day = fact.first_on;
      StartOf(entry) = fact.on;
      SetCode(entry, fact.code);
      if constexpr (requires { entry.state; }) entry.state = fact.state;
      entry.facts = {fact.fact};
      source.entries.push_back(std::move(entry));
      const auto end = EndSaidOf(stated, fact.fact, kDistantPast);
      source.versions.push_back({.day = fact.on,
                                 .first_day = fact.first_on,
                                 .day_known = true,
                                 .end = EndSaidOf(stated, fact.fact, fact.on),
                                 .facts = {fact.fact},
                                 .named = fact.entry_facts});
      source.said_until.push_back(end);
    }
    return source;
  }

  // The first day on or after `from` that `stated` says of the entry that `start` began.
  static std::optional<CivilDate> EndSaidOf(const std::vector<RecordFact>& stated,
                                            const FactId& start, CivilDate from) {
    for (const auto& fact : stated) {
      const bool says_of_it = std::ranges::find(fact.entry_facts, start) != fact.entry_facts.end();
      if (says_of_it && fact.on >= from && fact.fact != start) return fact.on;
    }
    return std::nullopt;
  }

  const DaysStated& stated_;
  const Assertions& assertions_;
  Disagreements& disagreements_;
};

constexpr std::pair<FactKind, EntryKind> kHappenings[] = {
    {FACT_KIND_AGENCY_DECISION, EntryKind::kAgencyDecision},
    {FACT_KIND_REGISTER_REFERRAL, EntryKind::kRegisterReferral},
    {FACT_KIND_MATCH, EntryKind::kMatch},
    {FACT_KIND_PLACED_FOR_ADOPTION, EntryKind::kPlacedForAdoption},
    {FACT_KIND_DECISION_REVERSED, EntryKind::kDecisionReversed},
    {FACT_KIND_INVOLVEMENT, EntryKind::kInvolvement},
    {FACT_KIND_RECOMMENDATION, EntryKind::kRecommendation},
    {FACT_KIND_PANEL, EntryKind::kPanel},
    {FACT_KIND_LEGAL_PAPERS, EntryKind::kLegalPapers},
    {FACT_KIND_LEGAL_OPINION, EntryKind::kLegalOpinion},
    {FACT_KIND_VIEW, EntryKind::kView},
    {FACT_KIND_PANEL_PAPERS, EntryKind::kPanelPapers},
    {FACT_KIND_SERVICE_ASKED, EntryKind::kServiceAsked},
    {FACT_KIND_SERVICE_STARTED, EntryKind::kServiceStarted},
    {FACT_KIND_SERVICE_REFUSED, EntryKind::kServiceRefused},
    {FACT_KIND_REVIEW_INTERVAL, EntryKind::kReviewInterval},
    {FACT_KIND_PERMANENCE_ASPECT, EntryKind::kPermanenceAspect},
};

void JoinHappenings(RecordJoiner& joiner, std::vector<Happening>& happenings, History& history) {
  for (const auto& [fact_kind, entry_kind] : kHappenings) {
    std::vector<Happening> of_kind;
    std::vector<Happening> others;
    for (auto& happening : happenings)
      (happening.kind == entry_kind ? of_kind : others).push_back(std::move(happening));
    const auto near = joiner.Join(fact_kind, entry_kind, false, of_kind);
    history.near_happenings.insert(history.near_happenings.end(), near.begin(), near.end());
    happenings = std::move(others);
    happenings.insert(happenings.end(), of_kind.begin(), of_kind.end());
  }
}

void EndPeriod(const RecordFact& fact, CarePeriod& period) {
  period.end = fact.on;
  period.ended_by = fact.on;
  if (!fact.code.empty() || period.reason.empty()) period.reason = fact.code;
  period.status = period.reason.empty() ? EndStatus::kNotStated : EndStatus::kStated;
  period.not_known_since.reset();
}

template <typename Entry>
void EndEntry(const RecordFact& fact, Entry& entry) {
  entry.end = fact.on;
  if constexpr (requires { entry.not_known_since; }) entry.not_known_since.reset();
}

bool SpeaksOfCare(const RecordFact& fact) {
  switch (fact.kind) {
    case FACT_KIND_CARE_START:
    case FACT_KIND_CARE_END:
    case FACT_KIND_LEGAL_STATUS:
    case FACT_KIND_PLACEMENT_START:
    case FACT_KIND_PLACEMENT_END:
      return true;
    default:
      return false;
  }
}

void JoinStarts(RecordJoiner& joiner, SourceHistory& sources, History& history) {
  joiner.Join(FACT_KIND_CARE_START, EntryKind::kCarePeriod, true, sources.care_periods);
  joiner.Join(FACT_KIND_PLACEMENT_START, EntryKind::kPlacement, true, sources.placements);
  joiner.Join(FACT_KIND_LEGAL_STATUS, EntryKind::kLegalStatus, true, sources.legal_statuses);
  history.near_reviews = joiner.Join(FACT_KIND_REVIEW, EntryKind::kReview, false, sources.reviews);
  joiner.Join(FACT_KIND_MISSING_START, EntryKind::kMissing, true, sources.missing);
  JoinHappenings(joiner, sources.happenings, history);
}

// Whether the returns alone do not say on which days a period ran: the record speaks of it, or they
// do not.
bool IsStatedByDay(const CarePeriod& period, const DaysStated& stated,
                   const Assertions& assertions) {
  const bool is_recorded = std::ranges::any_of(stated.record, [&](const RecordFact& fact) {
    return (fact.kind == FACT_KIND_CARE_START || fact.kind == FACT_KIND_CARE_END) &&
           std::ranges::find(period.facts, fact.fact) != period.facts.end();
  });
  return is_recorded || std::ranges::none_of(period.facts, [&](const FactId& fact) {
           return assertions.IsReturns(fact);
         });
}

void EndCareAsJoined(const DaysStated& stated, const Assertions& assertions, SourceHistory& sources,
                     History& history) {
  EndPeriodsWhereTheNextStarts(sources.care_periods);
  EndWithCare(sources.care_periods, sources.placements);
  EndWithCare(sources.care_periods, sources.legal_statuses);
  EndWhereTheNextStarts(sources.placements);
  EndWhereTheNextStarts(sources.legal_statuses);
  std::vector<bool> stated_by_day;
  for (const auto& period : sources.care_periods)
    stated_by_day.push_back(IsStatedByDay(period, stated, assertions));
  history.care_days = JoinCareDays(sources, history.care_days, stated_by_day);
}

}  // namespace

void JoinRecord(const DaysStated& stated, const Assertions& assertions, SourceHistory& sources,
                History& history, Disagreements& disagreements) {
  if (stated.IsEmpty()) return;
  RecordJoiner joiner(stated, assertions, disagreements);
  JoinStarts(joiner, sources, history);
  joiner.End(FACT_KIND_CARE_END, EntryKind::kCarePeriod, sources.care_periods, EndPeriod);
  joiner.End(FACT_KIND_PLACEMENT_END, EntryKind::kPlacement, sources.placements,
             EndEntry<Placement>);
  joiner.End(FACT_KIND_MISSING_END, EntryKind::kMissing, sources.missing, EndEntry<MissingEpisode>);
  if (std::ranges::any_of(stated.record, SpeaksOfCare) ||
      std::ranges::any_of(stated.tracker, SpeaksOfCare)) {
    EndCareAsJoined(stated, assertions, sources, history);
  }
}

}  // namespace holdfast
