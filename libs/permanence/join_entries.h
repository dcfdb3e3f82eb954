// Entries of one kind, as several sources state them, joined: which counts, and where they
// disagree.
#pragma once

#include <algorithm>
#include <set>
#include <vector>

#include "libs/permanence/assertions.h"
#include "libs/permanence/disagreements.h"
#include "libs/permanence/entry_traits.h"
#include "libs/permanence/match_entries.h"

namespace holdfast {

// What one source states. The lists are as long as each other.
template <typename Entry>
struct SourceEntries {
  std::vector<Entry> entries;
  std::vector<EntryVersion> versions;                // what they are matched by
  std::vector<std::optional<CivilDate>> said_until;  // the first day of which an entry says nothing
  bool is_whole = false;  // an entry is stated with its end and all that it holds, not day by day
};

template <typename Entry>
struct JoinedEntries {
  std::vector<Entry> entries;
  std::vector<Entry> near;  // that do not count, each near one that does
};

inline void AddFacts(const std::vector<FactId>& from, std::vector<FactId>& to) {
  for (const auto& fact : from) {
    if (std::ranges::find(to, fact) == to.end()) to.push_back(fact);
  }
}

// Joins `sources`, the one that counts least first. `has_span`: entries run from a start to an end.
template <typename Entry>
class EntryJoiner {
 public:
  EntryJoiner(EntryKind kind, bool has_span, const std::vector<SourceEntries<Entry>>& sources,
              const Assertions& assertions, Disagreements& disagreements)
      : kind_(kind),
        has_span_(has_span),
        sources_(sources),
        assertions_(assertions),
        disagreements_(disagreements) {}

  JoinedEntries<Entry> Join() {
    std::vector<std::vector<EntryVersion>> versions;
    for (const auto& source : sources_) versions.push_back(source.versions);
    if (!disagreements_.same().empty()) Assert(versions);
    matches_ = MatchEntries(versions, disagreements_.same());
    for (const auto& pair : matches_.near) SettleNear(pair);
    if (has_span_) FindOverlaps();
    JoinedEntries<Entry> joined;
    for (const auto* match : near_) joined.near.push_back(Merged(*match));
    for (const auto& match : matches_.entries) {
      if (!left_out_.contains(&match)) joined.entries.push_back(Merged(match));
    }
    return joined;
  }

 private:
  // The versions of `match`, the one that counts least first.
  std::vector<const Entry*> StatedIn(const EntryMatch& match) const {
    std::vector<const Entry*> stated;
    for (size_t s = 0; s < sources_.size(); ++s) {
      if (match[s]) stated.push_back(&sources_[s].entries[*match[s]]);
    }
    return stated;
  }

  std::vector<FactId> FactsOf(const EntryMatch& match) const {
    std::vector<FactId> facts;
    for (const auto* entry : StatedIn(match)) AddFacts(entry->facts, facts);
    return facts;
  }

  StatedVersion StartStated(const Entry& entry) const {
    return assertions_.Of(entry.facts.front(), StartOf(entry).Iso());
  }

  void Assert(std::vector<std::vector<EntryVersion>>& versions) const {
    for (auto& source : versions) {
      for (auto& version : source)
        version.assertion = assertions_.Of(version.facts.front()).assertion;
    }
  }

  void SettleNear(const NearPair& pair) {
    const auto& weaker = EntryOf(matches_, pair.weaker);
    const auto& stronger = EntryOf(matches_, pair.stronger);
    are_near_.insert({&weaker, &stronger});
    const auto counts = disagreements_.Near(kind_, VersionsOf(pair), FactsOfBoth(weaker, stronger));
    const auto* loser = counts == Disagreements::Counts::kSecond ? &stronger : &weaker;
    if (left_out_.insert(loser).second) near_.push_back(loser);
  }

  std::vector<StatedVersion> VersionsOf(const NearPair& pair) const {
    return {StartStated(sources_[pair.stronger.source].entries[pair.stronger.index]),
            StartStated(sources_[pair.weaker.source].entries[pair.weaker.index])};
  }

  std::vector<FactId> FactsOfBoth(const EntryMatch& a, const EntryMatch& b) const {
    auto facts = FactsOf(a);
    AddFacts(FactsOf(b), facts);
    return facts;
  }

  // Entries of different sources that run at the same time, but for those that are near another.
  void FindOverlaps() {
    for (size_t s = 1; s < sources_.size(); ++s) {
      for (const auto& stronger : matches_.entries) {
        if (!IsLed(stronger, s) || are_near_.contains(&stronger)) continue;
        for (const auto& weaker : matches_.entries) {
          if (LeaderOf(weaker) < s && !ShareASource(weaker, stronger))
            CheckOverlap({LeaderOf(weaker), *weaker[LeaderOf(weaker)]}, {s, *stronger[s]});
        }
      }
    }
  }

  static size_t LeaderOf(const EntryMatch& match) {
    size_t s = match.size();
    while (s > 0 && !match[s - 1]) --s;
    return s - 1;
  }
  static bool IsLed(const EntryMatch& match, size_t source) { return LeaderOf(match) == source; }
  static bool ShareASource(const EntryMatch& a, const EntryMatch& b) {
    for (size_t s = 0; s < a.size(); ++s) {
      if (a[s] && b[s]) return true;
    }
    return false;
  }

  void CheckOverlap(const VersionRef& weaker, const VersionRef& stronger) {
    const auto& other = sources_[weaker.source].entries[weaker.index];
    const auto& own = sources_[stronger.source].entries[stronger.index];
    const auto other_end = sources_[weaker.source].said_until[weaker.index];
    const auto own_end = sources_[stronger.source].said_until[stronger.index];
    if ((other_end && StartOf(own) >= *other_end) || (own_end && StartOf(other) >= *own_end))
      return;
    const auto& weak = EntryOf(matches_, weaker);
    const auto& strong = EntryOf(matches_, stronger);
    const auto counts =
        disagreements_.Overlap(kind_, VersionsOf({weaker, stronger}), FactsOfBoth(weak, strong));
    if (counts == Disagreements::Counts::kFirst) left_out_.insert(&weak);
    if (counts == Disagreements::Counts::kSecond) left_out_.insert(&strong);
  }

  Entry Merged(const EntryMatch& match) {
    const auto stated = StatedIn(match);
    Entry entry = *stated.front();
    for (size_t s = 0; s < sources_.size(); ++s) {
      if (sources_[s].is_whole && match[s]) entry = sources_[s].entries[*match[s]];
    }
    if (stated.size() == 1) return entry;
    const auto facts = FactsOf(match);
    if (!disagreements_.same().empty()) NoteSame(stated, facts);
    const auto* start = Settle(
        "start", stated, facts, [](const Entry& e) { return IsKnown(e); },
        [](const Entry& e) { return StartOf(e).Iso(); });
    const auto* code = Settle(
        "code", stated, facts, [](const Entry& e) { return !CodeOf(e).empty(); },
        [](const Entry& e) { return CodeOf(e); });
    if (start) StartOf(entry) = StartOf(*start);
    if (start) SetKnown(entry);
    if (code) SetCode(entry, CodeOf(*code));
    for (const auto* other : stated)
      entry.first_key_day = std::min(entry.first_key_day, other->first_key_day);
    entry.facts = facts;
    return entry;
  }

  // The version that counts in one field; null: none states it.
  template <typename States, typename ValueOf>
  const Entry* Settle(const char* field, const std::vector<const Entry*>& stated,
                      const std::vector<FactId>& facts, const States& states,
                      const ValueOf& value_of) {
    std::vector<const Entry*> states_it;
    for (auto entry = stated.rbegin(); entry != stated.rend(); ++entry) {
      if (states(**entry)) states_it.push_back(*entry);
    }
    if (states_it.empty()) return nullptr;
    const auto value = value_of(*states_it.front());
    if (std::ranges::all_of(states_it, [&](const Entry* e) { return value_of(*e) == value; }))
      return states_it.front();
    std::vector<StatedVersion> versions;
    for (const auto* entry : states_it)
      versions.push_back(assertions_.Of(entry->facts.front(), value_of(*entry)));
    return states_it[disagreements_.Differ(kind_, field, std::move(versions), facts)];
  }

  void NoteSame(const std::vector<const Entry*>& stated, const std::vector<FactId>& facts) {
    std::vector<StatedVersion> versions;
    for (auto entry = stated.rbegin(); entry != stated.rend(); ++entry)
      versions.push_back(StartStated(**entry));
    disagreements_.Joined(kind_, versions, facts);
  }

  const EntryKind kind_;
  const bool has_span_;
  const std::vector<SourceEntries<Entry>>& sources_;
  const Assertions& assertions_;
  Disagreements& disagreements_;
  EntryMatches matches_;
  std::set<const EntryMatch*> left_out_;
  std::set<const EntryMatch*> are_near_;
  std::vector<const EntryMatch*> near_;  // left out as near another, nearest first
};

}  // namespace holdfast
