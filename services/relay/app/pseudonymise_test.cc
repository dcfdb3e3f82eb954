#include "services/relay/app/pseudonymise.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "holdfast/cases/v1/cases_events.pb.h"
#include "services/relay/domain/field_classes.h"

namespace holdfast::relay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr uint32_t kPartitions = 16;

Pseudonyms GroupOf(uint8_t number) {
  SecretKey key;
  key.bytes()[0] = number;
  return Pseudonyms(std::move(key));
}

JournalEvent EventOf(std::string_view service, std::string_view payload) {
  return {.service = service,
          .partition = 3,
          .number = 9,
          .recorded_at = Instant(std::chrono::microseconds(1'780'300'000'000'000)),
          .subject = {{9, 9, 9}},
          .payload = payload};
}

// Sets every field that a message can have; `chosen` says which of a oneof.
void Fill(Message& message, int depth, int chosen) {
  const auto* type = message.GetDescriptor();
  const auto* reflection = message.GetReflection();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const auto* oneof = field->real_containing_oneof();
    if (oneof != nullptr && oneof->field(chosen % oneof->field_count()) != field) continue;
    const std::string text = "Value-" + field->name();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (depth > 6) break;
        Fill(field->is_repeated() ? *reflection->AddMessage(&message, field)
                                  : *reflection->MutableMessage(&message, field),
             depth + 1, chosen);
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        field->is_repeated() ? reflection->AddString(&message, field, text)
                             : reflection->SetString(&message, field, text);
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        reflection->SetInt32(&message, field, 12);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        reflection->SetInt64(&message, field, 1'780'300'000'123'456);
        break;
      case FieldDescriptor::CPPTYPE_UINT32:
        reflection->SetUInt32(&message, field, 4711);
        break;
      case FieldDescriptor::CPPTYPE_UINT64:
        reflection->SetUInt64(&message, field, 4711);
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        reflection->SetBool(&message, field, true);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        field->is_repeated() ? reflection->AddEnumValue(&message, field, 1)
                             : reflection->SetEnumValue(&message, field, 1);
        break;
      default:
        FAIL() << field->full_name();
    }
  }
}

using Seen = std::function<void(const FieldDescriptor&, const Message&)>;
void Look(const Message& message, const Seen& seen) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const auto* field : fields) {
    seen(*field, message);
    if (!field->message_type()) continue;
    if (!field->is_repeated()) {
      Look(message.GetReflection()->GetMessage(message, field), seen);
      continue;
    }
    for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i)
      Look(message.GetReflection()->GetRepeatedMessage(message, field, i), seen);
  }
}

// Every text and byte string of a message that no code set or calendar explains.
std::set<std::string> UncodedValuesOf(const Message& message) {
  std::set<std::string> values;
  Look(message, [&](const FieldDescriptor& field, const Message& within) {
    const auto what = ClassOf(field);
    const auto* reflection = within.GetReflection();
    if (field.message_type() || field.containing_type()->full_name() == "holdfast.common.v1.Date")
      return;
    EXPECT_TRUE(what.has_value()) << field.full_name()
                                  << " is left in though nobody said what it is";
    if (what == FieldClass::kCode) return;
    if (what == FieldClass::kTime) {
      EXPECT_EQ(reflection->GetInt64(within, &field) % 86'400'000'000, 0) << field.full_name();
      return;
    }
    ASSERT_EQ(field.cpp_type(), FieldDescriptor::CPPTYPE_STRING) << field.full_name();
    if (!field.is_repeated()) {
      values.insert(reflection->GetString(within, &field));
      return;
    }
    for (int i = 0; i < reflection->FieldSize(within, &field); ++i)
      values.insert(reflection->GetRepeatedString(within, &field, i));
  });
  return values;
}

// Each event that each service can record, full of values.
void ForEachEvent(const std::function<void(std::string_view, const Message&)>& body) {
  size_t count = 0;
  for (const auto service : kPublished) {
    const auto empty = NewMessageOf(service);
    const auto* oneof = empty->GetDescriptor()->FindOneofByName("event");
    for (int i = 0; i < oneof->field_count(); ++i, ++count) {
      const auto message = NewMessageOf(service);
      Fill(*message, 0, i);
      body(service, *message);
    }
  }
  EXPECT_GE(count, 60U);
}

TEST(PseudonymousEvents, OfTwoGroupsHaveNoValueInCommonButTypeCodeAndDay) {
  const Pseudonyms a = GroupOf(1);
  const Pseudonyms b = GroupOf(2);
  ForEachEvent([&](std::string_view service, const Message& message) {
    const std::string payload = message.SerializeAsString();
    const std::unique_ptr<Message> of_a(message.New());
    const std::unique_ptr<Message> of_b(message.New());
    of_a->CopyFrom(message);
    of_b->CopyFrom(message);
    const auto to_a = PseudonymousEventOf(EventOf(service, payload), *of_a, a, kPartitions);
    const auto to_b = PseudonymousEventOf(EventOf(service, payload), *of_b, b, kPartitions);
    EXPECT_EQ(to_a.type, to_b.type);
    EXPECT_EQ(to_a.time, "2026-06-01T00:00:00Z");
    EXPECT_NE(to_a.id, to_b.id);
    EXPECT_NE(to_a.partition_key, to_b.partition_key);
    const auto values = UncodedValuesOf(*of_a);
    for (const auto& value : UncodedValuesOf(*of_b)) {
      EXPECT_FALSE(values.contains(value)) << message.GetDescriptor()->full_name() << " " << value;
      EXPECT_EQ(value.find("Value-"), std::string::npos) << value;
    }
  });
}

TEST(PseudonymousEvents, AreTheSameBytesWhenPublishedAgain) {
  const Pseudonyms group = GroupOf(1);
  ForEachEvent([&](std::string_view service, const Message& message) {
    const std::unique_ptr<Message> one(message.New());
    const std::unique_ptr<Message> again(message.New());
    one->CopyFrom(message);
    again->CopyFrom(message);
    const auto event = EventOf(service, "");
    EXPECT_EQ(PseudonymousEventOf(event, *one, group, kPartitions),
              PseudonymousEventOf(event, *again, group, kPartitions));
  });
}

TEST(PseudonymousEvents, KeepWhatTheyAreAboutTogether) {
  const Pseudonyms group = GroupOf(1);
  cases::v1::CasesEvent joined;
  joined.mutable_sibling_joined()->set_authority("E06000901");
  joined.mutable_sibling_joined()->set_child(SubjectId{{9, 9, 9}}.Bytes());
  const auto event = PseudonymousEventOf(EventOf("cases", ""), joined, group, kPartitions);
  EXPECT_EQ(Hex(joined.sibling_joined().child()), event.partition_key);
  EXPECT_EQ(joined.sibling_joined().authority(), "E06000901");
}

TEST(PseudonymousEvents, LeaveOutACodeThatIsNone) {
  const Pseudonyms group = GroupOf(1);
  cases::v1::CasesEvent event;
  event.mutable_fact_recorded()->set_code("C2");
  event.mutable_fact_recorded()->set_how("as Ann Other told it");
  event.mutable_fact_recorded()->set_rate(std::string(41, 'x'));
  Pseudonymise(event, group);
  EXPECT_EQ(event.fact_recorded().code(), "C2");
  EXPECT_EQ(event.fact_recorded().how(), "");
  EXPECT_EQ(event.fact_recorded().rate(), "");
}

TEST(PseudonymousEvents, LeaveOutWhatALaterVersionWrote) {
  const Pseudonyms group = GroupOf(1);
  cases::v1::CasesEvent event;
  event.mutable_child_registered()
      ->GetReflection()
      ->MutableUnknownFields(event.mutable_child_registered())
      ->AddLengthDelimited(99, "a name");
  Pseudonymise(event, group);
  EXPECT_EQ(event.SerializeAsString().find("a name"), std::string::npos);
}

TEST(Pseudonyms, AreKeptForEver) {
  const Pseudonyms group = GroupOf(7);
  EXPECT_EQ(group.OfId(SubjectId{}.Bytes()).HexText(), "20f039f43f40eef573a2e829cf1d8a66");
  EXPECT_EQ(group.OfName("Team North"), "ac633821540d074ae92bc55ba7734462");
  EXPECT_EQ(group.OfEvent("cases", 3, 42), "073daa2ab83413f21cb529635977d279");
}

TEST(Pseudonyms, SealTextsThatNoOtherGroupOpens) {
  const std::string sealed = GroupOf(1).Seal("places");
  EXPECT_EQ(GroupOf(1).Open(sealed), "places");
  EXPECT_EQ(GroupOf(2).Open(sealed), std::nullopt);
  EXPECT_EQ(GroupOf(1).Open(sealed.substr(1)), std::nullopt);
  EXPECT_EQ(GroupOf(1).Open(""), std::nullopt);
}

}  // namespace
}  // namespace holdfast::relay
