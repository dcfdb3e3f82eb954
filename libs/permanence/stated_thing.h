// What one source states of something before a court or a hearing, or that one decided, folded from
// all that it said of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/permanence/discrepancy.h"
#include "libs/permanence/facts.h"
#include "libs/permanence/feed_items.h"
#include "libs/permanence/history.h"
#include "libs/permanence/match_entries.h"
#include "libs/permanence/record_facts.h"

namespace holdfast {

// What can be stated of a thing. A hearing's state is stated once it is more than planned.
enum class TermName { kOn, kCode, kState, kIssued, kUntil, kEnded, kMade };

// The name of a term in discrepancies, such as until or disposed.
std::string NameOf(TermName term, EntryKind kind);

struct Term {
  StatedVersion stated;  // its value as text: a code, a state, or a day
  std::optional<CivilDate> day;
};

struct StatedThing {
  EntryKind kind;
  std::string code;  // where it is part of the kind: of orders and applications
  EntryVersion version;
  StatedVersion key;  // the assertion of its key day
  bool disputed = false;
  std::map<TermName, Term> terms;
  std::vector<CivilDate> untils;  // the last days that its source gave it, in order of decision
};

// True of orders, applications, plans, services and aspects of permanence: the code is part of the kind.
bool IsToldApartByCode(EntryKind kind);

// What each feed states, by source name, then by day and fact.
std::map<std::string, std::vector<StatedThing>> ThingsOfFeeds(const FeedItems& feed);

// What the team's record or its sheets state, by day and fact; `source`: its name.
std::vector<StatedThing> ThingsStated(const std::vector<RecordFact>& stated,
                                      const std::string& source);

// Adds what the record says of things after they began: issued, extended, disposed of, determined,
// reported. Each is of the thing that holds the facts it was said of: one of `recorded`, or one of
// `others`, which the record then states too. What is of no thing any more says nothing.
void AddWhatBecameOfThem(const std::vector<RecordFact>& record, const std::string& source,
                         const std::vector<StatedThing>& others,
                         std::vector<StatedThing>& recorded);

}  // namespace holdfast
