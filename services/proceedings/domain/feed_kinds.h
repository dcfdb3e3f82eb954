// What courts and children's reporters can say: the names of the kinds, the thing that each is said
// of, and the codes of orders, by nation.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "holdfast/proceedings/v1/proceedings_events.pb.h"

namespace holdfast::proceedings {

// As the command line and feeds write it: hearing_set.
std::string_view NameOf(v1::FeedKind kind);
std::optional<v1::FeedKind> FeedKindNamed(std::string_view name);
// All that a feed can say, in the order of their numbers.
const std::vector<v1::FeedKind>& AllFeedKinds();

// Of which a source's ref is the own number: hearing, order, application, ... Kinds of one thing
// with one ref are of one fact.
std::string_view ThingOf(v1::FeedKind kind);

// Whether the kind exists in the nation's law.
bool IsOfNation(v1::FeedKind kind, v1::Nation nation);

// What a code says in an item of the kind.
enum class CodeUse {
  kFree,    // the source's own, if any
  kOrder,   // an order of the nation, if any
  kNeeded,  // an order of the nation
  kParty,   // with whom contact is, by relation to the child
};
CodeUse CodeUseOf(v1::FeedKind kind);

// Whether an order of the nation has that code (domain.md, what issue 5 calls order codes).
bool IsOrderCode(std::string_view code, v1::Nation nation);

// Whether it is a relation to the child, as in the record of contact.
bool IsParty(std::string_view code);

}  // namespace holdfast::proceedings
