// How far a source's silence means that nothing happened. No clock, no randomness, no I/O.
#pragma once

#include <optional>
#include <string_view>

#include "libs/permanence/coverage.h"
#include "services/proceedings/domain/source.h"

namespace holdfast::proceedings {

// What the source covers of the children of `authority`: the kinds that it states, of its nation
// where it names none, to the later of the day its newest item was sent and the day through which
// it said that all is complete, with its days of silence. Nothing before it was heard, or of
// another authority.
std::optional<FeedCoverage> CoverageBy(const SourceFacts& source, std::string_view authority);

}  // namespace holdfast::proceedings
