// What a child was told of meetings and siblings, and what of it stands.
#include "libs/permanence/told.h"

#include <gtest/gtest.h>

#include "libs/permanence/build_history.h"
#include "libs/permanence/dates.h"
#include "libs/testing/day.h"

namespace holdfast {
namespace {

using cases::v1::CasesEvent;

const SubjectId kChild{HashId("test", {"child"})};

class Child {
 public:
  Child& Meets(const char* told_on, const char* id, const char* kind, const char* on,
               const char* state = "planned") {
    CasesEvent event;
    auto& told = *event.mutable_meeting_told();
    told.set_meeting(id);
    told.set_kind(kind);
    SetDate(Day(on), told.mutable_on());
    told.set_state(state);
    return Told(told_on, event);
  }
  Child& IsDecided(const char* told_on, const char* decision, const char* on,
                   const char* review = "", const char* group = "group") {
    CasesEvent event;
    auto& told = *event.mutable_siblings_told();
    told.set_group(group);
    told.add_children()->set_child(kChild.Bytes());
    told.set_decision(decision);
    if (*on != 0) SetDate(Day(on), told.mutable_on());
    if (*review != 0) SetDate(Day(review), told.mutable_review());
    return Told(told_on, event);
  }
  Child& Leaves(const char* told_on) {
    CasesEvent event;
    event.mutable_siblings_told()->set_group("group");
    return Told(told_on, event);
  }

  History AsKnownAt(const char* day) const {
    return BuildHistory(kChild, facts_, {}, View{.known_at = Day(day)});
  }
  // Each decision as "ON decision REVIEW, ended ENDED, left".
  std::vector<std::string> DecisionsAt(const char* day) const {
    std::vector<std::string> texts;
    for (const auto& decision : AsKnownAt(day).sibling_decisions) {
      std::string text = decision.on.Iso() + " " + decision.decision;
      if (decision.review) text += " " + decision.review->Iso();
      if (decision.ended) text += ", ended " + decision.ended->Iso();
      if (decision.left) text += ", left";
      texts.push_back(text);
    }
    return texts;
  }

 private:
  Child& Told(const char* on, CasesEvent& event) {
    SetDate(Day(on), event.mutable_reported_on());
    Apply(event, Instant{}, facts_);
    return *this;
  }

  ChildFacts facts_;
};

using Texts = std::vector<std::string>;

TEST(AMeetingThatIsPlanned, StandsOnItsDayUntilItIsHeldOrTakenBack) {
  Child child;
  child.Meets("2026-05-01", "a", "review", "2026-06-20")
      .Meets("2026-05-02", "a", "review", "2026-06-22");
  ASSERT_EQ(child.AsKnownAt("2026-05-01").meetings.size(), 1u);
  EXPECT_EQ(child.AsKnownAt("2026-05-01").meetings[0].on, Day("2026-06-20"));
  const auto moved = child.AsKnownAt("2026-05-02").meetings;
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_EQ(moved[0].on, Day("2026-06-22"));
  EXPECT_EQ(moved[0].entry, child.AsKnownAt("2026-05-01").meetings[0].entry);
  for (const auto* state : {"held", "cancelled", "withdrawn"}) {
    Child over = child;
    over.Meets("2026-05-03", "a", "review", "2026-06-22", state);
    EXPECT_TRUE(over.AsKnownAt("2026-05-03").meetings.empty()) << state;
  }
}

TEST(AMeetingThatIsPlanned, IsAProceedingWhereItIsAHearing) {
  Child child;
  child.Meets("2026-05-01", "a", "hearing", "2026-06-20")
      .Meets("2026-05-01", "b", "panel", "2026-06-19");
  const auto meetings = child.AsKnownAt("2026-05-01").meetings;
  ASSERT_EQ(meetings.size(), 1u);
  EXPECT_EQ(meetings[0].kind, "panel");
}

TEST(ADecisionAboutSiblings, StandsUntilTheNextOfItsGroup) {
  Child child;
  child.IsDecided("2026-05-01", "", "");
  EXPECT_EQ(child.DecisionsAt("2026-05-01"), Texts{});
  child.IsDecided("2026-05-10", "together", "2026-05-09", "2026-11-09");
  EXPECT_EQ(child.DecisionsAt("2026-05-09"), Texts{});
  EXPECT_EQ(child.DecisionsAt("2026-05-10"), Texts{"2026-05-09 together 2026-11-09"});
  child.IsDecided("2026-06-10", "apart", "2026-06-09");
  child.IsDecided("2026-06-11", "together", "2026-06-11", "", "another");
  EXPECT_EQ(child.DecisionsAt("2026-06-11"),
            (Texts{"2026-05-09 together 2026-11-09, ended 2026-06-09", "2026-06-09 apart",
                   "2026-06-11 together"}));
}

TEST(ADecisionAboutSiblings, StatedAgainOfItsDayIsTheSameOne) {
  Child child;
  child.IsDecided("2026-05-10", "together", "2026-05-09", "2026-11-09");
  const auto first = child.AsKnownAt("2026-05-10").sibling_decisions;
  child.IsDecided("2026-05-11", "together", "2026-05-09", "2026-10-09");
  const auto again = child.AsKnownAt("2026-05-11").sibling_decisions;
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].entry, first[0].entry);
  EXPECT_EQ(again[0].review, Day("2026-10-09"));
}

TEST(ADecisionAboutSiblings, EndsWhenTheChildLeavesAndStandsAgainWhenItJoins) {
  Child child;
  child.IsDecided("2026-05-10", "together", "2026-05-09", "2026-11-09").Leaves("2026-06-01");
  EXPECT_EQ(child.DecisionsAt("2026-06-01"),
            Texts{"2026-05-09 together 2026-11-09, ended 2026-06-01, left"});
  child.IsDecided("2026-06-02", "together", "2026-05-09", "2026-11-09");
  EXPECT_EQ(child.DecisionsAt("2026-06-02"), Texts{"2026-05-09 together 2026-11-09"});
}

}  // namespace
}  // namespace holdfast
