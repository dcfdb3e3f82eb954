#include "services/proceedings/domain/source.h"

#include <gtest/gtest.h>

#include <functional>

#include "services/proceedings/domain/case_ref.h"
#include "services/proceedings/domain/items_in_tests.h"

namespace holdfast::proceedings {
namespace {

using namespace testing;
using enum SourceRefusal;

v1::RegisterSource Register(const v1::SourceRegistered& source) {
  v1::RegisterSource command;
  *command.mutable_source() = source;
  return command;
}

v1::HearFromSource Heard(const char* sent_on, const char* covered = nullptr) {
  v1::HearFromSource command;
  command.mutable_heard()->set_source("sheriff-a");
  if (sent_on) *command.mutable_heard()->mutable_sent_on() = Day(sent_on);
  if (covered) *command.mutable_heard()->mutable_covered_through() = Day(covered);
  return command;
}

SourceFacts After(const Events& events, SourceFacts facts = {}, uint64_t first = 1) {
  for (const auto& event : events) Apply(event, first++, facts);
  return facts;
}

TEST(RegisterSource, IsRefusedInThisOrder) {
  struct Row {
    SourceRefusal refusal;
    std::function<void(v1::SourceRegistered&)> spoil;
  };
  const std::vector<Row> table = {
      {kNotAKind, [](auto& s) { s.clear_kind(); }},
      {kNotANation, [](auto& s) { s.clear_nation(); }},
      {kCoversNobody, [](auto& s) { s.clear_covers(); }},
      {kNotACode, [](auto& s) { s.add_covers("Not a code"); }},
      {kKindNotThere, [](auto& s) { s.add_states(v1::FEED_KIND_UNSPECIFIED); }},
      {kOtherKind, [](auto& s) { s.set_kind(v1::SOURCE_KIND_REPORTER); }},
  };
  const auto registered = Registered();
  for (size_t first = 0; first < table.size(); ++first) {
    for (size_t second = first; second < table.size(); ++second) {
      auto source = Court();
      table[second].spoil(source);
      table[first].spoil(source);
      const bool undone =
          table[first].refusal == kCoversNobody && table[second].refusal == kNotACode;
      const bool same = table[first].refusal == kNotAKind && table[second].refusal == kOtherKind;
      const auto decided = Decide(registered, Register(source));
      ASSERT_FALSE(decided.has_value()) << NameOf(table[first].refusal);
      if (undone || same) continue;
      EXPECT_EQ(decided.error(), table[first].refusal) << NameOf(table[second].refusal);
    }
  }
}

TEST(RegisterSource, AgainChangesNothingAndWithOtherWordsTheSource) {
  const auto first = Decide(SourceFacts{}, Register(Court()));
  ASSERT_TRUE(first);
  const auto facts = After(*first);
  EXPECT_TRUE(Decide(facts, Register(Court()))->empty());
  auto wider = Court();
  wider.add_covers(kSouth);
  EXPECT_EQ(After(*Decide(facts, Register(wider)), facts).registered->covers_size(), 2);
}

TEST(ASource, IsHeardFromOnceADay) {
  auto facts = After(*Decide(SourceFacts{}, Register(Court())));
  EXPECT_EQ(Decide(SourceFacts{}, Heard("2024-05-01")).error(), kUnknownSource);
  const auto heard = Decide(facts, Heard("2024-05-01"));
  ASSERT_EQ(heard->size(), 1U);
  facts = After(*heard, facts, 2);
  EXPECT_TRUE(Decide(facts, Heard("2024-05-01"))->empty());
  EXPECT_TRUE(Decide(facts, Heard("2024-04-01"))->empty());
  EXPECT_EQ(Decide(facts, Heard("2024-04-01", "2024-04-30"))->size(), 1U);
}

TEST(ACopy, LearnsEachThingOnceInAnyOrder) {
  auto facts = After(*Decide(SourceFacts{}, Register(Court())));
  const auto early = *WhatFollows(facts);
  facts = After(*Decide(facts, Heard("2024-05-01", "2024-04-30")), facts, 2);
  const auto late = *WhatFollows(facts);
  SourceFacts copy = After(Decide(SourceFacts{}, late));
  EXPECT_TRUE(Decide(copy, early).empty());
  EXPECT_TRUE(Decide(copy, late).empty());
  EXPECT_EQ(copy.sent_on, CivilDate::FromIso("2024-05-01"));
  EXPECT_EQ(copy.covered_through, CivilDate::FromIso("2024-04-30"));
  copy = After(Decide(SourceFacts{}, early));
  EXPECT_EQ(Decide(copy, late).size(), 1U);
}

TEST(ACaseReference, TellsItsItemsOfTheLatestWord) {
  CaseRefFacts facts;
  const SubjectId ref{HashId("case ref in tests", {})};
  uint64_t number = 0;
  const auto happen = [&](const Events& events) {
    for (const auto& event : events) Apply(event, ++number, facts);
    return events.size();
  };
  v1::NameCaseRef name;
  name.mutable_named()->set_source("sheriff-a");
  name.mutable_named()->set_item(kItem.Bytes());
  EXPECT_EQ(happen(Decide(facts, name)), 1U);
  EXPECT_EQ(happen(Decide(facts, name)), 0U);
  EXPECT_TRUE(WhatFollows(ref, facts).empty());
  v1::LearnCaseRef learn;
  learn.mutable_learnt()->set_child(kBen);
  learn.mutable_learnt()->set_at_us(5000);
  EXPECT_EQ(happen(Decide(facts, learn)), 1U);
  EXPECT_EQ(WhatFollows(ref, facts).size(), 1U);
  v1::ProceedingsEvent sent;
  sent.mutable_case_ref_sent()->set_through(number);
  happen({sent});
  EXPECT_TRUE(WhatFollows(ref, facts).empty());
  name.mutable_named()->set_item(std::string(16, 'z'));
  happen(Decide(facts, name));
  ASSERT_EQ(WhatFollows(ref, facts).size(), 1U);
  EXPECT_EQ(WhatFollows(ref, facts)[0].subject(), std::string(16, 'z'));
  learn.mutable_learnt()->set_at_us(4000);
  learn.mutable_learnt()->set_child(kAnna);
  EXPECT_EQ(happen(Decide(facts, learn)), 0U);
}

}  // namespace
}  // namespace holdfast::proceedings
