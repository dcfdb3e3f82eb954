#include "libs/crypto/identity.h"
#include "libs/shard/keeper_of.h"
#include "services/proceedings/api/commands.h"
#include "services/proceedings/api/handlers.h"
#include "services/proceedings/app/proceedings_state.h"

namespace holdfast::proceedings {
namespace {

// What a person says of an item, on its way.
struct Match {
  CommandOrigin origin;
  SubjectId item;
  SubjectId child;
  v1::ProceedingsCommand command;
};

template <typename Request, typename Response>
Result<Match> MatchOf(const ProceedingsParts& parts, const UnaryCall<Request, Response>& call,
                      bool again) {
  const auto& request = call.request();
  const auto id = CommandId::FromBytes(request.header().command_id());
  if (!id) {
    return Fail(StatusCode::kInvalidArgument, "COMMAND_ID_NOT_V7",
                "the command needs an id, a UUIDv7");
  }
  const auto item = SubjectId::FromBytes(request.item());
  const auto child = SubjectId::FromBytes(request.child());
  if (!item) return Fail(StatusCode::kInvalidArgument, "ITEM_NEEDED", "an item's id is needed");
  if (!child) return Fail(StatusCode::kInvalidArgument, "CHILD_NEEDED", "a child's id is needed");
  if (request.reason().find_first_not_of(' ') == std::string::npos)
    return Fail(StatusCode::kInvalidArgument, "NO_REASON", "a reason is needed");
  const AuthorityCode& authority = call.principal().authority;
  const auto key = parts.keys.IdentityKey(authority);
  if (!key) return tl::unexpected(key.error());
  Match match{{authority, *id, UriOf(call.principal())}, *item, *child, {}};
  auto& command = *match.command.mutable_match_item();
  command.set_child(child->Bytes());
  command.set_again(again);
  command.set_assertion(MakeAssertionId(*key, FactId{item->bytes}, *id).Bytes());
  command.mutable_personal()->mutable_open()->set_text(request.reason());
  return match;
}

template <typename Request, typename Response>
void FinishWhenTold(const ProceedingsParts& parts, const Call<Request, Response>& call,
                    const Match& match, const Answer& answer) {
  parts.push.Push(match.item, [&parts, call, match,
                               answer](const Result<std::vector<Answer>>& told) {
    if (!told) return call->Fail(told.error());
    Response response;
    response.set_result(answer.kind == journal::v1::OUTCOME_KIND_NO_OP ? "unchanged" : "accepted");
    const uint32_t own = parts.shards.PartitionFor(match.item);
    AddPosition(own, answer.last_event, response.mutable_positions());
    for (const auto& one : *told) {
      v1::StateItemAnswer said;
      if (!said.ParseFromString(one.answer) || said.child() != match.child.Bytes()) continue;
      const uint32_t partition = parts.shards.PartitionFor(match.child);
      if (partition == own) {
        response.mutable_positions(0)->set_event(std::max(one.last_event, answer.last_event));
      } else {
        AddPosition(partition, one.last_event, response.mutable_positions());
      }
    }
    call->Finish(response);
  });
}

// Decides once it is known that the child has a record of the caller's authority.
template <typename Request, typename Response>
void DecideMatch(const ProceedingsParts& parts, const Call<Request, Response>& call, bool again) {
  const auto match = MatchOf(parts, *call, again);
  if (!match) return call->Fail(match.error());
  const auto run = [&parts, call, match = *match](Result<ShardView> view) {
    if (!view) return call->Fail(view.error());
    const auto& child = StateOf<ProceedingsState>(view->subjects(), match.child).child;
    if (child.authority != match.origin.body.text())
      return call->Fail({StatusCode::kNotFound, "UNKNOWN_CHILD", "no such child"});
    SubmitForCaller(parts, match.origin, match.item, match.command,
                    [&parts, call, match](const Result<Answer>& answer) {
                      if (!answer) return call->Fail(answer.error());
                      FinishWhenTold(parts, call, match, *answer);
                    });
  };
  parts.shards.Read(
      parts.shards.PartitionFor(match->child),
      {.after_sources = true, .deadline = parts.clock.Steady() + kCommandRead, .run = run});
}

}  // namespace

void MatchItem(const ProceedingsParts& parts, const MatchItemCall& call) {
  DecideMatch(parts, call, false);
}

void RematchItem(const ProceedingsParts& parts, const RematchItemCall& call) {
  DecideMatch(parts, call, true);
}

}  // namespace holdfast::proceedings
