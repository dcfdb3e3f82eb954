#include "libs/permanence/join_things.h"

#include <algorithm>
#include <map>
#include <set>

#include "libs/permanence/join_entries.h"
#include "libs/permanence/stated_thing.h"

namespace holdfast {
namespace {

constexpr size_t kReturns = 1;  // among the sources, the one that counts least first

// Of one kind and code: what each source states, the one that counts least first.
using SourcesOfThing = std::vector<std::vector<StatedThing>>;

StatedThing ThingOf(const Happening& order, const Assertions& assertions) {
  StatedThing thing;
  thing.kind = EntryKind::kOrder;
  thing.code = order.code;
  thing.version.day = order.on;
  thing.version.first_day = order.first_key_day;
  thing.version.day_known = order.on_known;
  thing.version.facts = order.facts;
  thing.key = assertions.Of(order.facts.front(), order.on.Iso());
  thing.version.assertion = thing.key.assertion;
  thing.disputed = order.disputed;
  if (order.on_known) thing.terms[TermName::kOn] = {thing.key, order.on};
  return thing;
}

// One thing as all sources together have it.
class Joined {
 public:
  Joined(const StatedThing& thing, CivilDate first_key_day)
      : thing_(thing), first_key_day_(first_key_day) {}

  Happening Order() const {
    return {.entry = {},
            .first_key_day = first_key_day_,
            .kind = EntryKind::kOrder,
            .on = thing_.version.day,
            .on_known = thing_.version.day_known,
            .code = thing_.code,
            .disputed = thing_.disputed,
            .until = DayOf(TermName::kUntil),
            .ended = DayOf(TermName::kEnded),
            .facts = thing_.version.facts};
  }

  Proceeding Other() const {
    return {.entry = {},
            .first_key_day = first_key_day_,
            .kind = thing_.kind,
            .on = thing_.version.day,
            .code = IsToldApartByCode(thing_.kind) ? thing_.code : TextOf(TermName::kCode),
            .state = State(),
            .issued = DayOf(TermName::kIssued),
            .until = DayOf(TermName::kUntil),
            .untils = thing_.untils,
            .ended = DayOf(TermName::kEnded),
            .made = TextOf(TermName::kMade),
            .known_since = KnownSince(),
            .facts = thing_.version.facts};
  }

 private:
  std::optional<CivilDate> DayOf(TermName name) const {
    const auto term = thing_.terms.find(name);
    return term == thing_.terms.end() ? std::nullopt : term->second.day;
  }
  CivilDate KnownSince() const {
    CivilDate since = thing_.key.reported;
    for (const auto& [name, term] : thing_.terms) since = std::min(since, term.stated.reported);
    return since;
  }
  std::string TextOf(TermName name) const {
    const auto term = thing_.terms.find(name);
    return term == thing_.terms.end() ? "" : term->second.stated.value;
  }
  HearingState State() const {
    const std::string state = TextOf(TermName::kState);
    for (const auto known :
         {HearingState::kHeld, HearingState::kContinued, HearingState::kCancelled})
      if (NameOf(known) == state) return known;
    return HearingState::kPlanned;
  }

  const StatedThing& thing_;
  const CivilDate first_key_day_;
};

class ThingJoiner {
 public:
  ThingJoiner(const SourcesOfThing& sources, History& history, std::vector<Happening>& orders,
              Disagreements& disagreements)
      : sources_(sources), history_(history), orders_(orders), disagreements_(disagreements) {}

  void Join() {
    std::vector<std::vector<EntryVersion>> versions;
    for (const auto& source : sources_) {
      versions.emplace_back();
      for (const auto& thing : source) versions.back().push_back(thing.version);
    }
    const auto matches = MatchEntries(versions, disagreements_.same());
    std::set<const EntryMatch*> left_out;
    for (const auto& pair : matches.near) {
      const auto* loser = SettleNear(matches, pair);
      if (left_out.insert(loser).second)
        Add(*loser, history_.near_happenings, history_.near_proceedings);
    }
    for (const auto& match : matches.entries) {
      if (!left_out.contains(&match)) Add(match, orders_, history_.proceedings);
    }
  }

 private:
  const StatedThing& At(const VersionRef& version) const {
    return sources_[version.source][version.index];
  }

  // The versions of `match`, the one that counts first.
  std::vector<const StatedThing*> StatedIn(const EntryMatch& match) const {
    std::vector<const StatedThing*> stated;
    for (size_t s = sources_.size(); s-- > 0;) {
      if (match[s]) stated.push_back(&sources_[s][*match[s]]);
    }
    return stated;
  }

  // Those of the source that counts least first.
  std::vector<FactId> FactsOf(const EntryMatch& match) const {
    std::vector<FactId> facts;
    const auto stated = StatedIn(match);
    for (auto thing = stated.rbegin(); thing != stated.rend(); ++thing)
      AddFacts((*thing)->version.facts, facts);
    return facts;
  }

  const EntryMatch* SettleNear(const EntryMatches& matches, const NearPair& pair) {
    const auto& weaker = EntryOf(matches, pair.weaker);
    const auto& stronger = EntryOf(matches, pair.stronger);
    auto facts = FactsOf(weaker);
    AddFacts(FactsOf(stronger), facts);
    const auto counts = disagreements_.Near(
        At(pair.weaker).kind, {At(pair.stronger).key, At(pair.weaker).key}, std::move(facts));
    return counts == Disagreements::Counts::kSecond ? &stronger : &weaker;
  }

  void Add(const EntryMatch& match, std::vector<Happening>& orders,
           std::vector<Proceeding>& proceedings) {
    const auto stated = StatedIn(match);
    CivilDate first_key_day = kDistantFuture;
    for (const auto* thing : stated)
      first_key_day = std::min(first_key_day, thing->version.first_day);
    const StatedThing thing = Merged(stated, FactsOf(match));
    if (thing.kind == EntryKind::kOrder) {
      orders.push_back(Joined(thing, first_key_day).Order());
    } else {
      proceedings.push_back(Joined(thing, first_key_day).Other());
    }
  }

  StatedThing Merged(const std::vector<const StatedThing*>& stated, std::vector<FactId> facts) {
    StatedThing merged = *stated.front();
    merged.version.facts = facts;
    if (stated.size() == 1) return merged;
    if (!disagreements_.same().empty()) NoteSame(stated, facts);
    std::set<TermName> names;
    for (const auto* thing : stated) {
      merged.disputed |= thing->disputed;
      for (const auto& [name, term] : thing->terms) names.insert(name);
    }
    for (const auto name : names) merged.terms[name] = Settle(name, stated, facts);
    merged.untils = UntilsOf(merged, stated);
    const auto on = merged.terms.find(TermName::kOn);
    if (on != merged.terms.end()) {
      merged.version.day = *on->second.day;
      merged.version.day_known = true;
    }
    return merged;
  }

  // Those of the version whose last day counts.
  static std::vector<CivilDate> UntilsOf(const StatedThing& merged,
                                         const std::vector<const StatedThing*>& stated) {
    const auto until = merged.terms.find(TermName::kUntil);
    if (until == merged.terms.end()) return {};
    for (const auto* thing : stated) {
      const auto own = thing->terms.find(TermName::kUntil);
      if (own != thing->terms.end() && own->second.stated == until->second.stated)
        return thing->untils;
    }
    return {};
  }

  Term Settle(TermName name, const std::vector<const StatedThing*>& stated,
              const std::vector<FactId>& facts) {
    std::vector<Term> terms;
    for (const auto* thing : stated) {
      const auto term = thing->terms.find(name);
      if (term != thing->terms.end()) terms.push_back(term->second);
    }
    const bool agree = std::ranges::all_of(
        terms, [&](const Term& t) { return t.stated.value == terms.front().stated.value; });
    if (agree) return terms.front();
    std::vector<StatedVersion> versions;
    for (const auto& term : terms) versions.push_back(term.stated);
    const auto kind = stated.front()->kind;
    return terms[disagreements_.Differ(kind, NameOf(name, kind), std::move(versions), facts)];
  }

  void NoteSame(const std::vector<const StatedThing*>& stated, const std::vector<FactId>& facts) {
    std::vector<StatedVersion> versions;
    for (const auto* thing : stated) versions.push_back(thing->key);
    disagreements_.Joined(stated.front()->kind, versions, facts);
  }

  const SourcesOfThing& sources_;
  History& history_;
  std::vector<Happening>& orders_;
  Disagreements& disagreements_;
};

}  // namespace

void JoinThings(const ThingSources& sources, const Assertions& assertions, SourceHistory& returns,
                History& history, Disagreements& disagreements) {
  // The source that counts least first: sheets, returns, the record, then feeds.
  std::vector<std::vector<StatedThing>> all{
      ThingsStated(sources.stated.tracker, "tracker/" + sources.authority),
      {},
      ThingsStated(sources.stated.record, "record/" + sources.authority)};
  auto feeds = ThingsOfFeeds(sources.feed);
  std::vector<StatedThing> of_feeds;
  for (const auto& [name, things] : feeds)
    of_feeds.insert(of_feeds.end(), things.begin(), things.end());
  AddWhatBecameOfThem(sources.stated.record, "record/" + sources.authority, of_feeds, all.back());
  for (auto feed = feeds.rbegin(); feed != feeds.rend(); ++feed)
    all.push_back(std::move(feed->second));
  if (std::ranges::all_of(all, [](const auto& source) { return source.empty(); })) return;
  std::vector<Happening> others;
  for (auto& happening : returns.happenings) {
    if (happening.kind == EntryKind::kOrder) {
      all[kReturns].push_back(ThingOf(happening, assertions));
    } else {
      others.push_back(std::move(happening));
    }
  }
  returns.happenings = std::move(others);
  std::map<std::pair<EntryKind, std::string>, SourcesOfThing> by_kind;
  for (size_t s = 0; s < all.size(); ++s) {
    for (auto& thing : all[s]) {
      auto& of_kind = by_kind.try_emplace({thing.kind, thing.code}, all.size()).first->second;
      of_kind[s].push_back(std::move(thing));
    }
  }
  for (const auto& [kind, of_kind] : by_kind)
    ThingJoiner(of_kind, history, returns.happenings, disagreements).Join();
}

}  // namespace holdfast
