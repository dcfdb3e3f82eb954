// Walks all messages that can stand in a published event.
#include "services/relay/domain/field_classes.h"

#include <gtest/gtest.h>

#include <set>

#include "services/relay/domain/journal_event.h"

namespace holdfast::relay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Every field that a reader of the events can come to, by full name.
void Walk(const Descriptor& message, std::map<std::string, const FieldDescriptor*>& fields) {
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor* field = message.field(i);
    const bool is_new = fields.emplace(field->full_name(), field).second;
    if (is_new && ClassOf(*field) == FieldClass::kPart) Walk(*field->message_type(), fields);
  }
}

std::map<std::string, const FieldDescriptor*> AllFields() {
  std::map<std::string, const FieldDescriptor*> fields;
  for (const auto service : kPublished) Walk(*NewMessageOf(service)->GetDescriptor(), fields);
  return fields;
}

bool Fits(const FieldDescriptor& field, FieldClass what) {
  const auto type = field.type();
  const std::string message = field.message_type() ? field.message_type()->full_name() : "";
  switch (what) {
    case FieldClass::kCode:
      return type == FieldDescriptor::TYPE_STRING || type == FieldDescriptor::TYPE_ENUM ||
             type == FieldDescriptor::TYPE_BOOL;
    case FieldClass::kDay:
      return message == "holdfast.common.v1.Date";
    case FieldClass::kTime:
      return type == FieldDescriptor::TYPE_INT64 && !field.is_repeated();
    case FieldClass::kId:
      return type == FieldDescriptor::TYPE_BYTES;
    case FieldClass::kName:
      return type == FieldDescriptor::TYPE_STRING;
    case FieldClass::kPart:
      return !message.empty() && message != "holdfast.common.v1.Date" &&
             message != "holdfast.common.v1.PersonalField";
    case FieldClass::kDrop:
      return true;
  }
  return false;
}

TEST(FieldClasses, SayWhatEachFieldOfEachEventIs) {
  for (const auto& [name, field] : AllFields())
    EXPECT_TRUE(ClassOf(*field).has_value()) << name << ": say in field_table.cc what it is";
}

TEST(FieldClasses, FitTheTypesOfTheirFields) {
  for (const auto& [name, field] : AllFields()) {
    const auto what = ClassOf(*field);
    EXPECT_TRUE(!what || Fits(*field, *what)) << name;
  }
}

TEST(FieldClasses, LeaveOutWhatIsSealed) {
  size_t sealed = 0;
  for (const auto& [name, field] : AllFields()) {
    if (!field->message_type() ||
        field->message_type()->full_name() != "holdfast.common.v1.PersonalField")
      continue;
    EXPECT_EQ(ClassOf(*field), FieldClass::kDrop) << name;
    ++sealed;
  }
  EXPECT_GE(sealed, 15U);
}

TEST(FieldClasses, NameNoFieldThatIsNotThere) {
  const auto fields = AllFields();
  for (const auto& [name, what] : AllFieldClasses()) EXPECT_TRUE(fields.contains(name)) << name;
}

}  // namespace
}  // namespace holdfast::relay
