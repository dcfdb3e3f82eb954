// Which of the items that courts and reporters stated of a child count, as a view sees it.
// Independent of arrival.
#pragma once

#include <vector>

#include "libs/permanence/discrepancy.h"
#include "libs/permanence/facts.h"
#include "libs/permanence/view.h"

namespace holdfast {

struct FeedItems {
  // The newest version of each item that is stated of this child and was not withdrawn; by rank,
  // the one sent first first.
  std::vector<const FeedVersion*> counting;
  // Every version of the items that are of this child, the stale and the withdrawn too.
  std::vector<const FeedVersion*> heard;
  // Items that were sent again naming another child: at the child that lost them, and at the one
  // that has them.
  std::vector<Discrepancy> wrong_child;
};

// Views `facts`. An item counts here unless it was taken away after its newest version was sent. A
// withdrawal takes back what was sent no later than it.
FeedItems ReadFeed(const SubjectId& child, const ChildFacts& facts, const View& view);

}  // namespace holdfast
