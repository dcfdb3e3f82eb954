// What a team may state of what goes on, and what it is told where it may not, in order of
// precedence.
#include "services/cases/domain/hand_entry.h"

#include <gtest/gtest.h>

#include "libs/permanence/dates.h"
#include "libs/testing/child_of_sources.h"

namespace holdfast::cases {
namespace {

using namespace v1;

constexpr char kAuthority[] = "E06000901";

// One more breach of a rule in each row of a table.
struct Said {
  FactKind kind = FACT_KIND_PERMANENCE_ASPECT;
  const char* on = "2026-03-01";
  const char* code = "legal";
  const char* until = "";
  bool parallel = false;
  bool contingency = false;
  const char* state = "reached";
};

// A child registered by hand over what `known` says, and what is known then.
class RegisteredByHand : public ::testing::Test {
 protected:
  tl::expected<bool, HandRefusal> Register(const char* name, const char* born) {
    RegisterChild command;
    auto& stated = *command.mutable_personal()->mutable_open();
    stated.set_local_id("L1");
    stated.set_name(name);
    if (*born) SetDate(Day(born), stated.mutable_born());
    command.set_new_key_id(std::string(16, 'n'));
    command.set_registration(std::string(15, 'r') + std::to_string(++commands_));
    const auto decided = Decide({.child = ChildOfSources::id(),
                                 .authority = kAuthority,
                                 .facts = facts_,
                                 .coverage = {},
                                 .today = Day("2026-04-01"),
                                 .manual_clock = true},
                                command);
    if (!decided) return tl::unexpected(decided.error());
    for (const auto& event : decided->events) Apply(event, Instant(), facts_);
    return !decided->events.empty();
  }
  std::string Known() const {
    const auto& personal = facts_.personal.open();
    return personal.name() + " " + IsoOf(personal.born()) + " " +
           facts_.key_id.Bytes().substr(0, 1);
  }

  ChildFacts facts_;

 private:
  int commands_ = 0;
};

TEST_F(RegisteredByHand, SaysTheNameAndBirthDateOfAChildWhomAReturnRegistered) {
  facts_.registered = true;
  facts_.authority = kAuthority;
  facts_.key_id = *KeyId::FromBytes(std::string(16, 'k'));
  facts_.personal.mutable_open()->set_local_id("L1");
  EXPECT_TRUE(*Register("Zed Zee", "2018-01-01"));
  EXPECT_EQ(Known(), "Zed Zee 2018-01-01 k") << "under the child's own key";
  EXPECT_FALSE(*Register("Zed Zee", "2018-01-01"));
}

TEST_F(RegisteredByHand, AgainSaysWhatIsNotSaidYetAndTakesNothingBack) {
  EXPECT_EQ(Register("Zed", "").error(), HandRefusal::kNoDay);
  EXPECT_TRUE(*Register("", "2018-01-01"));
  EXPECT_TRUE(*Register("Zed", ""));
  EXPECT_EQ(Known(), "Zed 2018-01-01 n");
  EXPECT_TRUE(*Register("", "2018-01-02"));
  EXPECT_EQ(Known(), "Zed 2018-01-02 n");
  EXPECT_EQ(Register("Zed", "2026-04-02").error(), HandRefusal::kFutureDay);
  EXPECT_FALSE(*Register("Zed", ""));
}

class StatedByHand : public ::testing::Test {
 protected:
  StatedByHand() {
    facts_.registered = true;
    facts_.authority = kAuthority;
  }

  HandResult Decided(const Said& said, const EntryId& entry = {}) {
    RecordFact command;
    command.set_kind(said.kind);
    if (*said.on) SetDate(Day(said.on), command.mutable_on());
    command.set_code(said.code);
    if (*said.until) SetDate(Day(said.until), command.mutable_until());
    command.set_parallel(said.parallel);
    command.set_contingency(said.contingency);
    command.set_state(said.state);
    if (!entry.IsZero()) command.set_entry(entry.Bytes());
    const std::string id = std::to_string(++commands_);
    command.set_fact(std::string(16 - id.size(), 'f') + id);
    command.set_assertion(std::string(16 - id.size(), 'a') + id);
    return Decide({.child = ChildOfSources::id(),
                   .authority = kAuthority,
                   .facts = facts_,
                   .coverage = coverage_,
                   .today = Day("2026-04-01"),
                   .manual_clock = true},
                  command);
  }

  // Also that deciding again yields nothing.
  HandDecision Done(const Said& said, const EntryId& entry = {}) {
    const auto decided = Decided(said, entry);
    EXPECT_TRUE(decided) << (decided ? "" : NameOf(decided.error()));
    if (!decided) return {};
    for (const auto& event : decided->events) Apply(event, Instant{}, facts_);
    const auto again = Decided(said, entry);
    EXPECT_TRUE(again && again->events.empty());
    return *decided;
  }

  std::string Refusal(const Said& said, const EntryId& entry = {}) {
    const auto decided = Decided(said, entry);
    return decided ? "" : std::string(NameOf(decided.error()));
  }

  ChildFacts facts_;
  Coverage coverage_;
  int commands_ = 0;
};

TEST_F(StatedByHand, IsRefusedByTheFirstRuleThatItBreaks) {
  Said said{.kind = FACT_KIND_UNSPECIFIED,
            .on = "",
            .code = "spiritual",
            .until = "2026-02-01",
            .parallel = true,
            .contingency = true,
            .state = "far"};
  EXPECT_EQ(Refusal(said), "NO_DAY");
  said.on = "2027-01-01";
  EXPECT_EQ(Refusal(said), "FUTURE_DAY");
  said.on = "2026-03-01";
  EXPECT_EQ(Refusal(said), "NO_SUCH_KIND");
  said.kind = FACT_KIND_PERMANENCE_ASPECT;
  said.code = "";
  EXPECT_EQ(Refusal(said), "NEEDS_CODE");
  said.code = "spiritual";
  EXPECT_EQ(Refusal(said), "NO_SUCH_CODE");
  said.code = "legal";
  EXPECT_EQ(Refusal(said), "NO_PARALLEL");
  said.parallel = false;
  EXPECT_EQ(Refusal(said), "NO_PARALLEL");
  said.contingency = false;
  EXPECT_EQ(Refusal(said), "NO_UNTIL");
  said.until = "";
  EXPECT_EQ(Refusal(said), "NO_STATE");
  said.state = "";
  EXPECT_EQ(Refusal(said), "NEEDS_STATE");
  said.state = "reached";
  EXPECT_EQ(Refusal(said), "");
  EXPECT_EQ(Refusal({.kind = FACT_KIND_PLAN,
                     .code = "home",
                     .parallel = true,
                     .contingency = true,
                     .state = ""}),
            "PARALLEL_AND_CONTINGENCY");
}

TEST_F(StatedByHand, OfAnApplicationsCourseIsRefusedWhereNothingOrTooMuchIsOpen) {
  Said extended{.kind = FACT_KIND_APPLICATION_EXTENDED, .code = "", .until = "", .state = ""};
  EXPECT_EQ(Refusal(extended), "NEEDS_UNTIL");
  extended.until = "2026-02-01";
  EXPECT_EQ(Refusal(extended), "UNTIL_BEFORE_DAY");
  extended.until = "2026-09-01";
  EXPECT_EQ(Refusal(extended, EntryId{HashId("test", {"none"})}), "UNKNOWN_ENTRY");
  EXPECT_EQ(Refusal(extended), "NOTHING_OPEN");
  const Said care{.kind = FACT_KIND_APPLICATION, .on = "2026-03-01", .code = "CARE", .state = ""};
  const EntryId first = Done(care).entry;
  Done({.kind = FACT_KIND_APPLICATION, .on = "2026-03-01", .code = "PLACEMENT", .state = ""});
  EXPECT_EQ(Refusal(extended), "SEVERAL_OPEN");
  extended.on = "2026-02-01";
  EXPECT_EQ(Refusal(extended, first), "END_BEFORE_START");
  extended.on = "2026-03-01";
  EXPECT_EQ(Done(extended, first).entry, first);
}

TEST_F(StatedByHand, AnApplicationIsIssuedOnTheDayItIsLodgedAndDisposedOfLater) {
  const EntryId entry =
      Done({.kind = FACT_KIND_APPLICATION, .on = "2026-01-05", .code = "CARE", .state = ""}).entry;
  const Said issued{
      .kind = FACT_KIND_APPLICATION_ISSUED, .on = "2026-01-05", .code = "", .state = ""};
  EXPECT_EQ(Done(issued).entry, entry);
  const Said disposed{
      .kind = FACT_KIND_APPLICATION_DISPOSED, .on = "2026-03-05", .code = "CARE", .state = ""};
  EXPECT_EQ(Done(disposed).entry, entry);
  const auto history = BuildHistory(ChildOfSources::id(), facts_, coverage_, View{});
  ASSERT_EQ(history.proceedings.size(), 1u);
  EXPECT_EQ(history.proceedings[0].issued, Day("2026-01-05"));
  EXPECT_EQ(history.proceedings[0].ended, Day("2026-03-05"));
  EXPECT_EQ(Refusal({.kind = FACT_KIND_APPLICATION_DISPOSED,
                     .on = "2026-03-06",
                     .code = "CARE",
                     .state = ""}),
            "NOTHING_OPEN");
}

TEST_F(StatedByHand, WhatBecameOfTwoApplicationsOnOneDayIsTwoFacts) {
  const EntryId care =
      Done({.kind = FACT_KIND_APPLICATION, .on = "2026-01-05", .code = "CARE", .state = ""}).entry;
  const EntryId placement =
      Done({.kind = FACT_KIND_APPLICATION, .on = "2026-01-05", .code = "PLACEMENT", .state = ""})
          .entry;
  const Said disposed{
      .kind = FACT_KIND_APPLICATION_DISPOSED, .on = "2026-03-05", .code = "", .state = ""};
  EXPECT_EQ(Done(disposed, care).entry, care);
  EXPECT_EQ(Done(disposed, placement).entry, placement);
}

TEST_F(StatedByHand, PlansStandBesideEachOtherByTheirSort) {
  Done({.kind = FACT_KIND_PLAN, .code = "home", .state = ""});
  Done({.kind = FACT_KIND_PLAN, .code = "adoption", .parallel = true, .state = ""});
  Done({.kind = FACT_KIND_PLAN, .code = "long_term_foster", .contingency = true, .state = ""});
  Done({.kind = FACT_KIND_PLAN,
        .on = "2026-03-20",
        .code = "residential",
        .contingency = true,
        .state = ""});
  const auto plans = BuildHistory(ChildOfSources::id(), facts_, coverage_, View{}).plans;
  ASSERT_EQ(plans.size(), 4u);
  EXPECT_FALSE(plans[0].ended || plans[1].ended || plans[3].ended);
  EXPECT_EQ(plans[2].ended, Day("2026-03-20"));
  EXPECT_TRUE(plans[2].contingency && plans[3].contingency);
}

}  // namespace
}  // namespace holdfast::cases
