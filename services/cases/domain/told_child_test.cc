// What a child states of itself when it is told of a meeting: once, whatever comes again or late.
#include "services/cases/domain/told_child.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/permanence/dates.h"
#include "libs/testing/child_of_sources.h"
#include "services/cases/domain/meeting.h"

namespace holdfast::cases {
namespace {

using namespace v1;

constexpr char kAuthority[] = "E06000901";
const SubjectId kMeeting{HashId("test", {"meeting"})};

// A meeting that states a review on a day; another day for each version.
MeetingTold Told(uint64_t version, const char* on, const char* state = "held") {
  MeetingTold told;
  told.set_authority(kAuthority);
  told.set_meeting(kMeeting.Bytes());
  told.set_version(version);
  told.set_kind("review");
  SetDate(Day(on), told.mutable_on());
  told.set_state(state);
  if (std::string_view(state) != "held") return told;
  auto& fact = *told.add_facts();
  fact.set_fact(std::string(16, 'f'));
  fact.set_kind("review");
  *fact.mutable_on() = told.on();
  return told;
}

struct Child {
  Child() {
    facts.registered = true;
    facts.authority = kAuthority;
  }

  HandContext Context() const {
    return {.child = ChildOfSources::id(),
            .authority = kAuthority,
            .facts = facts,
            .coverage = coverage,
            .today = Day("2026-06-01"),
            .manual_clock = true};
  }
  void Take(const HandResult& decided) {
    ASSERT_TRUE(decided) << NameOf(decided.error());
    for (const auto& event : decided->events) {
      holdfast::Apply(event, Instant{}, facts);
      Apply(event, Instant{}, told);
      ++events;
    }
  }
  void Tell(const MeetingTold& meeting) {
    TellOfMeeting command;
    *command.mutable_told() = meeting;
    Take(Decide(Context(), told, command));
    const int before = events;
    Take(Decide(Context(), told, command));
    EXPECT_EQ(events, before) << "told again, it states something";
  }
  std::vector<std::string> Reviews() const {
    std::vector<std::string> days;
    for (const auto& review :
         BuildHistory(ChildOfSources::id(), facts, coverage, View{}).reviews)
      days.push_back(review.on.Iso());
    return days;
  }
  CaseView Rendered(View view = {}) const {
    CaseView rendered;
    RenderTold(told, view, rendered);
    return rendered;
  }

  ChildFacts facts;
  Coverage coverage;
  ToldChild told;
  int events = 0;
};

using Days = std::vector<std::string>;

TEST(ToldChild, StatesAReviewThatIsCorrectedAndWithdrawnWithItsMeeting) {
  Child child;
  child.Tell(Told(1, "2026-05-04"));
  EXPECT_EQ(child.Reviews(), Days{"2026-05-04"});
  child.Tell(Told(2, "2026-05-05"));
  EXPECT_EQ(child.Reviews(), Days{"2026-05-05"});
  EXPECT_EQ(child.Rendered().meetings(0).state(), "held");
  child.Tell(Told(3, "2026-05-05", "withdrawn"));
  EXPECT_EQ(child.Reviews(), Days{});
  EXPECT_EQ(child.Rendered().meetings_size(), 0);
  child.Tell(Told(4, "2026-05-06"));  // it names the child again
  EXPECT_EQ(child.Reviews(), Days{"2026-05-06"});
}

TEST(ToldChild, IsRefusedWhereItHasNoRecordOfTheAuthority) {
  Child child;
  child.facts.authority = "E06000902";
  TellOfMeeting command;
  *command.mutable_told() = Told(1, "2026-05-04");
  const auto decided = Decide(child.Context(), child.told, command);
  ASSERT_FALSE(decided);
  EXPECT_EQ(NameOf(decided.error()), "UNKNOWN_CHILD");
  EXPECT_FALSE(Decide(child.Context(), child.told, TellOfSiblings{}));
}

TEST(ToldChild, DoesNotStateASecondTimeWhatAHandHasStated) {
  Child child;
  RecordFact hand;
  hand.set_kind(FACT_KIND_REVIEW);
  SetDate(Day("2026-05-04"), hand.mutable_on());
  hand.set_fact(std::string(16, 'h'));
  hand.set_assertion(std::string(16, 'i'));
  child.Take(Decide(child.Context(), hand));
  child.Tell(Told(1, "2026-05-04"));
  EXPECT_EQ(child.Reviews(), Days{"2026-05-04"});
  EXPECT_EQ(child.facts.record.size(), 1u);
}

TEST(ToldChild, KeepsWhatAPersonHasSaidOfAMeetingsFactSince) {
  Child child;
  child.Tell(Told(1, "2026-05-04"));
  WithdrawFact withdraw;
  withdraw.set_fact(std::string(16, 'f'));
  withdraw.set_assertion(std::string(16, 'w'));
  child.Take(Decide(child.Context(), withdraw));
  child.Tell(Told(2, "2026-05-05"));
  EXPECT_EQ(child.Reviews(), Days{});
}

TEST(ToldChild, ShowsWhatWasKnownThen) {
  Child child;
  child.Tell(Told(1, "2026-05-04"));
  EXPECT_EQ(child.Rendered({.known_at = Day("2026-05-31")}).meetings_size(), 0);
  EXPECT_EQ(child.Rendered({.known_at = Day("2026-06-01")}).meetings_size(), 1);
}

TEST(ToldChild, ShowsTheGroupsThatItIsIn) {
  Child child;
  TellOfSiblings command;
  auto& told = *command.mutable_told();
  told.set_authority(kAuthority);
  told.set_group(std::string(16, 'g'));
  told.set_version(2);
  told.add_children()->set_child(ChildOfSources::id().Bytes());
  child.Take(Decide(child.Context(), child.told, command));
  ASSERT_EQ(child.Rendered().siblings_size(), 1);
  told.set_version(3);
  told.clear_children();
  child.Take(Decide(child.Context(), child.told, command));
  EXPECT_EQ(child.Rendered().siblings_size(), 0);
}

// Versions lost, repeated and late: once the newest has come, the child states what it would if
// nothing else had.
RC_GTEST_PROP(ToldChild, EndsWithTheNewestVersionWhateverCameBefore, ()) {
  const std::vector<MeetingTold> versions{Told(1, "2026-05-04"), Told(2, "2026-05-05"),
                                          Told(3, "2026-05-05", "withdrawn"),
                                          Told(4, "2026-05-06")};
  Child child;
  const auto order = *rc::gen::container<std::vector<size_t>>(rc::gen::inRange<size_t>(0, 4));
  for (const size_t index : order) child.Tell(versions[index]);
  child.Tell(versions[3]);
  RC_ASSERT(child.Reviews() == Days{"2026-05-06"});
}

}  // namespace
}  // namespace holdfast::cases
