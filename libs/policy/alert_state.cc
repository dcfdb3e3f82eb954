#include "libs/policy/alert_state.h"

#include <algorithm>
#include <vector>

namespace holdfast {

std::string_view NameOf(AlertState state) {
  switch (state) {
    case AlertState::kUpcoming:
      return "upcoming";
    case AlertState::kDue:
      return "due";
    case AlertState::kOverdue:
      return "overdue";
    case AlertState::kEscalated:
      return "escalated";
    case AlertState::kNotKnown:
      return "not_known";
    case AlertState::kResolved:
      return "resolved";
    case AlertState::kAcknowledged:
      return "acknowledged";
    case AlertState::kSnoozed:
      return "snoozed";
    case AlertState::kWithdrawn:
      return "withdrawn";
  }
  return "withdrawn";
}

bool IsOpen(AlertState state) {
  return state != AlertState::kResolved && state != AlertState::kWithdrawn;
}

std::optional<AlertState> StateOn(const ClockRun& run, CivilDate day) {
  if (day < run.start) return std::nullopt;
  if (run.stop && run.stop->on <= day) return AlertState::kResolved;
  if (run.due && day < run.due->PlusDays(-run.lead_days)) return std::nullopt;
  if (!run.due || (run.not_known_since && *run.not_known_since < day)) return AlertState::kNotKnown;
  if (day < *run.due) return AlertState::kUpcoming;
  if (day == *run.due) return AlertState::kDue;
  return day < run.due->PlusDays(run.escalation_days) ? AlertState::kOverdue
                                                      : AlertState::kEscalated;
}

std::optional<CivilDate> NextChange(const ClockRun& run, CivilDate day) {
  std::vector<CivilDate> days{run.start};
  if (run.stop) days.push_back(run.stop->on);
  if (run.not_known_since) days.push_back(run.not_known_since->PlusDays(1));
  if (run.due) {
    days.insert(days.end(), {run.due->PlusDays(-run.lead_days), *run.due, run.due->PlusDays(1),
                             run.due->PlusDays(run.escalation_days)});
  }
  std::ranges::sort(days);
  for (const CivilDate next : days) {
    if (day < next && StateOn(run, next) != StateOn(run, day)) return next;
  }
  return std::nullopt;
}

}  // namespace holdfast
