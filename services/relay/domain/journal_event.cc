#include "services/relay/domain/journal_event.h"

#include <algorithm>

#include "holdfast/alerting/v1/alerting_events.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "holdfast/contact/v1/contact_events.pb.h"
#include "holdfast/proceedings/v1/proceedings_events.pb.h"
#include "libs/base/check.h"

namespace holdfast::relay {
namespace {

const google::protobuf::Message& MessageOf(std::string_view service) {
  if (service == "cases") return cases::v1::CasesEvent::default_instance();
  if (service == "proceedings") return proceedings::v1::ProceedingsEvent::default_instance();
  if (service == "contact") return contact::v1::ContactEvent::default_instance();
  HOLDFAST_CHECK(service == "alerting");
  return alerting::v1::AlertingEvent::default_instance();
}

}  // namespace

std::unique_ptr<google::protobuf::Message> NewMessageOf(std::string_view service) {
  return std::unique_ptr<google::protobuf::Message>(MessageOf(service).New());
}

const std::string& TypeOf(std::string_view service) {
  return MessageOf(service).GetDescriptor()->full_name();
}

const google::protobuf::Message* HappenedIn(const google::protobuf::Message& event) {
  const auto* oneof = event.GetDescriptor()->FindOneofByName("event");
  HOLDFAST_CHECK(oneof != nullptr);
  const auto* field = event.GetReflection()->GetOneofFieldDescriptor(event, oneof);
  return field == nullptr ? nullptr : &event.GetReflection()->GetMessage(event, field);
}

bool IsType(const std::string& type) {
  return std::ranges::any_of(kPublished, [&](std::string_view service) {
    if (TypeOf(service) == type) return true;
    const auto* oneof = MessageOf(service).GetDescriptor()->FindOneofByName("event");
    for (int i = 0; i < oneof->field_count(); ++i) {
      if (oneof->field(i)->message_type()->full_name() == type) return true;
    }
    return false;
  });
}

}  // namespace holdfast::relay
