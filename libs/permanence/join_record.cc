#include "libs/permanence/join_record.h"

#include <algorithm>
#include <set>

#include "libs/permanence/end_entries.h"
#include "libs/permanence/join_entries.h"

namespace holdfast {
namespace {

using namespace cases::v1;

bool HaveCommonFact(const std::vector<FactId>& a, const std::vector<FactId>& b) {
  return std::ranges::any_of(
      a, [&](const FactId& fact) { return std::ranges::find(b, fact) != b.end(); });
}

class RecordJoiner {
 public:
  RecordJoiner(const std::vector<RecordFact>& record, const Assertions& assertions,
               Disagreements& disagreements)
      : record_(record), assertions_(assertions), disagreements_(disagreements) {}

  // Joins the record's facts of `fact_kind` with a return's entries of that kind; gives those that
  // do not count. `has_span`: entries run from a start to an end.
  template <typename Entry>
  std::vector<Entry> Join(FactKind fact_kind, EntryKind kind, bool has_span,
                          std::vector<Entry>& entries) {
    auto recorded = Recorded<Entry>(fact_kind, kind);
    if (recorded.entries.empty()) return {};
    const std::vector<SourceEntries<Entry>> sources{Returned(std::move(entries)),
                                                    std::move(recorded)};
    auto joined = EntryJoiner<Entry>(kind, has_span, sources, assertions_, disagreements_).Join();
    entries = std::move(joined.entries);
    return std::move(joined.near);
  }

  // Ends that the record states, each of the entry that holds the facts it was said of.
  template <typename Entry, typename SetEnd>
  void End(FactKind fact_kind, EntryKind kind, std::vector<Entry>& entries, const SetEnd& set_end) {
    for (const auto& fact : record_) {
      if (fact.kind != fact_kind) continue;
      for (auto& entry : entries) {
        if (!HaveCommonFact(entry.facts, fact.entry_facts)) continue;
        if (RecordsEndCounts(fact, kind, entry)) set_end(fact, entry);
        entry.facts.push_back(fact.fact);
        break;
      }
    }
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
    return source;
  }

  // A record's start has no end of its own: the entry's end is stated apart.
  template <typename Entry>
  SourceEntries<Entry> Recorded(FactKind fact_kind, EntryKind kind) const {
    SourceEntries<Entry> source;
    for (const auto& fact : record_) {
      if (fact.kind != fact_kind) continue;
      Entry entry;
      if constexpr (requires { entry.kind; }) entry.kind = kind;
      entry.first_key_day = fact.first_on;
      StartOf(entry) = fact.on;
      SetCode(entry, fact.code);
      if constexpr (requires { entry.state; }) entry.state = fact.state;
      entry.facts = {fact.fact};
      source.entries.push_back(std::move(entry));
      const auto end = EndSaidOf(fact.fact, kDistantPast);
      source.versions.push_back({.day = fact.on,
                                 .first_day = fact.first_on,
                                 .day_known = true,
                                 .end = EndSaidOf(fact.fact, fact.on),
                                 .facts = {fact.fact},
                                 .named = fact.entry_facts});
      source.said_until.push_back(end);
    }
    return source;
  }

  // The first day on or after `from` that the record says of the entry that `start` began.
  std::optional<CivilDate> EndSaidOf(const FactId& start, CivilDate from) const {
    for (const auto& fact : record_) {
      if (fact.fact != start && fact.on >= from &&
          std::ranges::find(fact.entry_facts, start) != fact.entry_facts.end()) {
        return fact.on;
      }
    }
    return std::nullopt;
  }

  // The record's end against a return's, or against its saying that there was none by its year end.
  template <typename Entry>
  bool RecordsEndCounts(const RecordFact& fact, EntryKind kind, const Entry& entry) {
    const auto stated = EndOf(entry);
    std::string other = stated && *stated != fact.on ? stated->Iso() : "";
    if constexpr (requires { entry.not_ended_by; }) {
      if (other.empty() && entry.not_ended_by && fact.on <= *entry.not_ended_by)
        other = "not by " + entry.not_ended_by->Iso();
    }
    if (other.empty()) return true;
    auto facts = entry.facts;
    AddFacts({fact.fact}, facts);
    return disagreements_.Differ(kind, "end",
                                 {assertions_.Of(fact.fact, fact.on.Iso()),
                                  assertions_.Of(FactOfEnd(entry.facts), std::move(other))},
                                 std::move(facts)) == 0;
  }

  // Of the facts of an entry, the one that says how far it goes: a return's last row.
  FactId FactOfEnd(const std::vector<FactId>& facts) const {
    const auto found = std::ranges::find_if(
        facts.rbegin(), facts.rend(), [&](const FactId& f) { return !assertions_.IsRecords(f); });
    return found == facts.rend() ? facts.back() : *found;
  }

  const std::vector<RecordFact>& record_;
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

void EndCareAsJoined(const std::vector<RecordFact>& record, SourceHistory& sources,
                     History& history) {
  EndPeriodsWhereTheNextStarts(sources.care_periods);
  EndWhereTheNextStarts(sources.placements);
  EndWhereTheNextStarts(sources.legal_statuses);
  EndWithCare(sources.care_periods, sources.placements);
  EndWithCare(sources.care_periods, sources.legal_statuses);
  std::set<FactId> said;
  for (const auto& fact : record) {
    if (fact.kind == FACT_KIND_CARE_START || fact.kind == FACT_KIND_CARE_END)
      said.insert(fact.fact);
  }
  std::vector<bool> stated_by_record;
  for (const auto& period : sources.care_periods) {
    stated_by_record.push_back(
        std::ranges::any_of(period.facts, [&](const FactId& f) { return said.contains(f); }));
  }
  history.care_days = JoinCareDays(sources, history.care_days, stated_by_record);
}

}  // namespace

void JoinRecord(const std::vector<RecordFact>& record, const Assertions& assertions,
                SourceHistory& sources, History& history, Disagreements& disagreements) {
  if (record.empty()) return;
  RecordJoiner joiner(record, assertions, disagreements);
  JoinStarts(joiner, sources, history);
  joiner.End(FACT_KIND_CARE_END, EntryKind::kCarePeriod, sources.care_periods, EndPeriod);
  joiner.End(FACT_KIND_PLACEMENT_END, EntryKind::kPlacement, sources.placements,
             EndEntry<Placement>);
  joiner.End(FACT_KIND_MISSING_END, EntryKind::kMissing, sources.missing, EndEntry<MissingEpisode>);
  if (std::ranges::any_of(record, SpeaksOfCare)) EndCareAsJoined(record, sources, history);
}

}  // namespace holdfast
