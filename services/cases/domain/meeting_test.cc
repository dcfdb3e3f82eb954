// What can be said of a meeting, what it is told where it may not be said, in order of precedence,
// and what it means for each child.
#include "services/cases/domain/meeting.h"

#include <gtest/gtest.h>

#include "libs/permanence/dates.h"
#include "libs/testing/child_of_sources.h"

namespace holdfast::cases {
namespace {

using namespace v1;

constexpr char kAuthority[] = "E06000901";
const SubjectId kMeeting{HashId("test", {"meeting"})};
const SubjectId kAnn{HashId("test", {"ann"})};
const SubjectId kBen{HashId("test", {"ben"})};

MeetingSaid SaidOf(const char* kind, const char* planned, const char* held) {
  MeetingSaid said;
  said.set_kind(kind);
  if (*planned) SetDate(Day(planned), said.mutable_planned());
  if (*held) SetDate(Day(held), said.mutable_held());
  for (const auto& child : {kAnn, kBen}) said.add_children()->set_child(child.Bytes());
  return said;
}

template <typename Command>
Command Saying(MeetingSaid said, const char* reason = "") {
  Command command;
  *command.mutable_said() = std::move(said);
  command.set_assertion(std::string(16, 'a'));
  if constexpr (requires { command.mutable_reason(); }) {
    if (*reason) command.mutable_reason()->mutable_open()->set_text(reason);
  }
  return command;
}

template <typename Command>
Command Because(const char* reason) {
  Command command;
  if (*reason) command.mutable_reason()->mutable_open()->set_text(reason);
  return command;
}

class Meeting : public ::testing::Test {
 protected:
  template <typename Command>
  MeetingResult Decided(const Command& command, const char* authority = kAuthority) {
    return Decide({.authority = authority,
                   .meeting = facts_,
                   .today = Day("2026-06-01"),
                   .manual_clock = true},
                  command);
  }
  // Also that deciding again yields nothing.
  template <typename Command>
  void Do(const Command& command) {
    const auto decided = Decided(command);
    ASSERT_TRUE(decided) << NameOf(decided.error());
    EXPECT_EQ(decided->size(), 1u);
    for (const auto& event : *decided) Apply(event, ++number_, facts_);
    const auto again = Decided(command);
    EXPECT_TRUE(again && again->empty());
  }
  template <typename Command>
  std::string Refusal(const Command& command, const char* authority = kAuthority) {
    const auto decided = Decided(command, authority);
    return decided ? "" : std::string(NameOf(decided.error()));
  }
  // "review 2026-05-04 PN1" and so on.
  std::vector<std::string> FactsOf(const SubjectId& child) {
    std::vector<std::string> facts;
    const MeetingTold told = ToldTo(child, kMeeting, facts_);
    for (const auto& fact : told.facts())
      facts.push_back(fact.kind() + " " + holdfast::DayOf(fact.on())->Iso() + " " + fact.code());
    return facts;
  }
  void Plan(const char* kind = "review") {
    Do(Saying<PlanMeeting>(SaidOf(kind, "2026-06-20", "")));
  }
  void Hold(const char* kind = "review") {
    Do(Saying<HoldMeeting>(SaidOf(kind, "", "2026-05-04")));
  }

  MeetingFacts facts_;
  uint64_t number_ = 0;
};

using Strings = std::vector<std::string>;

TEST_F(Meeting, IsRefusedByTheFirstRuleThatItBreaks) {
  MeetingSaid said;
  said.set_kind("party");
  said.set_time("25:00");
  SetDate(Day("2026-06-02"), said.mutable_held());
  said.set_chair("judge");
  auto& decision = *said.add_decisions();
  decision.set_child(std::string(16, 'x'));
  SetDate(Day("2026-05-01"), decision.mutable_due());
  const auto refusal = [&] { return Refusal(Saying<HoldMeeting>(said)); };
  EXPECT_EQ(refusal(), "NO_SUCH_MEETING_KIND");
  said.set_kind("panel");
  said.clear_held();
  EXPECT_EQ(refusal(), "NO_DAY");
  SetDate(Day("2026-06-02"), said.mutable_held());
  EXPECT_EQ(refusal(), "FUTURE_DAY");
  SetDate(Day("2026-06-01"), said.mutable_held());
  EXPECT_EQ(refusal(), "NO_SUCH_TIME");
  said.set_time("09:30");
  EXPECT_EQ(refusal(), "NO_CHILDREN");
  for (int i = 0; i < 101; ++i) said.add_children()->set_child(std::string(16, 'y'));
  EXPECT_EQ(refusal(), "TOO_MANY_CHILDREN");
  said.mutable_children()->DeleteSubrange(2, 99);
  EXPECT_EQ(refusal(), "CHILD_TWICE");
  said.mutable_children(1)->set_child(kAnn.Bytes());
  EXPECT_EQ(refusal(), "NO_SUCH_PART");
  said.set_chair("reviewer");
  said.mutable_children(1)->set_code("PN1");
  EXPECT_EQ(refusal(), "NO_SUCH_CODE");
  said.mutable_children(1)->set_code("adoption");
  EXPECT_EQ(refusal(), "NOT_OF_MEETING");
  said.mutable_decisions(0)->clear_child();
  EXPECT_EQ(refusal(), "NOTHING_DECIDED");
  said.mutable_decisions(0)->set_what("divorce");
  EXPECT_EQ(refusal(), "NO_SUCH_DECISION");
  said.mutable_decisions(0)->set_what("plan");
  EXPECT_EQ(refusal(), "NEEDS_CODE");
  said.mutable_decisions(0)->set_code("kinship_of_mars");
  EXPECT_EQ(refusal(), "NO_SUCH_CODE");
  said.mutable_decisions(0)->set_code("adoption");
  EXPECT_EQ(refusal(), "DUE_BEFORE_MEETING");
  said.mutable_decisions(0)->clear_due();
  EXPECT_EQ(refusal(), "");
}

TEST_F(Meeting, IsOfItsAuthorityAndOfWhatBecameOfIt) {
  const auto correct = Saying<CorrectMeeting>(SaidOf("review", "", "2026-05-05"));
  HoldMeeting as_planned = Saying<HoldMeeting>(SaidOf("review", "", "2026-05-05"));
  as_planned.set_planned(true);
  EXPECT_EQ(Refusal(as_planned), "UNKNOWN_MEETING");
  EXPECT_EQ(Refusal(correct), "UNKNOWN_MEETING");
  EXPECT_EQ(Refusal(Because<CancelMeeting>("r")), "UNKNOWN_MEETING");
  EXPECT_EQ(Refusal(Because<WithdrawMeeting>("r")), "UNKNOWN_MEETING");
  Plan();
  EXPECT_EQ(Refusal(correct, "E06000902"), "UNKNOWN_MEETING");
  EXPECT_EQ(Refusal(correct), "MEETING_NOT_HELD");
  EXPECT_EQ(Refusal(Saying<CorrectMeeting>(MeetingSaid{})), "NO_REASON");
  EXPECT_EQ(Refusal(Because<CancelMeeting>("")), "NO_REASON");
  EXPECT_EQ(Refusal(Because<WithdrawMeeting>("")), "NO_REASON");
  Do(Because<CancelMeeting>("the chair is ill"));
  EXPECT_EQ(Refusal(Saying<CorrectMeeting>(MeetingSaid{}, "r")), "MEETING_CANCELLED");
  Do(as_planned);  // it was held after all
  EXPECT_EQ(Refusal(Because<CancelMeeting>("r")), "MEETING_HELD");
  EXPECT_EQ(Refusal(Saying<HoldMeeting>(SaidOf("review", "", "2026-05-06"))), "MEETING_HELD");
  Do(Because<WithdrawMeeting>("another team's"));
  EXPECT_EQ(Refusal(correct), "MEETING_WITHDRAWN");
  EXPECT_EQ(Refusal(as_planned), "MEETING_WITHDRAWN");
}

TEST_F(Meeting, ThatWasPlannedStatesNothingUntilItIsHeldAsPlannedButForWhatDiffers) {
  MeetingSaid plan = SaidOf("review", "2026-05-01", "");
  plan.mutable_place()->mutable_open()->set_text("the library");
  plan.add_invited("child");
  Do(Saying<PlanMeeting>(plan));
  EXPECT_EQ(FactsOf(kAnn), Strings{});
  EXPECT_EQ(ToldTo(kAnn, kMeeting, facts_).state(), "planned");
  HoldMeeting held;
  held.set_planned(true);
  held.set_assertion(std::string(16, 'b'));
  SetDate(Day("2026-05-04"), held.mutable_said()->mutable_held());
  held.mutable_said()->add_came("carer");
  held.mutable_said()->mutable_notes()->mutable_open()->set_text("all went well");
  Do(held);
  EXPECT_EQ(FactsOf(kAnn), Strings{"review 2026-05-04 "});
  EXPECT_EQ(facts_.said.kind(), "review");
  EXPECT_EQ(facts_.said.invited(0), "child");
  EXPECT_EQ(facts_.said.place().open().text(), "the library");
  EXPECT_EQ(facts_.place_of.Bytes(), std::string(16, 'a'));
  EXPECT_EQ(facts_.notes_of.Bytes(), std::string(16, 'b'));
}

TEST_F(Meeting, StatesOfEachChildWhatConcernsIt) {
  MeetingSaid said = SaidOf("panel", "", "2026-05-04");
  said.mutable_children(0)->set_code("adoption");
  said.mutable_children(1)->set_code("home");
  auto& plan = *said.add_decisions();
  plan.set_child(kBen.Bytes());
  plan.set_what("plan");
  plan.set_code("home");
  auto& task = *said.add_decisions();
  task.set_by("social_worker");
  Do(Saying<HoldMeeting>(said));
  EXPECT_EQ(FactsOf(kAnn), Strings{"panel 2026-05-04 adoption"});
  EXPECT_EQ(FactsOf(kBen), (Strings{"panel 2026-05-04 home", "plan 2026-05-04 home"}));
  EXPECT_NE(ToldTo(kAnn, kMeeting, facts_).facts(0).fact(),
            ToldTo(kBen, kMeeting, facts_).facts(0).fact());
}

TEST_F(Meeting, ThatIsAHearingIsAFactFromItsPlanOnAndStaysTheSameOne) {
  Plan("hearing");
  EXPECT_EQ(FactsOf(kAnn), Strings{"hearing 2026-06-20 planned"});
  const auto fact = ToldTo(kAnn, kMeeting, facts_).facts(0).fact();
  Do(Because<CancelMeeting>("no interpreter"));
  EXPECT_EQ(FactsOf(kAnn), Strings{"hearing 2026-06-20 cancelled"});
  HoldMeeting held;
  held.set_planned(true);
  SetDate(Day("2026-05-30"), held.mutable_said()->mutable_held());
  Do(held);
  EXPECT_EQ(FactsOf(kAnn), Strings{"hearing 2026-05-30 held"});
  EXPECT_EQ(ToldTo(kAnn, kMeeting, facts_).facts(0).fact(), fact);
}

TEST_F(Meeting, TellsAChildThatWasNamedByMistakeThatItIsWithdrawnAndTheOthersTheRightDay) {
  Hold();
  CorrectMeeting correct;
  SetDate(Day("2026-05-05"), correct.mutable_said()->mutable_held());
  correct.mutable_said()->add_children()->set_child(kBen.Bytes());
  correct.mutable_reason()->mutable_open()->set_text("the minute says so");
  Do(correct);
  EXPECT_EQ(facts_.children, (std::vector{kAnn, kBen}));
  EXPECT_EQ(ToldTo(kAnn, kMeeting, facts_).state(), "withdrawn");
  EXPECT_EQ(FactsOf(kAnn), Strings{});
  EXPECT_EQ(FactsOf(kBen), Strings{"review 2026-05-05 "});
  EXPECT_EQ(ToldTo(kBen, kMeeting, facts_).version(), 2u);
}

TEST_F(Meeting, OfACoreGroupStatesOnlyWhatItDecides) {
  Hold("core_group");
  EXPECT_EQ(FactsOf(kAnn), Strings{});
  EXPECT_EQ(ToldTo(kAnn, kMeeting, facts_).state(), "held");
}

TEST_F(Meeting, ThatAllKnowOfIsNotToldAgain) {
  Hold();
  ConfirmTold told;
  told.set_version(1);
  Do(told);
  EXPECT_EQ(facts_.told, facts_.version);
}

}  // namespace
}  // namespace holdfast::cases
