#include "services/cases/domain/render_case.h"

#include <gtest/gtest.h>

#include "services/cases/domain/submissions_in_tests.h"

namespace holdfast::cases {
namespace {

v1::CaseView Shown(const CaseInTests& child, const View& view = {}) {
  return RenderCase(SubjectId{}, child.facts(), child.coverage(), view);
}

TEST(RenderCase, ShowsTheDayOfBirthOfTheNewestReturnThatTheViewSees) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(HeaderBorn("2010-01-01")));
  child.Submit(Submitted(2021).Has(HeaderBorn("2010-01-02")));
  EXPECT_EQ(DayOf(Shown(child).personal().born()), Day("2010-01-02"));
  EXPECT_EQ(DayOf(Shown(child, {.known_at = YearEnd(2020)}).personal().born()), Day("2010-01-01"));
  EXPECT_EQ(Shown(child).personal().local_id(), "A1");
  EXPECT_EQ(Shown(child).authority(), "E06000901");
}

TEST(RenderCase, IsCoveredThroughTheNewestReturnWithEpisodes) {
  CaseInTests child;
  EXPECT_FALSE(Shown(child).has_covered_through());
  child.Submit(Submitted(2021).Has(HeaderBorn("2010-01-01")));
  child.Submit(Submitted(2022).WithTables({v1::RETURN_TABLE_HEADER}).Has(HeaderBorn("2010-01-01")));
  EXPECT_EQ(DayOf(Shown(child).covered_through()), YearEnd(2021));
}

TEST(RenderCase, ShowsTheLastDecisionAndMatchAndTheFirstPlacementAndOrder) {
  CaseInTests child;
  child.Submit(Submitted(2020)
                   .Has(HeaderBorn("2010-01-01"))
                   .Has(Episode("2019-05-01", "S", "E1", "A3").Until("2019-08-01", "X1"))
                   .Has(Episode("2019-08-01", "P", "E1", "A4").Until("2019-12-01", "E11"))
                   .Has(DecisionOn("2019-04-10"))
                   .Has(DecisionOn("2019-04-20"))
                   .Has(MatchOn("2019-04-10", "2019-04-25"))
                   .Has(MatchOn("2019-04-20", "2019-04-26")));
  const auto view = Shown(child);
  EXPECT_EQ(DayOf(view.adoption().decision()), Day("2019-04-20"));
  EXPECT_EQ(DayOf(view.adoption().match()), Day("2019-04-26"));
  EXPECT_EQ(DayOf(view.adoption().placed()), Day("2019-05-01"));
  EXPECT_EQ(DayOf(view.adoption().placement_order()), Day("2019-05-01"));
  ASSERT_EQ(view.orders_size(), 2);
  EXPECT_EQ(view.orders(0).code(), "PLACEMENT");
  EXPECT_EQ(view.orders(1).code(), "ADOPTION");
  EXPECT_EQ(view.care_periods(0).status(), "stated");
  EXPECT_EQ(view.care_periods(0).reason(), "E11");
  EXPECT_EQ(view.care_periods(0).placements_size(), 2);
}

TEST(RenderCase, ShowsALostPeriodWithoutAnEndAndSinceWhenItIsNotKnown) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(HeaderBorn("2010-01-01")).Has(Episode("2019-05-01")));
  child.Submit(Submitted(2021).Has(HeaderBorn("2010-01-01")));
  const auto view = Shown(child);
  EXPECT_EQ(view.care_periods(0).status(), "open");
  EXPECT_FALSE(view.care_periods(0).has_end());
  EXPECT_EQ(DayOf(view.care_periods(0).not_known_since()), YearEnd(2020));
  ASSERT_EQ(view.discrepancies_size(), 1);
  EXPECT_EQ(view.discrepancies(0).kind(), "not_in_next_return");
  EXPECT_EQ(view.discrepancies(0).facts(0), Episode("2019-05-01").fact().Bytes());
}

}  // namespace
}  // namespace holdfast::cases
