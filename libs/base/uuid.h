// UUIDs of RFC 9562 as pure functions: time and randomness come from the caller.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/base/clock.h"

namespace holdfast {

using UuidBytes = std::array<uint8_t, 16>;

// Version 7: `now` to the millisecond, then 74 of the 80 random bits. Ids of callers' commands. A
// time outside the 48 bits that a UUID has for it is a bug.
UuidBytes UuidV7(Instant now, const std::array<uint8_t, 10>& random);

// Version 5: SHA-1 of `space` and `name`. Ids of services' commands: the same name gives the same
// id for ever.
UuidBytes UuidV5(const UuidBytes& space, std::string_view name);

// The version, 1 to 15; nothing when the variant is not that of RFC 9562.
std::optional<int> UuidVersion(const UuidBytes& uuid);

// The millisecond in a version 7 id; nothing for other versions.
std::optional<Instant> UuidTime(const UuidBytes& uuid);

// "0190163d-8694-739b-aea5-966c26f8ad91".
std::string UuidText(const UuidBytes& uuid);

// Reads that form, of either case.
std::optional<UuidBytes> UuidFromText(std::string_view text);

}  // namespace holdfast
