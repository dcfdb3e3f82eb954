#include "services/cases/app/row_ids.h"

#include "libs/permanence/facts.h"

namespace holdfast::cases {

void DeriveRowIds(const IdSpace& space, const SubjectId& child, const CommandId& command_id,
                  v1::StateReturnRows& command) {
  const SourceName source{"ssda903/" + space.authority.text()};
  for (auto& judged : *command.mutable_rows()) {
    const RowKey key = KeyOf(judged.row());
    const FactId fact = MakeFactId(space.key, source,
                                   {child.Bytes(), std::to_string(static_cast<int>(key.table)),
                                    key.day ? key.day->Iso() : ""});
    judged.set_fact(fact.Bytes());
    judged.set_assertion(MakeAssertionId(space.key, fact, command_id).Bytes());
  }
  command.set_registration(RegistrationOf(space, child, command_id).Bytes());
}

void DeriveCellIds(const IdSpace& space, const SubjectId& child, const CommandId& command_id,
                   v1::StateTrackerRow& command) {
  const SourceName source{"tracker/" + space.authority.text()};
  for (auto& cell : *command.mutable_cells()) {
    const FactId fact = MakeFactId(
        space.key, source,
        {child.Bytes(), std::to_string(static_cast<int>(cell.kind())), cell.code()});
    cell.set_fact(fact.Bytes());
    cell.set_assertion(MakeAssertionId(space.key, fact, command_id).Bytes());
  }
  command.set_registration(RegistrationOf(space, child, command_id).Bytes());
}

SubjectId MeetingOf(const IdSpace& space, const CommandId& command_id) {
  return {HmacId(space.key.bytes(), "meeting", {space.authority.text(), command_id.Bytes()})};
}

SubjectId SiblingGroupOf(const IdSpace& space, const CommandId& command_id) {
  return {HmacId(space.key.bytes(), "sibling-group", {space.authority.text(), command_id.Bytes()})};
}

AssertionId SaidOf(const IdSpace& space, const SubjectId& subject, const CommandId& command_id) {
  return MakeAssertionId(space.key, FactId{subject.bytes}, command_id);
}

AssertionId RegistrationOf(const IdSpace& space, const SubjectId& child,
                           const CommandId& command_id) {
  return MakeAssertionId(space.key, *FactId::FromBytes(child.Bytes()), command_id);
}

}  // namespace holdfast::cases
