// How sure we are that a rule is what the law or guidance says. Shown beside every clock.
#pragma once

#include <algorithm>
#include <string_view>

namespace holdfast {

// From the surest on: C the operative text was read; C* an official summary or a stored version
// that may be old; K from knowledge; K-low recalled, perhaps wrong.
enum class Confidence { kConfirmed, kConfirmedAtSecondHand, kFromKnowledge, kFromUnsureKnowledge };

// What is made of two parts is as sure as the less sure one.
constexpr Confidence Weakest(Confidence one, Confidence other) { return std::max(one, other); }

// C, C*, K or K-low.
constexpr std::string_view ConfidenceMark(Confidence confidence) {
  switch (confidence) {
    case Confidence::kConfirmed:
      return "C";
    case Confidence::kConfirmedAtSecondHand:
      return "C*";
    case Confidence::kFromKnowledge:
      return "K";
    case Confidence::kFromUnsureKnowledge:
      return "K-low";
  }
  return "K-low";
}

}  // namespace holdfast
