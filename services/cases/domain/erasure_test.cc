#include "services/cases/domain/erasure.h"

#include <gtest/gtest.h>

namespace holdfast::cases {
namespace {

constexpr char kNorth[] = "E06000901";
constexpr char kAsker[] = "holdfast://E06000901/data/a.first";

v1::EraseChild Erase(const std::string& reason = "of the wrong person",
                     const std::string& approver = "b.second") {
  v1::EraseChild command;
  command.set_approver(approver);
  command.set_asked_by(kAsker);
  command.set_new_key_id(std::string(16, 'k'));
  command.set_assertion(std::string(16, 'a'));
  command.mutable_personal()->mutable_open()->set_text(reason);
  return command;
}

// The child's erasure after `events`.
Erasure After(const std::vector<v1::CasesEvent>& events, Erasure erasure = {}) {
  for (const auto& event : events) Apply(event, Instant{}, erasure);
  return erasure;
}

Erasure Erased() { return After(*Decide({}, true, kNorth, Erase())); }

std::vector<v1::CasesEvent> Step(const Erasure& erasure, v1::ErasureStep step,
                                 const std::string& instance, const std::string& of = "",
                                 uint32_t version = 0) {
  v1::RecordErasureStep command;
  command.mutable_done()->set_step(step);
  command.mutable_done()->set_instance(instance);
  command.mutable_done()->set_of(of);
  command.mutable_done()->set_version(version);
  return Decide(erasure, command);
}

TEST(EraseChild, SaysWhoAskedAndWhoApproved) {
  const auto events = Decide({}, true, kNorth, Erase());
  ASSERT_TRUE(events);
  ASSERT_EQ(events->size(), 1u);
  const auto& erased = events->front().child_erased();
  EXPECT_EQ(erased.authority(), kNorth);
  EXPECT_EQ(erased.asked_by(), kAsker);
  EXPECT_EQ(erased.approved_by(), "b.second");
  EXPECT_TRUE(After(*events).erased);
}

TEST(EraseChild, IsRefusedInThisOrder) {
  const auto refused = [](bool is_known, const v1::EraseChild& command) {
    const auto decided = Decide({}, is_known, kNorth, command);
    return decided ? std::string("none") : std::string(NameOf(decided.error()));
  };
  EXPECT_EQ(refused(false, Erase("", "")), "UNKNOWN_CHILD");
  EXPECT_EQ(refused(true, Erase(" ", "")), "NO_REASON");
  EXPECT_EQ(refused(true, Erase(std::string(1001, 'x'), "")), "NO_REASON");
  EXPECT_EQ(refused(true, Erase("why", " ")), "NO_APPROVER");
  for (const char* same : {"a.first", "A.First", kAsker, "data", "data@E06000901", " data",
                           "\ta.first\n", "a.first\xc2\xa0"})
    EXPECT_EQ(refused(true, Erase("why", same)), "SAME_PERSON") << same;
  EXPECT_EQ(refused(true, Erase("why", "a.firsthand")), "none");
}

TEST(EraseChild, KeepsTheApproversNameWholeButForBlanksAroundIt) {
  // The last letter ends in the byte that a no-break space ends in.
  const auto events = Decide({}, true, kNorth, Erase("why", "\xc2\xa0 Zo\xc3\xa0 "));
  ASSERT_TRUE(events);
  EXPECT_EQ(events->front().child_erased().approved_by(), "Zo\xc3\xa0");
}

TEST(EraseChild, AgainChangesNothing) {
  EXPECT_TRUE(Decide(Erased(), true, kNorth, Erase("for another reason"))->empty());
}

TEST(ErasureStep, IsOfAnErasedChildAlone) {
  EXPECT_TRUE(Step({}, v1::ERASURE_STEP_CONTACT, "one").empty());
}

TEST(ErasureStep, OfTheRecordIsDoneOnceAndOfAnInstanceOnceEach) {
  auto erasure = After(Step(Erased(), v1::ERASURE_STEP_CONTACT, "one"), Erased());
  EXPECT_TRUE(Step(erasure, v1::ERASURE_STEP_CONTACT, "two").empty());
  erasure = After(Step(erasure, v1::ERASURE_STEP_KEY_HELD, "one"), erasure);
  EXPECT_TRUE(Step(erasure, v1::ERASURE_STEP_KEY_HELD, "one").empty());
  erasure = After(Step(erasure, v1::ERASURE_STEP_KEY_HELD, "two"), erasure);
  EXPECT_EQ(DoneBy(erasure, v1::ERASURE_STEP_KEY_HELD), (std::set<std::string>{"one", "two"}));
}

TEST(ErasureStep, OfANewKeyIsDoneOnceForEachBody) {
  auto erasure = After(Step(Erased(), v1::ERASURE_STEP_KEY_MADE, "one", kNorth, 2), Erased());
  EXPECT_TRUE(Step(erasure, v1::ERASURE_STEP_KEY_MADE, "one", kNorth, 3).empty());
  EXPECT_EQ(NewVersion(erasure, kNorth), 2u);
  EXPECT_EQ(NewVersion(erasure, "court-a"), 0u);
  erasure = After(Step(erasure, v1::ERASURE_STEP_KEY_MADE, "one", "court-a", 5), erasure);
  EXPECT_EQ(NewVersion(erasure, "court-a"), 5u);
}

TEST(Erasure, ConcernsTheSourcesOfItsItemsToo) {
  v1::RecordErasureStep command;
  command.mutable_done()->set_step(v1::ERASURE_STEP_PROCEEDINGS);
  for (const char* of : {"court-b", "court-a", "court-b"})
    command.mutable_done()->add_keys()->set_of(of);
  const auto erasure = After(Decide(Erased(), command), Erased());
  EXPECT_EQ(Bodies(erasure), (std::vector<std::string>{kNorth, "court-a", "court-b"}));
}

TEST(Erasure, IsCompleteWithItsLastStep) {
  EXPECT_FALSE(Erased().complete);
  EXPECT_TRUE(After(Step(Erased(), v1::ERASURE_STEP_COMPLETE, "one"), Erased()).complete);
}

}  // namespace
}  // namespace holdfast::cases
