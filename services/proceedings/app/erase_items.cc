#include "services/proceedings/app/erase_items.h"

#include "holdfast/proceedings/v1/proceedings_commands.pb.h"
#include "libs/base/uuid.h"
#include "libs/shard/keeper_of.h"
#include "services/proceedings/app/proceedings_state.h"

namespace holdfast::proceedings {
namespace {

// The space of the ids of these commands.
constexpr UuidBytes kSpace = {0x3c, 0x81, 0x5e, 0x0d, 0x92, 0x77, 0x4b, 0x1a,
                              0xa6, 0x2b, 0x41, 0xd8, 0x6f, 0x0e, 0x95, 0xc3};

}  // namespace

std::optional<std::vector<SubjectId>> ItemsOfErasedChild(Subjects& subjects,
                                                         const SubjectId& child) {
  const auto& stated = StateOf<ProceedingsState>(subjects, child).child;
  if (!stated.erased) return std::nullopt;
  std::vector<SubjectId> items;
  for (const auto& [id, known] : stated.items) {
    const auto item = SubjectId::FromBytes(id);
    if (item && !known.taken_away) items.push_back(*item);
  }
  return items;
}

Command EraseItem(const SubjectId& item, const SubjectId& child) {
  v1::ProceedingsCommand command;
  command.set_subject(item.Bytes());
  command.mutable_erase_item()->set_child(child.Bytes());
  return {.authority = {},
          .id = {UuidV5(kSpace, item.HexText() + "/" + child.HexText())},
          .of_service = true,
          .principal = "holdfast://service/proceedings",
          .request = command.SerializeAsString(),
          .request_mac = {},
          .mac_key = {}};
}

std::optional<KeyOfBody> KeyOfErasedItem(Subjects& subjects, const SubjectId& item) {
  const auto& facts = StateOf<ProceedingsState>(subjects, item).item;
  const auto source = AuthorityCode::FromText(facts.source);
  if (!facts.erased || !source || facts.key.IsZero()) return std::nullopt;
  return KeyOfBody{facts.key, *source};
}

}  // namespace holdfast::proceedings
