// A child's contact as it is shown, and the pack of evidence.
#include "services/contact/domain/render_contact.h"

#include <gtest/gtest.h>

#include "services/contact/domain/assemble_pack.h"
#include "services/contact/domain/contact_in_domain_tests.h"

namespace holdfast::contact {
namespace {

using namespace testing;
using namespace v1;

ContactFact Session(std::string_view on, std::string state, std::string by = "") {
  auto said = Says(CONTACT_KIND_SESSION, on, "mother");
  said.set_state(std::move(state));
  said.set_by(std::move(by));
  return said;
}

// An agreement from 1 March with four sessions, one observed, a view and a review.
ChildOfContact SomeContact() {
  ChildOfContact child;
  auto agreement = WithText(Often(Agreement(), "weekly"), "at the centre");
  agreement.set_purpose("assess_return");
  child.Record(agreement);
  child.Record(Session("2026-03-07", "held"));
  child.Record(Session("2026-03-14", "missed", "mother"));
  child.Record(Session("2026-03-21", "cancelled", "carer"));
  child.Record(Session("2026-05-30", "planned"));
  child.Record(Session("2026-06-06", "planned"));
  child.Record(WithText(Says(CONTACT_KIND_OBSERVATION, "2026-03-07", "mother"), "she ran to her"));
  child.Record(WithText(Says(CONTACT_KIND_CONTACT_VIEW, "2026-03-08"), "I want to go more"));
  return child;
}

TEST(Contact, IsShownWithSessionsKeptByParty) {
  auto child = SomeContact();
  const auto view = RenderContact(child.id(), child.facts(), View{}, child.today);
  ASSERT_EQ(view.kept_size(), 1);
  EXPECT_EQ(view.kept(0).planned(), 4u);
  EXPECT_EQ(view.kept(0).held(), 1u);
  EXPECT_EQ(view.kept(0).missed(), 1u);
  EXPECT_EQ(view.kept(0).cancelled(), 1u);
  EXPECT_EQ(view.kept(0).missed_or_cancelled_by_party(), 1u);
  EXPECT_EQ(view.sessions(0).observations(0).text(), "she ran to her");
  EXPECT_EQ(view.observations_size(), 0);
  EXPECT_EQ(view.views(0).by(), "child");
  EXPECT_EQ(view.agreements(0).versions(0).frequency(), "weekly");
  EXPECT_EQ(view.agreements(0).versions(0).conditions(), "at the centre");
}

TEST(Contact, IsShownAsKnownAtADay) {
  auto child = SomeContact();
  for (auto& version : child.facts().contact) version.reported = Day("2026-03-20");
  EXPECT_EQ(RenderContact(child.id(), child.facts(), {.known_at = Day("2026-03-19")}, child.today)
                .agreements_size(),
            0);
}

TEST(APack, TellsOfItsDaysAndOfWhatWasAgreedBefore) {
  auto child = SomeContact();
  const auto pack = AssemblePack(child.id(), child.facts(), {Day("2026-03-08"), Day("2026-03-31")},
                                 child.today);
  std::vector<std::string> told;
  for (const auto& item : pack.items())
    told.push_back(DayOf(item.on())->Iso() + " " + item.what() + " " + item.state() + " " +
                   item.by() + " " + item.source());
  EXPECT_EQ(told, (std::vector<std::string>{
                      "2026-03-01 agreement agreed  record/S12000901",
                      "2026-03-08 contact_view  child record/S12000901",
                      "2026-03-14 session missed mother record/S12000901",
                      "2026-03-21 session cancelled carer record/S12000901"}));
  EXPECT_EQ(pack.kept(0).planned(), 2u);
}

TEST(APack, LeavesOutWhatHadEndedBefore) {
  auto child = SomeContact();
  child.Record(Says(CONTACT_KIND_AGREEMENT_END, "2026-04-01"));
  EXPECT_EQ(AssemblePack(child.id(), child.facts(), {Day("2026-04-02"), Day("2026-04-30")}, child.today)
                .items_size(),
            0);
  EXPECT_EQ(AssemblePack(child.id(), child.facts(), {Day("2026-04-01"), Day("2026-04-30")}, child.today)
                .items_size(),
            1);
  EXPECT_EQ(AssemblePack(child.id(), child.facts(), {{}, Day("2026-12-31")}, child.today).items_size(), 9);
}

}  // namespace
}  // namespace holdfast::contact
