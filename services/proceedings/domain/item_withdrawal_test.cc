// An item that another one withdraws: what its child counts, whichever child the withdrawal names
// and in whichever order all of it came.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <deque>
#include <map>

#include "libs/permanence/feed_items.h"
#include "services/proceedings/domain/items_in_tests.h"

namespace holdfast::proceedings {
namespace {

using namespace testing;

SubjectId ItemNamed(const std::string& event_id) { return {HashId("item in tests", {event_id})}; }

// Items and children that tell each other everything at once.
class Town {
 public:
  Town() {
    for (const auto& child : {kAnna, kBen}) children_[child].authority = kNorth;
  }

  void Receive(const std::string& event_id, const v1::ReceiveItem& command) {
    const auto source = Registered();
    Happen(ItemNamed(event_id),
           Decide(items_[ItemNamed(event_id)], command, {source, std::nullopt})->events);
  }
  void Rematch(const std::string& event_id, const std::string& child, int64_t now_us) {
    v1::MatchItem command;
    command.set_child(child);
    command.set_again(true);
    const auto source = Registered();
    const auto decided =
        Decide(items_[ItemNamed(event_id)], command, MatchContext{kNorth, source, now_us});
    if (decided) Happen(ItemNamed(event_id), *decided);
  }

  // How many items count at the child.
  size_t CountingAt(const std::string& child) {
    return ReadFeed(*SubjectId::FromBytes(child), facts_[child], {}).counting.size();
  }

 private:
  void Happen(const SubjectId& item, const Events& events) {
    for (const auto& event : events) Apply(event, ++number_, items_[item]);
    std::deque<v1::ProceedingsCommand> untold;
    Follow(item, untold);
    for (; !untold.empty(); untold.pop_front())
      Tell(v1::ProceedingsCommand(untold.front()), untold);
  }
  void Tell(const v1::ProceedingsCommand& command, std::deque<v1::ProceedingsCommand>& untold) {
    if (command.has_hear_withdrawal()) {
      const auto target = *SubjectId::FromBytes(command.subject());
      for (const auto& event : Decide(items_[target], command.hear_withdrawal()))
        Apply(event, ++number_, items_[target]);
      Follow(target, untold);
    }
    if (!command.has_state_item()) return;
    auto& child = children_[command.subject()];
    for (const auto& event : Decide(child, command.state_item())) {
      Apply(event, child);
      holdfast::Apply(event, Instant{}, facts_[command.subject()]);
    }
  }
  void Follow(const SubjectId& item, std::deque<v1::ProceedingsCommand>& untold) {
    auto& facts = items_[item];
    for (auto& command : WhatFollows(item, facts)) untold.push_back(std::move(command));
    facts.sent_through = facts.newest;
  }

  uint64_t number_ = 0;
  std::map<SubjectId, ItemFacts> items_;
  std::map<std::string, StatedChild> children_;
  std::map<std::string, ChildFacts> facts_;
};

v1::ReceiveItem Withdrawal(const std::string& event_id, int64_t sent_at_us,
                           const std::string& child) {
  auto command = Held(sent_at_us, "withdraws " + event_id);
  auto& version = *command.mutable_version();
  command.set_kind_text("withdrawn");
  version.set_kind(v1::FEED_KIND_WITHDRAWN);
  version.set_withdraws(ItemNamed(event_id).Bytes());
  version.set_child(child);
  return command;
}

TEST(AWithdrawal, ActsWhereItsItemIsThoughItNamesAnotherChild) {
  Town town;
  town.Receive("e1", Held(1000));
  town.Receive("w1", Withdrawal("e1", 2000, kBen));
  EXPECT_EQ(town.CountingAt(kAnna), 0u);
  EXPECT_EQ(town.CountingAt(kBen), 0u);
}

TEST(AWithdrawal, GoesWithItsItemToTheChildThatAPersonSays) {
  for (const bool moved_first : {true, false}) {
    Town town;
    town.Receive("e1", Held(1000));
    if (moved_first) town.Rematch("e1", kBen, 1500);
    town.Receive("w1", Withdrawal("e1", 2000, kAnna));
    if (!moved_first) town.Rematch("e1", kBen, 2500);
    EXPECT_EQ(town.CountingAt(kAnna), 0u);
    EXPECT_EQ(town.CountingAt(kBen), 0u);
    town.Receive("e1", Held(3000, "again"));
    EXPECT_EQ(town.CountingAt(kBen), 1u) << "it was sent again after it was withdrawn";
  }
}

TEST(AWithdrawal, StaysWithItsItemWhenAPersonSaysThatItIsItselfOfAnother) {
  Town town;
  town.Receive("e1", Held(1000));
  town.Receive("w1", Withdrawal("e1", 2000, kAnna));
  town.Rematch("w1", kBen, 2500);
  EXPECT_EQ(town.CountingAt(kAnna), 0u);
}

TEST(AWithdrawal, ThatIsWithdrawnTakesBackNothing) {
  Town town;
  town.Receive("w2", Withdrawal("w1", 3000, kBen));
  town.Receive("w1", Withdrawal("e1", 2000, kBen));
  town.Receive("e1", Held(1000));
  EXPECT_EQ(town.CountingAt(kAnna), 1u);
}

TEST(AWithdrawal, ThatSaysSomethingElseInALaterVersionTakesBackNothing) {
  Town town;
  town.Receive("e1", Held(1000));
  town.Receive("w1", Withdrawal("e1", 2000, kBen));
  auto held = Held(3000, "held");
  held.mutable_version()->set_child(kBen);
  town.Receive("w1", held);
  EXPECT_EQ(town.CountingAt(kAnna), 1u);
  EXPECT_EQ(town.CountingAt(kBen), 1u);
}

TEST(Withdrawals, OfEachOtherComeToAnEnd) {
  Town town;
  town.Receive("w1", Withdrawal("w2", 2000, kAnna));
  town.Receive("w2", Withdrawal("w1", 3000, kBen));
  town.Receive("w2", Withdrawal("w2", 4000, kBen));
  EXPECT_EQ(town.CountingAt(kAnna), 0u);
}

TEST(Withdrawals, CountTheSameInWhicheverOrderAllOfItCame) {
  rc::check("any order of an item, its withdrawals and theirs leaves the same counting", [] {
    const std::vector<std::pair<std::string, v1::ReceiveItem>> all{
        {"e1", Held(1000)},
        {"e1", Held(*rc::gen::element<int64_t>(1500, 4500), "later")},
        {"w1", Withdrawal("e1", 2000, *rc::gen::element(kAnna, kBen))},
        {"w1", Withdrawal(*rc::gen::element<std::string>("e1", "e9"), 2500, kBen)},
        {"w2", Withdrawal("w1", *rc::gen::element<int64_t>(1900, 3000), kBen)},
        {"w3", Withdrawal(*rc::gen::element<std::string>("w2", "e1"), 3500, kAnna)}};
    Town straight;
    for (const auto& [event_id, command] : all) straight.Receive(event_id, command);
    auto order =
        *rc::gen::container<std::vector<uint32_t>>(all.size(), rc::gen::arbitrary<uint32_t>());
    std::vector<size_t> places(all.size());
    for (size_t i = 0; i < places.size(); ++i) places[i] = i;
    std::ranges::sort(places, {}, [&](size_t i) { return std::pair(order[i], i); });
    Town shuffled;
    for (const size_t i : places) shuffled.Receive(all[i].first, all[i].second);
    RC_ASSERT(shuffled.CountingAt(kAnna) == straight.CountingAt(kAnna));
    RC_ASSERT(shuffled.CountingAt(kBen) == straight.CountingAt(kBen));
  });
}

}  // namespace
}  // namespace holdfast::proceedings
