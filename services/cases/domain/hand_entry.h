// What a team states of a child by hand: registration, team and worker, facts, corrections,
// withdrawals, decisions where sources disagree. No clock, no randomness, no I/O. Deciding again
// yields nothing.
#pragma once

#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/permanence/coverage.h"
#include "libs/permanence/facts.h"

namespace holdfast::cases {

// Why the record says no, in order of precedence.
enum class HandRefusal {
  kUnknownChild,        // no record, or of another authority
  kUnknownFact,         // the record holds no such fact
  kUnknownDiscrepancy,  // the child has none of that id, or it is closed
  kAnotherSources,      // the fact is a return's or a sheet's: state the record's own version with --entry
  kNoLocalId,
  kNoDay,      // the day is missing
  kFutureDay,  // after the deployment's day
  kBeforeBirth,
  kNoSuchKind,
  kNeedsCode,
  kNoSuchCode,  // of no year's code set in the nation, or a code where the kind has none
  kNoParallel,  // it stands beside another, and is no plan
  kNoHow,       // how it was given, and it is no view
  kNoSuchHow,
  kNoFrequency,             // how often, and it is no contact direction
  kParallelAndContingency,  // it stands beside another and takes its place
  kNoUntil,                 // a last day, and the kind has none
  kNeedsUntil,
  kNoState,  // a state, and the kind has none, or not that one
  kNeedsState,
  kUntilBeforeDay,
  kNeedsEntry,    // a contact direction is of an order
  kUnknownEntry,  // the child has no such entry of that kind
  kNothingOpen,   // an end, and nothing of its kind is open the day before
  kSeveralOpen,   // an end, and several are open: name one
  kEndBeforeStart,
  kNoReason,       // a decision about a discrepancy says why
  kKeepOrSame,     // it keeps one source's version or says that both are the same
  kNoPair,         // the same, and the discrepancy is of no pair
  kNoSuchVersion,  // keeps a source that is not among those that disagree
};

// The constant by which callers know a refusal, such as UNKNOWN_CHILD, and what a person is told.
std::string_view NameOf(HandRefusal refusal);
std::string_view TextOf(HandRefusal refusal);

// What a command comes to. No events: it was already so.
struct HandDecision {
  std::vector<v1::CasesEvent> events;
  FactId fact;    // of RecordFact, CorrectFact, WithdrawFact
  EntryId entry;  // that holds the fact afterwards
};

using HandResult = tl::expected<HandDecision, HandRefusal>;

// What all decisions by hand are made on. `facts` have their personal data open.
struct HandContext {
  SubjectId child;
  std::string authority;
  const ChildFacts& facts;
  const Coverage& coverage;
  CivilDate today;    // the deployment's day
  bool manual_clock;  // the day is then stated in the events
};

HandResult Decide(const HandContext& context, const v1::RegisterChild& command);
HandResult Decide(const HandContext& context, const v1::AssignCase& command);
HandResult Decide(const HandContext& context, const v1::RecordFact& command);
HandResult Decide(const HandContext& context, const v1::CorrectFact& command);
HandResult Decide(const HandContext& context, const v1::WithdrawFact& command);
HandResult Decide(const HandContext& context, const v1::ResolveDiscrepancy& command);

}  // namespace holdfast::cases
