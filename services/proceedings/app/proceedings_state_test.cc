// What is kept of a subject: the same bytes, whether it was saved whole or as its events came.
#include "services/proceedings/app/proceedings_state.h"

#include <gtest/gtest.h>

#include "holdfast/cases/v1/cases_events.pb.h"

namespace holdfast::proceedings {
namespace {

const SubjectId kChild = *SubjectId::FromBytes("ann-------------");

v1::ProceedingsEvent Stated(const std::string& item) {
  v1::ProceedingsEvent event;
  auto& stated = *event.mutable_item_stated();
  stated.set_source("court-a");
  stated.set_item(item);
  stated.set_sent_at_us(7);
  stated.set_content_sha256("sha");
  return event;
}

void Add(const v1::ProceedingsEvent& event, uint64_t number, ProceedingsState& state) {
  const std::string payload = event.SerializeAsString();
  ASSERT_TRUE(AddEvent({.subject = kChild, .payload = payload, .number = number}, state));
}

void Register(ProceedingsState& state) {
  cases::v1::CasesEvent event;
  event.mutable_child_registered()->set_authority("E06000901");
  event.mutable_child_registered()->set_key_id("key-------------");
  ASSERT_TRUE(AddCasesEvent(event.SerializeAsString(), state));
}

TEST(AStateOfProceedings, IsSavedAsAKeptSubjectInWhateverOrderItCame) {
  ProceedingsState state;
  Add(Stated("one"), 3, state);
  Register(state);
  Add(Stated("two"), 5, state);
  v1::KeptSubject whole;
  for (const auto& [item, number] : {std::pair("one", 3), std::pair("two", 5)}) {
    auto& kept = *whole.add_events();
    kept.set_number(static_cast<uint64_t>(number));
    *kept.mutable_event() = Stated(item);
  }
  whole.set_child_authority("E06000901");
  whole.set_child_key_id("key-------------");
  EXPECT_EQ(BytesOf(state), whole.SerializeAsString());
}

TEST(AStateOfProceedings, IsReadAgainAndGoesOn) {
  ProceedingsState state;
  Register(state);
  Add(Stated("one"), 3, state);
  auto again = StateOfBytes(BytesOf(state));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->child.authority, "E06000901");
  EXPECT_TRUE(again->child.items.contains("one"));
  Add(Stated("two"), 5, state);
  Add(Stated("two"), 5, *again);
  EXPECT_EQ(BytesOf(*again), BytesOf(state));
  EXPECT_FALSE(StateOfBytes("no subject"));
}

}  // namespace
}  // namespace holdfast::proceedings
