// What a child is told of its meetings and sibling groups, and what it states of itself therefore.
// No clock, no randomness, no I/O. Deciding again yields nothing, whatever came in between.
#pragma once

#include <vector>

#include "holdfast/cases/v1/case_view.pb.h"
#include "libs/permanence/view.h"
#include "services/cases/domain/hand_entry.h"

namespace holdfast::cases {

template <typename Told>  // v1::MeetingTold or v1::SiblingsTold
struct ToldVersion {
  Told told;
  CivilDate reported;
  Instant recorded_at;
};

// All that a child was told, in order.
struct ToldChild {
  std::vector<ToldVersion<v1::MeetingTold>> meetings;
  std::vector<ToldVersion<v1::SiblingsTold>> siblings;
};

// What the meeting states becomes facts of the record, as if a hand had stated them; what it no
// longer states is withdrawn. What a person has said of such a fact since stays, as long as the
// meeting states the same. kUnknownChild.
HandResult Decide(const HandContext& context, const ToldChild& known,
                  const v1::TellOfMeeting& command);
HandResult Decide(const HandContext& context, const ToldChild& known,
                  const v1::TellOfSiblings& command);

// `child` after `event`, which was recorded at `recorded_at`.
void Apply(const v1::CasesEvent& event, Instant recorded_at, ToldChild& child);

// Its meetings by day, and the groups that it is in, as `view` sees them.
void RenderTold(const ToldChild& child, const View& view, v1::CaseView& rendered);

}  // namespace holdfast::cases
