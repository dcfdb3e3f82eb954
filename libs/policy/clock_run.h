// The clocks of a child: what had to happen by when, from one start each, and what came of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/base/civil_date.h"
#include "libs/base/ids.h"
#include "libs/permanence/coverage.h"
#include "libs/permanence/history.h"
#include "libs/permanence/view.h"
#include "libs/policy/policy_set.h"
#include "libs/policy/stated_aim.h"

namespace holdfast {

// What ended a clock.
struct ClockStop {
  CivilDate on;
  StopEvent event = StopEvent::kReview;
  EntryId entry;       // of what stopped it; zero when nothing that has an entry did
  std::string detail;  // of kOtherLaw: its name
  // False: a source only shows that it had ended by `on` (a care period whose end is not known).
  bool stated = true;
  std::vector<FactId> facts;

  bool operator==(const ClockStop&) const = default;
};

// An extension that goes further past the last permitted day of then than extensions should.
struct LongExtension {
  CivilDate from;  // the last permitted day before it
  CivilDate until;
  int longest_days = 0;

  bool operator==(const LongExtension&) const = default;
};

// A clock from one start. It says nothing of any one day: see StateOn.
struct ClockRun {
  std::string clock;   // id of the policy's clock
  EntryId entry;  // of the start: the care period, the review before, the decision; a discrepancy's
                  // own id
  int occurrence = 1;  // of this clock from this entry, from 1
  CivilDate start;
  std::optional<CivilDate>
      due;  // the last permitted day; none: the limit leaves its calendar's years
  std::optional<ClockStop> stop;
  // The last day on which it was known whether it had stopped; none: it is known until it stops. A
  // stop counts all the same.
  std::optional<CivilDate> not_known_since;
  // True: the child was in care before the first review that is seen, which may not have been the
  // first held.
  bool earlier_reviews_not_known = false;
  Confidence confidence = Confidence::kFromUnsureKnowledge;
  int lead_days = 0;
  int escalation_days = 0;
  bool of_reviews = false;    // what it waits for is a review
  std::vector<FactId> facts;  // of the start
  Limit limit;  // that it was counted with: the pack's, its authority's, or one agreed
  std::vector<LongExtension> long_extensions{};  // in order of decision
  std::optional<CivilDate> agreed_on{};  // the limit is an interval that was agreed on that day

  bool operator==(const ClockRun&) const = default;
};

// Every clock of the child's nation that ever ran for a child, by start, then id: design.md section
// 5 (unknown starts, coverage) and 6. A pure function of its arguments; `coverage` is looked at as
// `view` sees it, as `history` was made. `aims` are what the child's authority has stated, in order
// of statement: of two that hold, the one from the later day counts, of one day the later stated.
std::vector<ClockRun> RunClocks(const History& history, const Coverage& coverage,
                                const PolicySet& policies, const View& view,
                                const std::vector<StatedAim>& aims = {});

// What an alert is known by for ever: of the child, the clock, its start's entry and the occurrence
// in decimal digits.
AlertId AlertIdOf(const SubjectId& child, const ClockRun& run);

}  // namespace holdfast
