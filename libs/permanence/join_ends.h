// The ends that the record and tracker sheets state, each of one entry, against what a return says
// of that entry's end, or of its not having ended by a year end. The record's counts first, a
// sheet's last.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "libs/permanence/assertions.h"
#include "libs/permanence/disagreements.h"
#include "libs/permanence/entry_traits.h"
#include "libs/permanence/join_entries.h"

namespace holdfast {

inline bool HaveCommonFact(const std::vector<FactId>& a, const std::vector<FactId>& b) {
  return std::ranges::any_of(
      a, [&](const FactId& fact) { return std::ranges::find(b, fact) != b.end(); });
}

// Of the entries of one kind.
template <typename Entry>
class EndJoiner {
 public:
  // Gives the entry the end that counts.
  using SetEnd = void (*)(const RecordFact&, Entry&);

  EndJoiner(EntryKind kind, const Assertions& assertions, Disagreements& disagreements,
            SetEnd set_end)
      : kind_(kind), assertions_(assertions), disagreements_(disagreements), set_end_(set_end) {}

  // `fact_kind`: the ends among `stated`.
  void Join(const DaysStated& stated, cases::v1::FactKind fact_kind, std::vector<Entry>& entries) {
    std::map<size_t, const RecordFact*> of_sheets;
    for (const auto& fact : stated.tracker) {
      if (fact.kind == fact_kind) Give(fact, entries, of_sheets);
    }
    for (const auto& fact : stated.record) {
      if (fact.kind != fact_kind) continue;
      for (size_t i = 0; i < entries.size(); ++i) {
        if (!HaveCommonFact(entries[i].facts, fact.entry_facts)) continue;
        const auto sheet = of_sheets.extract(i);
        Settle(&fact, sheet ? sheet.mapped() : nullptr, entries[i]);
        break;
      }
    }
    for (const auto& [i, fact] : of_sheets) Settle(nullptr, fact, entries[i]);
  }

 private:
  struct Version {
    StatedVersion stated;
    const RecordFact* by;  // null: a return
  };

  // A sheet's end is that of the entry that holds its own start, else of the one that began last.
  // Of several the one stated last.
  static void Give(const RecordFact& fact, const std::vector<Entry>& entries,
                   std::map<size_t, const RecordFact*>& of_sheets) {
    std::optional<size_t> last;
    for (size_t i = 0; i < entries.size(); ++i) {
      if (StartOf(entries[i]) > fact.on) continue;
      if (HaveCommonFact(entries[i].facts, fact.entry_facts)) {
        last = i;
        break;
      }
      const auto rank = [](const Entry& e) { return std::tuple(StartOf(e), e.facts); };
      if (!last || rank(entries[*last]) < rank(entries[i])) last = i;
    }
    if (!last) return;
    const RecordFact*& given = of_sheets[*last];
    const auto rank = [](const RecordFact& f) { return std::tuple(f.reported, f.on, f.fact); };
    if (!given || rank(*given) < rank(fact)) given = &fact;
  }

  void Settle(const RecordFact* record, const RecordFact* sheet, Entry& entry) {
    std::vector<Version> versions;
    if (record) versions.push_back(VersionOf(*record));
    const std::string returned = ReturnSays(entry, record, sheet);
    if (!returned.empty())
      versions.push_back({assertions_.Of(FactOfEnd(entry.facts), returned), nullptr});
    if (sheet) versions.push_back(VersionOf(*sheet));
    const RecordFact* by = versions.front().by;
    const bool agree = std::ranges::all_of(versions, [&](const Version& version) {
      return version.stated.value == versions.front().stated.value;
    });
    std::vector<FactId> facts = entry.facts;
    for (const auto* fact : {record, sheet}) {
      if (fact) AddFacts({fact->fact}, facts);
    }
    if (!agree) {
      std::vector<StatedVersion> stated;
      for (const auto& version : versions) stated.push_back(version.stated);
      by = versions[disagreements_.Differ(kind_, "end", std::move(stated), facts)].by;
    }
    if (by) set_end_(*by, entry);
    entry.facts = std::move(facts);
  }

  Version VersionOf(const RecordFact& fact) const {
    return {assertions_.Of(fact.fact, fact.on.Iso()), &fact};
  }

  // The end that a return states, or that there was none by its year end, where one of the others
  // says that there was; blank: nothing.
  static std::string ReturnSays(const Entry& entry, const RecordFact* record,
                                const RecordFact* sheet) {
    if (const auto end = EndOf(entry)) return end->Iso();
    if constexpr (requires { entry.not_ended_by; }) {
      for (const auto* fact : {record, sheet}) {
        if (fact && entry.not_ended_by && fact->on <= *entry.not_ended_by)
          return "not by " + entry.not_ended_by->Iso();
      }
    }
    return "";
  }

  // Of the facts of an entry, the one that says how far it goes: a return's last row.
  FactId FactOfEnd(const std::vector<FactId>& facts) const {
    const auto found = std::ranges::find_if(
        facts.rbegin(), facts.rend(), [&](const FactId& f) { return assertions_.IsReturns(f); });
    return found == facts.rend() ? facts.back() : *found;
  }

  const EntryKind kind_;
  const Assertions& assertions_;
  Disagreements& disagreements_;
  const SetEnd set_end_;
};

}  // namespace holdfast
