// A child's history: what happened, in effective order, as one view sees it. A pure function of the child's facts and of
// what their sources cover, never of the order of arrival.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/base/civil_date.h"
#include "libs/base/ids.h"
#include "libs/permanence/discrepancy.h"

namespace holdfast {

// The kinds of entry. Orders, applications and plans are told apart by their code as well.
enum class EntryKind {
  kCarePeriod,
  kPlacement,
  kLegalStatus,
  kReview,
  kAgencyDecision,
  kRegisterReferral,
  kMatch,
  kPlacedForAdoption,
  kOrder,
  kDecisionReversed,
  kMissing,
  kReferral,
  kGrounds,
  kHearing,
  kApplication,
  kProof,
  kAppeal,
  kSafeguarder,
  kInvolvement,
  kRecommendation,
  kPanel,
  kLegalPapers,
  kLegalOpinion,
  kPlan,
  kView,
  kAgreement,
  kSession,
  kContactReview,
  kPanelPapers,
  kServiceAsked,
  kServiceStarted,
  kServiceRefused,
  kReviewInterval,
  kPermanenceAspect,
};

// How the end of a care period is known.
enum class EndStatus { kOpen, kStated, kDisputed, kNotStated };

// A run of days; open when there is no end. Half-open: `end` is the first day after it.
struct Days {
  CivilDate start;
  std::optional<CivilDate> end;

  bool Holds(CivilDate day) const { return start <= day && (!end || day < *end); }
};

// A place from a day on, within a placement.
struct PlaceFrom {
  CivilDate from;
  std::string place;  // code of the return, such as U6 or A3

  bool operator==(const PlaceFrom&) const = default;
};

// A placement. `end` is absent while it is open and when it is not known.
struct Placement {
  EntryId entry;
  CivilDate first_key_day;  // the earliest that any source's version of it had: what its id is of
  CivilDate start;
  bool start_known = true;  // false: on or before `start`
  std::optional<CivilDate> end;
  std::optional<CivilDate> not_known_since;  // the last day on which it was known to run
  std::string place;                         // the last of `places`
  std::vector<PlaceFrom> places;
  std::optional<CivilDate> not_ended_by;  // a return's open episode: the year end by which it had not ended
  std::vector<FactId> facts;
};

// A legal status, one of each run of touching episodes with equal status.
struct LegalStatus {
  EntryId entry;
  CivilDate first_key_day;
  std::string code;
  CivilDate start;
  bool start_known = true;
  std::optional<CivilDate> end;
  std::optional<CivilDate> not_known_since;
  std::optional<CivilDate> not_ended_by;
  std::vector<FactId> facts;
};

// A period of care, from becoming looked after to leaving care.
struct CarePeriod {
  EntryId entry;
  CivilDate first_key_day;
  CivilDate start;
  bool start_known = true;  // false: on or before `start`
  std::optional<CivilDate> end;
  std::string reason;  // code of the reason it ended; blank when not stated
  EndStatus status = EndStatus::kOpen;
  std::optional<CivilDate> not_known_since;
  // The day by which an ended period counts as ended: `end`, or the start of the next one where the end is not known.
  std::optional<CivilDate> ended_by;
  std::optional<CivilDate> not_ended_by;
  std::vector<Placement> placements;
  std::vector<FactId> facts;

  // True if `day` belongs to this period for reviews: first and last day included (import.md rule 11).
  bool HoldsReview(CivilDate day) const {
    return start <= day && (!ended_by || day <= *ended_by);
  }
};

// A review that was held.
struct Review {
  EntryId entry;
  CivilDate first_key_day;
  CivilDate on;
  std::string code;                          // how the child took part
  std::optional<size_t> care_period;         // index of the care period that holds it; none: outside care
  std::vector<FactId> facts;
};

// A decision, referral, match, placement for adoption, order, reversal: something of one day.
struct Happening {
  EntryId entry;
  CivilDate first_key_day;
  EntryKind kind;
  CivilDate on;
  bool on_known = true;  // false: on or before `on`
  // Orders: the nation's, such as PLACEMENT or CSO; reversals: the reason; views: whose; services:
  // what kind; intervals of reviews: such as 6mo; aspects of permanence: which.
  std::string code;
  bool disputed = false;
  std::optional<CivilDate> until{};  // an order: the last day it runs by itself
  std::optional<CivilDate> ended{};  // an order: the day it was ended, or expired
  std::string state{};               // an aspect of permanence: how far it is
  std::vector<FactId> facts;

  // True on the days of an order that is neither over nor ended.
  bool InForceOn(CivilDate day) const {
    return on <= day && (!ended || day < *ended) && (!until || day <= *until);
  }
};

// A missing episode.
struct MissingEpisode {
  EntryId entry;
  CivilDate first_key_day;
  CivilDate start;
  std::optional<CivilDate> end;
  std::string code;
  std::vector<FactId> facts;
};

// How far a hearing came.
enum class HearingState { kPlanned, kHeld, kContinued, kCancelled };

// What is before a court or a hearing, and what it decides but orders: a referral, grounds, a hearing, an application, a
// proof, an appeal, a safeguarder.
struct Proceeding {
  EntryId entry;
  CivilDate first_key_day;
  EntryKind kind;
  CivilDate on;      // set for, lodged, appointed; where no source says so, the first day that one states
  std::string code;  // an application's order sought; grounds
  HearingState state = HearingState::kPlanned;
  std::optional<CivilDate> issued;  // an application
  std::optional<CivilDate> until;   // a hearing: continued to; an application: the last day as extended
  std::vector<CivilDate> untils;    // each `until` that the source which counts gave it, in order of decision
  std::optional<CivilDate> ended;   // a hearing: held or cancelled; disposed of, determined, reported
  std::string made;                 // an application: the order that it came to
  CivilDate known_since;            // the first day on which a source knew of it
  std::vector<FactId> facts;
};

// A plan for a permanent home, until another of its sort takes its place; a parallel and a contingency plan stand
// beside it.
struct Plan {
  EntryId entry;
  CivilDate first_key_day;
  std::string route;
  bool parallel = false;
  bool contingency = false;  // it takes the place of another if that fails: never the way that counts
  CivilDate since;
  std::optional<CivilDate> ended;
  std::vector<FactId> facts;
};

// What an agreement about contact says from a day on.
struct ContactTerms {
  CivilDate from;
  std::string purpose;              // assess_return, sustain_identity; blank: none has been stated by then
  std::string rate;                 // see contact_rate.h; blank: none has been read by then
  std::optional<CivilDate> review;  // the next, as stated with these terms
  FactId fact;
};

// The question in what way contact is in the child's interest, asked of an agreement.
struct ContactReview {
  EntryId entry;
  CivilDate first_key_day;
  CivilDate on;
  std::string outcome;            // continue, vary, end; blank: not stated
  std::optional<CivilDate> next;  // the review after it, as stated with it
  std::vector<FactId> facts;
};

// An agreement about contact with somebody.
struct ContactAgreement {
  EntryId entry;
  CivilDate first_key_day;
  std::string party;  // by relation to the child
  std::string way;    // direct, indirect, online
  bool agreed = true;  // false: proposed
  CivilDate from;
  std::optional<CivilDate> ended;
  std::vector<ContactTerms> terms;     // by day; never empty
  std::vector<ContactReview> reviews;  // by day
  std::vector<FactId> facts;           // its own, of its versions and of its end

  const std::string& purpose() const { return terms.back().purpose; }
  const std::string& rate() const { return terms.back().rate; }
  // As last stated; none after a review that states none.
  std::optional<CivilDate> NextReview() const;
  bool StandsOn(CivilDate day) const { return !ended || day < *ended; }
};

// A session of contact.
struct ContactSession {
  EntryId entry;
  CivilDate first_key_day;
  std::string party;
  std::string way;
  CivilDate on;
  std::string state;  // planned, held, missed, cancelled
  std::string by;     // who missed or cancelled it
  std::vector<FactId> facts;
};

// A meeting of several children that is planned.
struct PlannedMeeting {
  EntryId entry;
  std::string kind;  // review, plan_meeting, panel, core_group
  CivilDate on;
};

// Where the child and its siblings are to live, as was decided in a sibling group.
struct SiblingDecision {
  EntryId entry;
  std::string decision;  // together, apart
  CivilDate on;
  std::optional<CivilDate> review;  // the day by which it is reviewed
  std::optional<CivilDate> ended;   // the next decision of the group, or the day the child left it
  bool left = false;                // the latter
};

// Where a child is on a day.
enum class Whereabouts { kNotLookedAfter, kLookedAfter, kNotKnown };

// Days on which the child's being looked after is known or not known; days in none are days not looked after.
struct CareDays {
  Days days;
  bool known = true;
  std::string why;   // not known: not_in_next_return, refused, 388
  std::string legal_status;
  std::string place;
};

struct History {
  std::string nation;                        // england or scotland: whose law applies; England's for others
  std::vector<CarePeriod> care_periods;      // by start
  std::vector<Placement> placements_outside_care;  // that start in no care period
  std::vector<LegalStatus> legal_statuses;   // by start
  std::vector<Review> reviews;               // by day
  std::vector<Happening> happenings;         // by day, then kind
  std::vector<MissingEpisode> missing;       // by start
  std::vector<Proceeding> proceedings;       // by day, then kind
  std::vector<Plan> plans;                   // by day, the parallel one of a day last
  std::vector<ContactAgreement> agreements;  // by day, then party
  std::vector<ContactSession> sessions;      // by day, then party
  std::vector<PlannedMeeting> meetings;      // by day
  std::vector<SiblingDecision> sibling_decisions;  // by day, then group
  // Versions that are near one that counts: shown, but they start no clock and are not measured.
  std::vector<Review> near_reviews;
  std::vector<Happening> near_happenings;
  std::vector<Proceeding> near_proceedings;
  std::vector<Discrepancy> discrepancies;    // open and resolved; by kind, then facts
  std::vector<CareDays> care_days;           // by start, never overlapping
  std::optional<CivilDate> died_on;          // the stated day of death: clocks stop
};

// Where the child is at the end of `day`.
Whereabouts WhereaboutsOn(const History& history, CivilDate day);

// The care days that hold `day`, or null.
const CareDays* CareDaysOn(const History& history, CivilDate day);

// The name of a kind in ids and in answers: care_period, placement, ...
std::string NameOf(EntryKind kind);
// planned, held, continued, cancelled.
std::string NameOf(HearingState state);

}  // namespace holdfast
