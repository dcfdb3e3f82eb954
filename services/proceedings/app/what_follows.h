// What a subject's events mean for others, as commands for the Pusher.
#pragma once

#include "libs/crypto/personal_sealer.h"
#include "libs/shard/pusher.h"
#include "services/proceedings/app/source_copies.h"

namespace holdfast::proceedings {

// Of an item: its children and case references. Of a case reference: its items. Of a source: every
// partition's copy. Both parts outlive the Pusher.
PusherOptions PushesOf(PersonalSealer& sealer, const SourceCopies& copies);

}  // namespace holdfast::proceedings
