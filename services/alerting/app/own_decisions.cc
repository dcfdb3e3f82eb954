#include "services/alerting/app/own_decisions.h"

#include "libs/permanence/dates.h"
#include "services/alerting/app/alerting_keeper.h"

namespace holdfast::alerting {
namespace {

// A command's events stay well below what a shard takes at once.
constexpr size_t kMostBytes = 128 << 10;
constexpr int kMostDays = 31;

tl::unexpected<Status> Malformed(const char* message) {
  return Fail(StatusCode::kInvalidArgument, "MALFORMED", message);
}

NewEvent EventOf(const SubjectId& subject, const v1::AlertingEvent& event) {
  return {.subject = subject, .payload = event.SerializeAsString()};
}

Decision Causing(std::vector<NewEvent> events) {
  return {
      .kind = events.empty() ? journal::v1::OUTCOME_KIND_NO_OP : journal::v1::OUTCOME_KIND_ACCEPTED,
      .result = events.empty() ? "unchanged" : "accepted",
      .answer = {},
      .events = std::move(events)};
}

Result<Decision> PutInForce(const OwnContext& context, const v1::PolicyInForce& policy) {
  const auto& state = StateOf<AlertingState>(context.subjects, context.subject);
  if (policy.SerializeAsString() == state.kept.policy().SerializeAsString()) return Causing({});
  if (auto policies = PoliciesOf(policy); !policies) return tl::unexpected(policies.error());
  v1::AlertingEvent event;
  *event.mutable_policy_in_force() = policy;
  return Causing({EventOf(context.subject, event)});
}

Result<Decision> StartDays(const OwnContext& context, const v1::StartDays& command) {
  const auto through = DayOf(command.through());
  if (!through) return Malformed("alerting: no such day");
  const auto& newest = StateOf<AlertingState>(context.subjects, context.subject).day;
  std::vector<NewEvent> events;
  CivilDate day = newest ? newest->PlusDays(1) : *through;
  for (int i = 0; i < kMostDays && day <= *through; ++i, day = day.PlusDays(1)) {
    v1::AlertingEvent event;
    SetDate(day, event.mutable_day_started()->mutable_day());
    events.push_back(EventOf(context.subject, event));
  }
  return Causing(std::move(events));
}

Result<Decision> ComputeChildren(const OwnContext& context, const v1::ComputeChildren& command) {
  std::vector<NewEvent> events;
  v1::ComputeChildrenAnswer answer;
  size_t bytes = 0;
  for (const auto& id : command.children()) {
    const auto child = SubjectId::FromBytes(id);
    if (!child) return Malformed("alerting: no id of a child");
    if (bytes >= kMostBytes) break;
    for (auto& event : ComputeAnew(context.subjects, *child, context.partition_count)) {
      bytes += event.payload.size();
      events.push_back(std::move(event));
    }
    answer.set_computed(answer.computed() + 1);
  }
  answer.set_alerts(static_cast<uint32_t>(events.size()));
  const auto of = SubjectId::FromBytes(command.of());
  if (of && static_cast<int>(answer.computed()) == command.children_size() &&
      StateOf<AlertingState>(context.subjects, *of).kept.computed() < command.through()) {
    v1::AlertingEvent event;
    event.mutable_children_computed()->set_through(command.through());
    events.push_back(EventOf(*of, event));
  }
  Decision decision = Causing(std::move(events));
  decision.answer = answer.SerializeAsString();
  return decision;
}

}  // namespace

Result<Decision> DecideByItself(const OwnContext& context, const v1::AlertingCommand& command) {
  switch (command.command_case()) {
    case v1::AlertingCommand::kPutPolicyInForce:
      return PutInForce(context, command.put_policy_in_force().policy());
    case v1::AlertingCommand::kStartDays:
      return StartDays(context, command.start_days());
    case v1::AlertingCommand::kComputeChildren:
      return ComputeChildren(context, command.compute_children());
    default:
      return Malformed("alerting: no such command");
  }
}

std::vector<NewEvent> ComputeAnew(Subjects& subjects, const SubjectId& child,
                                  uint32_t partition_count) {
  std::vector<NewEvent> events;
  const auto known = KnownOf(subjects, child, partition_count);
  if (!known) return events;
  const auto& state = StateOf<AlertingState>(subjects, child);
  for (const auto& event : ComputeChild(state.alerts, *known))
    events.push_back(EventOf(child, event));
  return events;
}

std::vector<NewEvent> AfterHandling(ChildAlerts alerts, const Events& events,
                                    const ChildKnown& known) {
  for (const auto& event : events) alerts = Evolve(std::move(alerts), event);
  std::vector<NewEvent> after;
  for (const auto& event : ComputeChild(alerts, known))
    after.push_back(EventOf(known.child, event));
  return after;
}

}  // namespace holdfast::alerting
