#include "services/contact/api/commands.h"

#include <algorithm>

#include "libs/rpc/principal.h"
#include "services/contact/app/contact_state.h"
#include "services/contact/domain/contact_record.h"
#include "libs/shard/keeper_of.h"

namespace holdfast::contact {
namespace {

constexpr std::chrono::seconds kLongestWait{30};
// How long a command waits for the state that it is to be decided on.
constexpr std::chrono::seconds kCommandRead{5};

// kNotFound for what is not there, else kFailedPrecondition.
Status StatusOf(const std::string& refusal) {
  std::string text = refusal == "ERASED" ? "the child's record was erased" : "";
  for (int i = 0; i <= static_cast<int>(Refusal::kBeforeStart); ++i) {
    if (NameOf(Refusal{i}) == refusal) text = TextOf(Refusal{i});
  }
  const bool is_missing = refusal == NameOf(Refusal::kUnknownChild) ||
                          refusal == NameOf(Refusal::kUnknownFact);
  return {is_missing ? StatusCode::kNotFound : StatusCode::kFailedPrecondition, refusal, text};
}

}  // namespace

std::string PrincipalOf(const AnyUnaryCall& call) {
  const auto& principal = call.principal();
  return IdentityUri({principal.authority, principal.role, principal.name});
}

Monotonic DeadlineOf(const ContactParts& parts, const AnyUnaryCall& call) {
  const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(
      call.deadline() - std::chrono::system_clock::now());
  return parts.clock.Steady() +
         std::min(left, std::chrono::duration_cast<std::chrono::nanoseconds>(kLongestWait));
}

Result<CommandOrigin> OriginOf(const AnyUnaryCall& call, const common::v1::CommandHeader& header) {
  const auto id = CommandId::FromBytes(header.command_id());
  if (!id)
    return Fail(StatusCode::kInvalidArgument, "COMMAND_ID_NOT_V7",
                "the command needs an id, a UUIDv7");
  if (header.authority().empty() && call.reach() == Reach::kOwnAuthority)
    return CommandOrigin{call.principal().authority, *id, PrincipalOf(call)};
  const auto authority = AuthorityCode::FromText(header.authority());
  if (!authority)
    return Fail(StatusCode::kInvalidArgument, "AUTHORITY_NEEDED", "an authority's code is needed");
  return CommandOrigin{*authority, *id, PrincipalOf(call)};
}

void Submit(const ContactParts& parts, const CommandOrigin& origin, const SubjectId& child,
            v1::ContactCommand command, std::function<void(Result<Answer>)> then) {
  command.set_subject(child.Bytes());
  command.set_authority(origin.authority.text());
  const uint32_t partition = parts.shards.PartitionFor(child);
  auto run = [&parts, origin, child, partition, request = command.SerializeAsString(),
              then = std::move(then)](Result<ShardView> view) mutable {
    if (!view) return then(tl::unexpected(view.error()));
    const auto& known = StateOf<ContactState>(view->subjects(), child).child;
    const bool is_own = known.authority == origin.authority.text();
    auto mac = parts.macs.Of(request, origin.authority,
                             is_own ? std::optional(known.key_id) : std::nullopt);
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
                          then(tl::unexpected(StatusOf(answer->result)));
                        });
  };
  parts.shards.Read(partition, {.after_sources = true,
                                .deadline = parts.clock.Steady() + kCommandRead,
                                .run = std::move(run)});
}

void AddPosition(uint32_t partition, uint64_t event,
                 google::protobuf::RepeatedPtrField<common::v1::Position>* to) {
  auto& position = *to->Add();
  position.set_service("contact");
  position.set_partition(partition);
  position.set_event(event);
}

}  // namespace holdfast::contact
