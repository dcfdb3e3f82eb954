#include "services/cases/api/meetings.h"
#include "services/cases/api/reads.h"
#include "services/cases/app/sealed_meetings.h"

namespace holdfast::cases {
namespace {

// What is answered of a meeting that is not there, and of another authority's.
Status NoSuchMeeting() {
  const auto refusal = MeetingRefusal::kUnknownMeeting;
  return {StatusCode::kNotFound, std::string(NameOf(refusal)), std::string(TextOf(refusal))};
}

Result<v1::MeetingView> View(const CasesParts& parts, const AuthorityCode& authority,
                             const SubjectId& meeting, ShardView& shard) {
  const auto& known = StateOf<CasesState>(shard.subjects(), meeting).meeting;
  if (known.state == MeetingState::kNone || known.authority != authority.text())
    return tl::unexpected(NoSuchMeeting());
  const auto open = OpenMeeting(parts.sealer, {authority, meeting}, known);
  if (!open) return tl::unexpected(open.error());
  v1::MeetingView view;
  view.set_meeting(meeting.Bytes());
  view.set_authority(known.authority);
  view.set_state(std::string(NameOf(known.state)));
  view.set_place(open->said.place().open().text());
  view.set_notes(open->said.notes().open().text());
  *view.mutable_said() = open->said;
  view.mutable_said()->clear_place();
  view.mutable_said()->clear_notes();
  view.set_told(known.told == known.version);
  return view;
}

PersonalRead ReadOf(const v1::MeetingView& view) {
  PersonalRead read{.method = "ShowMeeting",
                    .authority = view.authority(),
                    .fields = {"meeting"},
                    .children = {}};
  if (!view.place().empty()) read.fields.emplace_back("place");
  if (!view.notes().empty()) read.fields.emplace_back("notes");
  for (const auto& named : view.said().children()) {
    if (const auto child = SubjectId::FromBytes(named.child())) read.children.push_back(*child);
  }
  return read;
}

}  // namespace

void ShowMeeting(const CasesParts& parts, const ShowMeetingCall& call) {
  const auto authority = AuthorityMeant(*call, call->request().authority());
  if (!authority) return call->Fail(authority.error());
  const auto meeting = SubjectId::FromBytes(call->request().meeting());
  if (!meeting) return call->Fail(MeetingNeeded());
  const uint32_t partition = parts.shards.PartitionFor(*meeting);
  const auto run = [&parts, call, authority = *authority, meeting = *meeting,
                    partition](Result<ShardView> shard) {
    if (!shard) return call->Fail(shard.error());
    auto view = View(parts, authority, meeting, *shard);
    if (!view) return call->Fail(view.error());
    v1::ShowMeetingResponse response;
    const PersonalRead read = ReadOf(*view);
    *response.mutable_view() = std::move(*view);
    AddPosition(partition, shard->position(), response.mutable_positions());
    FinishAudited(parts, call, read, std::move(response));
  };
  parts.shards.Read(partition, {.at_least = EventsNeeded(call->request().header(), partition),
                                .deadline = DeadlineOf(parts, *call),
                                .run = run});
}

}  // namespace holdfast::cases
