#include "libs/measures/count_child.h"

#include <gtest/gtest.h>

#include "libs/permanence/dates.h"
#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

const CivilDate kYearEnd = Day("2018-03-31");
const SubjectId kAnn = *SubjectId::FromBytes("ann-------------");

// A child as one return states it, row by row.
class ReturnedChild {
 public:
  ReturnedChild& Episode(std::string_view decom, std::string_view rne, std::string_view dec = "",
                         std::string_view rec = "", std::string_view legal_status = "C2") {
    cases::v1::ReturnRow row;
    auto& episode = *row.mutable_episode();
    SetDate(Day(decom), episode.mutable_decom());
    episode.set_rne(std::string(rne));
    episode.set_ls(std::string(legal_status));
    episode.set_place("U4");
    if (!dec.empty()) SetDate(Day(dec), episode.mutable_dec());
    episode.set_rec(std::string(rec));
    return State(std::move(row));
  }
  ReturnedChild& Review(std::string_view day) {
    cases::v1::ReturnRow row;
    SetDate(Day(day), row.mutable_review()->mutable_review());
    row.mutable_review()->set_review_code("PN1");
    return State(std::move(row));
  }

  YearCounts Counts() const { return Counts(CoveredByReturns({2018}), kYearEnd); }
  YearCounts Counts(const Coverage& coverage, CivilDate known_at) const {
    YearCounts counts;
    const YearCounting counting{.coverage = coverage,
                                .policies = ShippedPolicies(),
                                .view = {.known_at = known_at},
                                .year_end = kYearEnd};
    CountChild(kAnn, facts_, counting, counts);
    return counts;
  }

 private:
  ReturnedChild& State(cases::v1::ReturnRow row) {
    cases::v1::CasesEvent event;
    SetDate(kYearEnd, event.mutable_reported_on());
    auto& stated = *event.mutable_row_stated();
    SetDate(kYearEnd, stated.mutable_submission()->mutable_year_end());
    stated.mutable_submission()->set_run_number(1);
    stated.set_fact(FactId{HashId("fact", {std::to_string(facts_.statements.size())})}.Bytes());
    *stated.mutable_row() = std::move(row);
    Apply(event, Instant(std::chrono::microseconds(facts_.statements.size() + 1)), facts_);
    return *this;
  }

  ChildFacts facts_;
};

TEST(CountChild, FindsEveryReviewOnTime) {
  const auto counts = ReturnedChild()
                          .Episode("2017-05-02", "S")
                          .Review("2017-05-31")
                          .Review("2017-08-31")
                          .Review("2018-02-28")
                          .Counts();
  EXPECT_EQ(counts.looked_after, 1u);
  EXPECT_EQ(counts.reviews_due, 1u);
  EXPECT_EQ(counts.reviews_on_time, 1u);
}

TEST(CountChild, FindsOneReviewADayLate) {
  const auto counts = ReturnedChild()
                          .Episode("2017-05-02", "S")
                          .Review("2017-06-01")
                          .Review("2017-08-31")
                          .Review("2018-02-28")
                          .Counts();
  EXPECT_EQ(counts.reviews_due, 1u);
  EXPECT_EQ(counts.reviews_on_time, 0u);
}

TEST(CountChild, FindsAReviewThatWasNeverHeldLate) {
  const auto counts = ReturnedChild().Episode("2017-05-02", "S").Counts();
  EXPECT_EQ(counts.reviews_due, 1u);
  EXPECT_EQ(counts.reviews_on_time, 0u);
}

TEST(CountChild, KnowsOfNoClockWhereCareEndedBeforeTheFirstWasDue) {
  const auto counts = ReturnedChild().Episode("2017-05-02", "S", "2017-05-10", "E4A").Counts();
  EXPECT_EQ(counts.reviews_due, 0u);
  EXPECT_EQ(counts.reviews_not_known, 1u);
}

TEST(CountChild, KnowsOfNoClockWhereTheStartOfCareIsNotKnown) {
  const auto counts = ReturnedChild().Episode("2017-05-02", "P").Counts();
  EXPECT_EQ(counts.reviews_not_known, 1u);
  const auto reviewed =
      ReturnedChild().Episode("2017-05-02", "P").Review("2017-07-01").Review("2018-01-01").Counts();
  EXPECT_EQ(reviewed.reviews_on_time, 1u);
}

TEST(CountChild, HasNoReviewClockOnShortBreaks) {
  const auto counts = ReturnedChild().Episode("2017-05-02", "S", "", "", "V4").Counts();
  EXPECT_EQ(counts.short_breaks, 1u);
  EXPECT_EQ(counts.reviews_due, 0u);
  EXPECT_EQ(counts.reviews_not_known, 1u);
}

TEST(CountChild, SaysNothingOfAChildWhoWasNotLookedAfterInTheYear) {
  const auto counts = ReturnedChild().Episode("2016-01-02", "S", "2017-01-10", "E4A").Counts();
  EXPECT_EQ(counts, YearCounts{});
}

TEST(CountChild, SeesNoReturnThatWasNotYetReported) {
  const auto child = ReturnedChild().Episode("2017-05-02", "S");
  EXPECT_EQ(child.Counts(CoveredByReturns({2018}), Day("2018-03-30")), YearCounts{});
}

TEST(CountChild, LeavesOutAClockThatNoReturnCovers) {
  const auto counts = ReturnedChild().Episode("2017-05-02", "S").Counts(Coverage{}, kYearEnd);
  EXPECT_EQ(counts.looked_after, 1u);
  EXPECT_EQ(counts.reviews_due, 0u);
  EXPECT_EQ(counts.reviews_not_known, 1u);
}

}  // namespace
}  // namespace holdfast
