// What another journal says, while it is in flight: seen once, whoever looks and whenever it is
// applied.
#include "libs/shard/overlay.h"

#include <gtest/gtest.h>

#include "libs/shard/rebuild.h"
#include "libs/shard/state_store.h"
#include "libs/testing/list_keeper.h"

namespace holdfast {
namespace {

const SubjectId kAnn = *SubjectId::FromBytes("ann-------------");

// Takes what is said into a list, and nothing of idle talk. What is unheard of cannot be read.
class ListeningKeeper final : public KeeperOf<List> {
 public:
  std::string SaveState(const List& list) const override { return lists_.SaveState(list); }
  Result<List> LoadState(const SubjectId& subject, std::string_view bytes) const override {
    return lists_.LoadState(subject, bytes);
  }
  Result<void> EvolveState(List& list, const AppliedEvent& event) const override {
    return lists_.EvolveState(list, event);
  }
  Result<Decision> Decide(Subjects& subjects, const Command& command,
                          const DecideContext& context) const override {
    return lists_.Decide(subjects, command, context);
  }
  bool Concerns(const SourceEvent& event) const override { return event.event.payload != "idle"; }
  Result<void> ConsumeInto(List& list, const SourceEvent& event) const override {
    if (event.event.payload == "unheard of")
      return Fail(StatusCode::kDataLoss, "POISON_EVENT", "it cannot be read");
    list.values.emplace_back(event.event.payload);
    return {};
  }

 private:
  ListKeeper lists_;
};

SourceEvent Said(std::string_view payload) {
  return {.service = "lists", .event = {.subject = kAnn, .payload = payload, .number = 1}};
}

class AnOverlay : public ::testing::Test {
 protected:
  std::vector<std::string> Seen() { return StateOf<List>(overlay_, kAnn).values; }
  void ApplyAndSettle(std::string_view payload, const Overlay::Touched& touched) {
    ASSERT_TRUE(applied_.Consume(Said(payload)));
    overlay_.Settle(touched);
  }

  ListeningKeeper keeper_;
  MemoryStateStore store_;
  KeptState applied_{keeper_, store_, 10};
  Overlay overlay_{keeper_, applied_};
  Overlay::Touched first_;
  Overlay::Touched second_;
};

using Values = std::vector<std::string>;

TEST_F(AnOverlay, ShowsWhatIsInFlightAndTheAppliedStateDoesNot) {
  overlay_.Consume(Said("one"), first_);
  EXPECT_EQ(Seen(), Values{"one"});
  EXPECT_EQ(StateOf<List>(applied_, kAnn).values, Values{});
}

TEST_F(AnOverlay, ShowsEachOnceWhenTheFirstIsAppliedBeforeAnybodyLooks) {
  overlay_.Consume(Said("one"), first_);
  overlay_.Consume(Said("two"), second_);
  ApplyAndSettle("one", first_);
  EXPECT_EQ(Seen(), (Values{"one", "two"}));
  ApplyAndSettle("two", second_);
  EXPECT_EQ(Seen(), (Values{"one", "two"}));
}

TEST_F(AnOverlay, ShowsEachOnceWhenSomebodyLooksBeforeAnyIsApplied) {
  overlay_.Consume(Said("one"), first_);
  EXPECT_EQ(Seen(), Values{"one"});
  overlay_.Consume(Said("two"), second_);
  ApplyAndSettle("one", first_);
  EXPECT_EQ(Seen(), (Values{"one", "two"}));
  ApplyAndSettle("two", second_);
  EXPECT_EQ(Seen(), (Values{"one", "two"}));
}

TEST_F(AnOverlay, PutsAnEventAfterWhatWasHeardBeforeIt) {
  overlay_.Consume(Said("one"), first_);
  ASSERT_TRUE(overlay_.Evolve({.subject = kAnn, .payload = "decided"}, first_));
  overlay_.Consume(Said("two"), second_);
  EXPECT_EQ(Seen(), (Values{"one", "decided", "two"}));
  EXPECT_EQ(overlay_.Version(kAnn), 1u);
}

TEST_F(AnOverlay, CannotBeReliedOnOnceSomethingCouldNotBeRead) {
  overlay_.Consume(Said("unheard of"), first_);
  Seen();
  ASSERT_FALSE(overlay_.health());
  EXPECT_EQ(overlay_.health().error().reason, "POISON_EVENT");
  overlay_.Drop();
  EXPECT_TRUE(overlay_.health());
}

TEST_F(AnOverlay, OfNothingInFlightIsWhatIsApplied) {
  overlay_.Consume(Said("one"), first_);
  overlay_.Drop();
  EXPECT_EQ(Seen(), Values{});
}

TEST_F(AnOverlay, IsNotAskedOfWhatMeansNothingHereAndNoStateIsKeptOfIt) {
  ASSERT_TRUE(applied_.Consume(Said("idle")));
  ASSERT_TRUE(applied_.Flush({}));
  EXPECT_FALSE(store_.rows().contains("s" + kAnn.Bytes()));
  ASSERT_TRUE(applied_.Consume(Said("one")));
  ASSERT_TRUE(applied_.Flush({}));
  EXPECT_TRUE(store_.rows().contains("s" + kAnn.Bytes()));
}

TEST(ARebuiltState, IsTheSameWithoutTheRowOfASubjectThatHasNoEvent) {
  const std::string nothing(8, '\0');
  MemoryStateStore rebuilt;
  MemoryStateStore stored;
  ASSERT_TRUE(rebuilt.Write({{"sbob", "12345678x"}}));
  ASSERT_TRUE(stored.Write({{"sann", nothing}, {"sbob", "12345678x"}, {"szoe", nothing}}));
  EXPECT_EQ(*FirstDifference(stored, rebuilt), std::nullopt);
  ASSERT_TRUE(stored.Write({{"szoe", "12345678y"}}));
  EXPECT_EQ(*FirstDifference(stored, rebuilt), "szoe");
  ASSERT_TRUE(rebuilt.Write({{"scat", "12345678x"}}));
  EXPECT_EQ(*FirstDifference(stored, rebuilt), "scat");
}

}  // namespace
}  // namespace holdfast
