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

// What a clock is measured from.
enum class StartEvent {
  kCareStart,        // a care period starts, or other law stops applying in it
  kFirstReview,      // the first review since the care start
  kEachLaterReview,  // every review after the first
  kAgencyDecision,   // the agency decides that the child should be placed for adoption
};

// What ends a clock. A pack names the first seven; the last three follow from what a clock runs in.
enum class StopEvent {
  kReview,
  kRegisterReferral,
  kMatch,
  kDecisionReversed,
  kAdoptionOrder,
  kSpecialGuardianshipOrder,
  kChildArrangementsOrder,
  kCareEnded,  // of clocks that run while kOrdinaryCare
  kOtherLaw,   // the same
  kDied,       // of every clock
};

// In what a clock runs.
enum class RunsWhile {
  kOrdinaryCare,  // a care period, while no other law of the pack applies
  kAlways,
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
  StartEvent starts_at = StartEvent::kCareStart;
  std::vector<StopEvent> stops_at;
  Limit limit;
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
