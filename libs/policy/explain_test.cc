#include "libs/policy/explain.h"

#include <gtest/gtest.h>

#include "libs/policy/care_stretches.h"
#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

TEST(Explain, TellsTheRuleItsSourceTheDaysAndTheFacts) {
  const auto runs =
      RunsOf("eng-review-2",
             ChildInTests().CareStarts("2017-04-03").Review("2017-04-20").Review("2017-07-21"));
  const auto explanation = Explain(runs.at(0), ShippedPolicies());
  EXPECT_EQ(explanation.rule, "3 months after the first review");
  EXPECT_EQ(
      explanation.source,
      "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33(2)");
  EXPECT_EQ(explanation.days_counted,
            "3 months after 2017-04-20; the last permitted day is 2017-07-20");
  EXPECT_EQ(explanation.outcome, "stopped on 2017-07-21: a review was held");
  EXPECT_EQ(explanation.facts.size(), 2u);
  EXPECT_TRUE(explanation.notes.empty());
}

TEST(Explain, SaysWhatIsNotKnown) {
  const auto runs =
      RunsOf("eng-review-n", ChildInTests().CareStartsOnOrBefore("2017-04-03").Review("2017-05-10"),
             CoveredByReturns({2018}));
  const auto explanation = Explain(runs.at(0), ShippedPolicies());
  EXPECT_EQ(explanation.outcome, "no source says what happened after 2018-03-31");
  EXPECT_EQ(explanation.notes, std::vector<std::string>{"earlier reviews not known"});
}

TEST(OtherLaw, IsSaidOnTheChildsPageWhileItApplies) {
  const auto child =
      ChildInTests().CareStarts("2017-04-03").Placement("A4", "2017-08-01", "2017-12-01");
  const auto& pack = ShippedPolicies().packs.at(0);
  EXPECT_FALSE(OtherLawOn(child.history(), pack, Day("2017-07-31")));
  EXPECT_EQ(OtherLawOn(child.history(), pack, Day("2017-08-01"))->law->name, "placed for adoption");
  EXPECT_FALSE(OtherLawOn(child.history(), pack, Day("2017-12-01")));
}

}  // namespace
}  // namespace holdfast
