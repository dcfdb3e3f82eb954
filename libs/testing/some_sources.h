// What courts, reporters and the team may say of a child, drawn from a seed, for tests.
#pragma once

#include <vector>

#include "libs/testing/child_of_sources.h"
#include "libs/testing/random.h"

namespace holdfast {

// What a court and a reporter send: a few items each, in some versions; some name another child.
std::vector<ToldEvent> SomeFeeds(Random& random);

// The team's facts of orders, hearings and applications, and their corrections in the order of its
// journal.
std::vector<ToldEvent> SomeRecord(Random& random);

// The team's facts of care that begins on 2026-01-05 or so, placements and reviews, of which some
// are corrected.
std::vector<ToldEvent> SomeCare(Random& random);

// `feeds` in some order, some twice, among the record's in their own.
std::vector<ToldEvent> Arriving(std::vector<ToldEvent> feeds, const std::vector<ToldEvent>& record,
                                Random& random);

}  // namespace holdfast
