// The read models of alerting: rows by which children and alerts are found within a partition. No
// personal data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/shard/keeper.h"
#include "services/alerting/app/alerting_state.h"

namespace holdfast::alerting {

// Whose worklist; a blank team or worker: of any.
struct WorklistScope {
  std::string_view authority;
  std::string_view team;
  std::string_view worker;
};

// How much a child needs somebody: its most urgent alert, ties by id. Ordered, the most urgent
// first.
struct Urgency {
  uint8_t rank =
      0;  // escalated, overdue, due, upcoming, handled, not known; then those that are not open
  int32_t due_days = 0;
  SubjectId child;

  auto operator<=>(const Urgency&) const = default;
};

uint8_t RankOf(v1::AlertState state);
Urgency UrgencyOf(const SubjectId& child, const ChildAlerts& alerts);

// The prefix of a worklist's rows, one a child, whose key goes on with the Urgency: the order of
// rows is its order. The value has one byte for each of the child's alerts: its state.
std::string WorklistRows(const WorklistScope& scope);
std::string KeyOf(const Urgency& urgency);
std::optional<Urgency> UrgencyFromKey(std::string_view key);

// The key of an alert's row, whose value is the id of its child.
std::string AlertRow(const AlertId& alert);

// The prefix of rows of children that are to be computed again on a day: the day, then the child's
// id.
std::string DueRows();
std::optional<CivilDate> DayOfDueRow(std::string_view key);
std::optional<SubjectId> ChildOfDueRow(std::string_view key);

// The prefix of rows of children, whose ids follow: of an authority, or with a blank one of all.
std::string ChildRows(std::string_view authority);

// The prefix of rows of the alerting events of an authority's children, in the order of the
// journal: the event's number (8 bytes, big-endian) follows. The value is the child's id, then the
// event's place among the child's (4 bytes, big-endian).
std::string EventRows(std::string_view authority);
std::string KeyOfEvent(uint64_t number);
uint64_t NumberOfEventRow(std::string_view key);

struct KeptPlace {
  SubjectId child;
  int index = 0;  // in KeptSubject.alerts
};
KeptPlace PlaceOfEventRow(std::string_view value);

// The prefix of rows of subjects whose children are all to be computed again, whose ids follow. The
// value is the authority's code, blank for all.
std::string BehindRows();

std::vector<IndexRow> IndexRowsOf(const SubjectId& subject, const AlertingState& state);

}  // namespace holdfast::alerting
