#include "libs/policy/strict_yaml.h"

#include <yaml-cpp/eventhandler.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace holdfast {
namespace {

constexpr size_t kLargestFile = 256 * 1024;
constexpr size_t kLongestText = 400;

// Looks at a document before it is built, for what makes a tree into something else.
class NoReferences final : public YAML::EventHandler {
 public:
  explicit NoReferences(YamlProblems* problems) : problems_(problems) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { Look(mark, "", anchor); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override { Look(mark, "", anchor); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string&) override {
    Look(mark, tag, anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Look(mark, tag, anchor);
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Look(mark, tag, anchor);
  }
  void OnMapEnd() override {}

 private:
  void Look(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    // "?" is a plain value and "!" a quoted one: neither was written as a tag.
    if (anchor != 0 || (!tag.empty() && tag != "?" && tag != "!")) {
      problems_->NoteLine(mark.line + 1, "document", "must have no anchor, alias or tag");
    }
  }

  YamlProblems* problems_;
};

bool IsOneLine(std::string_view text) {
  return !text.empty() && text.size() <= kLongestText &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

void YamlProblems::Note(const YAML::Node& node, std::string_view field, std::string_view rule) {
  NoteLine(node.Mark().line + 1, field, rule);
}

void YamlProblems::NoteLine(int line, std::string_view field, std::string_view rule) {
  if (first_) return;
  std::string message = file_name_;
  if (line > 0) message += ":" + std::to_string(line);
  message += ": " + std::string(field) + ": " + std::string(rule);
  std::ranges::replace_if(
      message, [](char c) { return c < ' ' || c > '~'; }, '?');
  first_ = Status{StatusCode::kInvalidArgument, "BAD_POLICY", std::move(message)};
}

YamlFields::YamlFields(YamlProblems* problems, YAML::Node node, std::string place,
                       std::initializer_list<std::string_view> allowed)
    : problems_(problems), node_(std::move(node)), place_(std::move(place)) {
  if (!node_.IsMap()) {
    problems_->Note(node_, place_.empty() ? "document" : place_, "must be a mapping of fields");
    node_ = YAML::Node(YAML::NodeType::Map);
    return;
  }
  std::vector<std::string> seen;
  for (const auto& field : node_) {
    const std::string name = field.first.IsScalar() ? field.first.Scalar() : "";
    if (!IsOneLine(name) || std::ranges::find(allowed, name) == allowed.end()) {
      problems_->Note(field.first, Place(IsOneLine(name) ? name : "?"), "is not a field here");
    } else if (std::ranges::find(seen, name) != seen.end()) {
      problems_->Note(field.first, Place(name), "is stated twice");
    }
    seen.push_back(name);
  }
}

bool YamlFields::Has(const char* name) const { return node_[name].IsDefined(); }

YAML::Node YamlFields::Get(const char* name) const {
  const YAML::Node& fields = node_;  // looking up in a const node adds nothing
  YAML::Node found = fields[name];
  if (found.IsDefined()) return found;
  problems_->Note(node_, Place(name), "is missing");
  return YAML::Node();
}

std::string YamlFields::Scalar(const YAML::Node& node, const char* name) const {
  if (node.IsScalar() && IsOneLine(node.Scalar())) return node.Scalar();
  problems_->Note(node, Place(name), "must be one line of 1 to 400 printable ASCII characters");
  return "";
}

std::string YamlFields::Text(const char* name) const { return Scalar(Get(name), name); }

std::string YamlFields::Name(const char* name) const {
  const YAML::Node node = Get(name);
  std::string text = Scalar(node, name);
  if (!IsName(text)) {
    problems_->Note(node, Place(name), "must be a name of a to z, 0 to 9, - and _");
  }
  return text;
}

int YamlFields::Integer(const char* name, int least, int most) const {
  const YAML::Node node = Get(name);
  const std::string text = Scalar(node, name);
  int value = least;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && value >= least && value <= most) {
    return value;
  }
  problems_->Note(
      node, Place(name),
      "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return least;
}

CivilDate YamlFields::Day(const char* name) const {
  const YAML::Node node = Get(name);
  const auto day = CivilDate::FromIso(Scalar(node, name));
  if (!day) problems_->Note(node, Place(name), "must be a day, yyyy-mm-dd");
  return day.value_or(CivilDate());
}

std::vector<YAML::Node> YamlFields::Items(const char* name) const {
  const YAML::Node list = Get(name);
  if (!list.IsSequence() || list.size() == 0) {
    problems_->Note(list, Place(name), "must be a list that is not empty");
    return {};
  }
  return {list.begin(), list.end()};
}

std::vector<std::string> YamlFields::Texts(const char* name) const {
  std::vector<std::string> texts;
  for (const auto& item : Items(name)) texts.push_back(Scalar(item, name));
  return texts;
}

YamlFields YamlFields::Inner(const char* name,
                             std::initializer_list<std::string_view> allowed) const {
  return {problems_, Get(name), Place(name), allowed};
}

std::vector<YamlFields> YamlFields::Each(const char* name,
                                         std::initializer_list<std::string_view> allowed) const {
  std::vector<YamlFields> each;
  for (const auto& item : Items(name)) {
    each.emplace_back(problems_, item, Place(name) + "[" + std::to_string(each.size()) + "]",
                      allowed);
  }
  return each;
}

void YamlFields::Note(const char* name, std::string_view rule) const {
  const YAML::Node& fields = node_;
  const YAML::Node found = fields[name];
  problems_->Note(found.IsDefined() ? found : node_, Place(name), rule);
}

std::string YamlFields::Place(std::string_view name) const {
  return place_.empty() ? std::string(name) : place_ + "." + std::string(name);
}

std::optional<YAML::Node> ParseStrictYaml(std::string_view text, YamlProblems* problems) {
  if (text.size() > kLargestFile) {
    problems->NoteLine(0, "document", "must be at most 256 KiB");
    return std::nullopt;
  }
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    NoReferences no_references(problems);
    if (!parser.HandleNextDocument(no_references)) {
      problems->NoteLine(0, "document", "is missing");
    } else if (parser.HandleNextDocument(no_references)) {
      problems->NoteLine(0, "document", "must be the only one in its file");
    }
    if (problems->first()) return std::nullopt;
    return YAML::Load(std::string(text));
  } catch (const YAML::Exception& error) {
    problems->NoteLine(error.mark.line + 1, "document", "is not YAML: " + error.msg);
  } catch (const std::exception&) {
    problems->NoteLine(0, "document", "is not YAML");
  }
  return std::nullopt;
}

}  // namespace holdfast
