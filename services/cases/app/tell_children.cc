#include "services/cases/app/tell_children.h"

#include "libs/shard/keeper_of.h"
#include "services/cases/app/cases_index.h"
#include "services/cases/app/cases_state.h"

namespace holdfast::cases {
namespace {

using v1::CasesCommand;

PushedCommand Pushed(const SubjectId& target, const char* name, const std::string& authority,
                     CasesCommand command) {
  command.set_subject(target.Bytes());
  command.set_authority(authority);
  return {.target = target,
          .name = name,
          .request = command.SerializeAsString(),
          .authority = authority};
}

// To each child that it has ever named: one that was named by mistake is told too.
Outgoing OfMeeting(const SubjectId& id, const MeetingFacts& meeting) {
  Outgoing outgoing{.through = meeting.version, .commands = {}};
  for (const auto& child : meeting.children) {
    CasesCommand command;
    *command.mutable_tell_of_meeting()->mutable_told() = ToldTo(child, id, meeting);
    outgoing.commands.push_back(
        Pushed(child, "tell_of_meeting", meeting.authority, std::move(command)));
  }
  return outgoing;
}

// To each child that was ever in it, as a command of the child's own authority.
Outgoing OfGroup(const SubjectId& id, const SiblingGroup& group) {
  Outgoing outgoing{.through = group.version, .commands = {}};
  for (const auto& sibling : group.ever) {
    const auto child = SubjectId::FromBytes(sibling.child());
    if (!child) continue;
    CasesCommand command;
    *command.mutable_tell_of_siblings()->mutable_told() = ToldTo(sibling, id, group);
    outgoing.commands.push_back(
        Pushed(*child, "tell_of_siblings", sibling.authority(), std::move(command)));
  }
  return outgoing;
}

Result<Outgoing> OutgoingOf(Subjects& subjects, const SubjectId& subject) {
  const auto& state = StateOf<CasesState>(subjects, subject);
  if (state.meeting.version > state.meeting.told) return OfMeeting(subject, state.meeting);
  if (state.group.version > state.group.told && !state.group.ever.empty())
    return OfGroup(subject, state.group);
  return Outgoing{};
}

PushedCommand ConfirmOf(const SubjectId& subject, const Outgoing& told,
                        const std::vector<Answer>&) {
  CasesCommand command;
  command.mutable_confirm_told()->set_version(told.through);
  const std::string authority = told.commands.empty() ? "" : told.commands.front().authority;
  return Pushed(subject, "confirm_told", authority, std::move(command));
}

}  // namespace

PusherOptions TellChildren() {
  return {.service = "cases", .rows = UntoldRows(), .outgoing = OutgoingOf, .confirm = ConfirmOf};
}

}  // namespace holdfast::cases
