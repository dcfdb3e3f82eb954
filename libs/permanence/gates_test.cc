// What was recommended and what was decided at each gate.
#include "libs/permanence/gates.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "libs/testing/child_of_sources.h"

namespace holdfast {
namespace {

using namespace cases::v1;
using namespace proceedings::v1;

History HistoryIn(const std::string& nation) {
  History history;
  history.nation = nation;
  return history;
}

class ChildAtGates {
 public:
  explicit ChildAtGates(std::string nation = "scotland") : history_(HistoryIn(nation)) {}

  ChildAtGates& InCare(std::string_view from, std::string_view to = "") {
    history_.care_periods.push_back({.start = Day(from)});
    if (!to.empty()) history_.care_periods.back().ended_by = Day(to);
    return *this;
  }
  ChildAtGates& Plans(std::string_view route, std::string_view since, bool parallel = false) {
    history_.plans.push_back(
        {.route = std::string(route), .parallel = parallel, .since = Day(since)});
    return *this;
  }
  ChildAtGates& Happens(EntryKind kind, std::string_view on, std::string_view code = "") {
    history_.happenings.push_back({.kind = kind, .on = Day(on), .code = std::string(code)});
    return *this;
  }
  ChildAtGates& OrderEnds(std::string_view on) {
    history_.happenings.back().ended = Day(on);
    return *this;
  }
  ChildAtGates& Applies(std::string_view sought, std::string_view lodged, std::string_view disposed,
                        std::string_view made) {
    history_.proceedings.push_back({.kind = EntryKind::kApplication,
                                    .on = Day(lodged),
                                    .code = std::string(sought),
                                    .ended = Day(disposed),
                                    .made = std::string(made)});
    return *this;
  }
  ChildAtGates& IsHeard(std::string_view on) {
    history_.proceedings.push_back({.kind = EntryKind::kHearing,
                                    .on = Day(on),
                                    .state = HearingState::kHeld,
                                    .ended = Day(on)});
    return *this;
  }

  // A line a gate: "panel adoption > kinship in 30".
  std::string Gates() const {
    std::string text;
    for (const auto& gate : GatesOf(history_)) {
      text += std::string(NameOf(gate.kind)) + " ";
      text += (gate.recommended.empty() ? "-" : gate.recommended) + " ";
      const auto agrees = gate.Agrees();
      text += !agrees ? "?" : *agrees ? "=" : ">";
      text += " " + (gate.decided.empty() ? "-" : gate.decided);
      if (const auto days = gate.Days()) text += " in " + std::to_string(*days);
      text += "\n";
    }
    return text;
  }

 private:
  History history_;
};

TEST(Gates, HaveEachWhatWasRecommendedLastBeforeThem) {
  EXPECT_EQ(ChildAtGates()
                .InCare("2023-01-01")
                .Plans("home", "2023-02-01")
                .Happens(EntryKind::kRecommendation, "2023-06-01", "permanence_order")
                .Happens(EntryKind::kLegalOpinion, "2023-07-01", "permanence_order")
                .Happens(EntryKind::kPanel, "2023-08-01", "adoption")
                .Happens(EntryKind::kAgencyDecision, "2023-08-11", "adoption")
                .Happens(EntryKind::kOrder, "2024-01-11", "ADOPTION")
                .Gates(),
            "review home > permanence_order in 120\n"
            "legal_opinion permanence_order = permanence_order in 30\n"
            "panel permanence_order > adoption in 61\n"
            "agency_decision adoption = adoption in 10\n"
            "court adoption = adoption in 153\n");
}

TEST(Gates, WithoutARecommendationOrADecidedRouteNeitherAgreeNorDiffer) {
  EXPECT_EQ(ChildAtGates()
                .Plans("home", "2023-06-01")                  // the same day: not before it
                .Plans("kinship", "2023-05-01", true)         // beside another
                .Happens(EntryKind::kRecommendation, "2023-06-01", "adoption")
                .Happens(EntryKind::kAgencyDecision, "2023-07-01")
                .Gates(),
            "review - ? adoption\nagency_decision adoption ? - in 30\n");
}

TEST(Gates, OfACourtCompareTheOrderSoughtWithTheOneMade) {
  EXPECT_EQ(ChildAtGates("england")
                .Applies("CARE", "2023-01-01", "2023-06-01", "SUPERVISION")
                .Happens(EntryKind::kOrder, "2023-06-01", "SUPERVISION")
                .Applies("PLACEMENT", "2023-07-01", "2023-08-01", "SPECIAL_GUARDIANSHIP")
                .Happens(EntryKind::kOrder, "2023-08-01", "SPECIAL_GUARDIANSHIP")
                .Gates(),
            "court CARE > SUPERVISION in 151\ncourt adoption > special_guardianship in 31\n")
      << "one gate for an order and the application it came from";
}

TEST(Gates, OfACourtKnowThePetitionOfAPermanenceOrderWithAuthorityToAdopt) {
  const auto decided_for = [](std::string_view route) {
    return ChildAtGates()
        .Happens(EntryKind::kAgencyDecision, "2023-01-01", route)
        .Happens(EntryKind::kOrder, "2023-01-31", "ADOPTION")
        .Gates();
  };
  EXPECT_EQ(decided_for("permanence_order_adoption"),
            "agency_decision - ? permanence_order_adoption\n"
            "court permanence_order_adoption = permanence_order_adoption in 30\n");
  EXPECT_EQ(decided_for("kinship"),
            "agency_decision - ? kinship\ncourt kinship > adoption in 30\n");
}

TEST(Gates, OfAHearingDecideForHomeWhereItEndsTheOrder) {
  const auto child = ChildAtGates()
                         .Happens(EntryKind::kOrder, "2023-01-01", "CSO")
                         .OrderEnds("2024-01-10")
                         .Happens(EntryKind::kRecommendation, "2023-12-11", "home")
                         .IsHeard("2023-06-01")
                         .IsHeard("2024-01-10");
  EXPECT_EQ(child.Gates(), "review - ? home\nhearing home = home in 30\n");
}

TEST(Gates, OfALaterTimeInCareKnowNothingOfTheFirst) {
  EXPECT_EQ(ChildAtGates()
                .InCare("2020-01-01", "2021-01-01")
                .Happens(EntryKind::kRecommendation, "2020-06-01", "home")
                .InCare("2022-01-01")
                .Happens(EntryKind::kPanel, "2022-06-01", "kinship")
                .Gates(),
            "review - ? home\npanel - ? kinship\n");
}

RC_GTEST_PROP(Gates, AreTheSameWhateverTheOrderInWhichTheirFactsCame, ()) {
  const FactKind kinds[] = {FACT_KIND_RECOMMENDATION, FACT_KIND_PANEL, FACT_KIND_AGENCY_DECISION,
                            FACT_KIND_PLAN, FACT_KIND_ORDER};
  std::vector<ToldEvent> told;
  for (int i = *rc::gen::inRange(1, 8); i > 0; --i) {
    const FactKind kind = kinds[*rc::gen::inRange(0, 5)];
    const auto on = Day("2023-01-01").PlusDays(*rc::gen::inRange(0, 300)).Iso();
    told.push_back(RecordedInTests("f" + std::to_string(i), kind, on,
                                   kind == FACT_KIND_ORDER ? "ADOPTION" : "adoption")
                       .Recorded());
  }
  told.push_back(
      ItemInTests("court", "e1", FEED_KIND_APPLICATION_LODGED, "2023-02-01", "A1").Code("ADOPTION")
          .Stated());
  told.push_back(
      ItemInTests("court", "e2", FEED_KIND_APPLICATION_DISPOSED, "2023-09-01", "A1").Code("ADOPTION")
          .Stated());
  const auto gates = [](const std::vector<ToldEvent>& events) {
    ChildOfSources child;
    for (const auto& event : events) child.Told(event);
    std::vector<std::tuple<GateKind, std::string, std::string, CivilDate, EntryId>> all;
    for (const auto& gate : GatesOf(child.AsKnown()))
      all.emplace_back(gate.kind, gate.recommended, gate.decided, gate.decided_on, gate.entry);
    return all;
  };
  const auto before = gates(told);
  std::ranges::reverse(told);
  std::rotate(told.begin(), told.begin() + *rc::gen::inRange<size_t>(0, told.size()), told.end());
  RC_ASSERT(gates(told) == before);
}

}  // namespace
}  // namespace holdfast
