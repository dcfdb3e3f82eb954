// What is said of a meeting: put together from what was said before, compared, and checked.
#pragma once

#include <optional>

#include "services/cases/domain/meeting.h"

namespace holdfast::cases {

// `before` with what `said` states: what is blank, none or absent there is as it was.
v1::MeetingSaid Merged(const v1::MeetingSaid& before, const v1::MeetingSaid& said);

// `merged` as an event states it: with place and notes only where `said` states them.
v1::MeetingSaid WithNewWords(v1::MeetingSaid merged, const v1::MeetingSaid& said);

// Whether they say the same. Words that cannot be opened are no others.
bool IsTheSame(const v1::MeetingSaid& a, const v1::MeetingSaid& b);

struct SaidContext {
  std::string authority;
  CivilDate today;
  bool is_held = false;  // the day it was held is needed
};

// The first rule that `said` breaks, as a whole.
std::optional<MeetingRefusal> Check(const SaidContext& context, const v1::MeetingSaid& said);

}  // namespace holdfast::cases
