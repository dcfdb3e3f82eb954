#include "services/cases/api/meetings.h"
#include "services/cases/api/reads.h"
#include "services/cases/app/row_ids.h"
#include "services/cases/app/sealed_meetings.h"

namespace holdfast::cases {
namespace {

// What is answered of a group that is not there, and of one without a child of the authority.
Status NoSuchGroup() {
  const auto refusal = SiblingRefusal::kUnknownGroup;
  return {StatusCode::kNotFound, std::string(NameOf(refusal)), std::string(TextOf(refusal))};
}

Status GroupNeeded() {
  return {StatusCode::kInvalidArgument, "GROUP_NEEDED", "the 16-byte id of the group is needed"};
}

// Submits a command on a child of the authority to the group; `fill` gives the command the child.
template <typename Request, typename Response, typename Fill>
void PostOfChild(const CasesParts& parts, const Call<Request, Response>& call, Fill fill) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  const auto group = SubjectId::FromBytes(request.group());
  if (!group) return call->Fail(GroupNeeded());
  const auto child = ChildNamed(parts, origin->authority, request.child());
  if (!child) return call->Fail(child.error());
  LookAtChildren(parts, *call, *origin, {.children = {*child}, .on = {}},
                 [&parts, call, origin = *origin, group = *group, child = *child,
                  fill](const Result<void>& looked) {
                   if (!looked) return call->Fail(looked.error());
                   v1::CasesCommand command;
                   fill(command, child.Bytes());
                   SubmitAndTell(parts, call, origin, group, std::move(command));
                 });
}

v1::SiblingGroupView View(const SubjectId& id, const AuthorityCode& authority,
                          const SiblingGroup& group) {
  v1::SiblingGroupView view;
  view.set_group(id.Bytes());
  for (const auto& sibling : group.children) *view.add_children() = sibling;
  for (const auto& decided : group.decisions) {
    auto& shown = *view.add_decisions();
    shown.set_authority(decided.authority());
    shown.set_decision(decided.decision());
    *shown.mutable_on() = decided.on();
    if (decided.has_review()) *shown.mutable_review() = decided.review();
    *shown.mutable_children() = decided.children();
    if (decided.authority() == authority.text())
      shown.set_reason(decided.personal().open().text());
  }
  return view;
}

// The authority's own children alone: of the others nothing personal is shown.
PersonalRead ReadOf(const SiblingGroup& group, const AuthorityCode& authority) {
  PersonalRead read{.method = "ShowSiblings",
                    .authority = authority.text(),
                    .fields = {"siblings", "text"},
                    .children = {}};
  for (const auto& sibling : group.ever) {
    const auto child = SubjectId::FromBytes(sibling.child());
    if (child && sibling.authority() == authority.text()) read.children.push_back(*child);
  }
  return read;
}

}  // namespace

void CreateSiblingGroup(const CasesParts& parts, const CreateSiblingGroupCall& call) {
  const auto origin = OriginOf(*call, call->request().header());
  if (!origin) return call->Fail(origin.error());
  const auto key = parts.keys.IdentityKey(origin->authority);
  if (!key) return call->Fail(key.error());
  v1::CasesCommand command;
  command.mutable_create_sibling_group();
  SubmitAndTell(parts, call, *origin, SiblingGroupOf({*key, origin->authority}, origin->id),
                std::move(command));
}

void JoinSiblings(const CasesParts& parts, const JoinSiblingsCall& call) {
  PostOfChild(parts, call, [](v1::CasesCommand& command, const std::string& child) {
    command.mutable_join_siblings()->set_child(child);
  });
}

void LeaveSiblings(const CasesParts& parts, const LeaveSiblingsCall& call) {
  PostOfChild(parts, call, [](v1::CasesCommand& command, const std::string& child) {
    command.mutable_leave_siblings()->set_child(child);
  });
}

void DecideSiblings(const CasesParts& parts, const DecideSiblingsCall& call) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  const auto group = SubjectId::FromBytes(request.group());
  if (!group) return call->Fail(GroupNeeded());
  const auto key = parts.keys.IdentityKey(origin->authority);
  if (!key) return call->Fail(key.error());
  v1::CasesCommand command;
  auto& decides = *command.mutable_decide_siblings();
  decides.set_decision(request.decision());
  if (request.has_on()) *decides.mutable_on() = request.on();
  if (request.has_review()) *decides.mutable_review() = request.review();
  *decides.mutable_children() = request.children();
  if (!request.reason().empty())
    decides.mutable_reason()->mutable_open()->set_text(request.reason());
  decides.set_assertion(SaidOf({*key, origin->authority}, *group, origin->id).Bytes());
  SubmitAndTell(parts, call, *origin, *group, std::move(command));
}

void ShowSiblings(const CasesParts& parts, const ShowSiblingsCall& call) {
  const auto authority = AuthorityMeant(*call, call->request().authority());
  if (!authority) return call->Fail(authority.error());
  const auto group = SubjectId::FromBytes(call->request().group());
  if (!group) return call->Fail(GroupNeeded());
  const uint32_t partition = parts.shards.PartitionFor(*group);
  const auto run = [&parts, call, authority = *authority, group = *group,
                    partition](Result<ShardView> shard) {
    if (!shard) return call->Fail(shard.error());
    const auto& known = StateOf<CasesState>(shard->subjects(), group).group;
    if (known.created_by != authority.text() && !HasChildOf(known, authority.text()))
      return call->Fail(NoSuchGroup());
    const auto open = OpenReasons(parts.sealer, {authority, group}, known);
    if (!open) return call->Fail(open.error());
    v1::ShowSiblingsResponse response;
    *response.mutable_view() = View(group, authority, *open);
    AddPosition(partition, shard->position(), response.mutable_positions());
    const PersonalRead read = ReadOf(*open, authority);
    FinishAudited(parts, call, read, std::move(response));
  };
  parts.shards.Read(partition, {.at_least = EventsNeeded(call->request().header(), partition),
                                .deadline = DeadlineOf(parts, *call),
                                .run = run});
}

}  // namespace holdfast::cases
