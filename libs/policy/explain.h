// Why a clock stands as it does, in words: what `alerts explain` shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/policy/clock_run.h"

namespace holdfast {

struct Explanation {
  std::string title;
  std::string text;    // in plain words, for families
  std::string rule;    // the limit in words, and from what
  std::string source;  // Act and section
  Confidence confidence = Confidence::kFromUnsureKnowledge;
  std::string days_counted;  // from the start to the last permitted day, with what was left out
  std::string outcome;       // what stopped it, or since when that is not known
  std::vector<std::string> notes;
  std::vector<FactId> facts;  // of the start, then of the stop
};

// `run` in words. `policies` are those that it was run with.
Explanation Explain(const ClockRun& run, const PolicySet& policies);

// The same words for what starts and what stops clocks, such as "the agency decision".
std::string_view NameOf(StartEvent event);
std::string_view NameOf(StopEvent event);

}  // namespace holdfast
