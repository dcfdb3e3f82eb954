// What stands of a team's record.
#include "libs/permanence/record_facts.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace holdfast
