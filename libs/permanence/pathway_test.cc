// The milestones of a child's way to a permanent home, and who held the next step.
#include "libs/permanence/pathway.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "libs/testing/day.h"

namespace holdfast {
namespace {

class ChildOnAWay {
 public:
  explicit ChildOnAWay(std::string nation = "scotland") { history_.nation = std::move(nation); }

  ChildOnAWay& CareStarts(std::string_view on, bool known = true) {
    history_.care_periods.push_back({.start = Day(on), .start_known = known});
    return *this;
  }
  ChildOnAWay& CareEnds(std::string_view on) {
    history_.care_periods.back().end = history_.care_periods.back().ended_by = Day(on);
    return *this;
  }
  ChildOnAWay& Happens(EntryKind kind, std::string_view on, std::string_view code = "") {
    history_.happenings.push_back({.kind = kind, .on = Day(on), .code = std::string(code)});
    std::ranges::stable_sort(history_.happenings, {}, &Happening::on);
    return *this;
  }
  ChildOnAWay& OrderEnds(std::string_view on) {
    history_.happenings.back().ended = Day(on);
    return *this;
  }
  ChildOnAWay& Plans(std::string_view route, std::string_view since, std::string_view ended = "") {
    history_.plans.push_back({.route = std::string(route), .since = Day(since)});
    if (!ended.empty()) history_.plans.back().ended = Day(ended);
    return *this;
  }
  ChildOnAWay& Proceeds(EntryKind kind, std::string_view on, std::string_view code = "",
                        std::string_view ended = "") {
    Proceeding proceeding{.kind = kind, .on = Day(on), .code = std::string(code)};
    proceeding.known_since = Day(on);
    if (!ended.empty()) proceeding.ended = Day(ended);
    history_.proceedings.push_back(proceeding);
    return *this;
  }
  ChildOnAWay& HearingIsSet(std::string_view set_on, std::string_view for_day,
                            std::string_view held = "") {
    Proceeds(EntryKind::kHearing, for_day, "", held);
    history_.proceedings.back().known_since = Day(set_on);
    if (!held.empty()) history_.proceedings.back().state = HearingState::kHeld;
    return *this;
  }

  const History& history() const { return history_; }
  History& history() { return history_; }
  std::string Milestones() const {
    std::string text;
    for (const auto& at : CurrentPathway(history_).milestones) {
      text += std::string(NameOf(at.milestone)) + " ";
      text += at.on ? at.on->Iso() : std::string(NameOf(at.state));
      text += "\n";
    }
    return text;
  }
  std::string Holders() const {
    std::string text;
    for (const auto& held : HoldersOf(history_, CurrentPathway(history_))) {
      text += held.days.start.Iso() + " " + std::string(NameOf(held.holder)) + "\n";
    }
    return text;
  }

 private:
  History history_;
};

TEST(Milestones, OfAPermanenceOrderAreAllFive) {
  const auto child = ChildOnAWay()
                         .Happens(EntryKind::kInvolvement, "2022-01-05")
                         .CareStarts("2022-03-01")
                         .Plans("permanence_order", "2022-08-20")
                         .Happens(EntryKind::kRecommendation, "2022-08-20", "permanence_order")
                         .Happens(EntryKind::kPanel, "2022-11-01", "permanence_order")
                         .Happens(EntryKind::kAgencyDecision, "2022-11-10")
                         .Proceeds(EntryKind::kApplication, "2023-01-20", "PO", "2023-06-30")
                         .Happens(EntryKind::kOrder, "2023-06-30", "PO");
  EXPECT_EQ(child.Milestones(),
            "M0 2022-01-05\nM1 2022-03-01\nM2 2022-08-20\nM3a 2022-11-01\nM3 2022-11-10\n"
            "M4 2023-01-20\nM5 2023-06-30\n");
}

TEST(Milestones, ThatDoNotApplyAreNeverMissing) {
  EXPECT_EQ(ChildOnAWay().CareStarts("2022-03-01").Plans("kinship", "2022-06-01").Milestones(),
            "M0 not_known\nM1 2022-03-01\nM2 open\nM3a not_applicable\nM3 not_applicable\n"
            "M4 open\nM5 open\n");
  EXPECT_EQ(
      ChildOnAWay("england")
          .CareStarts("2022-03-01")
          .Plans("long_term_foster", "2022-06-01")
          .Milestones(),
      "M0 not_known\nM1 2022-03-01\nM2 open\nM3a open\nM3 open\nM4 not_applicable\nM5 open\n");
}

TEST(Milestones, PassedWithoutADayThatASourceStatesAreNotKnown) {
  const auto child = ChildOnAWay()
                         .CareStarts("2022-03-01", false)
                         .Plans("permanence_order", "2022-06-01")
                         .Proceeds(EntryKind::kApplication, "2023-01-20", "PO");
  EXPECT_EQ(child.Milestones(),
            "M0 not_known\nM1 not_known\nM2 not_known\nM3a not_known\nM3 not_known\nM4 2023-01-20\n"
            "M5 open\n");
}

TEST(Milestones, ThatWereNotReachedWhenCareEndedNoLongerApply) {
  const auto child = ChildOnAWay()
                         .Happens(EntryKind::kInvolvement, "2022-01-05")
                         .CareStarts("2022-03-01")
                         .Plans("adoption", "2022-08-20")
                         .CareEnds("2022-12-01");
  EXPECT_EQ(child.Milestones(),
            "M0 2022-01-05\nM1 2022-03-01\nM2 not_applicable\nM3a not_applicable\n"
            "M3 not_applicable\nM4 not_applicable\nM5 not_applicable\n");
}

TEST(Milestones, OfAnOrderAtHomeEndWithTheOrder) {
  const auto child = ChildOnAWay()
                         .CareStarts("2022-03-01")
                         .Plans("home", "2022-03-01")
                         .Happens(EntryKind::kOrder, "2022-03-01", "CSO");
  EXPECT_EQ(CurrentPathway(child.history()).At(Milestone::kM5).state, MilestoneState::kOpen);
  auto ended = child;
  ended.OrderEnds("2024-02-01");
  EXPECT_EQ(CurrentPathway(ended.history()).At(Milestone::kM5).on, Day("2024-02-01"));
}

TEST(Milestones, OfARouteWithoutADecisionHaveOneOnceAPanelIsUsed) {
  const auto child = ChildOnAWay()
                         .CareStarts("2022-03-01")
                         .Plans("kinship", "2022-06-01")
                         .Happens(EntryKind::kPanel, "2022-09-01", "kinship");
  EXPECT_EQ(
      child.Milestones(),
      "M0 not_known\nM1 2022-03-01\nM2 not_known\nM3a 2022-09-01\nM3 open\nM4 open\nM5 open\n");
}

TEST(Milestones, OfAnOrderAtHomeThatRanOutEndOnTheFirstDayWithoutIt) {
  auto child = ChildOnAWay()
                   .CareStarts("2022-03-01")
                   .Plans("home", "2022-03-01")
                   .Happens(EntryKind::kOrder, "2022-05-01", "CSO");
  child.history().happenings.back().until = Day("2023-04-30");
  const auto end = [&](std::string_view day) {
    return CurrentPathway(child.history(), Day(day)).At(Milestone::kM5);
  };
  EXPECT_EQ(end("2023-04-30").state, MilestoneState::kOpen);
  EXPECT_EQ(end("2023-05-01").on, Day("2023-05-01"));
  EXPECT_EQ(CurrentPathway(child.history()).At(Milestone::kM5).state, MilestoneState::kOpen)
      << "without a day to look at it from, nothing has run out";
}

TEST(Milestones, OfReturnHomeInEnglandEndWithTheOrderElseWithCare) {
  const auto child = ChildOnAWay("england")
                         .CareStarts("2022-03-01")
                         .Plans("home", "2022-04-01")
                         .Happens(EntryKind::kOrder, "2022-05-01", "CARE");
  const auto end = [](const ChildOnAWay& of) {
    return CurrentPathway(of.history()).At(Milestone::kM5).on;
  };
  EXPECT_EQ(end(child), std::nullopt);
  auto ended = child;
  EXPECT_EQ(end(ended.OrderEnds("2024-02-01")), Day("2024-02-01"));
  EXPECT_EQ(end(ended.CareEnds("2024-02-05")), Day("2024-02-01"));
  auto left = child;
  EXPECT_EQ(end(left.CareEnds("2024-02-05")), Day("2024-02-05"));
  auto interim = ChildOnAWay("england")
                     .CareStarts("2022-03-01")
                     .Plans("home", "2022-04-01")
                     .Happens(EntryKind::kOrder, "2022-05-01", "INTERIM_CARE");
  interim.history().happenings.back().until = Day("2022-07-01");
  EXPECT_EQ(CurrentPathway(interim.history(), Day("2022-08-01")).At(Milestone::kM5).on,
            std::nullopt)
      << "the next interim order follows";
}

TEST(Milestones, OfAMatchAreOfTheRouteThatWasPlannedByThen) {
  const auto child = ChildOnAWay("england")
                         .CareStarts("2022-03-01")
                         .Plans("adoption", "2022-06-01", "2023-06-01")
                         .Happens(EntryKind::kMatch, "2022-08-01")
                         .Plans("long_term_foster", "2023-06-01")
                         .Happens(EntryKind::kMatch, "2023-09-01");
  EXPECT_EQ(CurrentPathway(child.history()).route, "long_term_foster");
  EXPECT_EQ(CurrentPathway(child.history()).At(Milestone::kM5).on, Day("2023-09-01"));
}

TEST(Milestones, OfAdoptionInEnglandAreLodgedForThePlacementOrder) {
  const auto child = ChildOnAWay("england")
                         .CareStarts("2022-03-01")
                         .Plans("adoption", "2022-08-20")
                         .Proceeds(EntryKind::kApplication, "2022-09-01", "CARE")
                         .Proceeds(EntryKind::kApplication, "2022-10-01", "PLACEMENT")
                         .Proceeds(EntryKind::kApplication, "2023-03-01", "ADOPTION");
  EXPECT_EQ(CurrentPathway(child.history()).At(Milestone::kM4).on, Day("2022-10-01"));
}

TEST(CountedPathway, IsTheRouteAchievedAndWhileNoneIsTheFirstNamed) {
  auto child = ChildOnAWay()
                   .CareStarts("2022-03-01")
                   .Plans("home", "2022-04-01")
                   .Plans("permanence_order", "2022-04-01")
                   .Happens(EntryKind::kRecommendation, "2022-08-20", "permanence_order");
  EXPECT_EQ(CurrentPathway(child.history()).route, "home");
  child.Happens(EntryKind::kOrder, "2023-06-30", "PO");
  EXPECT_EQ(CurrentPathway(child.history()).route, "permanence_order");
}

TEST(CountedPathway, IsTheOneWhoseOrderWasMadeThoughNobodyNamedIt) {
  const auto adopted = ChildOnAWay("england")
                           .CareStarts("2022-05-01")
                           .Happens(EntryKind::kAgencyDecision, "2023-05-01")
                           .Happens(EntryKind::kOrder, "2024-01-10", "ADOPTION")
                           .CareEnds("2024-01-10");
  EXPECT_EQ(CurrentPathway(adopted.history()).route, "adoption");
  EXPECT_EQ(adopted.Milestones(),
            "M0 not_known\nM1 2022-05-01\nM2 not_known\nM3a not_known\nM3 2023-05-01\n"
            "M4 not_known\nM5 2024-01-10\n");
  const auto other = ChildOnAWay("england")
                         .CareStarts("2022-05-01")
                         .Plans("adoption", "2022-08-01")
                         .Happens(EntryKind::kOrder, "2024-01-10", "SPECIAL_GUARDIANSHIP");
  EXPECT_EQ(CurrentPathway(other.history()).route, "special_guardianship");
  EXPECT_EQ(CurrentPathway(other.history(), Day("2024-01-09")).route, "adoption");
  for (const auto* by : {"PO", "POA"}) {
    const auto scottish = ChildOnAWay()
                              .CareStarts("2022-05-01")
                              .Plans("adoption", "2022-08-01", "2022-09-01")
                              .Plans("long_term_foster", "2022-09-01")
                              .Happens(EntryKind::kOrder, "2024-01-10", by);
    EXPECT_EQ(CurrentPathway(scottish.history()).route,
              by == std::string("PO") ? "permanence_order" : "long_term_foster");
  }
  const auto through = ChildOnAWay()
                           .CareStarts("2022-05-01")
                           .Happens(EntryKind::kOrder, "2023-01-10", "POA")
                           .Happens(EntryKind::kOrder, "2024-01-10", "ADOPTION");
  EXPECT_EQ(CurrentPathway(through.history()).route, "permanence_order_adoption");
}

TEST(CountedPathway, IsNeverThatOfAContingencyPlan) {
  auto child = ChildOnAWay().CareStarts("2022-03-01").Plans("adoption", "2022-04-01");
  child.history().plans.back().contingency = true;
  EXPECT_EQ(CurrentPathway(child.history()).route, "");
  child.Plans("home", "2022-05-01");
  EXPECT_EQ(CurrentPathway(child.history()).route, "home");
}

TEST(CountedPathway, WithoutAPlanIsThatOfTheLastRecommendation) {
  const auto child = ChildOnAWay()
                         .CareStarts("2022-03-01")
                         .Happens(EntryKind::kRecommendation, "2022-08-20", "kinship");
  EXPECT_EQ(CurrentPathway(child.history()).route, "kinship");
  EXPECT_EQ(CurrentPathway(ChildOnAWay().CareStarts("2022-03-01").history()).route, "");
}

TEST(CountedPathway, OfASecondCarePeriodKnowsNothingOfTheFirst) {
  const auto child = ChildOnAWay()
                         .Happens(EntryKind::kInvolvement, "2019-01-05")
                         .CareStarts("2019-03-01")
                         .Happens(EntryKind::kRecommendation, "2019-06-01", "home")
                         .CareEnds("2020-01-01")
                         .CareStarts("2022-03-01");
  EXPECT_EQ(child.Milestones().substr(0, 38), "M0 not_known\nM1 2022-03-01\nM2 open\nM3a");
}

TEST(Holders, TheOneOpenedLastHoldsAndSocialWorkWhereNothingIsOpen) {
  const auto child = ChildOnAWay()
                         .Happens(EntryKind::kInvolvement, "2022-01-05")
                         .CareStarts("2022-03-01")
                         .Proceeds(EntryKind::kReferral, "2022-01-20")
                         .HearingIsSet("2022-02-01", "2022-03-01", "2022-03-01")
                         .Proceeds(EntryKind::kSafeguarder, "2022-03-01", "", "2022-04-05")
                         .Plans("adoption", "2022-08-20")
                         .Happens(EntryKind::kLegalPapers, "2022-09-01")
                         .Happens(EntryKind::kLegalOpinion, "2022-09-20")
                         .Happens(EntryKind::kPanel, "2022-11-01")
                         .Happens(EntryKind::kAgencyDecision, "2022-11-10")
                         .Proceeds(EntryKind::kApplication, "2023-01-20", "ADOPTION", "2023-06-30")
                         .Happens(EntryKind::kOrder, "2023-06-30", "ADOPTION");
  EXPECT_EQ(child.Holders(),
            "2022-01-05 social_work\n2022-01-20 reporter\n2022-02-01 hearing\n"
            "2022-03-01 safeguarder\n2022-04-05 social_work\n2022-09-01 legal\n"
            "2022-09-20 social_work\n2022-11-01 decision_maker\n2022-11-10 family\n"
            "2023-01-20 court\n");
  const auto held = HoldersOf(child.history(), CurrentPathway(child.history()));
  EXPECT_EQ(held.back().days.end, Day("2023-06-30"));
}

TEST(Holders, OfStepsOpenedOnOneDayAreTheLowerRow) {
  const auto child = ChildOnAWay()
                         .CareStarts("2022-03-01")
                         .Proceeds(EntryKind::kSafeguarder, "2022-05-01")
                         .Proceeds(EntryKind::kProof, "2022-05-01", "", "2022-06-01");
  EXPECT_EQ(child.Holders(), "2022-03-01 social_work\n2022-05-01 court\n2022-06-01 safeguarder\n");
}

TEST(Holders, APanelHasItsPapersUntilItRecommendsAndAServiceHoldsUntilItStartsOrIsRefused) {
  const auto child = ChildOnAWay()
                         .CareStarts("2022-03-01")
                         .Happens(EntryKind::kServiceAsked, "2022-04-01", "therapy")
                         .Happens(EntryKind::kServiceStarted, "2022-04-20", "family_support")
                         .Happens(EntryKind::kServiceStarted, "2022-05-01", "therapy")
                         .Happens(EntryKind::kServiceAsked, "2022-06-01", "housing")
                         .Happens(EntryKind::kServiceRefused, "2022-06-15", "housing")
                         .Happens(EntryKind::kPanelPapers, "2022-07-01")
                         .Happens(EntryKind::kPanel, "2022-07-20")
                         .Happens(EntryKind::kAgencyDecision, "2022-08-01");
  EXPECT_EQ(child.Holders(),
            "2022-03-01 social_work\n2022-04-01 service\n2022-05-01 social_work\n"
            "2022-06-01 service\n2022-06-15 social_work\n2022-07-01 panel\n"
            "2022-07-20 decision_maker\n2022-08-01 social_work\n");
}

RC_GTEST_PROP(Holders, SplitTheWholeWithoutGapOrOverlap, ()) {
  const auto day = [](int after) { return Day("2022-01-01").PlusDays(after).Iso(); };
  auto child = ChildOnAWay().CareStarts(day(*rc::gen::inRange(0, 50)));
  child.Plans("adoption", day(60));
  if (*rc::gen::arbitrary<bool>()) child.CareEnds(day(*rc::gen::inRange(300, 400)));
  const EntryKind kinds[] = {EntryKind::kHearing, EntryKind::kApplication, EntryKind::kSafeguarder,
                             EntryKind::kReferral, EntryKind::kProof};
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
    const int from = *rc::gen::inRange(0, 350);
    const bool ends = *rc::gen::arbitrary<bool>();
    child.Proceeds(kinds[*rc::gen::inRange(0, 5)], day(from), "ADOPTION",
                   ends ? day(from + *rc::gen::inRange(0, 60)) : "");
  }
  const EntryKind steps[] = {EntryKind::kPanelPapers,    EntryKind::kPanel,
                             EntryKind::kServiceAsked,   EntryKind::kServiceStarted,
                             EntryKind::kServiceRefused, EntryKind::kLegalPapers,
                             EntryKind::kLegalOpinion,   EntryKind::kAgencyDecision};
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i)
    child.Happens(steps[*rc::gen::inRange(0, 8)], day(*rc::gen::inRange(0, 350)));
  const auto pathway = CurrentPathway(child.history());
  const auto held = HoldersOf(child.history(), pathway);
  RC_ASSERT(!held.empty());
  RC_ASSERT(held.front().days.start == pathway.care_period->start);
  RC_ASSERT(held.back().days.end == pathway.care_period->ended_by);
  for (size_t i = 1; i < held.size(); ++i) {
    RC_ASSERT(held[i - 1].days.end == held[i].days.start);
    RC_ASSERT(held[i - 1].holder != held[i].holder);
  }
}

}  // namespace
}  // namespace holdfast
