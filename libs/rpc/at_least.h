// Lists of positions: what an answer has seen, and what a read is to have seen at least.
#pragma once

#include <google/protobuf/repeated_field.h>

#include "holdfast/common/v1/common.pb.h"
#include "libs/base/status.h"

namespace holdfast {

// At most one position a service and partition, in the order of both.
using Positions = google::protobuf::RepeatedPtrField<common::v1::Position>;

// No list is longer.
inline constexpr int kMostPositions = 1024;

// Takes into `known` what `seen` has beyond it. Both may be in any order; `known` becomes ordered.
void KeepLatest(Positions& known, const Positions& seen);

// True when `reached` is at or beyond each of `at_least`; a place that `reached` lacks is at event
// 0.
bool HasReached(const Positions& reached, const Positions& at_least);

// The event of one place in `positions`; 0 when it is not there.
uint64_t EventAt(const Positions& positions, const common::v1::Position& place);

// TOO_MANY_POSITIONS for a list from a caller that is too long.
Result<void> CheckAtLeast(const Positions& at_least);

}  // namespace holdfast
