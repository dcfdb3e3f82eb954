// A person decides about a discrepancy.
#include <gtest/gtest.h>

#include "libs/permanence/dates.h"
#include "libs/testing/child_of_sources.h"
#include "services/cases/domain/hand_entry.h"
#include "services/cases/domain/render_case.h"

namespace holdfast::cases {
namespace {

using namespace v1;

constexpr char kAuthority[] = "S12000901";

class ResolvedByHand : public ::testing::Test {
 protected:
  ResolvedByHand() {
    child_.Told(RecordedInTests("r", FACT_KIND_ORDER, "2026-03-01", "CSO").Until("2027-01-01"));
    child_.Told(ItemInTests("court", "e", proceedings::v1::FEED_KIND_ORDER_MADE, "2026-03-01", "O")
                    .Code("CSO")
                    .Until("2027-01-02"));
    child_.Told(RecordedInTests("s", FACT_KIND_APPLICATION, "2026-03-01", "PO"));
    child_.Told(
        ItemInTests("court", "f", proceedings::v1::FEED_KIND_APPLICATION_LODGED, "2026-03-04", "P")
            .Code("PO"));
  }

  ChildFacts Facts() const {
    ChildFacts facts = child_.facts();
    facts.registered = true;
    return facts;
  }

  HandResult Decided(const ResolveDiscrepancy& command, const std::string& by = kAuthority) const {
    const ChildFacts facts = Facts();
    return Decide({.child = ChildOfSources::id(),
                   .authority = by,
                   .facts = facts,
                   .coverage = child_.coverage(),
                   .today = Day("2026-04-01"),
                   .manual_clock = true},
                  command);
  }

  ResolveDiscrepancy Keep(const char* kind, std::string source) const {
    ResolveDiscrepancy command;
    command.set_discrepancy(child_.Only(kind).id.Bytes());
    command.set_same(source.empty());
    command.set_keep(std::move(source));
    command.mutable_reason()->mutable_open()->set_text("seen the order");
    command.set_assertion(std::string(16, 'a'));
    return command;
  }

  ChildOfSources child_;
};

TEST_F(ResolvedByHand, IsAFactThatNamesWhatWasCompared) {
  const auto decided = Decided(Keep("differs", "record/S12000901"));
  ASSERT_TRUE(decided);
  ASSERT_EQ(decided->events.size(), 1u);
  const auto& resolved = decided->events[0].discrepancy_resolved();
  EXPECT_EQ(resolved.field(), "until");
  EXPECT_EQ(resolved.compared_size(), 2);
  EXPECT_EQ(resolved.facts_size(), 2);
  EXPECT_EQ(resolved.personal().open().text(), "seen the order");
  child_.Told(decided->events[0]);
  EXPECT_TRUE(child_.Only("differs").resolved);
}

TEST_F(ResolvedByHand, DecidedAgainChangesNothing) {
  for (const auto& [kind, keep] :
       {std::pair("differs", "record/S12000901"), {"near", "court"}, {"near", ""}}) {
    const auto command = Keep(kind, keep);
    child_.Told(Decided(command)->events.at(0));
    EXPECT_TRUE(Decided(command)->events.empty()) << kind << keep;
  }
}

TEST_F(ResolvedByHand, IsRefusedInOrderOfPrecedence) {
  ResolveDiscrepancy command = Keep("differs", "");
  command.set_keep("court");
  const auto refused = [&](const std::string& by = kAuthority) {
    return Decided(command, by).error();
  };
  command.clear_reason();
  const std::string id = command.discrepancy();
  command.set_discrepancy(std::string(16, 'x'));
  EXPECT_EQ(refused("S12000902"), HandRefusal::kUnknownChild);
  EXPECT_EQ(refused(), HandRefusal::kUnknownDiscrepancy);
  command.set_discrepancy(id);
  EXPECT_EQ(refused(), HandRefusal::kNoReason);
  command.mutable_reason()->mutable_open()->set_text("seen");
  EXPECT_EQ(refused(), HandRefusal::kKeepOrSame);
  command.clear_keep();
  EXPECT_EQ(refused(), HandRefusal::kNoPair);
  command.set_same(false);
  EXPECT_EQ(refused(), HandRefusal::kKeepOrSame);
  command.set_keep("reporter");
  EXPECT_EQ(refused(), HandRefusal::kNoSuchVersion);
  command.set_keep("court");
  EXPECT_TRUE(Decided(command));
}

TEST_F(ResolvedByHand, IsShownWithItsVersionsUntilItIsDecided) {
  const auto shown = [&] {
    return RenderCase(ChildOfSources::id(), Facts(), child_.coverage(),
                      {.known_at = Day("2026-04-01")});
  };
  const auto view = shown();
  EXPECT_EQ(view.nation(), "scotland");
  ASSERT_EQ(view.discrepancies_size(), 2);
  const auto& differs = view.discrepancies(0);
  EXPECT_EQ(differs.kind(), "differs");
  EXPECT_EQ(differs.entry(), view.orders(0).entry());
  EXPECT_EQ(differs.counts(), "court");
  EXPECT_EQ(differs.owner(), kAuthority);
  EXPECT_EQ(differs.versions(1).source(), "record/S12000901");
  EXPECT_EQ(differs.versions(1).value(), "2027-01-01");
  EXPECT_EQ(DayOf(view.orders(0).until()), Day("2027-01-02"));
  EXPECT_TRUE(view.orders(0).in_force());
  EXPECT_EQ(view.applications_size(), 2) << "both of the near pair";
  child_.Told(Decided(Keep("differs", "record/S12000901"))->events.at(0));
  EXPECT_EQ(shown().discrepancies_size(), 1);
  EXPECT_EQ(DayOf(shown().orders(0).until()), Day("2027-01-01"));
}

}  // namespace
}  // namespace holdfast::cases
