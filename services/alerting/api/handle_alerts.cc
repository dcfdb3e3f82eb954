#include "libs/permanence/dates.h"
#include "services/alerting/api/find_alert.h"
#include "services/alerting/api/handlers.h"
#include "services/alerting/app/alerting_keeper.h"
#include "services/alerting/domain/handle_alert.h"

namespace holdfast::alerting {
namespace {

// On which child a command is given, and by what key its repeats are known.
struct Target {
  SubjectId child;
  uint32_t partition;
  AuthorityCode authority;
  KeyId key;
};

Status StatusOfRefusal(const std::string& refusal) {
  if (refusal == NameOf(Refusal::kUnknownAlert)) return NoSuchAlert();
  for (int i = 0; i <= static_cast<int>(Refusal::kEndNotAhead); ++i) {
    const auto known = static_cast<Refusal>(i);
    if (refusal == NameOf(known))
      return {StatusCode::kFailedPrecondition, refusal, std::string(TextOf(known))};
  }
  if (refusal == kFeedNotSnoozed)
    return {StatusCode::kFailedPrecondition, refusal,
            "a silent feed is acknowledged, not put off: a reason has no key to be kept under"};
  return {StatusCode::kFailedPrecondition, refusal, "the child's record was erased"};
}

template <typename Request, typename Response>
void Finish(const Call<Request, Response>& call, uint32_t partition, const Result<Answer>& answer) {
  if (!answer) return call->Fail(answer.error());
  if (answer->kind == journal::v1::OUTCOME_KIND_REFUSED)
    return call->Fail(StatusOfRefusal(answer->result));
  Response response;
  response.set_result(answer->result);
  auto& position = *response.add_positions();
  position.set_service("alerting");
  position.set_partition(partition);
  position.set_event(answer->last_event);
  call->Finish(response);
}

template <typename SomeCall>
void Submit(const AlertingParts& parts, const SomeCall& call, const CommandId& id,
            const Target& target, v1::AlertingCommand command) {
  command.set_subject(target.child.Bytes());
  command.set_authority(target.authority.text());
  std::string request = command.SerializeAsString();
  auto mac = parts.macs.Of(request, target.authority, target.key);
  if (!mac) return call->Fail(mac.error());
  parts.shards.Submit(
      target.partition,
      {.authority = target.authority.text(),
       .id = id,
       .of_service = false,
       .principal = PrincipalOf(*call),
       .request = std::move(request),
       .request_mac = std::move(mac->mac),
       .mac_key = mac->key},
      [call, target](const Result<Answer>& answer) { Finish(call, target.partition, answer); });
}

// Finds the alert's child, then decides the command there.
template <typename SomeCall>
void Handle(const AlertingParts& parts, const SomeCall& call, v1::AlertingCommand command) {
  const auto& header = call->request().header();
  const auto id = CommandId::FromBytes(header.command_id());
  if (!id)
    return call->Fail(
        {StatusCode::kInvalidArgument, "COMMAND_ID_NOT_V7", "the command needs an id, a UUIDv7"});
  if (const auto status = parts.rounds.status(); !status.refused.empty()) {
    return call->Fail(NotTaken(status.refused + "; see 'holdfast clock accept'"));
  }
  const auto target = std::make_shared<std::optional<Target>>();
  AlertSearch search;
  search.use = [target](const FoundAlert& found) {
    target->emplace(
        Target{found.child, found.partition, found.authority, found.state.child.key_id});
  };
  search.done = [&parts, call, id = *id, target,
                 command = std::move(command)](const Result<void>& done) {
    if (!done) return call->Fail(done.error());
    Submit(parts, call, id, **target, command);
  };
  FindAlert(parts, *call, call->request().id(), std::move(search));
}

}  // namespace

void AcknowledgeAlert(const AlertingParts& parts, const AcknowledgeAlertCall& call) {
  v1::AlertingCommand command;
  command.mutable_acknowledge_alert()->set_alert(call->request().id());
  Handle(parts, call, std::move(command));
}

void UndoAlert(const AlertingParts& parts, const UndoAlertCall& call) {
  v1::AlertingCommand command;
  command.mutable_undo_alert_handling()->set_alert(call->request().id());
  Handle(parts, call, std::move(command));
}

void SnoozeAlert(const AlertingParts& parts, const SnoozeAlertCall& call) {
  v1::AlertingCommand command;
  auto& snooze = *command.mutable_snooze_alert();
  snooze.set_alert(call->request().id());
  if (call->request().has_until()) *snooze.mutable_until() = call->request().until();
  snooze.mutable_personal()->mutable_open()->set_text(call->request().reason());
  Handle(parts, call, std::move(command));
}

}  // namespace holdfast::alerting
