// Every refusal, in order of precedence.
#include <gtest/gtest.h>

#include <functional>

#include "services/contact/domain/contact_in_domain_tests.h"
#include "services/contact/domain/contact_kinds.h"

namespace holdfast::contact {
namespace {

using namespace testing;
using namespace v1;

// A statement in order, of a child with agreements of mother and father from 1 March, until a row of the table spoils it.
struct Stated {
  Stated() {
    child.Record(Agreement());
    child.Record(Agreement("2026-03-01", "father"));
    said.set_state("held");
  }
  ChildOfContact child;
  ContactFact said = Says(CONTACT_KIND_SESSION, "2026-05-01", "mother");
  EntryId entry;
};

struct Spoilt {
  Refusal refusal;
  std::function<void(Stated&)> spoil;
};

const std::vector<Spoilt>& Table() {
  static const std::vector<Spoilt> table = {
      {Refusal::kUnknownChild, [](Stated& s) { s.child.facts().registered = false; }},
      {Refusal::kNoSuchKind, [](Stated& s) { s.said.set_kind(CONTACT_KIND_UNSPECIFIED); }},
      {Refusal::kNoDay, [](Stated& s) { s.said.clear_on(); }},
      {Refusal::kFutureDay, [](Stated& s) { s.child.today = Day("2026-04-30"); }},
      {Refusal::kNeedsParty, [](Stated& s) { s.said.clear_party(); }},
      {Refusal::kNoSuchParty, [](Stated& s) { s.said.set_party("mummy"); }},
      {Refusal::kNoSuchWay, [](Stated& s) { s.said.set_way("by post"); }},
      {Refusal::kNoSuchPurpose, [](Stated& s) { s.said.set_purpose("love"); }},
      {Refusal::kNoSuchState, [](Stated& s) { s.said.set_state("agreed"); }},
      {Refusal::kNoSuchPerson, [](Stated& s) { s.said.set_by("Mrs Smith"); }},
      {Refusal::kNoSuchOutcome, [](Stated& s) { s.said.set_outcome("stop"); }},
      {Refusal::kForeignField, [](Stated& s) { SetDate(Day("2026-04-01"), s.said.mutable_review()); }},
      {Refusal::kUnknownEntry, [](Stated& s) { s.entry = {HashId("test", {"none"})}; }},
  };
  return table;
}

Refusal Said(Stated stated) {
  const auto decided = stated.child.Record(stated.said, stated.entry);
  return decided ? Refusal{99} : decided.error();
}

TEST(AStatementAboutContact, IsRefusedByTheTable) {
  EXPECT_EQ(Said({}), Refusal{99});
  for (const auto& row : Table()) {
    Stated stated;
    row.spoil(stated);
    EXPECT_EQ(Said(stated), row.refusal) << NameOf(row.refusal);
  }
}

TEST(AStatementAboutContact, IsRefusedForTheFirstOfTwo) {
  const auto& table = Table();
  for (size_t first = 0; first < table.size(); ++first) {
    for (size_t second = first + 1; second < table.size(); ++second) {
      const bool same_field = table[first].refusal == Refusal::kNeedsParty &&
                              table[second].refusal == Refusal::kNoSuchParty;
      if (same_field) continue;
      Stated stated;
      table[second].spoil(stated);
      table[first].spoil(stated);
      EXPECT_EQ(Said(stated), table[first].refusal)
          << NameOf(table[first].refusal) << " before " << NameOf(table[second].refusal);
    }
  }
}

// Those that only some kinds have.
TEST(AStatementAboutContact, IsRefusedByWhatItsKindNeeds) {
  Stated s;
  const auto refusal = [&](const ContactFact& said) { return s.child.Record(said).error(); };
  auto review = Says(CONTACT_KIND_CONTACT_REVIEW, "2026-05-01", "mother");
  SetDate(Day("2026-04-30"), review.mutable_review());
  EXPECT_EQ(refusal(review), Refusal::kReviewBeforeDay);
  SetDate(Day("2026-05-01"), review.mutable_review());
  EXPECT_TRUE(s.child.Record(review));
  EXPECT_EQ(refusal(Says(CONTACT_KIND_OBSERVATION, "2026-05-01")), Refusal::kNeedsWords);
  EXPECT_EQ(refusal(Says(CONTACT_KIND_CONTACT_VIEW, "2026-05-01")), Refusal::kNeedsWords);
  EXPECT_EQ(refusal(Says(CONTACT_KIND_AGREEMENT_END, "2026-02-28")), Refusal::kNothingOpen);
  EXPECT_EQ(refusal(Says(CONTACT_KIND_AGREEMENT_END, "2026-05-01")), Refusal::kSeveralOpen);
  const auto entry = s.child.Record(Agreement())->entry;
  EXPECT_EQ(s.child.Record(Says(CONTACT_KIND_AGREEMENT_END, "2026-02-28"), entry).error(),
            Refusal::kBeforeStart);
  EXPECT_EQ(s.child.Withdraw({}).error(), Refusal::kUnknownFact);
}

TEST(AStatementAboutContact, MayBeOfADayAheadWhereItIsPlanned) {
  ChildOfContact child;
  EXPECT_TRUE(child.Record(Agreement("2026-09-01")));
  EXPECT_TRUE(child.Record(Says(CONTACT_KIND_SESSION, "2026-09-02", "mother")));
  EXPECT_TRUE(child.Record(Says(CONTACT_KIND_AGREEMENT_END, "2027-09-01")));
  EXPECT_EQ(child.Record(Says(CONTACT_KIND_CONTACT_REVIEW, "2026-09-02")).error(), Refusal::kFutureDay);
}

TEST(Refusals, HaveANameAndAText) {
  for (int i = 0; i <= static_cast<int>(Refusal::kBeforeStart); ++i) {
    EXPECT_FALSE(NameOf(Refusal{i}).empty()) << i;
    EXPECT_FALSE(TextOf(Refusal{i}).empty()) << i;
  }
}

}  // namespace
}  // namespace holdfast::contact
