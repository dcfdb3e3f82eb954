#include "libs/permanence/match_entries.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <tuple>

#include "libs/base/check.h"

namespace holdfast {
namespace {

constexpr int kNearWithinDays = 31;

using Test = std::function<bool(const EntryVersion&, const EntryVersion&)>;

bool HaveCommonFact(const std::vector<FactId>& a, const std::vector<FactId>& b) {
  return std::ranges::any_of(
      a, [&](const FactId& fact) { return std::ranges::find(b, fact) != b.end(); });
}

bool IsNamed(const EntryVersion& a, const EntryVersion& b) {
  return HaveCommonFact(a.facts, b.named) || HaveCommonFact(b.facts, a.named);
}

bool HaveEqualDays(const EntryVersion& a, const EntryVersion& b) {
  return a.day_known && b.day_known && a.day == b.day;
}

bool HasOthersFirstDay(const EntryVersion& a, const EntryVersion& b) {
  return a.day_known && b.day_known && (a.day == b.first_day || a.first_day == b.day);
}

bool IsCurrentOn(const EntryVersion& known, const EntryVersion& unknown) {
  return known.day_known && !unknown.day_known && known.day <= unknown.day &&
         (!known.end || unknown.day < *known.end);
}

bool IsCurrentWhereStartIsNotKnown(const EntryVersion& a, const EntryVersion& b) {
  return IsCurrentOn(a, b) || IsCurrentOn(b, a);
}

// Two entries, with the days by which they are nearest.
struct Distance {
  int days;
  CivilDate day;
  CivilDate other;
  VersionRef weaker;
  VersionRef stronger;
  size_t entry;
  size_t other_entry;

  auto Rank() const { return std::tie(days, day, other, weaker, stronger); }
};

class Matcher {
 public:
  explicit Matcher(const std::vector<std::vector<EntryVersion>>& sources) : sources_(sources) {
    for (size_t s = 0; s < sources.size(); ++s) {
      entry_of_.emplace_back();
      for (size_t i = 0; i < sources[s].size(); ++i) {
        entry_of_[s].push_back(entries_.size());
        entries_.emplace_back(sources.size()).at(s) = i;
      }
    }
  }

  void Join(const Test& test) {
    for (size_t s = 1; s < sources_.size(); ++s) {
      for (size_t i = 0; i < sources_[s].size(); ++i) {
        for (size_t weaker = 0; weaker < s; ++weaker) JoinVersion({s, i}, weaker, test);
      }
    }
  }

  EntryMatches Matches() const {
    EntryMatches matches;
    for (const auto& entry : entries_) {
      if (!IsEmpty(entry)) matches.entries.push_back(entry);
    }
    if (HasSeveralSources()) matches.near = Near();
    return matches;
  }

 private:
  bool HasSeveralSources() const {
    return std::ranges::count_if(sources_, [](const auto& source) { return !source.empty(); }) > 1;
  }
  static bool IsEmpty(const EntryMatch& entry) {
    return std::ranges::none_of(entry, [](const auto& index) { return index.has_value(); });
  }
  static bool ShareASource(const EntryMatch& a, const EntryMatch& b) {
    for (size_t s = 0; s < a.size(); ++s) {
      if (a[s] && b[s]) return true;
    }
    return false;
  }

  void JoinVersion(const VersionRef& version, size_t weaker, const Test& test) {
    for (size_t i = 0; i < sources_[weaker].size(); ++i) {
      const size_t from = entry_of_[version.source][version.index];
      const size_t to = entry_of_[weaker][i];
      if (from == to || ShareASource(entries_[from], entries_[to])) continue;
      if (test(sources_[weaker][i], sources_[version.source][version.index])) Merge(from, to);
    }
  }

  void Merge(size_t from, size_t to) {
    for (size_t s = 0; s < sources_.size(); ++s) {
      if (!entries_[from][s]) continue;
      entries_[to][s] = entries_[from][s];
      entry_of_[s][*entries_[from][s]] = to;
      entries_[from][s].reset();
    }
  }

  // Of the versions of `entry` that state a day, the one that counts.
  std::optional<VersionRef> LeaderOf(size_t entry) const {
    for (size_t s = sources_.size(); s-- > 0;) {
      const auto& index = entries_[entry][s];
      if (index && sources_[s][*index].day_known) return VersionRef{s, *index};
    }
    return std::nullopt;
  }

  // How near two entries are: as near as any of their versions.
  std::optional<Distance> DistanceOf(size_t a, size_t b) const {
    const auto leader = LeaderOf(a);
    const auto other = LeaderOf(b);
    if (!leader || !other) return std::nullopt;
    if (*other < *leader) return DistanceOf(b, a);
    std::optional<Distance> nearest;
    for (size_t s = 0; s < sources_.size(); ++s) {
      for (size_t t = 0; t < sources_.size(); ++t) {
        if (!entries_[a][s] || !entries_[b][t]) continue;
        const auto& one = sources_[s][*entries_[a][s]];
        const auto& two = sources_[t][*entries_[b][t]];
        if (!one.day_known || !two.day_known) continue;
        const Distance found{
            std::abs(DaysBetween(one.day, two.day)), one.day, two.day, *leader, *other, a, b};
        if (!nearest || found.Rank() < nearest->Rank()) nearest = found;
      }
    }
    return nearest;
  }

  // True when `entry` is already near an entry that shares a source with `other`.
  bool IsTaken(size_t entry, size_t other, const std::vector<Distance>& taken) const {
    return std::ranges::any_of(taken, [&](const Distance& pair) {
      if (pair.entry == entry) return ShareASource(entries_[pair.other_entry], entries_[other]);
      return pair.other_entry == entry && ShareASource(entries_[pair.entry], entries_[other]);
    });
  }

  std::vector<NearPair> Near() const {
    std::vector<Distance> pairs;
    for (size_t a = 0; a < entries_.size(); ++a) {
      for (size_t b = a + 1; b < entries_.size(); ++b) {
        if (ShareASource(entries_[a], entries_[b])) continue;
        const auto distance = DistanceOf(a, b);
        if (distance && distance->days <= kNearWithinDays) pairs.push_back(*distance);
      }
    }
    std::ranges::sort(pairs, {}, [](const Distance& pair) { return pair.Rank(); });
    std::vector<Distance> taken;
    std::vector<NearPair> near;
    for (const auto& pair : pairs) {
      if (IsTaken(pair.entry, pair.other_entry, taken) ||
          IsTaken(pair.other_entry, pair.entry, taken)) {
        continue;
      }
      taken.push_back(pair);
      near.push_back({pair.weaker, pair.stronger});
    }
    return near;
  }

  const std::vector<std::vector<EntryVersion>>& sources_;
  std::vector<EntryMatch> entries_;            // merged ones stay, empty
  std::vector<std::vector<size_t>> entry_of_;  // by source and index
};

}  // namespace

EntryMatches MatchEntries(const std::vector<std::vector<EntryVersion>>& sources,
                          const SamePairs& same) {
  Matcher matcher(sources);
  if (!same.empty()) {
    matcher.Join([&](const EntryVersion& a, const EntryVersion& b) {
      return std::ranges::any_of(same, [&](const std::vector<AssertionId>& pair) {
        return std::ranges::find(pair, a.assertion) != pair.end() &&
               std::ranges::find(pair, b.assertion) != pair.end();
      });
    });
  }
  matcher.Join(IsNamed);
  matcher.Join(HaveEqualDays);
  matcher.Join(HasOthersFirstDay);
  matcher.Join(IsCurrentWhereStartIsNotKnown);
  return matcher.Matches();
}

const EntryMatch& EntryOf(const EntryMatches& matches, const VersionRef& version) {
  const auto found = std::ranges::find_if(matches.entries, [&](const EntryMatch& entry) {
    return entry[version.source] == version.index;
  });
  HOLDFAST_CHECK(found != matches.entries.end());
  return *found;
}

}  // namespace holdfast
