#include "services/alerting/app/alerting_index.h"

#include <algorithm>

#include "libs/permanence/dates.h"

namespace holdfast::alerting {
namespace {

constexpr size_t kUrgency_bytes = 1 + 4 + 16;
constexpr size_t kDueRow_bytes = 1 + 4 + 16;
// Days are kept with their sign bit turned, so that they sort as bytes.
constexpr uint32_t kSign = uint32_t{1} << 31;

void PutDays(int32_t days, std::string& to) {
  const uint32_t sorted = static_cast<uint32_t>(days) ^ kSign;
  for (int shift = 24; shift >= 0; shift -= 8) to.push_back(static_cast<char>(sorted >> shift));
}

int32_t GetDays(std::string_view bytes) {
  uint32_t sorted = 0;
  for (const char c : bytes.substr(0, 4)) sorted = sorted << 8 | static_cast<uint8_t>(c);
  return static_cast<int32_t>(sorted ^ kSign);
}

void PutText(std::string_view text, std::string& to) {
  PutDays(static_cast<int32_t>(text.size()), to);
  to.append(text);
}

std::string StatesOf(const ChildAlerts& alerts) {
  std::string states;
  for (const auto& [id, alert] : alerts.alerts) states.push_back(static_cast<char>(alert.state));
  return states;
}

void AddWorklistRows(const SubjectId& subject, const AlertingState& state,
                     std::vector<IndexRow>& rows) {
  const ChildFacts& child = state.child;
  const std::string key = KeyOf(UrgencyOf(subject, state.alerts));
  const std::string states = StatesOf(state.alerts);
  const auto add = [&](std::string_view team, std::string_view worker) {
    rows.push_back({WorklistRows({state.owner(), team, worker}) + key, states});
  };
  add("", "");
  if (!child.team.empty()) add(child.team, "");
  if (!child.worker.empty()) add("", child.worker);
  if (!child.team.empty() && !child.worker.empty()) add(child.team, child.worker);
}

void AddEventRows(const std::string& child, const AlertingState& state,
                  std::vector<IndexRow>& rows) {
  const std::string prefix = EventRows(state.owner());
  for (int i = 0; i < state.kept.alerts_size(); ++i) {
    std::string place = child;
    PutDays(i, place);
    rows.push_back({prefix + KeyOfEvent(state.kept.alerts(i).number()), std::move(place)});
  }
}

}  // namespace

uint8_t RankOf(v1::AlertState state) {
  switch (state) {
    case v1::ALERT_STATE_ESCALATED:
      return 0;
    case v1::ALERT_STATE_OVERDUE:
      return 1;
    case v1::ALERT_STATE_DUE:
      return 2;
    case v1::ALERT_STATE_UPCOMING:
      return 3;
    case v1::ALERT_STATE_ACKNOWLEDGED:
    case v1::ALERT_STATE_SNOOZED:
      return 4;
    case v1::ALERT_STATE_NOT_KNOWN:
      return 5;
    default:
      return 6;
  }
}

Urgency UrgencyOf(const SubjectId& child, const ChildAlerts& alerts) {
  Urgency most{.rank = UINT8_MAX, .due_days = 0, .child = child};
  for (const auto& [id, alert] : alerts.alerts) {
    const auto due = alert.clock.has_due_on() ? DayOf(alert.clock.due_on()) : std::nullopt;
    most = std::min(most, {.rank = RankOf(alert.state),
                           .due_days = due.value_or(kDistantFuture).days_since_epoch(),
                           .child = child});
  }
  return most;
}

std::string WorklistRows(const WorklistScope& scope) {
  std::string prefix = "w";
  PutText(scope.authority, prefix);
  PutText(scope.team, prefix);
  PutText(scope.worker, prefix);
  return prefix;
}

std::string KeyOf(const Urgency& urgency) {
  std::string key(1, static_cast<char>(urgency.rank));
  PutDays(urgency.due_days, key);
  return key + urgency.child.Bytes();
}

std::optional<Urgency> UrgencyFromKey(std::string_view key) {
  if (key.size() != kUrgency_bytes) return std::nullopt;
  return Urgency{.rank = static_cast<uint8_t>(key[0]),
                 .due_days = GetDays(key.substr(1)),
                 .child = *SubjectId::FromBytes(key.substr(5))};
}

std::string AlertRow(const AlertId& alert) { return "a" + alert.Bytes(); }

std::string DueRows() { return "d"; }

std::optional<CivilDate> DayOfDueRow(std::string_view key) {
  if (key.size() != kDueRow_bytes) return std::nullopt;
  return CivilDate(GetDays(key.substr(1)));
}

std::optional<SubjectId> ChildOfDueRow(std::string_view key) {
  return key.size() == kDueRow_bytes ? SubjectId::FromBytes(key.substr(5)) : std::nullopt;
}

std::string ChildRows(std::string_view authority) {
  std::string prefix = "c";
  if (!authority.empty()) PutText(authority, prefix);
  return prefix;
}

std::string BehindRows() { return "b"; }

std::string EventRows(std::string_view authority) {
  std::string prefix = "e";
  PutText(authority, prefix);
  return prefix;
}

std::string KeyOfEvent(uint64_t number) {
  std::string key;
  for (int shift = 56; shift >= 0; shift -= 8) key.push_back(static_cast<char>(number >> shift));
  return key;
}

uint64_t NumberOfEventRow(std::string_view key) {
  uint64_t number = 0;
  for (const char c : key.substr(key.size() - 8)) number = number << 8 | static_cast<uint8_t>(c);
  return number;
}

KeptPlace PlaceOfEventRow(std::string_view value) {
  return {*SubjectId::FromBytes(value.substr(0, 16)), GetDays(value.substr(16))};
}

std::vector<IndexRow> IndexRowsOf(const SubjectId& subject, const AlertingState& state) {
  std::vector<IndexRow> rows;
  const std::string id = subject.Bytes();
  if (state.IsBehind()) rows.push_back({BehindRows() + id, state.authority.code});
  if (!state.child.registered && !state.kept.has_feed()) return rows;
  rows.push_back({ChildRows(state.owner()) + id, {}});
  if (state.alerts.next_change) {
    std::string due = DueRows();
    PutDays(state.alerts.next_change->days_since_epoch(), due);
    rows.push_back({due + id, {}});
  }
  if (!state.alerts.alerts.empty()) AddWorklistRows(subject, state, rows);
  for (const auto& [alert, unused] : state.alerts.alerts) rows.push_back({AlertRow(alert), id});
  AddEventRows(id, state, rows);
  return rows;
}

}  // namespace holdfast::alerting
