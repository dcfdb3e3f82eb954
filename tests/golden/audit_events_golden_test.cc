// The bytes of each event of the audit journal, which are read for ever. Made by protoc --encode from the text beside them;
// lines are added, never changed.
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "holdfast/audit/v1/audit_events.pb.h"
#include "libs/base/ids.h"

namespace holdfast {
namespace {

struct Golden {
  std::string text;
  std::string hex;
};

const std::vector<Golden> kGoldens{
    {R"(personal_data_read {
          who: "holdfast://E06000901/worker/worker" role: "worker" purpose: "direct_care"
          method: "holdfast.cases.v1.CasesService/ShowCase" authority: "E06000901"
          fields: "local_id" fields: "born"
          children: "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
          children: "\013\013\013\013\013\013\013\013\013\013\013\013\013\013\013\013" })",
     "0aa1010a22686f6c64666173743a2f2f4530363030303930312f776f726b65722f776f726b65721206776f726b"
     "65721a0b6469726563745f636172652227686f6c64666173742e63617365732e76312e43617365735365727669"
     "63652f53686f77436173652a0945303630303039303132086c6f63616c5f69643204626f726e3a100a0a0a0a0a"
     "0a0a0a0a0a0a0a0a0a0a0a3a100b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"},
    {R"(operator_acted {
          who: "holdfast://england/operator/operator" act: "clock_accepted" detail: "2026-05-15" })",
     "12420a24686f6c64666173743a2f2f656e676c616e642f6f70657261746f722f6f70657261746f72120e636c6f"
     "636b5f61636365707465641a0a323032362d30352d3135"},
    {R"(history_lost {
          service: "cases" partition: 3 from: 121 to: 150
          chain: "\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014\014" })",
     "9203300a056361736573100318792096012a200c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c"
     "0c0c0c0c0c0c"},
};

TEST(AuditEvents, AreWrittenAndReadAsTheyEverWere) {
  for (const Golden& golden : kGoldens) {
    audit::v1::AuditEvent event;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(golden.text, &event)) << golden.text;
    EXPECT_EQ(Hex(event.SerializeAsString()), golden.hex) << golden.text;
    audit::v1::AuditEvent read;
    ASSERT_TRUE(read.ParseFromString(FromHex(golden.hex).value_or("?"))) << golden.text;
    EXPECT_EQ(read.DebugString(), event.DebugString());
  }
}

TEST(AuditEvents, EachHaveAGolden) {
  const auto* events = audit::v1::AuditEvent::descriptor()->FindOneofByName("event");
  EXPECT_EQ(static_cast<size_t>(events->field_count()), kGoldens.size());
}

}  // namespace
}  // namespace holdfast
