#include "holdfast/alerting/v1/alerting_state.pb.h"
#include "libs/permanence/dates.h"
#include "libs/policy/explain.h"
#include "services/alerting/api/alert_views.h"
#include "services/alerting/api/find_alert.h"
#include "services/alerting/api/handlers.h"
#include "services/alerting/app/alert_changes.h"

namespace holdfast::alerting {
namespace {

std::string TextOf(bool has, const common::v1::Date& date) {
  const auto day = has ? DayOf(date) : std::nullopt;
  return day ? day->Iso() : "a day that is not known";
}

std::string TextOf(const v1::AlertMoved& moved) {
  const v1::AlertClock& clock = moved.clock();
  return "moved from " + TextOf(moved.has_from(), moved.from()) + " to " +
         TextOf(clock.has_due_on(), clock.due_on()) + ": " + WhyMoved(moved);
}

void AddMoves(const AlertingState& state, const AlertId& id, v1::ExplainAlertResponse& response) {
  for (const auto& kept : state.kept.alerts()) {
    v1::AlertingEvent event;
    if (!event.ParseFromString(kept.payload()) || !event.has_alert_moved()) continue;
    if (event.alert_moved().alert() == id.Bytes()) response.add_moves(TextOf(event.alert_moved()));
  }
}

// Of an alert that nothing starts any more: its clock as it was last said.
ClockRun RunLastSaid(const v1::AlertClock& clock) {
  ClockRun run;
  run.clock = clock.clock();
  run.entry = EntryId::FromBytes(clock.entry()).value_or(EntryId{});
  run.occurrence = static_cast<int>(clock.occurrence());
  run.start = DayOf(clock.started_on()).value_or(CivilDate());
  if (clock.has_due_on()) run.due = DayOf(clock.due_on());
  if (clock.has_not_known_since()) run.not_known_since = DayOf(clock.not_known_since());
  for (const auto& fact : clock.facts())
    run.facts.push_back(FactId::FromBytes(fact).value_or(FactId{}));
  return run;
}

void AddExplanation(const ClockRun& run, const PolicySet& policies,
                    v1::ExplainAlertResponse& response) {
  SetDate(run.start, response.mutable_start());
  if (run.stop) SetDate(run.stop->on, response.mutable_stopped_on());
  if (policies.FindClock(run.clock, run.start) == nullptr) return;
  const Explanation explanation = Explain(run, policies);
  response.set_title(explanation.title);
  response.set_rule(explanation.text + " (" + explanation.rule + ")");
  response.set_source(explanation.source);
  response.set_days_counted(explanation.days_counted);
  response.set_outcome(explanation.outcome);
  for (const auto& note : explanation.notes) response.add_notes(note);
  for (const auto& fact : explanation.facts) response.add_facts(fact.Bytes());
}

// All of the answer but the local id.
v1::ExplainAlertResponse ExplanationOf(const FoundAlert& found) {
  v1::ExplainAlertResponse response;
  *response.mutable_alert() = ViewOf(found.child, found.state, found.alert);
  AddMoves(found.state, found.alert.id, response);
  if (!found.known) return response;
  const ClocksToday today = ClocksOf(*found.known);
  const ClockRun* run = today.Find(found.alert.id);
  AddExplanation(run != nullptr ? *run : RunLastSaid(found.alert.clock), found.known->policies,
                 response);
  if (found.alert.state == v1::ALERT_STATE_WITHDRAWN) {
    response.set_outcome("withdrawn: by what is known now it should not have been raised");
  }
  return response;
}

// What was found, to be told once the whole search is done.
struct Told {
  ChildPlace place;
  Registration registration;
  v1::ExplainAlertResponse response;
};

}  // namespace

void ExplainAlert(const AlertingParts& parts, const ExplainAlertCall& call) {
  const auto told = std::make_shared<std::optional<Told>>();
  AlertSearch search;
  search.header = &call->request().header();
  search.use = [told](const FoundAlert& found) {
    told->emplace(Told{
        {found.authority, found.child}, RegistrationOf(found.state.child), ExplanationOf(found)});
  };
  search.done = [&parts, call, told](const Result<void>& done) {
    if (!done) return call->Fail(done.error());
    auto local_id = LocalIdOf(parts.registrations, (*told)->place, (*told)->registration);
    if (!local_id) return call->Fail(local_id.error());
    (*told)->response.mutable_alert()->set_local_id(std::move(*local_id));
    const PersonalRead read{.method = "ExplainAlert",
                            .authority = (*told)->place.authority.text(),
                            .children = {(*told)->place.child}};
    FinishAudited(parts, call, read, std::move((*told)->response));
  };
  FindAlert(parts, *call, call->request().id(), std::move(search));
}

}  // namespace holdfast::alerting
