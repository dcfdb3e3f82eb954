#include "services/cases/api/commands.h"

#include "libs/rpc/principal.h"
#include "services/cases/api/reads.h"
#include "services/cases/api/refusals.h"

namespace holdfast::cases {
namespace {

// The data key of the subject, where it is a child of the authority that has one.
std::optional<KeyId> DataKeyOf(Subjects& subjects, const SubjectId& subject,
                               const AuthorityCode& authority) {
  const auto& state = StateOf<CasesState>(subjects, subject);
  if (!state.child.registered || state.owner != authority.text()) return std::nullopt;
  return state.child.key_id;
}

}  // namespace

std::string PrincipalOf(const AnyUnaryCall& call) {
  const auto& principal = call.principal();
  return IdentityUri({principal.authority, principal.role, principal.name});
}

Result<CommandOrigin> OriginOf(const AnyUnaryCall& call, const common::v1::CommandHeader& header) {
  const auto id = CommandId::FromBytes(header.command_id());
  if (!id)
    return Fail(StatusCode::kInvalidArgument, "COMMAND_ID_NOT_V7",
                "the command needs an id, a UUIDv7");
  const auto authority = AuthorityMeant(call, header.authority());
  if (!authority) return tl::unexpected(authority.error());
  return CommandOrigin{*authority, *id, PrincipalOf(call)};
}

void Submit(const CasesParts& parts, const CommandOrigin& origin, const SubjectId& subject,
            v1::CasesCommand command, std::function<void(Result<Answer>)> then) {
  command.set_subject(subject.Bytes());
  command.set_authority(origin.authority.text());
  const uint32_t partition = parts.shards.PartitionFor(subject);
  auto run = [&parts, origin, subject, partition, request = command.SerializeAsString(),
              then = std::move(then)](Result<ShardView> view) mutable {
    if (!view) return then(tl::unexpected(view.error()));
    auto mac = parts.macs.Of(request, origin.authority,
                             DataKeyOf(view->subjects(), subject, origin.authority));
    if (!mac) return then(tl::unexpected(mac.error()));
    parts.shards.Submit(partition,
                        {.authority = origin.authority.text(),
                         .id = origin.id,
                         .of_service = false,
                         .principal = origin.principal,
                         .request = std::move(request),
                         .request_mac = std::move(mac->mac),
                         .mac_key = mac->key},
                        [then = std::move(then)](Result<Answer> answer) {
                          if (!answer || answer->kind != journal::v1::OUTCOME_KIND_REFUSED)
                            return then(std::move(answer));
                          then(tl::unexpected(StatusOfRefusal(answer->result)));
                        });
  };
  parts.shards.Read(partition,
                    {.deadline = parts.clock.Steady() + kCommandRead, .run = std::move(run)});
}

void AddPosition(uint32_t partition, uint64_t event,
                 google::protobuf::RepeatedPtrField<common::v1::Position>* to) {
  auto& position = *to->Add();
  position.set_service("cases");
  position.set_partition(partition);
  position.set_event(event);
}

}  // namespace holdfast::cases
