// One published figure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace holdfast {

// A figure within a figure.
struct MeasurePart {
  std::vector<std::string> path;  // such as route, adoption, ended
  std::optional<double> value;    // none over zero

  bool operator==(const MeasurePart&) const = default;
};

inline MeasurePart Part(std::string name, std::optional<double> value) {
  return {{std::move(name)}, value};
}
inline MeasurePart Part(std::string name, uint64_t count) {
  return Part(std::move(name), std::optional(static_cast<double>(count)));
}

struct Measure {
  std::string id;
  std::string definition;
  std::optional<double> value;  // none over zero
  std::optional<uint64_t> numerator;
  std::optional<uint64_t> denominator;
  uint64_t excluded = 0;
  uint64_t unknown = 0;
  uint64_t disputed = 0;
  std::map<std::string, uint64_t> by;  // no zeros
  // Shown within `by` too.
  std::vector<MeasurePart> parts;
  std::vector<std::string> groups;  // first words of paths, there even when nothing is in them
};

}  // namespace holdfast
