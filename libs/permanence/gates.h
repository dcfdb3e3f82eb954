// The gates on a child's way to a permanent home: what was recommended, what was decided, and the
// days between. A pure function of the history.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/permanence/history.h"

namespace holdfast {

// In the order in which a child comes to them.
enum class GateKind { kReview, kLegalOpinion, kPanel, kAgencyDecision, kHearing, kCourt };

// One decision. A route stands by its name; an order of no route by its code.
struct GateDecision {
  GateKind kind = GateKind::kReview;
  std::string recommended;  // blank: nobody had recommended anything
  std::optional<CivilDate> recommended_on;
  std::string decided;  // blank: which route it was of is not stated
  CivilDate decided_on;
  EntryId entry;  // of what decided
  std::vector<FactId> facts;

  // None where one of the two is blank.
  std::optional<bool> Agrees() const;
  // The days that the decision took, whatever it was.
  std::optional<int> Days() const;
};

// What each gate had before it, from the same time in care:
//   review           the plan that stood the day before; decides by its recommendation
//   legal_opinion    the last recommendation
//   panel            the last recommendation
//   agency_decision  what panel or review recommended last
//   hearing          what was last recommended or decided; decides for home where it ends the order
//                    (a hearing that decides otherwise states no route, and is no gate)
//   court            the order sought; where no application says what it came to, the last of the
//                    others; decides by the order made
// By day, then kind.
std::vector<GateDecision> GatesOf(const History& history);

// review, legal_opinion, panel, agency_decision, hearing, court.
std::string_view NameOf(GateKind kind);

}  // namespace holdfast
