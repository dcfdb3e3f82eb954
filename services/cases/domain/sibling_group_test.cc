// Who is in a sibling group and what is decided of it, and what is refused, in order of precedence.
#include "services/cases/domain/sibling_group.h"

#include <gtest/gtest.h>

#include "libs/permanence/dates.h"
#include "libs/testing/child_of_sources.h"

namespace holdfast::cases {
namespace {

using namespace v1;

constexpr char kNorth[] = "E06000901";
constexpr char kSouth[] = "E06000902";
const SubjectId kGroup{HashId("test", {"group"})};
const std::string kAnn(16, 'a');
const std::string kBen(16, 'b');

class Siblings : public ::testing::Test {
 protected:
  template <typename Command>
  SiblingResult Decided(const Command& command, const char* authority = kNorth) {
    return Decide({.authority = authority,
                   .group = group_,
                   .today = Day("2026-06-01"),
                   .manual_clock = true},
                  command);
  }
  // Also that deciding again yields nothing.
  template <typename Command>
  void Do(const Command& command, const char* authority = kNorth) {
    const auto decided = Decided(command, authority);
    ASSERT_TRUE(decided) << NameOf(decided.error());
    EXPECT_EQ(decided->size(), 1u);
    for (const auto& event : *decided) Apply(event, ++number_, group_);
    const auto again = Decided(command, authority);
    EXPECT_TRUE(again && again->empty());
  }
  template <typename Command>
  std::string Refusal(const Command& command, const char* authority = kNorth) {
    const auto decided = Decided(command, authority);
    return decided ? "" : std::string(NameOf(decided.error()));
  }
  template <typename Command>
  static Command Of(const std::string& child) {
    Command command;
    command.set_child(child);
    return command;
  }
  static DecideSiblings Decision(const char* decision, const char* on) {
    DecideSiblings command;
    command.set_decision(decision);
    SetDate(Day(on), command.mutable_on());
    command.mutable_reason()->mutable_open()->set_text("no home takes two");
    return command;
  }
  void MakeOfTwo() {
    Do(CreateSiblingGroup{});
    Do(Of<JoinSiblings>(kAnn));
    Do(Of<JoinSiblings>(kBen), kSouth);
  }
  SiblingsTold ToldTo(const std::string& child, const char* authority) {
    Sibling sibling;
    sibling.set_child(child);
    sibling.set_authority(authority);
    return cases::ToldTo(sibling, kGroup, group_);
  }

  SiblingGroup group_;
  uint64_t number_ = 0;
};

TEST_F(Siblings, AreRefusedByTheFirstRuleThatIsBroken) {
  EXPECT_EQ(Refusal(Of<JoinSiblings>(kAnn)), "UNKNOWN_GROUP");
  EXPECT_EQ(Refusal(Of<LeaveSiblings>(kAnn)), "UNKNOWN_GROUP");
  EXPECT_EQ(Refusal(Decision("apart", "2026-05-01")), "UNKNOWN_GROUP");
  Do(CreateSiblingGroup{});
  EXPECT_EQ(Refusal(Of<LeaveSiblings>(kAnn)), "NOT_IN_GROUP");
  Do(Of<JoinSiblings>(kAnn));
  EXPECT_EQ(Refusal(Decision("apart", "2026-05-01"), kSouth), "UNKNOWN_GROUP");
  DecideSiblings command;
  command.set_decision("elsewhere");
  SetDate(Day("2026-05-01"), command.mutable_review());
  command.add_children(kBen);
  EXPECT_EQ(Refusal(command), "NOT_IN_GROUP");
  command.clear_children();
  EXPECT_EQ(Refusal(command), "NO_SUCH_SIBLING_DECISION");
  command.set_decision("apart");
  EXPECT_EQ(Refusal(command), "NO_DAY");
  SetDate(Day("2026-06-02"), command.mutable_on());
  EXPECT_EQ(Refusal(command), "FUTURE_DAY");
  SetDate(Day("2026-05-02"), command.mutable_on());
  EXPECT_EQ(Refusal(command), "REVIEW_BEFORE_DAY");
  command.clear_review();
  EXPECT_EQ(Refusal(command), "FEW_SIBLINGS");
  Do(Of<JoinSiblings>(kBen), kSouth);
  EXPECT_EQ(Refusal(command), "NO_REASON");
  command.mutable_reason()->mutable_open()->set_text("r");
  EXPECT_EQ(Refusal(command), "");
  for (char c = 'c'; c < 'c' + 28; ++c) Do(Of<JoinSiblings>(std::string(16, c)));
  EXPECT_EQ(Refusal(Of<JoinSiblings>(std::string(16, 'Z'))), "GROUP_FULL");
}

TEST_F(Siblings, OfTwoAuthoritiesKnowEachOtherAndWhatWasDecidedLastOfThem) {
  MakeOfTwo();
  Do(Decision("apart", "2026-05-01"));
  Do(Decision("together", "2026-05-20"), kSouth);
  const auto told = ToldTo(kAnn, kNorth);
  EXPECT_EQ(told.authority(), kNorth);
  ASSERT_EQ(told.children_size(), 2);
  EXPECT_EQ(told.children(1).authority(), kSouth);
  EXPECT_EQ(told.decision(), "together");
  EXPECT_EQ(told.version(), group_.version);
}

TEST_F(Siblings, WhoHasLeftKnowsNobodyAnyMoreAndCanComeBack) {
  MakeOfTwo();
  Do(Of<LeaveSiblings>(kBen), kSouth);
  EXPECT_EQ(ToldTo(kBen, kSouth).children_size(), 0);
  EXPECT_EQ(ToldTo(kAnn, kNorth).children_size(), 1);
  Do(Of<JoinSiblings>(kBen), kSouth);
  EXPECT_EQ(ToldTo(kBen, kSouth).children_size(), 2);
  EXPECT_EQ(group_.ever.size(), 2u);
}

TEST_F(Siblings, ADecisionOfSomeIsNotOfTheOthers) {
  MakeOfTwo();
  const std::string cas(16, 'c');
  Do(Of<JoinSiblings>(cas));
  DecideSiblings command = Decision("together", "2026-05-01");
  command.add_children(kAnn);
  command.add_children(cas);
  Do(command);
  EXPECT_EQ(ToldTo(cas, kNorth).decision(), "together");
  EXPECT_EQ(ToldTo(kBen, kSouth).decision(), "");
}

TEST_F(Siblings, OfWhomAllKnowAreNotToldAgain) {
  MakeOfTwo();
  ConfirmTold told;
  told.set_version(group_.version);
  Do(told);
  EXPECT_EQ(group_.told, group_.version);
}

}  // namespace
}  // namespace holdfast::cases
