// What is stated of contact, told step by step, and where agreements depart from what orders direct.
#include "libs/permanence/contact.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/testing/child_of_sources.h"
#include "libs/testing/history_as_text.h"
#include "libs/testing/random.h"

namespace holdfast {
namespace {

using namespace proceedings::v1;
using namespace cases::v1;
using namespace contact::v1;

constexpr char kRecord[] = "record/S12000901";

ContactInTests Agreement(std::string_view on = "2026-03-01", std::string name = "agreement") {
  return ContactInTests(std::move(name), CONTACT_KIND_AGREEMENT, on, "mother");
}
ContactInTests Reviewed(std::string_view on) {
  return ContactInTests("review " + std::string(on), CONTACT_KIND_CONTACT_REVIEW, on).Of(Agreement());
}
ContactInTests Ends(std::string_view on) {
  return ContactInTests("end", CONTACT_KIND_AGREEMENT_END, on).Of(Agreement());
}
const RecordedInTests kOrder("order", FACT_KIND_ORDER, "2026-02-01", "CSO");
RecordedInTests Direction(std::string rate, std::string_view on = "2026-02-01") {
  return RecordedInTests("direction " + std::string(on), FACT_KIND_CONTACT_DIRECTION, on, "mother")
      .Rate(std::move(rate))
      .OfEntry({kOrder.fact()});
}
const View kInJune{.known_at = Day("2026-06-01")};

TEST(ContactAgreement, KeepsWhatAVariationDoesNotState) {
  ChildOfSources child;
  child.Told(Agreement().Purpose("assess_return").Rate("1 a week").Review("2026-06-01"))
      .Told(ContactInTests("varied", CONTACT_KIND_AGREEMENT, "2026-04-01", "mother")
                .Rate("1 in 2 weeks")
                .Of(Agreement()));
  EXPECT_EQ(AgreementsOf(child.AsKnown()),
            Lines{"2026-03-01 mother [2026-03-01 assess_return 1 a week review 2026-06-01] "
                  "[2026-04-01 assess_return 1 in 2 weeks]"});
  EXPECT_EQ(child.AsKnown().agreements.at(0).NextReview(), Day("2026-06-01"));
}

TEST(ContactAgreement, KeepsItsIdWhenItsDayIsCorrected) {
  ChildOfSources child;
  child.Told(Agreement());
  const auto before = child.AsKnown().agreements.at(0).entry;
  child.Told(Agreement().On("2026-03-08").Reported("2026-03-20").Corrected());
  EXPECT_EQ(child.AsKnown().agreements.at(0).entry, before);
  EXPECT_EQ(AgreementsOf(child.AsKnown()), Lines{"2026-03-08 mother [2026-03-08  ]"});
  EXPECT_EQ(AgreementsOf(child.AsKnown({.known_at = Day("2026-03-19")})),
            Lines{"2026-03-01 mother [2026-03-01  ]"});
}

TEST(ContactAgreement, IsReviewedNextAsTheLastOneWhoSaidSoSaid) {
  ChildOfSources child;
  child.Told(Agreement().Review("2026-06-01"))
      .Told(Reviewed("2026-05-20").Outcome("continue").Review("2026-11-20"));
  EXPECT_EQ(child.AsKnown().agreements.at(0).NextReview(), Day("2026-11-20"));
  child.Told(Reviewed("2026-11-18").Outcome("continue"));
  EXPECT_EQ(child.AsKnown().agreements.at(0).NextReview(), std::nullopt);
}

TEST(ContactAgreement, GoesWithWhatBelongsToItWhenItIsWithdrawn) {
  ChildOfSources child;
  child.Told(Agreement()).Told(Reviewed("2026-05-20")).Told(Ends("2026-07-01"));
  child.Told(Agreement().Withdrawn("2026-08-01"));
  EXPECT_EQ(AgreementsOf(child.AsKnown()), Lines{});
  EXPECT_EQ(AgreementsOf(child.AsKnown({.known_at = Day("2026-07-31")})),
            Lines{"2026-03-01 mother [2026-03-01  ] reviewed 2026-05-20  ended 2026-07-01"});
}

TEST(ContactSession, GoesOnAsTheSameEntry) {
  const ContactInTests session("s", CONTACT_KIND_SESSION, "2026-03-07", "mother");
  ChildOfSources child;
  child.Told(session);
  const auto before = child.AsKnown().sessions.at(0).entry;
  child.Told(session.On("2026-03-08").State("missed").By("mother").Corrected());
  EXPECT_EQ(SessionsOf(child.AsKnown()), Lines{"2026-03-08 mother missed by mother"});
  EXPECT_EQ(child.AsKnown().sessions.at(0).entry, before);
}

TEST(Departs, OpensWhereAnOrderSaysThereIsNoContact) {
  ChildOfSources child;
  child.Told(kOrder).Told(Direction("none")).Told(Agreement().Rate("1 a week").Reported("2026-03-05"));
  const auto history = child.AsKnown(kInJune);
  EXPECT_EQ(DisagreementsOf(history),
            (Lines{"departs party record/S12000901 none record/S12000901 1 a week from 2026-03-05"}));
  EXPECT_EQ(history.discrepancies.at(0).entry, history.agreements.at(0).entry);
}

TEST(Departs, OpensWhereAnotherFrequencyIsAgreedAndKeepsItsId) {
  ChildOfSources child;
  child.Told(ItemInTests("court", "e1", FEED_KIND_ORDER_MADE, "2026-02-01", "O1").Code("CSO"))
      .Told(ItemInTests("court", "e2", FEED_KIND_CONTACT_DIRECTION, "2026-02-01", "O1")
                .Code("mother")
                .Rate("1 in 2 weeks"))
      .Told(Agreement().Rate("1 a week"));
  const auto opened = child.AsKnown(kInJune).discrepancies.at(0);
  EXPECT_EQ(opened.field, "frequency");
  EXPECT_EQ(opened.versions.at(0).source, "court");
  child.Told(Agreement().Rate("2 a week").Reported("2026-04-01").Corrected());
  EXPECT_EQ(child.AsKnown(kInJune).discrepancies.at(0).id, opened.id);
  child.Told(Agreement().Rate("1 in 2 weeks").Reported("2026-04-02").Corrected());
  EXPECT_EQ(DisagreementsOf(child.AsKnown(kInJune)), Lines{});
}

TEST(Departs, IsOfAnOrderInForceAnAgreementThatStandsAndTheParty) {
  const auto open = [](const ChildOfSources& child) {
    return child.AsKnown(kInJune).discrepancies.size();
  };
  ChildOfSources ended;
  ended.Told(kOrder.Until("2026-05-31")).Told(Direction("none")).Told(Agreement());
  EXPECT_EQ(open(ended), 0u);
  EXPECT_EQ(ended.AsKnown({.known_at = Day("2026-05-31")}).discrepancies.size(), 1u);
  ChildOfSources stopped;
  stopped.Told(kOrder).Told(Direction("none")).Told(Agreement()).Told(Ends("2026-06-01"));
  EXPECT_EQ(open(stopped), 0u);
  ChildOfSources proposed;
  proposed.Told(kOrder).Told(Direction("none")).Told(Agreement().State("proposed"));
  EXPECT_EQ(open(proposed), 0u);
  ChildOfSources other;
  other.Told(kOrder).Told(Direction("none")).Told(
      ContactInTests("a", CONTACT_KIND_AGREEMENT, "2026-03-01", "father"));
  EXPECT_EQ(open(other), 0u);
}

TEST(Departs, GoesByTheLastDirectionOfTheOrder) {
  ChildOfSources child;
  child.Told(kOrder).Told(Direction("none")).Told(Agreement().Rate("1 a week"));
  child.Told(Direction("1 a week", "2026-05-01"));
  EXPECT_EQ(DisagreementsOf(child.AsKnown(kInJune)), Lines{});
  EXPECT_EQ(child.AsKnown({.known_at = Day("2026-04-30")}).discrepancies.size(), 1u);
}

TEST(Departs, IsSettledUntilWhatWasComparedChanges) {
  ChildOfSources child;
  child.Told(kOrder).Told(Direction("none")).Told(Agreement());
  child.Told(Resolved(child.AsKnown(kInJune).discrepancies.at(0), kRecord, "2026-03-10"));
  EXPECT_TRUE(child.AsKnown(kInJune).discrepancies.at(0).resolved);
  EXPECT_EQ(child.AsKnown(kInJune).discrepancies.at(0).counts, kRecord);
  child.Told(Agreement().Rate("1 a week").Reported("2026-04-01").Corrected());
  EXPECT_FALSE(child.AsKnown(kInJune).discrepancies.at(0).resolved);
}

std::string SomeDay(Random& random) {
  return Day("2026-01-01").PlusDays(static_cast<int>(random.Below(10) * 9)).Iso();
}

// A fact and its versions, in the order of the journal.
std::vector<ToldEvent> SomeFact(int number, Random& random) {
  const char* const parties[] = {"mother", "father"};
  const auto name = [](int n) { return "c" + std::to_string(n); };
  const ContactKind kinds[] = {CONTACT_KIND_AGREEMENT, CONTACT_KIND_AGREEMENT,
                               CONTACT_KIND_AGREEMENT_END, CONTACT_KIND_SESSION,
                               CONTACT_KIND_CONTACT_REVIEW};
  const auto kind = number < 2 ? CONTACT_KIND_AGREEMENT : kinds[random.Below(std::size(kinds))];
  ContactInTests fact(name(number), kind, SomeDay(random), parties[random.Below(2)]);
  fact = fact.Reported(SomeDay(random));
  if (random.Chance(500)) fact = fact.Rate(random.Chance(500) ? "1 a week" : "none");
  if (random.Chance(400)) fact = fact.Review(SomeDay(random));
  const bool belongs = kind == CONTACT_KIND_AGREEMENT_END || kind == CONTACT_KIND_CONTACT_REVIEW ||
                       (number >= 2 && random.Chance(500));
  if (belongs) fact = fact.Of(ContactInTests(name(static_cast<int>(random.Below(2))), kind, "2026-01-01"));
  std::vector<ToldEvent> events{fact.Recorded()};
  if (random.Chance(300))
    events.emplace_back(fact.On(SomeDay(random)).Reported(SomeDay(random)).Corrected());
  if (random.Chance(150)) events.emplace_back(fact.Withdrawn(SomeDay(random)));
  return events;
}

// The facts in some order, the versions of each in their own.
ChildOfSources Told(std::vector<std::vector<ToldEvent>> facts, Random& random) {
  ChildOfSources child;
  while (!facts.empty()) {
    auto& fact = facts[random.Below(facts.size())];
    child.Told(fact.front());
    fact.erase(fact.begin());
    std::erase_if(facts, [](const auto& left) { return left.empty(); });
  }
  return child;
}

Lines Words(const History& history) {
  Lines words = AgreementsOf(history);
  const auto add = [&](const Lines& lines) { words.insert(words.end(), lines.begin(), lines.end()); };
  add(SessionsOf(history));
  add(DisagreementsOf(history));
  for (const auto& a : history.agreements) words.push_back(a.entry.HexText());
  for (const auto& s : history.sessions) words.push_back(s.entry.HexText());
  for (const auto& d : history.discrepancies) words.push_back(d.id.HexText());
  return words;
}

RC_GTEST_PROP(Contact, ComesToOneHistoryInWhateverOrderItsFactsArrive, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (int i = 0; i < 10; ++i) {
    std::vector<std::vector<ToldEvent>> facts{{kOrder.Recorded()}};
    facts.push_back({Direction("none", SomeDay(random)).Recorded()});
    for (int n = 0; n < 3 + static_cast<int>(random.Below(6)); ++n)
      facts.push_back(SomeFact(n, random));
    const auto one = Told(facts, random);
    const auto other = Told(facts, random);
    for (const auto& view : {View{}, kInJune, View{.known_at = Day(SomeDay(random))}})
      RC_ASSERT(Words(one.AsKnown(view)) == Words(other.AsKnown(view)));
  }
}

}  // namespace
}  // namespace holdfast
