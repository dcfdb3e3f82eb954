#include "libs/permanence/join_record.h"

#include <algorithm>
#include <set>

#include "libs/permanence/match_entries.h"

namespace holdfast {
namespace {

using namespace cases::v1;

void AddFacts(const std::vector<FactId>& from, std::vector<FactId>& to) {
  for (const auto& fact : from) {
    if (std::ranges::find(to, fact) == to.end()) to.push_back(fact);
  }
}

bool HaveCommonFact(const std::vector<FactId>& a, const std::vector<FactId>& b) {
  return std::ranges::any_of(
      a, [&](const FactId& fact) { return std::ranges::find(b, fact) != b.end(); });
}

// Where an entry begins and ends, in whatever its kind calls it.
CivilDate& StartOf(CarePeriod& e) { return e.start; }
CivilDate& StartOf(Placement& e) { return e.start; }
CivilDate& StartOf(LegalStatus& e) { return e.start; }
CivilDate& StartOf(Review& e) { return e.on; }
CivilDate& StartOf(Happening& e) { return e.on; }
CivilDate& StartOf(MissingEpisode& e) { return e.start; }

bool IsKnown(const CarePeriod& e) { return e.start_known; }
bool IsKnown(const Placement& e) { return e.start_known; }
bool IsKnown(const LegalStatus& e) { return e.start_known; }
bool IsKnown(const Review&) { return true; }
bool IsKnown(const Happening& e) { return e.on_known; }
bool IsKnown(const MissingEpisode&) { return true; }

void SetKnown(CarePeriod& e) { e.start_known = true; }
void SetKnown(Placement& e) { e.start_known = true; }
void SetKnown(LegalStatus& e) { e.start_known = true; }
void SetKnown(Review&) {}
void SetKnown(Happening& e) { e.on_known = true; }
void SetKnown(MissingEpisode&) {}

std::optional<CivilDate> EndOf(const CarePeriod& e) { return e.ended_by; }
std::optional<CivilDate> EndOf(const Placement& e) { return e.end; }
std::optional<CivilDate> EndOf(const LegalStatus& e) { return e.end; }
std::optional<CivilDate> EndOf(const Review& e) { return e.on; }
std::optional<CivilDate> EndOf(const Happening& e) { return e.on; }
std::optional<CivilDate> EndOf(const MissingEpisode& e) { return e.end; }

// The code that both sources may state, and that may differ.
std::string CodeOf(const CarePeriod&) { return ""; }
std::string CodeOf(const Placement& e) { return e.places.empty() ? "" : e.places.front().place; }
std::string CodeOf(const LegalStatus& e) { return e.code; }
std::string CodeOf(const Review& e) { return e.code; }
std::string CodeOf(const Happening& e) { return e.code; }
std::string CodeOf(const MissingEpisode& e) { return e.code; }

void SetCode(CarePeriod&, const std::string&) {}
void SetCode(Placement& e, const std::string& code) {
  if (e.places.empty()) e.places.push_back({e.start, code});
  e.places.front().place = code;
  e.place = e.places.back().place;
}
void SetCode(LegalStatus& e, const std::string& code) { e.code = code; }
void SetCode(Review& e, const std::string& code) { e.code = code; }
void SetCode(Happening& e, const std::string& code) { e.code = code; }
void SetCode(MissingEpisode& e, const std::string& code) { e.code = code; }

// One record's fact as an entry of its own.
template <typename Entry>
Entry EntryOf(const RecordFact& fact) {
  Entry entry;
  entry.first_key_day = fact.first_on;
  StartOf(entry) = fact.on;
  SetCode(entry, fact.code);
  entry.facts = {fact.fact};
  return entry;
}

class Joiner {
 public:
  Joiner(const std::vector<RecordFact>& record, History& history)
      : record_(record), history_(history) {}

  // Joins the record's facts of `kind` with a return's entries of that kind. `has_span`: they run
  // from a start to an end.
  template <typename Entry>
  void Join(FactKind kind, bool has_span, std::vector<Entry>& entries) {
    std::vector<RecordFact> facts;
    std::ranges::copy_if(record_, std::back_inserter(facts),
                         [&](const RecordFact& f) { return f.kind == kind; });
    if (facts.empty()) return;
    JoinFacts(facts, has_span, entries);
  }

  template <typename Entry>
  void JoinFacts(const std::vector<RecordFact>& facts, bool has_span, std::vector<Entry>& entries) {
    const EntryMatches matches = MatchEntries(VersionsOf(entries), VersionsOf(facts));
    std::set<size_t> left_out;
    std::set<const RecordFact*> near;
    for (const auto& pair : matches.near) {
      if constexpr (std::is_same_v<Entry, Review>)
        history_.near_reviews.push_back(entries[pair.of_return]);
      if constexpr (std::is_same_v<Entry, Happening>)
        history_.near_happenings.push_back(entries[pair.of_return]);
      Disagree("near", "", entries[pair.of_return].facts, {facts[pair.of_record].fact});
      left_out.insert(pair.of_return);
      near.insert(&facts[pair.of_record]);
    }
    std::vector<Entry> joined;
    for (const auto& match : matches.entries) {
      if (match.of_return && left_out.contains(*match.of_return)) continue;
      if (!match.of_return) {
        joined.push_back(EntryOf<Entry>(facts[*match.of_record]));
        if (has_span && !near.contains(&facts[*match.of_record]))
          FindOverlaps(joined.back(), entries, matches);
        continue;
      }
      joined.push_back(entries[*match.of_return]);
      if (match.of_record) Merge(facts[*match.of_record], joined.back());
    }
    entries = std::move(joined);
  }

  // Ends that the record states, each of the entry that holds the facts it was said of.
  template <typename Entry, typename SetEnd>
  void End(FactKind kind, std::vector<Entry>& entries, const SetEnd& set_end) {
    for (const auto& fact : record_) {
      if (fact.kind != kind) continue;
      for (auto& entry : entries) {
        if (!HaveCommonFact(entry.facts, fact.entry_facts)) continue;
        CompareEnds(fact, entry);
        set_end(fact, entry);
        entry.facts.push_back(fact.fact);
        break;
      }
    }
  }

 private:
  template <typename Entry>
  static std::vector<EntryVersion> VersionsOf(std::vector<Entry>& entries) {
    std::vector<EntryVersion> versions;
    for (auto& entry : entries) {
      versions.push_back({.day = StartOf(entry),
                          .first_day = entry.first_key_day,
                          .day_known = IsKnown(entry),
                          .end = EndOf(entry),
                          .facts = entry.facts,
                          .named = {}});
    }
    return versions;
  }

  // A record's start has no end of its own: the entry's end is stated apart.
  std::vector<EntryVersion> VersionsOf(const std::vector<RecordFact>& facts) const {
    std::vector<EntryVersion> versions;
    for (const auto& fact : facts) {
      versions.push_back({.day = fact.on,
                          .first_day = fact.first_on,
                          .day_known = true,
                          .end = EndSaidOf(fact),
                          .facts = {fact.fact},
                          .named = fact.entry_facts});
    }
    return versions;
  }

  std::optional<CivilDate> EndSaidOf(const RecordFact& start) const {
    for (const auto& fact : record_) {
      if (fact.fact != start.fact &&
          std::ranges::find(fact.entry_facts, start.fact) != fact.entry_facts.end() &&
          fact.on >= start.on) {
        return fact.on;
      }
    }
    return std::nullopt;
  }

  template <typename Entry>
  void Merge(const RecordFact& fact, Entry& entry) {
    if (IsKnown(entry) && StartOf(entry) != fact.on)
      Disagree("differs", "start", entry.facts, {fact.fact});
    if (!fact.code.empty() && !CodeOf(entry).empty() && CodeOf(entry) != fact.code) {
      Disagree("differs", "code", entry.facts, {fact.fact});
    }
    entry.first_key_day = std::min(entry.first_key_day, fact.first_on);
    StartOf(entry) = fact.on;
    SetKnown(entry);
    if (!fact.code.empty()) SetCode(entry, fact.code);
    AddFacts({fact.fact}, entry.facts);
  }

  // A return's end, or its saying that there was none by its year end, against the record's.
  template <typename Entry>
  void CompareEnds(const RecordFact& fact, const Entry& entry) {
    const auto stated = EndOf(entry);
    const bool other_end = stated && *stated != fact.on;
    if constexpr (requires { entry.not_ended_by; }) {
      if (other_end || (entry.not_ended_by && fact.on <= *entry.not_ended_by)) {
        Disagree("differs", "end", entry.facts, {fact.fact});
      }
    } else if (other_end) {
      Disagree("differs", "end", entry.facts, {fact.fact});
    }
  }

  // An entry of the record alone against those that a return alone has: an open one says nothing of
  // days after its year.
  template <typename Entry>
  void FindOverlaps(Entry& own, std::vector<Entry>& returns, const EntryMatches& matches) {
    const auto own_end = EndSaid(own);
    for (const auto& match : matches.entries) {
      if (!match.of_return || match.of_record) continue;
      Entry& other = returns[*match.of_return];
      std::optional<CivilDate> other_end = EndOf(other);
      if constexpr (requires { other.not_ended_by; }) {
        if (other.not_ended_by) other_end = other.not_ended_by->PlusDays(1);
      }
      if ((!other_end || StartOf(own) < *other_end) && (!own_end || StartOf(other) < *own_end)) {
        Disagree("overlap", "sources", other.facts, own.facts);
      }
    }
  }

  template <typename Entry>
  std::optional<CivilDate> EndSaid(const Entry& own) const {
    for (const auto& fact : record_) {
      if (std::ranges::find(fact.entry_facts, own.facts.front()) != fact.entry_facts.end())
        return fact.on;
    }
    return std::nullopt;
  }

  void Disagree(std::string kind, std::string detail, std::vector<FactId> facts,
                const std::vector<FactId>& others) {
    AddFacts(others, facts);
    std::ranges::sort(facts);
    history_.discrepancies.push_back({.kind = std::move(kind),
                                      .facts = std::move(facts),
                                      .key_day = {},
                                      .detail = std::move(detail)});
  }

  const std::vector<RecordFact>& record_;
  History& history_;
};

constexpr std::pair<FactKind, EntryKind> kHappenings[] = {
    {FACT_KIND_AGENCY_DECISION, EntryKind::kAgencyDecision},
    {FACT_KIND_REGISTER_REFERRAL, EntryKind::kRegisterReferral},
    {FACT_KIND_MATCH, EntryKind::kMatch},
    {FACT_KIND_PLACED_FOR_ADOPTION, EntryKind::kPlacedForAdoption},
    {FACT_KIND_DECISION_REVERSED, EntryKind::kDecisionReversed},
    {FACT_KIND_ORDER, EntryKind::kOrder},
};

// Happenings of one kind; orders of one code.
void JoinHappenings(const std::vector<RecordFact>& record, Joiner& joiner,
                    std::vector<Happening>& happenings) {
  for (const auto& kinds : kHappenings) {
    // Names of their own, since clang 14 lets no lambda see a structured binding.
    const auto fact_kind = kinds.first;
    const auto entry_kind = kinds.second;
    std::set<std::string> codes;
    for (const auto& fact : record) {
      if (fact.kind == fact_kind) codes.insert(entry_kind == EntryKind::kOrder ? fact.code : "");
    }
    for (const auto& code : codes) {
      const auto belongs = [&](const Happening& h) {
        return h.kind == entry_kind && (entry_kind != EntryKind::kOrder || h.code == code);
      };
      std::vector<Happening> of_kind;
      std::ranges::copy_if(happenings, std::back_inserter(of_kind), belongs);
      std::erase_if(happenings, belongs);
      std::vector<RecordFact> facts;
      std::ranges::copy_if(record, std::back_inserter(facts), [&](const RecordFact& f) {
        return f.kind == fact_kind && (entry_kind != EntryKind::kOrder || f.code == code);
      });
      joiner.JoinFacts(facts, false, of_kind);
      for (auto& happening : of_kind) happening.kind = entry_kind;
      happenings.insert(happenings.end(), of_kind.begin(), of_kind.end());
    }
  }
}

// Of entries that follow each other, one that has not ended when the next starts ends there.
template <typename Entry>
void EndWhereTheNextStarts(std::vector<Entry>& entries) {
  std::ranges::sort(entries, {}, [](const Entry& e) { return std::tuple(e.start, e.facts); });
  for (size_t i = 0; i + 1 < entries.size(); ++i) {
    auto& entry = entries[i];
    const CivilDate next = entries[i + 1].start;
    const auto end =
        entry.not_known_since ? std::optional(entry.not_known_since->PlusDays(1)) : entry.end;
    if (end && *end <= next) continue;
    entry.end = next;
    entry.not_known_since.reset();
    entry.not_ended_by.reset();
  }
}

void EndPeriodsWhereTheNextStarts(std::vector<CarePeriod>& periods) {
  std::ranges::sort(periods, {}, [](const CarePeriod& p) { return std::tuple(p.start, p.facts); });
  for (size_t i = 0; i + 1 < periods.size(); ++i) {
    auto& period = periods[i];
    const CivilDate next = periods[i + 1].start;
    if (period.ended_by && *period.ended_by <= next) continue;
    period.status = period.status == EndStatus::kStated && !period.reason.empty()
                        ? EndStatus::kDisputed
                        : EndStatus::kNotStated;
    period.end = next;
    period.ended_by = next;
    period.not_known_since.reset();
  }
}

// What belongs to a care period, and of which no source states an end, ends with it.
template <typename Entry>
void EndWithCare(const std::vector<CarePeriod>& periods, std::vector<Entry>& entries) {
  for (auto& entry : entries) {
    const CarePeriod* holder = nullptr;
    for (const auto& period : periods) {
      if (period.start <= entry.start) holder = &period;
    }
    if (!holder || !holder->end || entry.end) continue;
    entry.end = holder->end;
    entry.not_known_since.reset();
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

}  // namespace

void JoinRecord(const std::vector<RecordFact>& record, SourceHistory& sources, History& history) {
  if (record.empty()) return;
  Joiner joiner(record, history);
  joiner.Join(FACT_KIND_CARE_START, true, sources.care_periods);
  joiner.Join(FACT_KIND_PLACEMENT_START, true, sources.placements);
  joiner.Join(FACT_KIND_LEGAL_STATUS, true, sources.legal_statuses);
  joiner.Join(FACT_KIND_REVIEW, false, sources.reviews);
  joiner.Join(FACT_KIND_MISSING_START, true, sources.missing);
  JoinHappenings(record, joiner, sources.happenings);
  joiner.End(FACT_KIND_CARE_END, sources.care_periods, EndPeriod);
  joiner.End(FACT_KIND_PLACEMENT_END, sources.placements, EndEntry<Placement>);
  joiner.End(FACT_KIND_MISSING_END, sources.missing, EndEntry<MissingEpisode>);
  if (std::ranges::none_of(record, SpeaksOfCare)) return;

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

}  // namespace holdfast
