#include "libs/permanence/told.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "libs/permanence/dates.h"

namespace holdfast {
namespace {

constexpr char kHearing[] = "hearing";
constexpr char kPlanned[] = "planned";

// The decisions of one group about the child, each by its day.
using OfGroup = std::map<CivilDate, SiblingDecision>;

SiblingDecision DecisionOf(const SubjectId& child, const ToldSiblings& told) {
  return {
      .entry = {HashId("entry", {child.Bytes(), "siblings_decided", told.group, told.on->Iso()})},
      .decision = told.decision,
      .on = *told.on,
      .review = told.review,
      .ended = {}};
}

void Take(const SubjectId& child, const ToldSiblings& told, OfGroup& group) {
  if (told.left) {
    for (auto& [on, decision] : group) {
      if (!decision.ended) decision.ended = std::max(on, told.reported);
      decision.left = true;
    }
    return;
  }
  if (told.decision.empty() || !told.on) return;
  group[*told.on] = DecisionOf(child, told);
}

// Each ends with the next one.
void EndEachWithTheNext(OfGroup& group) {
  for (auto decision = group.begin(); decision != group.end(); ++decision) {
    const auto next = std::next(decision);
    if (next == group.end()) continue;
    decision->second.ended = next->first;
    decision->second.left = false;
  }
}

}  // namespace

ToldMeeting ToldOf(const cases::v1::MeetingTold& told, CivilDate reported, Instant recorded_at) {
  return {.meeting = told.meeting(),
          .kind = told.kind(),
          .on = DayOf(told.on()).value_or(kDistantPast),
          .state = told.state(),
          .reported = reported,
          .recorded_at = recorded_at};
}

ToldSiblings ToldOf(const cases::v1::SiblingsTold& told, CivilDate reported, Instant recorded_at) {
  return {.group = told.group(),
          .left = told.children().empty(),
          .decision = told.decision(),
          .on = told.has_on() ? DayOf(told.on()) : std::nullopt,
          .review = told.has_review() ? DayOf(told.review()) : std::nullopt,
          .reported = reported,
          .recorded_at = recorded_at};
}

std::vector<PlannedMeeting> PlannedMeetings(const SubjectId& child, const ChildFacts& facts,
                                            const View& view) {
  std::map<std::string, const ToldMeeting*> newest;
  for (const auto& told : facts.meetings) {
    if (view.Sees(told.reported, told.recorded_at)) newest[told.meeting] = &told;
  }
  std::vector<PlannedMeeting> planned;
  for (const auto& [meeting, told] : newest) {
    if (told->state != kPlanned || told->kind == kHearing) continue;
    planned.push_back({.entry = {HashId("entry", {child.Bytes(), "meeting", meeting})},
                       .kind = told->kind,
                       .on = told->on});
  }
  std::ranges::sort(planned, {}, [](const PlannedMeeting& m) { return std::tie(m.on, m.entry); });
  return planned;
}

std::vector<SiblingDecision> SiblingDecisions(const SubjectId& child, const ChildFacts& facts,
                                              const View& view) {
  std::map<std::string, OfGroup> groups;
  for (const auto& told : facts.siblings) {
    if (view.Sees(told.reported, told.recorded_at)) Take(child, told, groups[told.group]);
  }
  std::vector<SiblingDecision> decisions;
  for (auto& [id, group] : groups) {
    EndEachWithTheNext(group);
    for (auto& [on, decision] : group) decisions.push_back(std::move(decision));
  }
  std::ranges::stable_sort(decisions, {}, &SiblingDecision::on);
  return decisions;
}

}  // namespace holdfast
