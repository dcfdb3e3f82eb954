// Why a version of an item is not taken. A pure function of its words and of what is known of its
// source.
#pragma once

#include <optional>
#include <string_view>

#include "libs/base/clock.h"
#include "services/proceedings/domain/source.h"

namespace holdfast::proceedings {

enum class ItemRefusal {  // in order of precedence
  kUnknownSource,         // it is not registered
  kAuthorityNotCovered,   // the source states nothing of that authority's children
  kUnknownKind,
  kKindNotStated,    // the source does not state that kind
  kKindNotOfNation,  // the nation's law has no such kind
  kBadDay,           // a day or time that cannot be read
  kMissing,          // a column that every item of its kind needs
  kUnknownCode,      // no order of the nation, or no code at all
  kUntilBeforeOn,
  kWithdrawnWithoutAfter,
  kSentAhead,  // over 5 minutes after now, by the system's clock
  kErased,     // it is of a child whose record is erased
};

std::string_view NameOf(ItemRefusal refusal);
std::string_view TextOf(ItemRefusal refusal);

struct RefusedItem {
  ItemRefusal refusal;
  std::string_view field;  // the column at fault

  bool operator==(const RefusedItem&) const = default;
};

struct JudgedAgainst {
  const SourceFacts& source;
  std::optional<Instant> now;  // none: under a manual clock
};

// Nothing: the item may be taken.
std::optional<RefusedItem> Judge(const v1::ReceiveItem& item, const JudgedAgainst& against);

}  // namespace holdfast::proceedings
