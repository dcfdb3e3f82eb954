// What the events of a meeting or a sibling group mean for its children, as commands for the
// Pusher.
#pragma once

#include "libs/shard/pusher.h"

namespace holdfast::cases {

PusherOptions TellChildren();

}  // namespace holdfast::cases
