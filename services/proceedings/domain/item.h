// What is decided of an intake item: a version that a source sent, a person's match, the child of
// its case reference. No clock, no randomness, no I/O.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "services/proceedings/domain/item_facts.h"
#include "services/proceedings/domain/item_refusal.h"
#include "services/proceedings/domain/source.h"

namespace holdfast::proceedings {

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
// Also before the item itself was received.
Events Decide(const ItemFacts& facts, const v1::HearWithdrawal& command);
// None when the item is another child's by now.
Events Decide(const ItemFacts& facts, const v1::EraseItem& command);

}  // namespace holdfast::proceedings
