#include "services/relay/domain/field_classes.h"

#include <sstream>

#include "libs/base/check.h"
#include "services/relay/domain/field_table.h"

namespace holdfast::relay {
namespace {

FieldClass ClassNamed(const std::string& name) {
  static const std::map<std::string, FieldClass> names{
      {"code", FieldClass::kCode}, {"day", FieldClass::kDay},   {"time", FieldClass::kTime},
      {"id", FieldClass::kId},     {"name", FieldClass::kName}, {"part", FieldClass::kPart},
      {"drop", FieldClass::kDrop}};
  const auto found = names.find(name);
  HOLDFAST_CHECK(found != names.end());
  return found->second;
}

std::map<std::string, FieldClass> ReadTable() {
  std::map<std::string, FieldClass> classes;
  for (const MessageFields& row : FieldTable()) {
    std::istringstream fields(row.fields);
    for (std::string field; fields >> field;) {
      const size_t colon = field.find(':');
      HOLDFAST_CHECK(colon != std::string::npos);
      const bool is_new = classes
                              .emplace(std::string(row.message) + "." + field.substr(0, colon),
                                       ClassNamed(field.substr(colon + 1)))
                              .second;
      HOLDFAST_CHECK(is_new);
    }
  }
  return classes;
}

}  // namespace

const std::map<std::string, FieldClass>& AllFieldClasses() {
  static const std::map<std::string, FieldClass> classes = ReadTable();
  return classes;
}

std::optional<FieldClass> ClassOf(const google::protobuf::FieldDescriptor& field) {
  const auto& classes = AllFieldClasses();
  const auto found = classes.find(field.full_name());
  return found == classes.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace holdfast::relay
