#include "libs/crypto/personal_fields.h"

#include "libs/base/check.h"

namespace holdfast {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kMostDepth = 32;

// Calls `found(descriptor, field)` for each; the fields of maps, whose order is not fixed, are not
// looked into.
template <typename AnyMessage, typename Found>
void Walk(AnyMessage& message, int depth, const Found& found) {
  HOLDFAST_CHECK(depth < kMostDepth);
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> present;
  reflection->ListFields(message, &present);
  for (const auto* field : present) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_map()) continue;
    const auto visit = [&](auto& part) {
      if (field->message_type() == common::v1::PersonalField::descriptor()) {
        found(*field, part);
      } else {
        Walk(part, depth + 1, found);
      }
    };
    constexpr bool kMutable = !std::is_const_v<AnyMessage>;
    if (!field->is_repeated()) {
      if constexpr (kMutable)
        visit(*reflection->MutableMessage(&message, field));
      else
        visit(reflection->GetMessage(message, field));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      if constexpr (kMutable)
        visit(*reflection->MutableRepeatedMessage(&message, field, i));
      else
        visit(reflection->GetRepeatedMessage(message, field, i));
    }
  }
}

}  // namespace

std::vector<FoundField> FindPersonalFields(Message& message) {
  std::vector<FoundField> all;
  Walk(message, 0, [&](const FieldDescriptor& field, Message& part) {
    all.push_back({{field.full_name()}, static_cast<common::v1::PersonalField*>(&part)});
  });
  return all;
}

bool HasOpenPersonal(const Message& message) {
  bool open = false;
  Walk(message, 0, [&](const FieldDescriptor&, const Message& part) {
    open = open || static_cast<const common::v1::PersonalField&>(part).has_open();
  });
  return open;
}

std::vector<std::string> NamesOfPersonal(const common::v1::Personal& personal) {
  std::vector<const FieldDescriptor*> present;
  personal.GetReflection()->ListFields(personal, &present);
  std::vector<std::string> names;
  for (const auto* field : present) names.push_back(field->name());
  return names;
}

}  // namespace holdfast
