#include "libs/policy/child_calendar.h"

#include <algorithm>
#include <tuple>

#include "libs/policy/alert_state.h"
#include "libs/policy/explain.h"

namespace holdfast {
namespace {

constexpr char kLater[] = "later";

bool WaitsForReview(const PolicyClock& clock) {
  const StopEvent stop = clock.stops_at.front();
  return stop == StopEvent::kReview || stop == StopEvent::kSiblingsDecided;
}

bool RunsOn(const ClockRun& run, CivilDate day) {
  return run.start <= day && !(run.stop && run.stop->on <= day);
}

std::string WhyOf(const ClockRun& run, const PolicyClock& clock, const PolicySet& policies) {
  const Explanation explanation = Explain(run, policies);
  std::string why = clock.title + ": " + explanation.rule + ", " + run.start.Iso();
  for (const auto& note : explanation.notes) why += "; " + note;
  return why;
}

CalendarItem ItemOf(const ClockRun& run, const PolicyClock& clock, const PolicySet& policies,
                    CivilDate day) {
  const auto state = StateOn(run, day);
  return {.on = *run.due,
          .what = WaitsForReview(clock) ? "review" : "deadline",
          .clock = run.clock,
          .entry = run.entry,
          .state = state ? std::string(NameOf(*state)) : kLater,
          .source = clock.source,
          .confidence = std::string(ConfidenceMark(run.confidence)),
          .why = WhyOf(run, clock, policies)};
}

// The day for which a hearing is set, or to which it was continued; nothing when it is over.
std::optional<CivilDate> DayAhead(const Proceeding& hearing) {
  if (hearing.state == HearingState::kPlanned) return hearing.on;
  return hearing.state == HearingState::kContinued ? hearing.until : std::nullopt;
}

CalendarItem ItemOf(const Proceeding& hearing, CivilDate on) {
  const bool is_continued = hearing.state == HearingState::kContinued;
  return {.on = on,
          .what = "hearing",
          .clock = {},
          .entry = hearing.entry,
          .state = NameOf(hearing.state),
          .source = {},
          .confidence = std::string(ConfidenceMark(Confidence::kConfirmed)),
          .why = is_continued ? "continued from " + hearing.on.Iso() : "set for this day"};
}

CalendarItem ItemOf(const ContactSession& session) {
  return {.on = session.on,
          .what = "session",
          .clock = {},
          .entry = session.entry,
          .state = session.state,
          .source = {},
          .confidence = std::string(ConfidenceMark(Confidence::kConfirmed)),
          .why = session.way + " contact with " + session.party};
}

CalendarItem ItemOf(const PlannedMeeting& meeting) {
  return {.on = meeting.on,
          .what = meeting.kind == "review" ? "review" : "meeting",
          .clock = {},
          .entry = meeting.entry,
          .state = "planned",
          .source = {},
          .confidence = std::string(ConfidenceMark(Confidence::kConfirmed)),
          .why = "a " + meeting.kind + " of several children is planned for this day"};
}

}  // namespace

std::vector<CalendarItem> CalendarOf(const History& history, std::span<const ClockRun> runs,
                                     const PolicySet& policies, CivilDate day) {
  std::vector<CalendarItem> items;
  for (const auto& run : runs) {
    const PolicyClock* clock = policies.FindClock(run.clock, run.start);
    if (clock != nullptr && run.due && RunsOn(run, day))
      items.push_back(ItemOf(run, *clock, policies, day));
  }
  for (const auto& proceeding : history.proceedings) {
    if (proceeding.kind != EntryKind::kHearing) continue;
    if (const auto on = DayAhead(proceeding); on && day <= *on)
      items.push_back(ItemOf(proceeding, *on));
  }
  for (const auto& session : history.sessions) {
    if (session.state == "planned" && day <= session.on) items.push_back(ItemOf(session));
  }
  for (const auto& meeting : history.meetings) {
    if (day <= meeting.on) items.push_back(ItemOf(meeting));
  }
  std::ranges::sort(items, {}, [](const CalendarItem& item) {
    return std::tie(item.on, item.clock, item.entry);
  });
  return items;
}

}  // namespace holdfast
