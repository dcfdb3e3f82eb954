// What courts, reporters, the team's record, returns and tracker sheets state of orders, hearings,
// applications and the rest, joined. A feed's version counts before the record's, the record's
// before a return's, a return's before a sheet's, field by field; of two feeds that of the source
// whose name comes first.
#pragma once

#include "libs/permanence/assertions.h"
#include "libs/permanence/disagreements.h"
#include "libs/permanence/feed_items.h"
#include "libs/permanence/history.h"
#include "libs/permanence/source_history.h"

namespace holdfast {

// The sources but returns.
struct ThingSources {
  const FeedItems& feed;
  const DaysStated& stated;
  std::string authority;  // whose record and sheets they are
};

// Takes what the sources state into `returns.happenings` (orders) and into `history.proceedings`.
// Of a near pair only the version that counts stays.
void JoinThings(const ThingSources& sources, const Assertions& assertions, SourceHistory& returns,
                History& history, Disagreements& disagreements);

}  // namespace holdfast
