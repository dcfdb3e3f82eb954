// The items of a child whose record is erased: they are erased with it.
#pragma once

#include <optional>
#include <vector>

#include "libs/shard/command.h"
#include "libs/shard/keeper.h"
#include "services/node/service.h"

namespace holdfast::proceedings {

// The ids of all items that are stated of the child, or were when its record was erased; nothing
// while proceedings does not know that it is.
std::optional<std::vector<SubjectId>> ItemsOfErasedChild(Subjects& subjects,
                                                         const SubjectId& child);

// Erases the item, unless it is another child's by now. Safe to send again.
Command EraseItem(const SubjectId& item, const SubjectId& child);

// The key of an item that is erased; nothing of one that is not.
std::optional<KeyOfBody> KeyOfErasedItem(Subjects& subjects, const SubjectId& item);

}  // namespace holdfast::proceedings
