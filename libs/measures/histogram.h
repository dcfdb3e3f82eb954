// Exact counts that can be added up, and what is read from them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

namespace holdfast {

// How many had so many days.
using Histogram = std::map<int, uint64_t>;

template <typename Key>
void AddEach(const std::map<Key, uint64_t>& from, std::map<Key, uint64_t>& to) {
  for (const auto& [key, count] : from) to[key] += count;
}

template <typename Key>
uint64_t Sum(const std::map<Key, uint64_t>& counts) {
  uint64_t sum = 0;
  for (const auto& [key, count] : counts) sum += count;
  return sum;
}

// The mean of the middle two; none of an empty one.
inline std::optional<double> Median(const Histogram& histogram) {
  const uint64_t total = Sum(histogram);
  if (total == 0) return std::nullopt;
  const auto at = [&](uint64_t rank) {
    for (const auto& [days, count] : histogram) {
      if (rank < count) return days;
      rank -= count;
    }
    return 0;
  };
  return (at((total - 1) / 2) + at(total / 2)) / 2.0;
}

// None over zero.
inline std::optional<double> Share(uint64_t part, uint64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace holdfast
