#include "libs/rpc/at_least.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace holdfast {
namespace {

using Latest = std::map<std::pair<std::string, uint32_t>, uint64_t>;

void Add(Latest& latest, const Positions& positions) {
  for (const auto& position : positions) {
    auto& event = latest[{position.service(), position.partition()}];
    event = std::max(event, position.event());
  }
}

}  // namespace

void KeepLatest(Positions& known, const Positions& seen) {
  Latest latest;
  Add(latest, known);
  Add(latest, seen);
  known.Clear();
  for (const auto& [place, event] : latest) {
    auto& position = *known.Add();
    position.set_service(place.first);
    position.set_partition(place.second);
    position.set_event(event);
  }
}

uint64_t EventAt(const Positions& positions, const common::v1::Position& place) {
  uint64_t event = 0;
  for (const auto& position : positions) {
    if (position.service() == place.service() && position.partition() == place.partition()) {
      event = std::max(event, position.event());
    }
  }
  return event;
}

bool HasReached(const Positions& reached, const Positions& at_least) {
  return std::ranges::all_of(at_least, [&](const common::v1::Position& place) {
    return EventAt(reached, place) >= place.event();
  });
}

Result<void> CheckAtLeast(const Positions& at_least) {
  if (at_least.size() <= kMostPositions) return {};
  return Fail(StatusCode::kInvalidArgument, "TOO_MANY_POSITIONS",
              "at_least has too many positions");
}

}  // namespace holdfast
