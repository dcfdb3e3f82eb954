#include "services/relay/domain/named_in.h"

#include "holdfast/alerting/v1/alerting_events.pb.h"
#include "holdfast/journal/v1/journal.pb.h"
#include "services/relay/domain/journal_event.h"

namespace holdfast::relay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string TextOf(const Message& message, const char* name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated() || field->type() != FieldDescriptor::TYPE_STRING)
    return "";
  return message.GetReflection()->GetString(message, field);
}

// What the message names, or else one of the messages in it: the submission of a row, the statement
// of an item.
std::string NamedWithin(const Message& message, const char* name) {
  std::string text = TextOf(message, name);
  for (int i = 0; text.empty() && i < message.GetDescriptor()->field_count(); ++i) {
    const auto* field = message.GetDescriptor()->field(i);
    if (field->is_repeated() || field->message_type() == nullptr) continue;
    if (!message.GetReflection()->HasField(message, field)) continue;
    text = TextOf(message.GetReflection()->GetMessage(message, field), name);
  }
  return text;
}

void AddCovered(const Message& message, std::vector<std::string>& authorities) {
  const auto* covers = message.GetDescriptor()->FindFieldByName("covers");
  if (covers == nullptr) return;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, covers); ++i)
    authorities.push_back(message.GetReflection()->GetRepeatedString(message, covers, i));
}

}  // namespace

Named NamedIn(const Message& event) {
  Named named;
  const Message* happened = HappenedIn(event);
  if (happened == nullptr) return named;
  const auto* type = happened->GetDescriptor();
  named.everybody = type == journal::v1::HistoryLost::descriptor();
  named.nobody = type == alerting::v1::PolicyInForce::descriptor() ||
                 type == alerting::v1::DayStarted::descriptor();
  if (named.everybody || named.nobody) return named;
  named.authority = NamedWithin(*happened, "authority");
  AddCovered(*happened, named.covers);
  named.source = NamedWithin(*happened, "source");
  return named;
}

std::string BodyOf(const Named& named) {
  if (!named.authority.empty()) return named.authority;
  return named.source.empty() ? "" : "@" + named.source;
}

}  // namespace holdfast::relay
