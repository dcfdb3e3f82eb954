// Personal data of items: where it is sealed, under which key, and how it comes from an item to its
// child.
#pragma once

#include "libs/crypto/personal_sealer.h"
#include "libs/shard/keeper.h"
#include "services/proceedings/domain/item.h"
#include "services/proceedings/domain/stated_child.h"

namespace holdfast::proceedings {

// The event for the journal, its personal data sealed under `key`, bound to `owner` (an authority
// or a source) and the event's assertion. KEY_ERASED.
struct SealedUnder {
  const KeyId& key;
  const std::string& owner;
};
Result<NewEvent> SealEvent(PersonalSealer& sealer, const SubjectId& subject,
                           const SealedUnder& under, v1::ProceedingsEvent event);

// The personal part of an item's version, open; erased when its key is gone.
Result<common::v1::PersonalField> OpenVersion(PersonalSealer& sealer, const SubjectId& item,
                                              const v1::ItemReceived& version);

// The personal part of what waits at `child`, likewise.
Result<common::v1::PersonalField> OpenWaiting(PersonalSealer& sealer, const SubjectId& child,
                                              const v1::ItemStated& statement);

// What a child is told of an item's personal part: its ref, event id and reason.
common::v1::PersonalField OfStatement(const common::v1::PersonalField& of_item);

}  // namespace holdfast::proceedings
