#include "tools/import/tracker_map.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "libs/csv/reader.h"
#include "libs/policy/strict_yaml.h"
#include "services/cases/domain/fact_kinds.h"
#include "services/cases/domain/state_tracker_row.h"

namespace holdfast::import {
namespace {

constexpr size_t kLongestText = 400;

class MapReader {
 public:
  MapReader(std::string_view file_name, std::optional<Nation> nation)
      : file_name_(file_name), nation_(nation) {}

  TrackerMap Read(const YAML::Node& root) {
    if (!CheckFields(root, "", {"dates", "child", "columns", "ignore"})) return {};
    const std::string dates = Text(root, "", "dates");
    if (dates != "dmy" && dates != "iso") Note(root["dates"], "dates", "must be dmy or iso");
    map_.dates = dates == "dmy" ? DateForm::kDmy : DateForm::kIso;
    ReadChild(root["child"]);
    ReadColumns(root["columns"]);
    if (root["ignore"].IsDefined()) ReadIgnored(root["ignore"]);
    for (const auto& [key, node] : code_columns_) {
      if (claimed_.contains(key))
        Note(node, "columns", "uses for codes a column that is named twice");
    }
    return std::move(map_);
  }

  const std::optional<Status>& problem() const { return problem_; }

 private:
  void Note(const YAML::Node& node, const std::string& field, const std::string& rule) {
    if (problem_) return;
    const int line = node.IsDefined() ? node.Mark().line + 1 : 0;
    std::string place = file_name_;
    if (line > 0) place += ":" + std::to_string(line);
    problem_ = Status{StatusCode::kInvalidArgument,
                      "BAD_MAP",
                      place + ": " + field + ": " + rule,
                      {.file = file_name_,
                       .line = static_cast<uint64_t>(std::max(line, 0)),
                       .field = field,
                       .rule = rule}};
  }

  static std::string Place(const std::string& place, const std::string& name) {
    return place.empty() ? name : place + "." + name;
  }

  // False, and noted, unless `node` is a mapping of some of these, each once.
  bool CheckFields(const YAML::Node& node, const std::string& place,
                   const std::set<std::string>& allowed) {
    if (!node.IsDefined() || !node.IsMap()) {
      Note(node, place.empty() ? "document" : place, "must be a mapping");
      return false;
    }
    std::set<std::string> seen;
    for (const auto& field : node) {
      const std::string name = field.first.IsScalar() ? field.first.Scalar() : "";
      if (!allowed.contains(name)) Note(field.first, Place(place, name), "is not a field here");
      if (!seen.insert(name).second) Note(field.first, Place(place, name), "is stated twice");
    }
    return true;
  }

  std::string Scalar(const YAML::Node& node, const std::string& field) {
    const std::string text = node.IsDefined() && node.IsScalar() ? node.Scalar() : "";
    const bool is_line = !text.empty() && text.size() <= kLongestText &&
                         std::ranges::none_of(text, [](unsigned char c) { return c < ' '; });
    if (!is_line) Note(node, field, "must be one line of text");
    return is_line ? text : "";
  }

  std::string Text(const YAML::Node& fields, const std::string& place, const char* name) {
    const YAML::Node node = fields.IsMap() ? fields[name] : YAML::Node(YAML::NodeType::Undefined);
    if (!node.IsDefined()) Note(fields, Place(place, name), "is missing");
    return node.IsDefined() ? Scalar(node, Place(place, name)) : "";
  }

  // A column that has one use.
  std::string Column(const YAML::Node& node, const std::string& field) {
    std::string name = Scalar(node, field);
    if (!name.empty() && !claimed_.insert(ColumnKey(name)).second)
      Note(node, field, "names the column " + name + " a second time");
    return name;
  }

  void ReadChild(const YAML::Node& child) {
    if (!CheckFields(child, "child", {"local_id", "name", "born", "worker"})) return;
    const auto column = [&](const char* name, bool is_needed) {
      const YAML::Node node = child[name];
      if (node.IsDefined()) return Column(node, Place("child", name));
      if (is_needed) Note(child, Place("child", name), "is missing");
      return std::string();
    };
    map_.local_id = column("local_id", true);
    map_.born = column("born", true);
    map_.name = column("name", false);
    map_.worker = column("worker", false);
  }

  void ReadColumns(const YAML::Node& columns) {
    if (!columns.IsDefined() || !columns.IsSequence() || columns.size() == 0)
      return Note(columns, "columns", "must be a list of columns");
    for (size_t i = 0; i < columns.size(); ++i)
      ReadColumn(columns[i], "columns[" + std::to_string(i) + "]");
  }

  void ReadColumn(const YAML::Node& node, const std::string& place) {
    if (!CheckFields(node, place, {"column", "kind", "code"})) return;
    MappedColumn mapped;
    if (node["column"].IsDefined()) {
      mapped.column = Column(node["column"], place + ".column");
    } else {
      Note(node, place + ".column", "is missing");
    }
    const std::string name = Text(node, place, "kind");
    const auto kind = cases::FactKindNamed(name);
    if (!kind || !cases::IsSheetKind(*kind))
      return Note(node["kind"], place + ".kind", "is no kind of fact that a sheet can state");
    mapped.kind = *kind;
    if (node["code"].IsDefined()) {
      ReadCode(node["code"], place + ".code", mapped);
    } else if (cases::NeedsCode(*kind)) {
      Note(node, place + ".code", "is missing: " + name + " needs a code");
    }
    const bool is_fixed = mapped.code_column.empty();
    if (is_fixed && !stated_.insert({mapped.kind, mapped.code}).second) {
      Note(node, place,
           "states " + name + (mapped.code.empty() ? "" : " " + mapped.code) +
               " a second time: a sheet has one day for each kind and code");
    }
    map_.columns.push_back(std::move(mapped));
  }

  std::string Code(const YAML::Node& node, const std::string& field, cases::v1::FactKind kind) {
    std::string code = Scalar(node, field);
    if (!code.empty() && !cases::HasCode(kind, code, nation_)) {
      Note(node, field,
           code + " is no code of " + std::string(cases::NameOf(kind)) +
               " in the authority's nation");
    }
    return code;
  }

  void ReadCode(const YAML::Node& node, const std::string& place, MappedColumn& mapped) {
    if (!node.IsMap()) {
      mapped.code = Code(node, place, mapped.kind);
      return;
    }
    if (!CheckFields(node, place, {"column", "map"})) return;
    mapped.code_column = Text(node, place, "column");
    code_columns_.emplace_back(ColumnKey(mapped.code_column), node);
    const YAML::Node codes = node["map"];
    if (!codes.IsDefined() || !codes.IsMap() || codes.size() == 0)
      return Note(node, place + ".map", "must be a mapping of texts to codes");
    for (const auto& entry : codes) {
      const std::string text = Scalar(entry.first, place + ".map");
      const std::string field = place + ".map." + text;
      if (!mapped.codes.emplace(csv::Trim(text), Code(entry.second, field, mapped.kind)).second)
        Note(entry.first, field, "is stated twice");
    }
  }

  void ReadIgnored(const YAML::Node& ignored) {
    if (!ignored.IsSequence()) return Note(ignored, "ignore", "must be a list of columns");
    for (size_t i = 0; i < ignored.size(); ++i)
      map_.ignored.push_back(Column(ignored[i], "ignore[" + std::to_string(i) + "]"));
  }

  const std::string file_name_;
  const std::optional<Nation> nation_;
  std::optional<Status> problem_;
  std::set<std::string> claimed_;
  std::vector<std::pair<std::string, YAML::Node>> code_columns_;
  std::set<std::pair<cases::v1::FactKind, std::string>> stated_;
  TrackerMap map_;
};

}  // namespace

std::string ColumnKey(std::string_view name) {
  std::string key = csv::Trim(name);
  std::ranges::transform(key, key.begin(), [](unsigned char c) {
    return static_cast<char>(c < 0x80 ? std::toupper(c) : c);
  });
  return key;
}

Result<TrackerMap> ReadTrackerMap(std::string_view file_name, std::string_view text,
                                  std::optional<Nation> nation) {
  YamlProblems problems(file_name);
  const auto root = ParseStrictYaml(text, &problems);
  if (!root) {
    return Fail(StatusCode::kInvalidArgument, "BAD_MAP", problems.first()->message,
                {.file = std::string(file_name)});
  }
  MapReader reader(file_name, nation);
  auto map = reader.Read(*root);
  if (reader.problem()) return tl::unexpected(*reader.problem());
  return map;
}

}  // namespace holdfast::import
