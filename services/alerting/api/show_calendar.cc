#include "libs/permanence/build_history.h"
#include "libs/permanence/dates.h"
#include "libs/policy/child_calendar.h"
#include "services/alerting/api/alert_views.h"
#include "services/alerting/api/handlers.h"
#include "services/alerting/api/reads.h"
#include "services/alerting/app/alerting_keeper.h"

namespace holdfast::alerting {
namespace {

Status NoSuchChild() { return {StatusCode::kNotFound, "UNKNOWN_CHILD", "no such child"}; }

void Render(const CalendarItem& item, v1::CalendarItemView& view) {
  SetDate(item.on, view.mutable_on());
  view.set_what(item.what);
  view.set_clock(item.clock);
  view.set_entry(item.entry.Bytes());
  view.set_state(item.state);
  view.set_source(item.source);
  view.set_confidence(item.confidence);
  view.set_why(item.why);
}

v1::ShowCalendarResponse CalendarOf(const ChildKnown& known) {
  const View today{.known_at = known.day};
  const History history = BuildHistory(known.child, known.facts, known.coverage, today);
  const auto runs = RunClocks(history, known.coverage, known.policies, today, known.aims);
  v1::ShowCalendarResponse response;
  response.set_child(known.child.Bytes());
  SetDate(known.day, response.mutable_day());
  for (const auto& item : holdfast::CalendarOf(history, runs, known.policies, known.day))
    Render(item, *response.add_items());
  return response;
}

// What was found, to be told once the whole read is done.
struct Told {
  ChildPlace place;
  Registration registration;
  v1::ShowCalendarResponse response;
};

}  // namespace

void ShowCalendar(const AlertingParts& parts, const ShowCalendarCall& call) {
  const auto child = SubjectId::FromBytes(call->request().child());
  if (!child)
    return call->Fail(
        {StatusCode::kInvalidArgument, "CHILD_NEEDED", "the 16-byte id of the child is needed"});
  const auto told = std::make_shared<std::optional<Told>>();
  WholeRead read;
  read.only = parts.shards.PartitionFor(*child);
  read.at_least = [call](uint32_t partition) {
    return EventsNeeded(call->request().header(), partition);
  };
  read.deadline = DeadlineOf(parts, *call);
  read.visit = [&parts, call, child = *child, told](uint32_t, ShardView& shard) -> Result<void> {
    const auto& state = StateOf<AlertingState>(shard.subjects(), child);
    const auto known = KnownOf(shard.subjects(), child, parts.shards.partition_count());
    const auto authority = AuthorityCode::FromText(state.child.authority);
    if (!known || !authority || !call->Reaches(*authority)) return {};
    told->emplace(Told{{*authority, child}, RegistrationOf(state.child), CalendarOf(*known)});
    return {};
  };
  read.done = [&parts, call, told](const Result<void>& done) {
    if (!done) return call->Fail(done.error());
    if (!*told) return call->Fail(NoSuchChild());
    auto local_id = LocalIdOf(parts.registrations, (*told)->place, (*told)->registration);
    if (!local_id) return call->Fail(local_id.error());
    (*told)->response.set_local_id(std::move(*local_id));
    const PersonalRead personal{.method = "ShowCalendar",
                                .authority = (*told)->place.authority.text(),
                                .children = {(*told)->place.child}};
    FinishAudited(parts, call, personal, std::move((*told)->response));
  };
  ReadAll(parts, std::move(read));
}

}  // namespace holdfast::alerting
