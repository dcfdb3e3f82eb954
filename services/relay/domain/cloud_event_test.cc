#include "services/relay/domain/cloud_event.h"

#include <gtest/gtest.h>

#include "holdfast/cases/v1/cases_events.pb.h"

namespace holdfast::relay {
namespace {

const std::string kPayload = [] {
  cases::v1::CasesEvent event;
  event.mutable_child_registered()->set_authority("E06000901");
  return event.SerializeAsString();
}();

JournalEvent AnEvent() {
  return {.service = "cases",
          .partition = 7,
          .number = 42,
          .recorded_at = Instant(std::chrono::microseconds(1'780'272'000'000'001)),
          .subject = {{0xAB, 1, 2}},
          .payload = kPayload};
}

TEST(CloudEvent, IsTheJournalsEventByItsPlaceWithItsBytesAsTheyAre) {
  const CloudEvent event = CloudEventOf(AnEvent());
  EXPECT_EQ(event.id, "cases-7-42");
  EXPECT_EQ(event.source, "urn:holdfast:cases");
  EXPECT_EQ(event.type, "holdfast.cases.v1.CasesEvent");
  EXPECT_EQ(event.time, "2026-06-01T00:00:00.000001Z");
  EXPECT_EQ(event.partition_key, "ab010200000000000000000000000000");
  EXPECT_EQ(event.data, kPayload);
  EXPECT_EQ(event.partition, 7U);
}

TEST(CloudEvent, HasTheHeadersOfBinaryModeAndNoOthers) {
  const Headers wanted{{"content-type", "application/protobuf"},
                       {"ce_specversion", "1.0"},
                       {"ce_id", "cases-7-42"},
                       {"ce_source", "urn:holdfast:cases"},
                       {"ce_type", "holdfast.cases.v1.CasesEvent"},
                       {"ce_time", "2026-06-01T00:00:00.000001Z"},
                       {"ce_partitionkey", "ab010200000000000000000000000000"}};
  EXPECT_EQ(HeadersOf(CloudEventOf(AnEvent())), wanted);
}

TEST(CloudEvent, NamesTheMessageOfEachPublishedService) {
  const std::vector<std::string> wanted{
      "holdfast.cases.v1.CasesEvent", "holdfast.proceedings.v1.ProceedingsEvent",
      "holdfast.contact.v1.ContactEvent", "holdfast.alerting.v1.AlertingEvent"};
  std::vector<std::string> types;
  for (const auto service : kPublished) types.push_back(TypeOf(service));
  EXPECT_EQ(types, wanted);
}

TEST(IsType, KnowsServicesMessagesAndWhatTheyHoldAndNothingElse) {
  for (const char* type : {"holdfast.cases.v1.CasesEvent", "holdfast.cases.v1.ChildRegistered",
                           "holdfast.alerting.v1.AlertRaised", "holdfast.journal.v1.HistoryLost"})
    EXPECT_TRUE(IsType(type)) << type;
  for (const char* type :
       {"", "ChildRegistered", "holdfast.cases.v1.ChildRegisterd", "holdfast.audit.v1.AuditEvent"})
    EXPECT_FALSE(IsType(type)) << type;
}

}  // namespace
}  // namespace holdfast::relay
