// What a team states about a child's contact: facts, corrections, withdrawals. No clock, no randomness, no I/O. Deciding again
// yields nothing.
#pragma once

#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "holdfast/contact/v1/contact_commands.pb.h"
#include "libs/permanence/facts.h"

namespace holdfast::contact {

// Why the record says no, in order of precedence.
enum class Refusal {
  kUnknownChild,   // no record, or of another authority
  kUnknownFact,    // the record holds no such fact
  kNoSuchKind,
  kNoDay,          // the day is missing
  kFutureDay,      // after the deployment's day, of what cannot be planned
  kNeedsParty,     // an agreement or a session, and nobody is named
  kNoSuchParty,
  kNoSuchWay,
  kNoSuchPurpose,
  kNoSuchState,
  kNoSuchPerson,   // who missed, cancelled, observed or said it
  kNoSuchOutcome,
  kForeignField,   // a field that the kind has not
  kReviewBeforeDay,
  kNeedsWords,     // an observation or a view without a word
  kUnknownEntry,   // the child has no such agreement or session
  kNothingOpen,    // an end or a review, and no agreement stands
  kSeveralOpen,    // an end or a review, and several stand: name one
  kBeforeStart,    // before the agreement that it is of
};

// The constant by which callers know a refusal, such as UNKNOWN_CHILD, and what a person is told.
std::string_view NameOf(Refusal refusal);
std::string_view TextOf(Refusal refusal);

// What a command comes to. No events: it was already so.
struct Decision {
  std::vector<v1::ContactEvent> events;
  FactId fact;
  EntryId entry;  // that holds the fact afterwards; zero: of none
};

using Decided = tl::expected<Decision, Refusal>;

// What decisions are made on. The words of `facts.contact` are open.
struct Context {
  SubjectId child;
  std::string authority;
  const ChildFacts& facts;
  CivilDate today;    // the deployment's day
  bool manual_clock;  // the day is then stated in the events
};

Decided Decide(const Context& context, const v1::RecordContact& command);
Decided Decide(const Context& context, const v1::CorrectContact& command);
Decided Decide(const Context& context, const v1::WithdrawContact& command);

}  // namespace holdfast::contact
