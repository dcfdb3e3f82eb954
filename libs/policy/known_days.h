// On which days silence means that nothing happened: coverage, by kind of event.
#pragma once

#include <optional>
#include <span>

#include "libs/permanence/coverage.h"
#include "libs/permanence/history.h"
#include "libs/policy/pack.h"

namespace holdfast {

// The last day through which it is known, on each day after `start`, whether one of `events`
// happened; none: on all days. A return covers its year for the events that its tables state, and
// never a register referral; a feed covers those that it states to its horizon; an authority's live
// record covers all events from its first day on. What happens to a discrepancy is always known.
// `period`, if any, is the care period that a clock of ordinary care runs in: where it is not known
// to go on, only the live record tells.
std::optional<CivilDate> KnownThrough(CivilDate start, std::span<const StopEvent> events,
                                      const CarePeriod* period, const Coverage& coverage,
                                      const View& view);

}  // namespace holdfast
