// An intake item: what a source said in the messages of one event id, whose it is, and what follows
// from that for others. No clock, no randomness, no I/O.
//
// Whose an item is, and what each child is told, depends on which versions, matches and case
// references there are, never on the order in which versions came.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "libs/base/ids.h"
#include "services/proceedings/domain/item_refusal.h"
#include "services/proceedings/domain/source.h"

namespace holdfast::proceedings {

// A version, and the number of the event that brought it.
struct ItemVersion {
  v1::ItemReceived said;
  uint64_t number = 0;
};

struct ItemFacts {
  std::string source;  // blank: there is no such item
  KeyId key;
  std::vector<ItemVersion> versions;  // the one that counts last: by time sent, then by content
  std::vector<v1::ItemMatched> by_person;              // the last one counts
  std::map<std::string, v1::ItemMatched> by_case_ref;  // by the id of the case reference
  std::set<std::string> children;                      // ids of all that it was ever said to be of
  uint64_t newest = 0;        // number of its last event from which something follows
  uint64_t matched = 0;       // number of its last match by a person
  uint64_t sent_through = 0;  // number of the last event whose consequences are journalled
  bool waits = false;         // as of then: its child had no record
};

enum class ItemOutcome { kAccepted, kSame, kChanged, kStale, kParked };
std::string_view NameOf(ItemOutcome outcome);

struct ItemDecision {
  Events events;
  ItemOutcome outcome = ItemOutcome::kAccepted;
};

// Takes a version of the item. A new version's key_id is the item's, or blank when it has none yet:
// the caller sets it.
tl::expected<ItemDecision, RefusedItem> Decide(const ItemFacts& facts,
                                               const v1::ReceiveItem& command,
                                               const JudgedAgainst& against);

enum class MatchRefusal {  // in order of precedence
  kUnknownItem,            // none that the caller's authority may match
  kAlreadyMatched,         // it is of another child: only a rematch moves it
  kNotMatched,             // it is of no child yet: it is to be matched, not moved
};
std::string_view NameOf(MatchRefusal refusal);
std::string_view TextOf(MatchRefusal refusal);

struct MatchContext {
  std::string authority;      // the caller's, whose child it is
  const SourceFacts& source;  // the item's
  int64_t now_us = 0;
};

tl::expected<Events, MatchRefusal> Decide(const ItemFacts& facts, const v1::MatchItem& command,
                                          const MatchContext& context);
Events Decide(const ItemFacts& facts, const v1::FollowCaseRef& command);

// `facts` after `event`, of that number in its partition.
void Apply(const v1::ProceedingsEvent& event, uint64_t number, ItemFacts& facts);

// The id of the child that the item is of; blank: of none that is known.
std::string ChildOf(const ItemFacts& facts);

// Whether the authority may know of the item: it is named in it, or its child is the item's.
bool Concerns(const ItemFacts& facts, const std::string& authority);

// Why an item that is of no child is not: CASE_REF_UNKNOWN or NO_CHILD.
std::string_view WhyParked(const ItemFacts& facts);

// What others are to be told, while something is: each with its subject. Personal data is as the
// item has it.
std::vector<v1::ProceedingsCommand> WhatFollows(const SubjectId& item, const ItemFacts& facts);

}  // namespace holdfast::proceedings
