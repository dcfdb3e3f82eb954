#include "services/relay/app/pseudonymise.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>

#include "services/relay/domain/field_classes.h"

namespace holdfast::relay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kLongestCode = 40;
constexpr int64_t kDay_us = 86'400'000'000;

bool LooksLikeCode(std::string_view text) {
  return text.size() <= kLongestCode && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  std::string_view("_-.*+/").find(c) != std::string_view::npos;
         });
}

// What a text field becomes; blank: nothing.
std::string Replaced(const std::string& text, FieldClass what, const Pseudonyms& pseudonyms) {
  if (text.empty()) return text;
  if (what == FieldClass::kId) return pseudonyms.OfId(text).Bytes();
  if (what == FieldClass::kName) return pseudonyms.OfName(text);
  return LooksLikeCode(text) ? text : "";
}

void ReplaceText(Message& message, const FieldDescriptor& field, FieldClass what,
                 const Pseudonyms& pseudonyms) {
  const auto* reflection = message.GetReflection();
  if (!field.is_repeated()) {
    reflection->SetString(&message, &field,
                          Replaced(reflection->GetString(message, &field), what, pseudonyms));
    return;
  }
  for (int i = 0; i < reflection->FieldSize(message, &field); ++i) {
    reflection->SetRepeatedString(
        &message, &field, i,
        Replaced(reflection->GetRepeatedString(message, &field, i), what, pseudonyms));
  }
}

void ReplaceParts(Message& message, const FieldDescriptor& field, const Pseudonyms& pseudonyms) {
  const auto* reflection = message.GetReflection();
  if (!field.is_repeated())
    return Pseudonymise(*reflection->MutableMessage(&message, &field), pseudonyms);
  for (int i = 0; i < reflection->FieldSize(message, &field); ++i)
    Pseudonymise(*reflection->MutableRepeatedMessage(&message, &field, i), pseudonyms);
}

void Replace(Message& message, const FieldDescriptor& field, const Pseudonyms& pseudonyms) {
  const auto* reflection = message.GetReflection();
  const FieldClass what = ClassOf(field).value_or(FieldClass::kDrop);
  switch (what) {
    case FieldClass::kDrop:
      return reflection->ClearField(&message, &field);
    case FieldClass::kPart:
      return ReplaceParts(message, field, pseudonyms);
    case FieldClass::kDay:
      return;
    case FieldClass::kTime: {
      const int64_t time_us = reflection->GetInt64(message, &field);
      return reflection->SetInt64(&message, &field, time_us - time_us % kDay_us);
    }
    case FieldClass::kCode:
    case FieldClass::kId:
    case FieldClass::kName:
      if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING)
        ReplaceText(message, field, what, pseudonyms);
      return;
  }
}

// The same bytes whenever it is published again.
std::string BytesOf(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

}  // namespace

void Pseudonymise(Message& message, const Pseudonyms& pseudonyms) {
  const auto* reflection = message.GetReflection();
  reflection->MutableUnknownFields(&message)->Clear();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) Replace(message, *field, pseudonyms);
}

CloudEvent PseudonymousEventOf(const JournalEvent& event, Message& message,
                               const Pseudonyms& pseudonyms, uint32_t partitions) {
  JournalEvent of_day = event;
  of_day.recorded_at = std::chrono::floor<std::chrono::days>(event.recorded_at);
  of_day.subject = pseudonyms.OfId(event.subject.Bytes());
  Pseudonymise(message, pseudonyms);
  const std::string bytes = BytesOf(message);
  of_day.payload = bytes;
  CloudEvent published = CloudEventOf(of_day);
  published.id = pseudonyms.OfEvent(event.service, event.partition, event.number);
  published.time = published.time.substr(0, published.time.find('.')) + "Z";
  published.partition = PartitionOf(of_day.subject, partitions);
  return published;
}

}  // namespace holdfast::relay
