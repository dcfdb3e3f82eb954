#include "libs/shard/push_rounds.h"

#include <gtest/gtest.h>

#include "libs/eventlog/simulated_log.h"
#include "libs/testing/list_keeper.h"

namespace holdfast {
namespace {

const SubjectId kAnn = *SubjectId::FromBytes("ann-------------");
const SubjectId kBob = *SubjectId::FromBytes("bob-------------");
const SubjectId kCat = *SubjectId::FromBytes("cat-------------");

// Rounds over one shard of lists. What Ann's list begins with is told to Bob's, and then stands in
// Ann's that it is told. Where Bob passes it on, Cat's list is told too, and who waits for Ann
// waits for that.
class Rounds : public ::testing::Test {
 protected:
  Rounds() {
    EXPECT_TRUE(shard_.Start({}));
    Settle();
  }

  void Settle() {
    for (int quiet = 0; quiet < 3;) {
      rounds_.Step();
      quiet = shard_.Step() ? 0 : quiet + 1;
    }
  }
  void Pass(std::chrono::microseconds time) {
    now_.wall += time;
    now_.steady += time;
    Settle();
  }

  void Append(const SubjectId& subject, const std::string& value) {
    shard_.Submit({.authority = "A",
                   .id = CommandId{{++commands_}},
                   .of_service = true,
                   .request = AppendRequest(subject, value)},
                  [](const Result<Answer>& answer) { EXPECT_TRUE(answer); });
    Settle();
  }

  std::string ListOf(const SubjectId& subject) {
    std::string text;
    shard_.Read({.deadline = now_.steady, .run = [&](Result<ShardView> view) {
                   for (const auto& value : StateOf<List>(view->subjects(), subject).values) {
                     text += value + " ";
                   }
                 }});
    Settle();
    return text;
  }

  Result<Outgoing> WhatFollows(Subjects& subjects, const SubjectId& subject) const {
    const List& list = StateOf<List>(subjects, subject);
    if (list.values.size() != 1) return Outgoing{};
    if (subject == kAnn) {
      return Outgoing{
          .through = 1,
          .commands = {{.target = kBob,
                        .name = "tell",
                        .request = AppendRequest(kBob, "ann-said-" + list.values.front()),
                        .target_pushes = bob_passes_it_on_,
                        .awaited = bob_passes_it_on_}}};
    }
    if (subject != kBob || !bob_passes_it_on_) return Outgoing{};
    if (bob_is_stuck_) return tl::unexpected(OutcomeUnknown("stuck"));
    return Outgoing{.through = 1,
                    .commands = {{.target = kCat,
                                  .name = "tell",
                                  .request = AppendRequest(kCat, "bob-" + list.values.front())}}};
  }

  SimulatedLog shared_{1};
  std::unique_ptr<EventLog> log_ = shared_.Connect();
  MemoryStateStore store_;
  ListKeeper keeper_;
  Moment now_{.wall = Instant(std::chrono::hours(1))};
  uint8_t commands_ = 0;
  bool bob_passes_it_on_ = false;
  bool bob_is_stuck_ = false;
  Shard shard_{{.identity = {.partition = {"lists", 0}, .partition_count = 1}},
               {.log = *log_,
                .store = store_,
                .keeper = keeper_,
                .now = [this] { return now_; },
                .new_nonce = [] { return Nonce{{1}}; }}};
  PushRounds rounds_{
      {.service = "lists",
       .rows = std::string("\0\0\0\1", 4),  // lists of one value
       .outgoing = [this](Subjects& subjects,
                          const SubjectId& subject) { return WhatFollows(subjects, subject); },
       .confirm =
           [](const SubjectId& subject, const Outgoing&, const std::vector<Answer>&) {
             return PushedCommand{
                 .target = subject, .name = "told", .request = AppendRequest(subject, "told")};
           }},
      {.submit = [this](uint32_t, Command command,
                        Reply reply) { shard_.Submit(std::move(command), std::move(reply)); },
       .read = [this](uint32_t, ShardRead read) { shard_.Read(std::move(read)); },
       .now = [this] { return now_.steady; },
       .wake = [] {}}};
};

TEST_F(Rounds, TellOnceAndSaySo) {
  Append(kAnn, "a");
  std::vector<size_t> answers;
  const auto note = [&](const Result<std::vector<Answer>>& told) {
    answers.push_back(told ? told->size() : 99);
  };
  rounds_.Push(kAnn, note);
  rounds_.Push(kAnn, note);
  Settle();
  EXPECT_EQ(answers, (std::vector<size_t>{1, 0})) << "the second found nothing left to tell";
  EXPECT_EQ(ListOf(kBob), "ann-said-a ");
  EXPECT_EQ(ListOf(kAnn), "a told ");
}

TEST_F(Rounds, AnswerOnceWhatIsAwaitedIsToldToo) {
  bob_passes_it_on_ = true;
  Append(kAnn, "a");
  std::string answered;
  rounds_.Push(kAnn, [&](const Result<std::vector<Answer>>& told) {
    answered = told ? "told" : told.error().reason;
  });
  Settle();
  EXPECT_EQ(answered, "told");
  EXPECT_EQ(ListOf(kCat), "bob-ann-said-a ");
}

TEST_F(Rounds, NeverSayThatWhatTakesTooLongIsDone) {
  bob_passes_it_on_ = true;
  bob_is_stuck_ = true;
  Append(kAnn, "a");
  std::string answered = "nothing";
  rounds_.Push(kAnn, [&](const Result<std::vector<Answer>>& told) {
    answered = told ? "told" : told.error().reason;
  });
  Settle();
  Pass(std::chrono::seconds(9));
  EXPECT_EQ(answered, "nothing");
  Pass(std::chrono::seconds(2));
  EXPECT_EQ(answered, "OUTCOME_UNKNOWN");
  bob_is_stuck_ = false;
  Pass(std::chrono::seconds(1));
  EXPECT_EQ(ListOf(kCat), "bob-ann-said-a ") << "it goes on by itself";
  EXPECT_EQ(ListOf(kBob), "ann-said-a told ");
  EXPECT_EQ(ListOf(kAnn), "a told ");
  EXPECT_EQ(answered, "OUTCOME_UNKNOWN");
}

TEST_F(Rounds, TellWhatStandsUntoldWhenTheyCatchUp) {
  Append(kAnn, "a");
  EXPECT_EQ(ListOf(kBob), "");
  bool begun = false;
  rounds_.CatchUp(0, [&](const Result<void>& looked) { begun = looked.has_value(); });
  Settle();
  EXPECT_TRUE(begun);
  EXPECT_EQ(ListOf(kBob), "ann-said-a ");
  EXPECT_EQ(ListOf(kAnn), "a told ");
}

// Another owner decided it and stopped before it could push; this one had caught up long before.
TEST_F(Rounds, LookAgainForWhatNobodyPushed) {
  EXPECT_EQ(rounds_.Due(), Monotonic::max());
  rounds_.CatchUp(0, [](const auto&) {});
  Settle();
  Append(kAnn, "a");
  Pass(std::chrono::seconds(9));
  EXPECT_EQ(ListOf(kBob), "");
  EXPECT_EQ(rounds_.Due(), now_.steady + std::chrono::seconds(1));
  Pass(std::chrono::seconds(1));
  EXPECT_EQ(ListOf(kBob), "ann-said-a ");
  EXPECT_EQ(ListOf(kAnn), "a told ");
  EXPECT_EQ(rounds_.Due(), now_.steady + std::chrono::seconds(10));
}

TEST_F(Rounds, AnswerWhoWaitsWhenTheyStop) {
  Append(kAnn, "a");
  std::string reason;
  rounds_.Push(kAnn, [&](const Result<std::vector<Answer>>& told) {
    reason = told ? "told" : told.error().reason;
  });
  rounds_.Stop();
  EXPECT_EQ(reason, "OUTCOME_UNKNOWN");
  rounds_.Push(kAnn, [&](const Result<std::vector<Answer>>& told) {
    reason += told ? " told" : " " + told.error().reason;
  });
  EXPECT_EQ(reason, "OUTCOME_UNKNOWN OUTCOME_UNKNOWN");
}

}  // namespace
}  // namespace holdfast
