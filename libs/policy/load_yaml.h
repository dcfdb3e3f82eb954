// A policy file, read whole or refused with the first thing that is wrong with it.
#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "libs/base/ids.h"
#include "libs/policy/confidence.h"
#include "libs/policy/strict_yaml.h"

namespace holdfast {

// What a field can be, as files write it.
template <typename Value, size_t kCount>
using Choices = std::array<std::pair<std::string_view, Value>, kCount>;

inline constexpr Choices<Confidence, 4> kConfidences{{{"C", Confidence::kConfirmed},
                                                      {"C*", Confidence::kConfirmedAtSecondHand},
                                                      {"K", Confidence::kFromKnowledge},
                                                      {"K-low", Confidence::kFromUnsureKnowledge}}};

// SHA-256 of the file, 32 bytes.
inline std::string ContentHash(std::string_view yaml) {
  const auto sum = Sha256(yaml);
  return {reinterpret_cast<const char*>(sum.data()), sum.size()};
}

// Reads the one mapping of `yaml` by `read`.
template <typename Read>
auto LoadYaml(std::string_view yaml, std::string_view file_name,
              std::initializer_list<std::string_view> allowed, Read read)
    -> Result<decltype(read(std::declval<YamlFields>()))> {
  YamlProblems problems(file_name);
  const auto document = ParseStrictYaml(yaml, &problems);
  if (document) {
    auto loaded = read(YamlFields(&problems, *document, "", allowed));
    if (!problems.first()) {
      loaded.content_hash = ContentHash(yaml);
      return loaded;
    }
  }
  return tl::unexpected<Status>(*problems.first());
}

}  // namespace holdfast
