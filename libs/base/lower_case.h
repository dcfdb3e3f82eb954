#pragma once

#include <string>
#include <string_view>

namespace holdfast {

// With ASCII letters in lower case; all else stays.
inline std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

}  // namespace holdfast
