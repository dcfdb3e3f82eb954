#include "services/proceedings/domain/item.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "services/proceedings/domain/items_in_tests.h"

namespace holdfast::proceedings {
namespace {

using namespace testing;

TEST(AnItem, IsStatedOfTheChildThatItNames) {
  Intake intake;
  EXPECT_EQ(intake.Receive(Held(1000)), "accepted");
  EXPECT_EQ(intake.StatedOf(kAnna), "1000x");
}

TEST(AnItem, SentAgainIsTheSame) {
  Intake intake;
  intake.Receive(Held(1000));
  const size_t told = intake.told.size();
  EXPECT_EQ(intake.Receive(Held(1000)), "same");
  EXPECT_EQ(intake.item.versions.size(), 1U);
  const auto source = Registered();
  EXPECT_TRUE(Decide(intake.item, Held(1000), {source, std::nullopt})->events.empty());
  EXPECT_GE(intake.told.size(), told);
}

TEST(AnItem, CountsByTheTimeItWasSent) {
  Intake intake;
  EXPECT_EQ(intake.Receive(Held(2000, "x")), "accepted");
  EXPECT_EQ(intake.Receive(Held(3000, "y")), "changed");
  EXPECT_EQ(intake.Receive(Held(1000, "z")), "stale");
  EXPECT_EQ(intake.Receive(Held(1000, "z")), "same");
  EXPECT_EQ(intake.Receive(Held(4000, "y")), "same");
  EXPECT_EQ(intake.item.versions.back().said.sent_at_us(), 4000);
  EXPECT_EQ(intake.StatedOf(kAnna), "1000z 2000x 3000y 4000y");
}

TEST(AnItem, OfOneInstantCountsByTheLargerContent) {
  Intake intake;
  intake.Receive(Held(1000, "\xff"));
  EXPECT_EQ(intake.Receive(Held(1000, "a")), "stale");
  EXPECT_EQ(intake.item.versions.back().said.content_sha256(), "\xff");
}

TEST(AnItem, ThatNamesAnotherChildMoves) {
  Intake intake;
  intake.Receive(Held(1000, "x"));
  auto of_ben = Held(2000, "y");
  of_ben.mutable_version()->set_child(kBen);
  EXPECT_EQ(intake.Receive(of_ben), "changed");
  EXPECT_EQ(intake.StatedOf(kAnna), "taken away");
  EXPECT_EQ(intake.StatedOf(kBen), "1000x 2000y");
  EXPECT_EQ(intake.Receive(Held(3000, "z")), "changed");
  EXPECT_EQ(intake.StatedOf(kBen), "taken away");
  EXPECT_EQ(intake.StatedOf(kAnna), "1000x 2000y 3000z");
}

TEST(AnItem, WithoutAKnownChildIsParkedUntilAPersonDecides) {
  Intake intake;
  EXPECT_EQ(intake.Receive(OfCase(Held(1000))), "parked");
  EXPECT_EQ(WhyParked(intake.item), "CASE_REF_UNKNOWN");
  EXPECT_EQ(intake.Receive(OfCase(Held(1000))), "parked");
  EXPECT_EQ(intake.Match(kAnna, 5000), "accepted");
  EXPECT_EQ(intake.Match(kAnna, 6000), "unchanged");
  EXPECT_EQ(intake.StatedOf(kAnna), "1000x");
  EXPECT_EQ(intake.told.back().learn_case_ref().learnt().child(), kAnna);
}

TEST(AnItem, FollowsItsCaseReference) {
  Intake intake;
  intake.Receive(OfCase(Held(1000)));
  intake.FollowCase(kBen, 5000);
  EXPECT_EQ(intake.StatedOf(kBen), "1000x");
  intake.FollowCase(kAnna, 4000);  // an earlier word that comes late
  EXPECT_EQ(intake.StatedOf(kBen), "1000x");
  intake.FollowCase(kAnna, 6000);
  EXPECT_EQ(intake.StatedOf(kBen), "taken away");
  EXPECT_EQ(intake.StatedOf(kAnna), "1000x");
}

TEST(AnItem, ThatNamesAnotherAuthorityDoesNotFollowItsCaseReference) {
  Intake intake;
  auto of_north = OfCase(Held(1000));
  of_north.mutable_version()->set_authority(kNorth);
  EXPECT_EQ(intake.Receive(of_north), "parked");
  intake.FollowCase(kBen, 5000, kSouth);
  EXPECT_EQ(ChildOf(intake.item), "");
  EXPECT_EQ(intake.StatedOf(kBen), "") << "nor was it ever";
  EXPECT_FALSE(Concerns(intake.item, kSouth));
  intake.FollowCase(kAnna, 6000, kNorth);
  EXPECT_EQ(intake.StatedOf(kAnna), "1000x");
}

TEST(AnItem, FollowsItsCaseReferenceByTheVersionThatNamesNoAuthority) {
  auto of_north = OfCase(Held(2000, "y"));
  of_north.mutable_version()->set_authority(kNorth);
  for (const bool followed_first : {true, false}) {
    Intake intake;
    intake.Receive(OfCase(Held(1000)));
    if (followed_first) intake.FollowCase(kBen, 5000, kSouth);
    intake.Receive(of_north);
    if (!followed_first) intake.FollowCase(kBen, 5000, kSouth);
    EXPECT_EQ(intake.StatedOf(kBen), "1000x 2000y");
  }
}

TEST(AnItem, WaitsForAChildWithoutARecordAndIsReleased) {
  Intake intake(false);
  EXPECT_EQ(intake.Receive(Held(1000)), "accepted");
  EXPECT_EQ(intake.StatedOf(kAnna), "waits 1000x");
  intake.Receive(Held(2000, "y"));
  EXPECT_EQ(intake.StatedOf(kAnna), "waits 1000x 2000y");
  intake.Register(kAnna);
  EXPECT_EQ(intake.StatedOf(kAnna), "1000x 2000y");
}

TEST(AnItem, TakenFromAChildWithoutARecordIsSaidUnderItsAuthorityOnceItHasOne) {
  Intake before;
  before.Receive(Held(1000));
  before.Match(kBen, 5000, true);
  Intake after(false);
  after.Receive(Held(1000));
  after.Match(kBen, 5000, true);
  EXPECT_NE(after.WhyTakenFrom(kAnna), before.WhyTakenFrom(kAnna));
  after.Register(kAnna);
  EXPECT_EQ(after.WhyTakenFrom(kAnna), before.WhyTakenFrom(kAnna));
  EXPECT_TRUE(Release(after.children[kAnna]).empty());
}

TEST(AnItem, ThatIsMatchedIsMovedByARematchAlone) {
  Intake intake;
  EXPECT_EQ(intake.Match(kBen, 1), "UNKNOWN_ITEM");
  intake.Receive(Held(1000));
  EXPECT_EQ(intake.Match(kBen, 5000), "ALREADY_MATCHED");
  EXPECT_EQ(intake.Match(kBen, 5000, true), "accepted");
  EXPECT_EQ(intake.StatedOf(kAnna), "taken away");
  EXPECT_EQ(intake.StatedOf(kBen), "1000x");
  EXPECT_EQ(intake.Match(kBen, 6000, true), "unchanged");
}

TEST(AnItem, ThatIsOfNobodyIsNotMovedButMatched) {
  Intake intake;
  intake.Receive(OfCase(Held(1000)));
  EXPECT_EQ(intake.Match(kBen, 5000, true), "NOT_MATCHED");
}

TEST(AnItem, OfAnotherAuthorityIsNotThere) {
  Intake intake;
  intake.Receive(Held(1000));
  v1::MatchItem command;
  command.set_child(kBen);
  command.set_again(true);
  auto source = Registered();
  source.registered->add_covers(kSouth);
  EXPECT_EQ(Decide(intake.item, command, MatchContext{kSouth, source, 1}).error(),
            MatchRefusal::kUnknownItem);
}

TEST(APersonsMatch, StandsWhileTheSourceRepeatsItsMistake) {
  Intake intake;
  intake.Receive(Held(1000));
  intake.Match(kBen, 5000, true);
  intake.Receive(Held(6000, "y"));
  EXPECT_EQ(intake.StatedOf(kBen), "1000x 6000y");
  auto corrected = Held(7000, "z");
  corrected.mutable_version()->set_child(std::string(16, 'C'));
  intake.Receive(corrected);
  EXPECT_EQ(intake.StatedOf(kBen), "taken away");
}

TEST(AChild, TakesNoOlderWordOfAnItem) {
  Intake intake;
  intake.Receive(Held(1000, "x"));
  auto of_ben = Held(2000, "y");
  of_ben.mutable_version()->set_child(kBen);
  intake.Receive(of_ben);
  for (const auto& command : std::vector(intake.told)) {
    if (command.subject() == kAnna && !command.state_item().has_taken_away()) intake.Tell(command);
  }
  EXPECT_EQ(intake.StatedOf(kAnna), "taken away");
}

// What can happen to one item, but for what persons do, whose order is theirs.
struct Happening {
  int64_t at = 0;
  int what = 0;
};

void Happen(const Happening& happening, Intake& intake) {
  const std::string content(1, static_cast<char>('u' + happening.what % 3));
  auto item = Held(happening.at * 10, content);
  switch (happening.what) {
    case 0:
    case 1:
    case 2:
      intake.Receive(item);
      return;
    case 3:
      item.mutable_version()->set_child(kBen);
      item.mutable_version()->set_content_sha256("B");
      intake.Receive(item);
      return;
    case 4:
      item = OfCase(item);
      item.mutable_version()->set_content_sha256("C");
      intake.Receive(item);
      return;
    default:
      intake.FollowCase(kBen, happening.at * 10);
  }
}

TEST(AnItemsHistory, DoesNotDependOnTheOrderInWhichItsVersionsCame) {
  rc::check("any order and repetition of versions states the same of each child", [] {
    const auto makes = rc::gen::pair(rc::gen::inRange<int64_t>(1, 5), rc::gen::inRange(0, 6));
    const auto said = *rc::gen::container<std::vector<std::pair<int64_t, int>>>(makes);
    auto shuffled = said;
    const auto order =
        *rc::gen::container<std::vector<uint32_t>>(said.size(), rc::gen::arbitrary<uint32_t>());
    std::vector<size_t> places(said.size());
    for (size_t i = 0; i < places.size(); ++i) places[i] = i;
    std::ranges::sort(places, {}, [&](size_t i) { return std::pair(order[i], i); });
    for (size_t i = 0; i < places.size(); ++i) shuffled[i] = said[places[i]];
    // Case references are followed once there is an item; each is sent again at the end.
    Intake one;
    Intake other(false);
    for (const auto& [at, what] : said) Happen({at, what}, one);
    for (const auto& [at, what] : said) Happen({at, what}, one);
    for (size_t i = 0; i < shuffled.size(); ++i) {
      if (i == shuffled.size() / 2) other.Register(kAnna);
      Happen({shuffled[i].first, shuffled[i].second}, other);
    }
    other.Register(kAnna);
    other.Register(kBen);
    // A late repeat of everything that was ever told changes nothing.
    for (const auto& [at, what] : shuffled) Happen({at, what}, other);
    for (const auto& command : std::vector(other.told)) other.Tell(command);
    for (const auto& child : {kAnna, kBen}) {
      RC_ASSERT(one.StatedOf(child) == other.StatedOf(child));
      RC_ASSERT(one.WhyTakenFrom(child) == other.WhyTakenFrom(child));
    }
  });
}

TEST(AnErasedItem, IsErasedWithItsOwnChildAloneAndTakesNothingMore) {
  const SourceFacts source = Registered();
  ItemFacts facts;
  const auto take = [&](const Events& events) {
    for (const auto& event : events) Apply(event, facts.newest + 1, facts);
  };
  take(Decide(facts, Held(), {source, std::nullopt})->events);
  v1::EraseItem erase;
  erase.set_child(kBen);
  EXPECT_TRUE(Decide(facts, erase).empty());
  erase.set_child(kAnna);
  ASSERT_EQ(Decide(facts, erase).size(), 1u);
  take(Decide(facts, erase));
  EXPECT_TRUE(facts.erased);
  EXPECT_TRUE(Decide(facts, erase).empty());
  const auto refused = Decide(facts, Held(2000, "y"), {source, std::nullopt});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().refusal, ItemRefusal::kErased);
}

TEST(AnErasedChild, IsToldOfNoItem) {
  StatedChild child;
  child.authority = kNorth;
  v1::StateItem command;
  command.set_item(kItem.Bytes());
  command.set_source_event(1);
  *command.add_versions() = v1::ItemStated();
  EXPECT_EQ(Decide(child, command).size(), 1u);
  v1::ProceedingsEvent erased;
  erased.mutable_child_erased()->set_authority(kNorth);
  Apply(erased, child);
  EXPECT_TRUE(child.erased);
  EXPECT_TRUE(Decide(child, command).empty());
}

}  // namespace
}  // namespace holdfast::proceedings
