// Where a subscriber stands: how many events of each part (services/relay/app/body_index.h) it has
// seen.
//
//   authority's token = hex(version(1 byte: 1) number...)      a number for each part, base-128
//   varint group's token     = hex(the same bytes, sealed with the group's key): it tells no
//   position
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/relay/app/pseudonyms.h"

namespace holdfast::relay {

// `group` is null for an authority's.
std::string TokenOf(const std::vector<uint64_t>& seen, const Pseudonyms* group);

// Nothing for a text that is no token of so many parts, or another group's.
std::optional<std::vector<uint64_t>> SeenFromToken(std::string_view token, size_t parts,
                                                   const Pseudonyms* group);

}  // namespace holdfast::relay
