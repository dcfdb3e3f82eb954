// What a team states about contact, and what becomes of it.
#include "services/contact/domain/contact_record.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/testing/history_as_text.h"
#include "libs/testing/random.h"
#include "services/contact/domain/contact_in_domain_tests.h"
#include "libs/permanence/contact.h"

namespace holdfast::contact {
namespace {

using namespace testing;
using namespace v1;

History HistoryOf(ChildOfContact& child) {
  History history;
  auto contact = ContactOf(child.id(), StandingContacts(child.facts(), View{}));
  history.agreements = std::move(contact.agreements);
  history.sessions = std::move(contact.sessions);
  return history;
}

TEST(RecordContact, GivesTheFactAnEntryAndIsUnchangedWhenStatedAgain) {
  ChildOfContact child;
  const auto first = child.Record(Often(Agreement(), "weekly"));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->events.size(), 1u);
  EXPECT_FALSE(first->entry.IsZero());
  const auto again = child.Record(Often(Agreement(), "weekly"));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->events.empty());
  EXPECT_EQ(again->fact, first->fact);
  EXPECT_EQ(again->entry, first->entry);
}

TEST(RecordContact, OfAnAgreementProposedBeforeAgreesIt) {
  ChildOfContact child;
  auto said = Agreement();
  said.set_state("proposed");
  const auto proposed = child.Record(said);
  said.set_state("agreed");
  said.set_purpose("assess_return");
  const auto agreed = child.Record(said);
  ASSERT_TRUE(proposed && agreed);
  EXPECT_EQ(agreed->fact, proposed->fact);
  EXPECT_TRUE(agreed->events.at(0).has_contact_corrected());
  EXPECT_EQ(AgreementsOf(HistoryOf(child)), Lines{"2026-03-01 mother [2026-03-01 assess_return ]"});
}

TEST(RecordContact, OfAPlannedSessionSaysWhatBecameOfIt) {
  ChildOfContact child;
  auto said = Says(CONTACT_KIND_SESSION, "2026-03-07", "mother");
  const auto planned = child.Record(said);
  said.set_state("cancelled");
  said.set_by("mother");
  const auto cancelled = child.Record(said);
  ASSERT_TRUE(planned && cancelled);
  EXPECT_EQ(cancelled->fact, planned->fact);
  EXPECT_EQ(cancelled->entry, planned->entry);
  EXPECT_EQ(SessionsOf(HistoryOf(child)), Lines{"2026-03-07 mother cancelled by mother"});
  said.clear_by();
  said.set_state("planned");
  EXPECT_TRUE(child.Record(said)->events.empty());
}

TEST(RecordContact, OfASessionByItsEntryMovesIt) {
  ChildOfContact child;
  const auto planned = child.Record(Says(CONTACT_KIND_SESSION, "2026-03-07", "mother"));
  auto held = Says(CONTACT_KIND_SESSION, "2026-03-08");
  held.set_state("held");
  ASSERT_TRUE(child.Record(held, planned->entry));
  EXPECT_EQ(SessionsOf(HistoryOf(child)), Lines{"2026-03-08 mother held"});
}

TEST(RecordContact, OfAnAgreementByItsEntryVariesItFromThatDay) {
  ChildOfContact child;
  auto said = Often(Agreement(), "weekly");
  said.set_purpose("assess_return");
  const auto agreed = child.Record(said);
  ASSERT_TRUE(child.Record(Often(Says(CONTACT_KIND_AGREEMENT, "2026-04-01"), "monthly"), agreed->entry));
  EXPECT_EQ(AgreementsOf(HistoryOf(child)),
            Lines{"2026-03-01 mother [2026-03-01 assess_return 1 a week] "
                  "[2026-04-01 assess_return 1 a month]"});
}

TEST(RecordContact, EndsTheOnlyAgreementThatStands) {
  ChildOfContact child;
  ASSERT_TRUE(child.Record(Agreement()));
  ASSERT_TRUE(child.Record(Agreement("2026-03-01", "father")));
  EXPECT_EQ(child.Record(Says(CONTACT_KIND_AGREEMENT_END, "2026-05-01")).error(),
            Refusal::kSeveralOpen);
  ASSERT_TRUE(child.Record(Says(CONTACT_KIND_AGREEMENT_END, "2026-05-01", "father")));
  ASSERT_TRUE(child.Record(Says(CONTACT_KIND_AGREEMENT_END, "2026-05-02")));
  EXPECT_EQ(AgreementsOf(HistoryOf(child)),
            (Lines{"2026-03-01 father [2026-03-01  ] ended 2026-05-01",
                   "2026-03-01 mother [2026-03-01  ] ended 2026-05-02"}));
  EXPECT_TRUE(child.Record(Says(CONTACT_KIND_AGREEMENT_END, "2026-05-02"))->events.empty());
}

TEST(RecordContact, OfAReviewAsksTheQuestionOfItsAgreement) {
  ChildOfContact child;
  ASSERT_TRUE(child.Record(Agreement()));
  auto review = WithText(Says(CONTACT_KIND_CONTACT_REVIEW, "2026-05-01"), "she is calmer after it");
  review.set_outcome("continue");
  SetDate(Day("2026-11-01"), review.mutable_review());
  const auto reviewed = child.Record(review);
  ASSERT_TRUE(reviewed);
  EXPECT_EQ(reviewed->entry, HistoryOf(child).agreements.at(0).reviews.at(0).entry);
  EXPECT_EQ(HistoryOf(child).agreements.at(0).NextReview(), Day("2026-11-01"));
}

TEST(CorrectContact, StatesANewVersionAndKeepsWhatIsNotSaid) {
  ChildOfContact child;
  const auto agreed = child.Record(WithText(Often(Agreement(), "weekly"), "at the centre"));
  ContactFact right;
  right.set_purpose("sustain_identity");
  const auto corrected = child.Correct(agreed->fact, right, "it was left out");
  ASSERT_TRUE(corrected);
  const auto& event = corrected->events.at(0).contact_corrected();
  EXPECT_EQ(event.said().personal().open().text(), "at the centre");
  EXPECT_EQ(event.said().rate(), "1 a week");
  EXPECT_EQ(event.personal().open().text(), "it was left out");
  EXPECT_EQ(corrected->entry, agreed->entry);
  EXPECT_TRUE(child.Correct(agreed->fact, right, "again")->events.empty());
}

TEST(WithdrawContact, TakesTheFactBackOnce) {
  ChildOfContact child;
  const auto agreed = child.Record(Agreement());
  EXPECT_EQ(child.Withdraw(agreed->fact)->events.size(), 1u);
  EXPECT_TRUE(child.Withdraw(agreed->fact)->events.empty());
  EXPECT_EQ(AgreementsOf(HistoryOf(child)), Lines{});
  EXPECT_EQ(child.Correct(agreed->fact, {}).error(), Refusal::kUnknownFact);
}

RC_GTEST_PROP(ContactDecisions, DecidingAgainYieldsNothing, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  const ContactKind kinds[] = {CONTACT_KIND_AGREEMENT,   CONTACT_KIND_AGREEMENT_END,
                               CONTACT_KIND_SESSION,     CONTACT_KIND_OBSERVATION,
                               CONTACT_KIND_CONTACT_VIEW, CONTACT_KIND_CONTACT_REVIEW};
  const char* const states[] = {"planned", "held", "missed", "cancelled"};
  ChildOfContact child;
  for (int i = 0; i < 25; ++i) {
    const auto kind = kinds[random.Below(std::size(kinds))];
    auto said = Says(kind, Day("2026-03-01").PlusDays(static_cast<int>(random.Below(6))).Iso(),
                     random.Chance(700) ? "mother" : "father");
    if (random.Chance(400)) said = WithText(said, random.Chance(500) ? "one" : "other");
    if (kind == CONTACT_KIND_SESSION) said.set_state(states[random.Below(4)]);
    if (kind == CONTACT_KIND_AGREEMENT && random.Chance(500)) said = Often(said, "weekly");
    if (!child.Record(said)) continue;
    const auto again = child.Record(said);
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->events.empty());
  }
}

}  // namespace
}  // namespace holdfast::contact
