// Every event ever written to the cases journal is read for ever, and is written the same way to
// the byte.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/base/ids.h"

namespace holdfast::cases::v1 {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Golden {
  std::string name;
  std::string text;
  std::string hex;
};

// Blocks of three lines, parted by empty ones; lines with # are remarks.
std::vector<Golden> Goldens() {
  std::vector<Golden> goldens;
  std::ifstream file(HOLDFAST_GOLDEN_FOLDER "/cases_events.golden");
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line.starts_with("#")) continue;
    Golden golden{.name = line, .text = {}, .hex = {}};
    std::getline(file, golden.text);
    std::getline(file, golden.hex);
    goldens.push_back(golden);
  }
  return goldens;
}

CasesEvent EventIn(const std::string& text) {
  CasesEvent event;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &event)) << text;
  return event;
}

std::string DeterministicBytes(const Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  EXPECT_TRUE(message.SerializeToCodedStream(&coded));
  coded.Trim();
  return bytes;
}

// The fields and enum values that messages set, by full name.
class Seen {
 public:
  void Look(const Message& message) {
    std::vector<const FieldDescriptor*> fields;
    const auto& reflection = *message.GetReflection();
    reflection.ListFields(message, &fields);
    for (const auto* field : fields) {
      names_.insert(field->full_name());
      const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
      for (int i = 0; i < count; ++i) LookAt(message, *field, i);
    }
  }
  bool Has(const std::string& name) const { return names_.contains(name); }

 private:
  void LookAt(const Message& message, const FieldDescriptor& field, int i) {
    const auto& reflection = *message.GetReflection();
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Look(field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, i)
                               : reflection.GetMessage(message, &field));
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      const auto* value = field.is_repeated() ? reflection.GetRepeatedEnum(message, &field, i)
                                              : reflection.GetEnum(message, &field);
      names_.insert(value->full_name());
    }
  }

  std::set<std::string> names_;
};

Seen SeenInGoldens() {
  Seen seen;
  for (const auto& golden : Goldens()) seen.Look(EventIn(golden.text));
  return seen;
}

// The fields, and the values of enums but the one never written, that an event can hold.
void AddNames(const Descriptor& descriptor, std::set<std::string>& names) {
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const auto* field = descriptor.field(i);
    if (!names.insert(field->full_name()).second) continue;
    if (const auto* type = field->message_type()) AddNames(*type, names);
    if (const auto* type = field->enum_type()) {
      for (int value = 1; value < type->value_count(); ++value)
        names.insert(type->value(value)->full_name());
    }
  }
}

TEST(CasesEvents, AreWrittenToTheSameBytesAsEver) {
  ASSERT_FALSE(Goldens().empty());
  for (const auto& golden : Goldens()) {
    EXPECT_EQ(Hex(DeterministicBytes(EventIn(golden.text))), golden.hex) << golden.name;
  }
}

TEST(CasesEvents, AreReadFromTheBytesOfOldAsTheyWereMeant) {
  for (const auto& golden : Goldens()) {
    CasesEvent event;
    const auto bytes = FromHex(golden.hex);
    ASSERT_TRUE(bytes && event.ParseFromString(*bytes)) << golden.name;
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(event, EventIn(golden.text)))
        << golden.name;
    EXPECT_TRUE(event.GetReflection()->GetUnknownFields(event).empty()) << golden.name;
  }
}

TEST(CasesEvents, HaveAGoldenForEachKindFieldAndEnumValue) {
  const Seen seen = SeenInGoldens();
  std::set<std::string> names;
  AddNames(*CasesEvent::descriptor(), names);
  EXPECT_GT(names.size(), 100u);
  for (const auto& name : names)
    EXPECT_TRUE(seen.Has(name)) << name << " is in no block of tests/golden/cases_events.golden";
}

TEST(CasesEvents, HaveGoldensOfDifferentNames) {
  std::set<std::string> names;
  for (const auto& golden : Goldens()) EXPECT_TRUE(names.insert(golden.name).second) << golden.name;
}

}  // namespace
}  // namespace holdfast::cases::v1
