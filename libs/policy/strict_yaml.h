// Reads YAML as data that must be exactly as described: no unknown field, no repeated one, no
// anchor, alias or tag. The first problem is kept, with its file, line, field and rule; what is
// read after it are defaults, so readers need no checks.
#pragma once

#include <yaml-cpp/yaml.h>

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/base/civil_date.h"
#include "libs/base/status.h"

namespace holdfast {

// The first problem of one document.
class YamlProblems {
 public:
  explicit YamlProblems(std::string_view file_name) : file_name_(file_name) {}

  // Notes that `field`, at `node`, breaks `rule`, unless there is a problem already.
  void Note(const YAML::Node& node, std::string_view field, std::string_view rule);
  // The same, with `line` from 1; 0: the whole file.
  void NoteLine(int line, std::string_view field, std::string_view rule);

  const std::optional<Status>& first() const { return first_; }

 private:
  std::string file_name_;
  std::optional<Status> first_;
};

// A mapping at a place such as "clocks[2].limit".
class YamlFields {
 public:
  // `allowed` are the names of all fields that may be there.
  YamlFields(YamlProblems* problems, YAML::Node node, std::string place,
             std::initializer_list<std::string_view> allowed);

  bool Has(const char* name) const;
  // One line of printable ASCII, 1 to 400 characters.
  std::string Text(const char* name) const;
  // Lower-case letters, digits, '-' and '_', 1 to 64 characters.
  std::string Name(const char* name) const;
  int Integer(const char* name, int least, int most) const;
  CivilDate Day(const char* name) const;
  std::vector<std::string> Texts(const char* name) const;
  YamlFields Inner(const char* name, std::initializer_list<std::string_view> allowed) const;
  std::vector<YamlFields> Each(const char* name,
                               std::initializer_list<std::string_view> allowed) const;

  // The value that `choices` names by the field's text.
  template <typename Value, size_t kCount>
  Value OneOf(const char* name,
              const std::array<std::pair<std::string_view, Value>, kCount>& choices) const {
    return Choose(Get(name), name, choices);
  }
  template <typename Value, size_t kCount>
  std::vector<Value> SomeOf(
      const char* name,
      const std::array<std::pair<std::string_view, Value>, kCount>& choices) const {
    std::vector<Value> values;
    for (const auto& item : Items(name)) values.push_back(Choose(item, name, choices));
    return values;
  }

  // Notes that `name` here breaks `rule`.
  void Note(const char* name, std::string_view rule) const;

 private:
  // The node of a field that must be there; null, and noted, when it is not.
  YAML::Node Get(const char* name) const;
  std::vector<YAML::Node> Items(const char* name) const;
  std::string Scalar(const YAML::Node& node, const char* name) const;
  std::string Place(std::string_view name) const;

  template <typename Value, size_t kCount>
  Value Choose(const YAML::Node& node, const char* name,
               const std::array<std::pair<std::string_view, Value>, kCount>& choices) const {
    const std::string text = Scalar(node, name);
    std::string rule = "must be one of";
    for (const auto& [choice, value] : choices) {
      if (choice == text) return value;
      rule += " " + std::string(choice);
    }
    problems_->Note(node, Place(name), rule);
    return choices.front().second;
  }

  YamlProblems* problems_;
  YAML::Node node_;
  std::string place_;
};

// The one document of `text`, at most 256 KiB; null, and noted, when there is none. Never throws.
std::optional<YAML::Node> ParseStrictYaml(std::string_view text, YamlProblems* problems);

}  // namespace holdfast
