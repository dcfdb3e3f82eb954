// A policy pack: what the law, guidance or an authority asks for by when, as data. See
// packs/england.yaml for the form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/civil_date.h"
#include "libs/base/status.h"
#include "libs/policy/calendar.h"
#include "libs/policy/confidence.h"
#include "libs/policy/day_count.h"

namespace holdfast {

// What a clock is measured from. A stretch is a run of days on which a clock applies: see
// RunsWhile.
enum class StartEvent {
  kCareStart,        // a care period starts, or other law stops applying in it
  kPlacedStart,      // a stretch of placements starts
  kFirstReview,      // the first review in a stretch
  kEachLaterReview,  // every review after the first
  kEachReview,       // every review
  kAgencyDecision,   // the agency decides that the child should be placed for adoption
  kRecommendation,   // a review recommends a route to a permanent home
  kApplicationIssued,
  kSafeguarderAppointed,
  kMessage,           // a feed's last message: of no child
  kContactAgreement,  // an agreement about contact begins; where the clock repeats, its review too
  kDiscrepancyOpened,
  kSiblingsDecided,  // a decision where siblings live
};

// What ends a clock. kCareEnded to kOrderEnded follow from what a clock runs in; a pack names the
// others.
enum class StopEvent {
  kReview,
  kRegisterReferral,
  kMatch,
  kDecisionReversed,
  kAdoptionOrder,
  kSpecialGuardianshipOrder,
  kChildArrangementsOrder,
  kCareEnded,       // of clocks that run in care
  kOtherLaw,        // of clocks that run while kOrdinaryCare
  kDied,            // of every clock
  kPlacementEnded,  // of clocks that run while kPlaced
  kOrderEnded,      // the same, while an order is in force
  kRecommendation,
  kPlan,  // a permanence plan is recorded
  kAgencyDecision,
  kApplicationLodged,
  kApplicationDisposed,
  kSafeguarderReported,
  kMessage,         // a feed's next message
  kContactPurpose,  // an agreement about contact is given a purpose
  kContactReview,   // an agreement about contact is reviewed
  kContactEnded,    // of clocks of agreements about contact
  kDiscrepancyResolved,
  kSiblingsDecided,  // it was decided anew where siblings live
  kSiblingsLeft,     // of clocks of decisions about siblings: the child is no longer of the group
};

// In what a clock runs.
enum class RunsWhile {
  kOrdinaryCare,  // a care period, while no other law of the pack applies
  kPlaced,        // a care period, while the child is placed in certain places
  kAlways,
};

// Where a clock that runs while kPlaced applies.
struct PlacedIn {
  std::vector<std::string> places;  // codes of placements
  bool restart_on_move = false;     // true: every placement is a stretch of its own
  std::vector<std::string> orders;  // only while one of these is in force; none: in any case
};

// Law that takes the place of the clocks of ordinary care while one of these legal statuses or
// places is current.
struct OtherLaw {
  std::string name;                         // such as "short breaks"
  std::vector<std::string> legal_statuses;  // codes of the return
  std::vector<std::string> places;
  std::string source;  // Act and section
  std::string text;    // in plain words, for the child's page
};

// The first and last day on which a clock can start; no last day: in force.
struct InForce {
  CivilDate from;
  std::optional<CivilDate> until;

  bool Holds(CivilDate day) const { return from <= day && (!until || day <= *until); }
};

// One rule of the form "when this happens, that must happen within so long".
struct PolicyClock {
  std::string id;  // such as eng-review-1; kept for ever, since alerts are identified by it
  std::string title;
  std::string text;    // in plain words, for families
  std::string source;  // Act and section, regulation, guidance or local aim
  Confidence confidence = Confidence::kFromUnsureKnowledge;  // the weakest of its parts in the pack
  InForce in_force;
  RunsWhile runs_while = RunsWhile::kAlways;
  PlacedIn placed;  // of kPlaced
  StartEvent starts_at = StartEvent::kCareStart;
  std::vector<StopEvent> stops_at;
  std::vector<std::string> review_codes;      // the kinds of review that it knows; none: all
  std::vector<std::string> not_review_codes;  // but these
  bool repeats = false;                       // each review that stops it starts it again
  bool due_by_next_review = false;            // at the latest on the day of the next review held
  std::vector<std::string> applications;      // the orders sought, of what starts or stops at them
  std::vector<std::string> routes;            // of decisions and recommendations; none: of any
  bool agreed_interval = false;               // one agreed with child and carer replaces the limit
  int longest_extension_days = 0;             // a longer one is noted; 0: none is
  bool practice_aim = false;                  // authorities state limits and lead days of their own
  std::optional<Limit> limit;                 // none: it runs only where an authority states one
  int lead_days = 0;        // upcoming from so many days before the last permitted day
  int escalation_days = 0;  // escalated from so many days after it
};

struct Pack {
  std::string name;
  std::string jurisdiction;
  std::vector<OtherLaw> other_law;
  std::vector<PolicyClock> clocks;
  std::string content_hash;  // SHA-256 of the file, 32 bytes
};

// The pack, or the first thing that is wrong with it: reason BAD_POLICY, the message "FILE:LINE:
// FIELD: RULE". Any bytes may be given.
Result<Pack> LoadPack(std::string_view yaml, std::string_view file_name);

// The same for a calendar.
Result<WorkingDays> LoadCalendar(std::string_view yaml, std::string_view file_name);

}  // namespace holdfast
