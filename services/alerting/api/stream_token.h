// Where a subscriber stands: how many events of each partition it has seen.
//
//   token = hex(version(1 byte: 1) number...)     a number for each partition, base-128 varint
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::alerting {

std::string TokenOf(const std::vector<uint64_t>& seen);

// Nothing for a text that is no token of so many partitions.
std::optional<std::vector<uint64_t>> SeenFromToken(std::string_view token, size_t partitions);

}  // namespace holdfast::alerting
