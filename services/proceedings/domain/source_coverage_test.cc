#include "services/proceedings/domain/source_coverage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "libs/testing/day.h"

namespace holdfast::proceedings {
namespace {

constexpr char kAuthority[] = "S12000901";

SourceFacts Reporter() {
  SourceFacts source;
  auto& registered = source.registered.emplace();
  registered.set_source("reporter-a");
  registered.set_nation(v1::NATION_SCOTLAND);
  registered.add_covers(kAuthority);
  registered.set_silent_after_days(14);
  return source;
}

bool States(const FeedCoverage& coverage, v1::FeedKind kind) {
  return std::ranges::find(coverage.states, kind) != coverage.states.end();
}

TEST(CoverageBy, ASourceThatWasNeverHeardIsNone) {
  EXPECT_FALSE(CoverageBy(Reporter(), kAuthority));
  EXPECT_FALSE(CoverageBy({}, kAuthority));
}

TEST(CoverageBy, ASourceIsOfTheAuthoritiesItCoversAlone) {
  auto source = Reporter();
  source.sent_on = Day("2026-04-01");
  EXPECT_TRUE(CoverageBy(source, kAuthority));
  EXPECT_FALSE(CoverageBy(source, "S12000902"));
}

TEST(CoverageBy, ASourceGoesToTheLaterOfItsNewestItemAndWhatItSaidIsCompletePlusItsSilence) {
  auto source = Reporter();
  source.sent_on = Day("2026-04-01");
  EXPECT_EQ(CoverageBy(source, kAuthority)->horizon, Day("2026-04-15"));
  source.covered_through = Day("2026-03-01");
  EXPECT_EQ(CoverageBy(source, kAuthority)->horizon, Day("2026-04-15"));
  source.covered_through = Day("2026-04-20");
  EXPECT_EQ(CoverageBy(source, kAuthority)->horizon, Day("2026-05-04"));
  source.registered->set_silent_after_days(3);
  EXPECT_EQ(CoverageBy(source, kAuthority)->horizon, Day("2026-04-23"));
}

TEST(CoverageBy, ASourceStatesWhatItWasRegisteredForElseAllOfItsNation) {
  auto source = Reporter();
  source.sent_on = Day("2026-04-01");
  EXPECT_TRUE(States(*CoverageBy(source, kAuthority), v1::FEED_KIND_SAFEGUARDER_REPORTED));
  EXPECT_TRUE(States(*CoverageBy(source, kAuthority), v1::FEED_KIND_APPLICATION_LODGED));
  source.registered->add_states(v1::FEED_KIND_HEARING_HELD);
  EXPECT_TRUE(States(*CoverageBy(source, kAuthority), v1::FEED_KIND_HEARING_HELD));
  EXPECT_FALSE(States(*CoverageBy(source, kAuthority), v1::FEED_KIND_SAFEGUARDER_REPORTED));
}

}  // namespace
}  // namespace holdfast::proceedings
