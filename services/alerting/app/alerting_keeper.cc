#include "services/alerting/app/alerting_keeper.h"

#include "libs/base/check.h"
#include "libs/crypto/personal_fields.h"
#include "services/alerting/app/alerting_index.h"
#include "services/alerting/app/own_decisions.h"
#include "services/alerting/domain/handle_alert.h"

namespace holdfast::alerting {
namespace {

tl::unexpected<Status> Malformed(const char* message) {
  return Fail(StatusCode::kInvalidArgument, "MALFORMED", message);
}

Decision Refused(std::string_view reason) {
  return {.kind = journal::v1::OUTCOME_KIND_REFUSED,
          .result = std::string(reason),
          .answer = {},
          .events = {}};
}

// The domain's decision on what a person does.
tl::expected<Events, Refusal> DecideOn(const ChildAlerts& alerts,
                                       const v1::AlertingCommand& command,
                                       const ClocksToday& today) {
  switch (command.command_case()) {
    case v1::AlertingCommand::kAcknowledgeAlert:
      return Decide(alerts, command.acknowledge_alert(), today);
    case v1::AlertingCommand::kUndoAlertHandling:
      return Decide(alerts, command.undo_alert_handling(), today);
    case v1::AlertingCommand::kSnoozeAlert:
      return Decide(alerts, command.snooze_alert(), today);
    default:
      return tl::unexpected(Refusal::kUnknownAlert);
  }
}

}  // namespace

std::optional<ChildKnown> KnownOf(Subjects& subjects, const SubjectId& child,
                                  uint32_t partition_count) {
  const uint32_t partition = PartitionOf(child, partition_count);
  const auto& state = StateOf<AlertingState>(subjects, child);
  const auto& place =
      StateOf<AlertingState>(subjects, PartitionSubject(partition, partition_count));
  if (place.policies == nullptr || !place.day) return std::nullopt;
  const SubjectId copy =
      cases::AuthorityCopySubject(state.child.authority, partition, partition_count);
  return ChildKnown{.child = child,
                    .facts = state.child,
                    .coverage = StateOf<AlertingState>(subjects, copy).authority.coverage,
                    .policies = *place.policies,
                    .day = *place.day};
}

Result<AlertingState> AlertingKeeper::LoadState(const SubjectId&, std::string_view bytes) const {
  v1::KeptSubject kept;
  if (!kept.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "alerting: a subject that cannot be read");
  }
  return StateOfKept(std::move(kept));
}

std::vector<IndexRow> AlertingKeeper::IndexState(const SubjectId& subject,
                                                 const AlertingState& state) const {
  return IndexRowsOf(subject, state);
}

// A child's events come in one batch, as its rows in a return did: it is computed with the last of
// them. What concerns all children of an authority is seen to by Rounds.
Result<std::vector<NewEvent>> AlertingKeeper::React(Subjects& subjects, const SourceEvent& event,
                                                    const DecideContext&) const {
  const SubjectId& child = event.event.subject;
  if (event.more_of_subject || !StateOf<AlertingState>(subjects, child).child.registered)
    return std::vector<NewEvent>{};
  return ComputeAnew(subjects, child, parts_.partition_count);
}

Result<Decision> AlertingKeeper::Decide(Subjects& subjects, const Command& command,
                                        const DecideContext&) const {
  v1::AlertingCommand decoded;
  if (!decoded.ParseFromString(command.request))
    return Malformed("alerting: a command that cannot be read");
  const auto subject = SubjectId::FromBytes(decoded.subject());
  if (!subject) return Malformed("alerting: a command without subject");
  switch (decoded.command_case()) {
    case v1::AlertingCommand::kAcknowledgeAlert:
    case v1::AlertingCommand::kUndoAlertHandling:
    case v1::AlertingCommand::kSnoozeAlert:
      return DecideByPerson(subjects, *subject, command, std::move(decoded));
    default:
      if (!command.of_service) return Malformed("alerting: a command that only the service gives");
      return DecideByItself({subjects, *subject, parts_.partition_count}, decoded);
  }
}

Result<Decision> AlertingKeeper::DecideByPerson(Subjects& subjects, const SubjectId& child,
                                                const Command& command,
                                                v1::AlertingCommand decoded) const {
  const auto& state = StateOf<AlertingState>(subjects, child);
  const auto authority = AuthorityCode::FromText(decoded.authority());
  if (!authority || state.child.authority != authority->text())
    return Refused(NameOf(Refusal::kUnknownAlert));
  const auto known = KnownOf(subjects, child, parts_.partition_count);
  if (!known)
    return Fail(StatusCode::kUnavailable, "NOT_TAKEN", "the partition has begun no day yet");
  auto events = DecideOn(state.alerts, decoded, ClocksOf(*known));
  if (!events) return Refused(NameOf(events.error()));
  Decision decision{.kind = events->empty() ? journal::v1::OUTCOME_KIND_NO_OP
                                            : journal::v1::OUTCOME_KIND_ACCEPTED,
                    .result = events->empty() ? "unchanged" : "accepted",
                    .answer = {},
                    .events = {}};
  uint32_t index = 0;
  for (auto& event : *events) {
    const EventPlace place{*authority, child, EventIdentity::OfCommand(command.id, index++)};
    if (auto sealed = parts_.sealer.Seal(event, state.child.key_id, place); !sealed) {
      if (sealed.error().reason == "KEY_ERASED") return Refused("ERASED");
      return tl::unexpected(sealed.error());
    }
    HOLDFAST_CHECK(!HasOpenPersonal(event));
    decision.events.push_back({.subject = child, .payload = event.SerializeAsString()});
  }
  if (decision.events.empty()) return decision;
  // What was put off may have to be looked at on another day than before.
  for (auto& event : AfterHandling(state.alerts, *events, *known))
    decision.events.push_back(std::move(event));
  return decision;
}

std::optional<std::string> AlertingKeeper::MacUnder(const KeyId& key,
                                                    std::string_view request) const {
  v1::AlertingCommand decoded;
  if (!decoded.ParseFromArray(request.data(), static_cast<int>(request.size())))
    return std::nullopt;
  const auto authority = AuthorityCode::FromText(decoded.authority());
  return authority ? parts_.macs.Under(key, *authority, request) : std::nullopt;
}

}  // namespace holdfast::alerting
