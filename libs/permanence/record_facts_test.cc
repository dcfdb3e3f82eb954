// What stands of a team's record.
#include "libs/permanence/record_facts.h"

#include <gtest/gtest.h>

#include "libs/testing/child_of_sources.h"
#include "libs/testing/day.h"

namespace holdfast {
namespace {

RecordedVersion Version(std::string_view assertion, std::string_view on,
                        std::string_view reported) {
  RecordedVersion version;
  version.fact = FactId{HashId("fact", {"one"})};
  version.assertion = AssertionId::FromBytes(std::string(16, assertion[0])).value();
  version.kind = cases::v1::FACT_KIND_CARE_START;
  version.on = Day(on);
  version.reported = Day(reported);
  return version;
}

TEST(StandingRecord, KeepsTheDayFirstStatedThroughCorrectionsOfTheSameDay) {
  for (const auto* ids : {"ab", "ba"}) {
    ChildFacts facts;
    facts.record = {Version({ids, 1}, "2026-04-07", "2026-05-01"),
                    Version({ids + 1, 1}, "2026-04-02", "2026-05-01")};
    const auto standing = StandingRecord(facts, View{});
    ASSERT_EQ(standing.size(), 1u);
    EXPECT_EQ(standing[0].on, Day("2026-04-02"));
    EXPECT_EQ(standing[0].first_on, Day("2026-04-07")) << "whatever the assertions' ids";
  }
}

TEST(Record, OfAPlacementWithoutAnEndIsThatItEndedWithCareNotWhenCareCameAgain) {
  using namespace cases::v1;
  const RecordedInTests care("care", FACT_KIND_CARE_START, "2024-03-01");
  ChildOfSources child;
  child.Told(care)
      .Told(RecordedInTests("home", FACT_KIND_PLACEMENT_START, "2024-03-01", "HOME"))
      .Told(RecordedInTests("status", FACT_KIND_LEGAL_STATUS, "2024-03-01", "S25"))
      .Told(RecordedInTests("end", FACT_KIND_CARE_END, "2024-09-10").OfEntry({care.fact()}))
      .Told(RecordedInTests("again", FACT_KIND_CARE_START, "2025-10-07"))
      .Told(RecordedInTests("kin", FACT_KIND_PLACEMENT_START, "2025-10-07", "KINSHIP"))
      .Told(RecordedInTests("order", FACT_KIND_LEGAL_STATUS, "2025-10-07", "CSO"));
  const auto history = child.AsKnown();
  ASSERT_EQ(history.care_periods.size(), 2u);
  ASSERT_EQ(history.care_periods[0].placements.size(), 1u);
  EXPECT_EQ(history.care_periods[0].placements[0].end, Day("2024-09-10"));
  ASSERT_EQ(history.legal_statuses.size(), 2u);
  EXPECT_EQ(history.legal_statuses[0].end, Day("2024-09-10"));
}

}  // namespace
}  // namespace holdfast
