#include "libs/policy/clock_starts.h"

namespace holdfast {
namespace {

// Its end, or the child's death; whichever comes first.
std::optional<ClockStop> StopOf(const SiblingDecision& decision, const History& history) {
  std::optional<ClockStop> stop;
  if (decision.ended)
    stop =
        ClockStop{.on = *decision.ended,
                  .event = decision.left ? StopEvent::kSiblingsLeft : StopEvent::kSiblingsDecided};
  if (history.died_on && (!stop || *history.died_on < stop->on))
    stop = ClockStop{.on = *history.died_on, .event = StopEvent::kDied};
  return stop;
}

}  // namespace

std::vector<ClockStart> StartsOfSiblings(const History& history) {
  std::vector<ClockStart> starts;
  for (const auto& decision : history.sibling_decisions) {
    ClockStart start{.on = decision.on, .entry = decision.entry, .facts = {}};
    start.stop = StopOf(decision, history);
    if (start.stop && start.stop->on < start.on) continue;
    if (decision.review) start.extensions = {*decision.review};
    start.always_known = true;
    starts.push_back(std::move(start));
  }
  return starts;
}

}  // namespace holdfast
