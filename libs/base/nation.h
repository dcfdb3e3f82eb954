// The nation whose law an authority works under.
#pragma once

#include <optional>
#include <string_view>

namespace holdfast {

enum class Nation { kEngland, kScotland };

// By the authority's code (GSS): S12000901 is Scotland's, E06000901 England's; none: another's.
inline std::optional<Nation> NationOf(std::string_view authority) {
  if (authority.starts_with("S12")) return Nation::kScotland;
  if (authority.starts_with("E")) return Nation::kEngland;
  return std::nullopt;
}

// scotland or england.
inline std::string_view NameOf(Nation nation) {
  return nation == Nation::kScotland ? "scotland" : "england";
}

}  // namespace holdfast
