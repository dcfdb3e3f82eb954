// A meeting of several children of one authority: set, held, corrected, cancelled, withdrawn; and
// what it means for each of them. No clock, no randomness, no I/O. Deciding again yields nothing.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/base/civil_date.h"
#include "libs/base/ids.h"

namespace holdfast::cases {

enum class MeetingState { kNone, kPlanned, kHeld, kCancelled, kWithdrawn };

// planned, held, cancelled or withdrawn; blank: there is none.
std::string_view NameOf(MeetingState state);

struct MeetingFacts {
  MeetingState state = MeetingState::kNone;
  std::string authority;
  KeyId key;             // its data key
  v1::MeetingSaid said;  // as stated last; place and notes from where they were stated last
  AssertionId place_of;  // the assertion that the place is sealed to
  AssertionId notes_of;
  std::vector<SubjectId> children;  // all whom it has ever named, in order
  uint64_t version = 0;  // number in the journal of its newest event but those that say who knows
  uint64_t told = 0;     // the same of what all its children know
};

// Why a meeting is refused, in order of precedence.
enum class MeetingRefusal {
  kUnknownMeeting,    // there is none, or of another authority
  kMeetingWithdrawn,  // nothing can be said of it any more
  kMeetingHeld,       // it was held: correct it
  kMeetingNotHeld,    // a correction of the day held, of one that was not
  kMeetingCancelled,  // a correction of one that was cancelled
  kNoReason,          // a correction, a cancellation and a withdrawal say why
  kNoSuchMeetingKind,
  kNoDay,      // planned or held, and no day is stated
  kFutureDay,  // held on a day that lies ahead
  kNoSuchTime,
  kNoChildren,
  kTooManyChildren,  // more than 100
  kChildTwice,
  kNoSuchPart,
  kNoSuchCode,        // of a child, or of what was decided, in the authority's nation
  kNotOfMeeting,      // decided of a child whom the meeting does not name
  kNothingDecided,    // neither a fact nor somebody who does something
  kNoSuchDecision,
  kNeedsCode,         // the fact decided needs a code
  kDueBeforeMeeting,  // what follows is due before the day
};

std::string_view NameOf(MeetingRefusal refusal);
std::string_view TextOf(MeetingRefusal refusal);

// Place and notes are open where they can be.
struct MeetingContext {
  std::string authority;
  const MeetingFacts& meeting;
  CivilDate today;    // the deployment's day
  bool manual_clock;  // the day is then stated in the events
};

using MeetingResult = tl::expected<std::vector<v1::CasesEvent>, MeetingRefusal>;

MeetingResult Decide(const MeetingContext& context, const v1::PlanMeeting& command);
MeetingResult Decide(const MeetingContext& context, const v1::HoldMeeting& command);
MeetingResult Decide(const MeetingContext& context, const v1::CorrectMeeting& command);
MeetingResult Decide(const MeetingContext& context, const v1::CancelMeeting& command);
MeetingResult Decide(const MeetingContext& context, const v1::WithdrawMeeting& command);
// All its children know of it up to `command.version`.
MeetingResult Decide(const MeetingContext& context, const v1::ConfirmTold& command);

// `meeting` after `event`, the `number`-th of its journal. Never fails; events of other subjects
// change nothing.
void Apply(const v1::CasesEvent& event, uint64_t number, MeetingFacts& meeting);

// The day it was held, else the day it is planned for.
CivilDate DayOfMeeting(const MeetingFacts& meeting);

// What `child`, one that it has ever named, is to know of the meeting `id`: with the facts that
// follow, whose ids are of the meeting, the child, the kind and a count, the same for ever.
v1::MeetingTold ToldTo(const SubjectId& child, const SubjectId& id, const MeetingFacts& meeting);

}  // namespace holdfast::cases
