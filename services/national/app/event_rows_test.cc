#include "services/national/app/event_rows.h"

#include <gtest/gtest.h>

#include "services/national/app/journal_in_tests.h"

namespace holdfast::national {
namespace {

const Instant kRecorded = Instant(std::chrono::microseconds(1'767'225'600'000'000));

Result<std::optional<IndexRow>> RowFor(const cases::v1::CasesEvent& event, std::string* payload) {
  *payload = event.SerializeAsString();
  return RowOf(
      "cases", {.subject = ChildIn(0, 1), .payload = *payload, .number = 258, .recorded_at = kRecorded});
}

TEST(EventRows, StandUnderTheirAuthorityBySubjectAndNumber) {
  std::string payload;
  const auto row = RowFor(Registered(), &payload);
  ASSERT_TRUE(row && *row);
  EXPECT_EQ((*row)->key, PrefixOf(RowKind::kChild, kNorth) + ChildIn(0, 1).Bytes() +
                             std::string("\0\0\0\0\0\0\1\2", 8));
  const auto stored = ReadRow((*row)->key, (*row)->value);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->subject, ChildIn(0, 1));
  EXPECT_EQ(stored->number, 258u);
  EXPECT_EQ(stored->recorded_at, kRecorded);
  EXPECT_EQ(stored->payload, payload);
}

TEST(EventRows, HoldNoPersonalDataNotEvenSealed) {
  const auto sealed = [](common::v1::PersonalField* field) {
    field->mutable_sealed()->set_ciphertext("CANARY");
  };
  cases::v1::CasesEvent registered = Registered(), row = EpisodeStated(2026, "2025-05-01"),
                        recorded, corrected, withdrawn, resolved;
  sealed(registered.mutable_child_registered()->mutable_personal());
  sealed(row.mutable_row_stated()->mutable_row()->mutable_personal());
  recorded.mutable_fact_recorded()->set_authority(kNorth);
  sealed(recorded.mutable_fact_recorded()->mutable_personal());
  corrected.mutable_fact_corrected()->set_authority(kNorth);
  sealed(corrected.mutable_fact_corrected()->mutable_personal());
  withdrawn.mutable_fact_withdrawn()->set_authority(kNorth);
  sealed(withdrawn.mutable_fact_withdrawn()->mutable_personal());
  resolved.mutable_discrepancy_resolved()->set_authority(kNorth);
  sealed(resolved.mutable_discrepancy_resolved()->mutable_personal());
  for (const auto& event : {registered, row, recorded, corrected, withdrawn, resolved}) {
    std::string payload;
    const auto kept = RowFor(event, &payload);
    ASSERT_TRUE(kept && *kept);
    EXPECT_EQ((*kept)->value.find("CANARY"), std::string::npos) << event.ShortDebugString();
  }
}

TEST(EventRows, TakeCoverageFromCopiesAlone) {
  std::string payload;
  const auto of_copy = RowFor(Covered(2026), &payload);
  ASSERT_TRUE(of_copy && *of_copy);
  EXPECT_TRUE((*of_copy)->key.starts_with(PrefixOf(RowKind::kAuthority, kNorth)));
  auto event = Covered(2026);
  event.clear_source_event();
  EXPECT_FALSE(*RowFor(event, &payload));
}

TEST(EventRows, LeaveOutWhatNoFigureNeeds) {
  std::string payload;
  cases::v1::CasesEvent event;
  event.mutable_case_assigned()->set_team("North East");
  EXPECT_FALSE(*RowFor(event, &payload));
  EXPECT_FALSE(*RowFor({}, &payload));
}

TEST(EventRows, StopAtBytesThatAreNoEvent) {
  const auto row = RowOf("cases", {.subject = ChildIn(0, 1), .payload = "\xff\xff", .number = 1});
  ASSERT_FALSE(row);
  EXPECT_EQ(row.error().reason, "POISON_EVENT");
}

TEST(EventRows, AreNotReadWhenDamaged) {
  EXPECT_EQ(ReadRow("short", "").error().reason, "STATE_NOT_READ");
  const auto damaged =
      ReadRow(PrefixOf(RowKind::kChild, kNorth) + std::string(24, 'x'), "12345678\xff");
  ASSERT_TRUE(damaged);
  EXPECT_EQ(ReadEvent<cases::v1::CasesEvent>(*damaged).error().reason, "STATE_NOT_READ");
}

}  // namespace
}  // namespace holdfast::national
