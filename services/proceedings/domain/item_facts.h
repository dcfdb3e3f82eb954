// An intake item: what a source said in the messages of one event id, and whose it is. No clock, no
// randomness, no I/O.
//
// Whose an item is depends on which versions, matches and case references there are, never on the
// order in which versions came.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "holdfast/proceedings/v1/proceedings_events.pb.h"
#include "libs/base/ids.h"

namespace holdfast::proceedings {

// A version, and the number of the event that brought it.
struct ItemVersion {
  v1::ItemReceived said;
  uint64_t number = 0;
};

// A version of another item: that item's id, and when it was sent, and its content.
using WithdrawalKey = std::tuple<std::string, int64_t, std::string>;
WithdrawalKey KeyOf(const v1::ItemStated& withdrawal);

struct ItemFacts {
  std::string source;  // blank: there is no such item
  KeyId key;
  std::vector<ItemVersion> versions;  // the one that counts last: by time sent, then by content
  std::vector<v1::ItemMatched> by_person;               // the last one counts
  std::map<std::string, v1::ItemMatched> by_case_ref;   // by the id of the case reference
  std::set<std::string> children;                       // ids of all that it was ever said to be of
  std::map<WithdrawalKey, v1::ItemStated> withdrawals;  // of it, and of those
  uint64_t newest = 0;        // number of its last event from which something follows
  uint64_t matched = 0;       // number of its last match by a person
  uint64_t sent_through = 0;  // number of the last event whose consequences are journalled
  bool waits = false;         // as of then: its child had no record
  bool erased = false;        // with its child
};

// Of several versions the greatest counts: the one sent last, and of one instant the one with the
// larger content.
std::pair<int64_t, std::string_view> OrderOf(const v1::ItemReceived& said);

// A child that the item is of, and since which word.
struct Whose {
  std::string child;           // its id; blank: none is known
  int64_t at_us = 0;           // when that was sent or said
  std::string content_sha256;  // of the version that says so; blank: a person did
};

// By versions, matches and case references together. A person's word stands until the source,
// later, names a child that it did not name then.
Whose WhoseIs(const ItemFacts& facts);
// By what versions name by themselves.
Whose NamedBySource(const ItemFacts& facts);

// `facts` after `event`, of that number in its partition.
void Apply(const v1::ProceedingsEvent& event, uint64_t number, ItemFacts& facts);

// The id of the child that the item is of; blank: of none that is known.
std::string ChildOf(const ItemFacts& facts);

// Whether the authority may know of the item: it is named in it, or its child is the item's.
bool Concerns(const ItemFacts& facts, const std::string& authority);

// Why an item that is of no child is not: CASE_REF_UNKNOWN or NO_CHILD.
std::string_view WhyParked(const ItemFacts& facts);

}  // namespace holdfast::proceedings
