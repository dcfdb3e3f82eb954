#include "libs/shard/shard.h"

#include <gtest/gtest.h>

#include "libs/eventlog/simulated_log.h"
#include "libs/testing/list_keeper.h"

namespace holdfast {
namespace {

const SubjectId kAnn = *SubjectId::FromBytes("ann-------------");
const SubjectId kBob = *SubjectId::FromBytes("bob-------------");
constexpr int64_t kStart_us = 1'700'000'000'000'000;

CommandId IdAt(int64_t made_at_us, int number) {
  CommandId id;
  int64_t milliseconds = made_at_us / 1000;
  for (int i = 5; i >= 0; --i, milliseconds >>= 8) {
    id.bytes[static_cast<size_t>(i)] = static_cast<uint8_t>(milliseconds);
  }
  id.bytes[6] = 0x70;
  id.bytes[15] = static_cast<uint8_t>(number);
  return id;
}

// One shard on a simulated log, stepped by hand.
class AShard : public ::testing::Test {
 protected:
  AShard() { Open(); }

  void Open(const std::vector<journal::v1::Checkpoint>& witnesses = {}) {
    shard_.reset();
    shard_ = std::make_unique<Shard>(options_, ShardSurroundings{.log = *log_,
                                                                 .store = store_,
                                                                 .keeper = keeper_,
                                                                 .now = [this] { return now_; },
                                                                 .new_nonce =
                                                                     [this] {
                                                                       Nonce nonce;
                                                                       nonce.bytes[0] = ++nonces_;
                                                                       return nonce;
                                                                     },
                                                                 .heads = &heads_});
    started_ = shard_->Start(witnesses);
    Settle();
  }

  void Settle() {
    for (int quiet = 0; quiet < 2;) {
      shared_.AdvanceTo(0);
      quiet = shard_->Step() ? 0 : quiet + 1;
    }
  }

  void Pass(std::chrono::microseconds time) {
    now_.wall += time;
    now_.steady += time;
    Settle();
  }

  Command CommandOf(const SubjectId& subject, const std::string& value, int number,
                    const std::string& authority = "A") {
    return {.authority = authority,
            .id = IdAt(now_.wall.time_since_epoch().count(), number),
            .principal = "p",
            .request = AppendRequest(subject, value),
            .request_mac = "mac of " + value};
  }

  // "kind result answer first-last", with * for a repeat; or the reason of the status.
  static std::string Text(const Result<Answer>& answer) {
    if (!answer) return answer.error().reason;
    return answer->result + " " + answer->answer + " " + std::to_string(answer->first_event) + "-" +
           std::to_string(answer->last_event) + (answer->repeated ? "*" : "");
  }

  std::string Do(const Command& command) {
    const auto text = std::make_shared<std::string>("no answer");  // one may come later
    shard_->Submit(command, [text](Result<Answer> answer) { *text = Text(answer); });
    Settle();
    return *text;
  }

  std::string ListOf(const SubjectId& subject, uint64_t at_least = 0) {
    std::string text = "no answer";
    shard_->Read(
        {.at_least = at_least, .deadline = now_.steady, .run = [&](Result<ShardView> view) {
           text = view ? "" : view.error().reason;
           if (!view) return;
           for (const auto& value : StateOf<List>(view->subjects(), subject).values) {
             text += value + " ";
           }
         }});
    Settle();
    return text;
  }

  SimulatedLog shared_{1};
  std::unique_ptr<EventLog> log_ = shared_.Connect();
  MemoryStateStore store_;
  ListKeeper keeper_;
  Heads heads_;
  Moment now_{.wall = Instant(std::chrono::microseconds(kStart_us))};
  uint8_t nonces_ = 0;
  ShardOptions options_{.identity = {.partition = {"lists", 0}, .partition_count = 1}};
  std::unique_ptr<Shard> shard_;
  Result<void> started_;
};

TEST_F(AShard, AnswersWhatItHasReadBack) {
  EXPECT_EQ(Do(CommandOf(kAnn, "a", 1)), "APPENDED 1 1-1");
  EXPECT_EQ(Do(CommandOf(kAnn, "b", 2)), "APPENDED 2 2-2");
  EXPECT_EQ(Do(CommandOf(kBob, "x", 3)), "APPENDED 1 3-3");
  EXPECT_EQ(ListOf(kAnn, 3), "a b ");
}

TEST_F(AShard, LeavesAnOutcomeOfANoOpAndOfARefusal) {
  Do(CommandOf(kAnn, "a", 1));
  EXPECT_EQ(Do(CommandOf(kAnn, "a", 2)), "UNCHANGED 1 2-1");
  EXPECT_EQ(Do(CommandOf(kAnn, "!", 3)), "BARRED 1 2-1");
  EXPECT_EQ(Do(CommandOf(kAnn, "!", 3)), "BARRED 1 2-1*");
  EXPECT_EQ(shard_->status().read.valid_records, 4u);
}

TEST_F(AShard, LeavesNoOutcomeOfAMalformedCommand) {
  Command command = CommandOf(kAnn, "a", 1);
  command.request = "short";
  EXPECT_EQ(Do(command), "MALFORMED");
  EXPECT_EQ(shard_->status().read.valid_records, 1u);
}

TEST_F(AShard, AnswersARepeatFromItsOutcomeAlsoAfterARestart) {
  const Command command = CommandOf(kAnn, "a", 1);
  Do(command);
  Do(CommandOf(kAnn, "b", 2));
  EXPECT_EQ(Do(command), "APPENDED 1 1-1*");
  shard_->Close();
  Open();
  EXPECT_EQ(Do(command), "APPENDED 1 1-1*");
  EXPECT_EQ(ListOf(kAnn), "a b ");
}

TEST_F(AShard, RefusesAnIdThatWasUsedForAnotherRequest) {
  Do(CommandOf(kAnn, "a", 1));
  EXPECT_EQ(Do(CommandOf(kAnn, "b", 1)), "COMMAND_ID_REUSED");
  EXPECT_EQ(Do(CommandOf(kAnn, "b", 1, "B")), "APPENDED 2 2-2");
}

TEST_F(AShard, JoinsACommandThatIsInFlight) {
  shared_.SetFaults({.least_delay_us = 1000});
  std::vector<std::string> answers;
  const auto note = [&](Result<Answer> answer) { answers.push_back(Text(answer)); };
  shard_->Submit(CommandOf(kAnn, "a", 1), note);
  shard_->Submit(CommandOf(kAnn, "a", 1), note);
  shard_->Submit(CommandOf(kAnn, "b", 1), note);
  shard_->Step();
  EXPECT_EQ(answers, std::vector<std::string>{"COMMAND_ID_REUSED"});
  shared_.AdvanceTo(1000);
  shard_->Step();
  EXPECT_EQ(answers,
            (std::vector<std::string>{"COMMAND_ID_REUSED", "APPENDED 1 1-1", "APPENDED 1 1-1"}));
}

TEST_F(AShard, RefusesIdsThatAreTooOldOrAhead) {
  Command command = CommandOf(kAnn, "a", 1);
  command.id = IdAt(kStart_us - kOldestCommand_us - 2000, 1);
  EXPECT_EQ(Do(command), "COMMAND_TOO_OLD");
  command.id = IdAt(kStart_us + kNewestCommand_us + 2000, 1);
  EXPECT_EQ(Do(command), "COMMAND_TOO_OLD");
  command.id = {};
  EXPECT_EQ(Do(command), "COMMAND_ID_NOT_V7");
  command.of_service = true;
  EXPECT_EQ(Do(command), "APPENDED 1 1-1");
}

TEST_F(AShard, ForgetsOutcomesAfterThirtyDaysOfJournalTime) {
  Command command = CommandOf(kAnn, "a", 1);
  Do(command);
  Pass(std::chrono::hours(31 * 24));
  EXPECT_EQ(Do(command), "APPENDED 1 1-1*") << "no batch has moved the journal's time on";
  Do(CommandOf(kAnn, "b", 2));
  EXPECT_EQ(Do(command), "COMMAND_TOO_OLD");
}

TEST_F(AShard, DecidesOnWhatIsInFlight) {
  shared_.SetFaults({.least_delay_us = 1000});
  std::vector<std::string> answers;
  const auto note = [&](Result<Answer> answer) { answers.push_back(Text(answer)); };
  shard_->Submit(CommandOf(kAnn, "a", 1), note);
  shard_->Step();
  shard_->Submit(CommandOf(kAnn, "b", 2), note);
  shard_->Step();
  EXPECT_EQ(ListOf(kAnn), "");
  shared_.AdvanceTo(1000);
  shard_->Step();
  EXPECT_EQ(answers, (std::vector<std::string>{"APPENDED 1 1-1", "APPENDED 2 2-2"}));
}

TEST_F(AShard, SaysOutcomeUnknownAndClaimsAgainWhenABatchIsLost) {
  shared_.SetFaults({.lost = 1000});
  std::string text;
  const Command command = CommandOf(kAnn, "a", 1);
  shard_->Submit(command, [&](Result<Answer> answer) { text = Text(answer); });
  Settle();
  EXPECT_EQ(text, "");
  Pass(std::chrono::seconds(3));
  EXPECT_EQ(text, "OUTCOME_UNKNOWN");
  shared_.SetFaults({});
  Pass(std::chrono::seconds(3));
  Pass(std::chrono::seconds(3));
  EXPECT_TRUE(shard_->status().serving);
  EXPECT_EQ(Do(command), "APPENDED 1 1-1");
}

TEST_F(AShard, AnswersAllInFlightUnknownWhenARivalClaims) {
  MemoryStateStore rival_store;
  const auto rival_log = shared_.Connect();
  Shard rival(options_, {.log = *rival_log,
                         .store = rival_store,
                         .keeper = keeper_,
                         .now = [this] { return now_; },
                         .new_nonce = [] { return Nonce{{99}}; }});
  ASSERT_TRUE(rival.Start({}));
  for (int i = 0; i < 4; ++i) rival.Step();
  std::string text;
  shard_->Submit(CommandOf(kAnn, "a", 1), [&](Result<Answer> answer) { text = Text(answer); });
  shard_->Step();
  shard_->Step();
  EXPECT_EQ(text, "NOT_TAKEN") << "the foreign claim is read before the command is decided";
  EXPECT_FALSE(shard_->status().serving);
}

TEST_F(AShard, RebuildsAWipedStateToTheSameBytes) {
  for (int i = 0; i < 40; ++i) {
    Do(CommandOf(i % 3 ? kAnn : kBob, "v" + std::to_string(i), i));
    Pass(std::chrono::milliseconds(60));
  }
  shard_->Close();
  auto before = store_.rows();
  ASSERT_TRUE(store_.Wipe());
  Open();
  shard_->Close();
  auto after = store_.rows();
  before.erase("c");  // the second start has claimed once more
  after.erase("c");
  EXPECT_EQ(before, after);
}

TEST_F(AShard, RefusesALogThatIsShorterThanItsState) {
  Do(CommandOf(kAnn, "a", 1));
  shard_->Close();
  shared_.Truncate({"lists", 0}, 1);
  log_ = shared_.Connect();
  Open();
  ASSERT_FALSE(started_);
  EXPECT_EQ(started_.error().reason, "LOG_REGRESSION");
  EXPECT_EQ(Do(CommandOf(kAnn, "b", 2)), "NOT_TAKEN");
  EXPECT_EQ(ListOf(kAnn), "LOG_REGRESSION");
}

TEST_F(AShard, RefusesALogThatIsShorterThanAWitnessThoughItsStateIsGone) {
  Do(CommandOf(kAnn, "a", 1));
  shard_->Close();
  const auto head = heads_.TakeChanged(now_.wall);
  ASSERT_TRUE(head);
  ASSERT_TRUE(store_.Wipe());
  shared_.Truncate({"lists", 0}, 1);
  log_ = shared_.Connect();
  Open({head->checkpoints(0)});
  EXPECT_FALSE(started_);
}

TEST_F(AShard, WritesNothingWhenIdle) {
  Do(CommandOf(kAnn, "a", 1));
  const uint64_t end = *log_->End({"lists", 0});
  Pass(std::chrono::seconds(1));
  const size_t writes = store_.unsynced_writes();
  for (int i = 0; i < 60; ++i) Pass(std::chrono::seconds(1));
  EXPECT_EQ(*log_->End({"lists", 0}), end);
  EXPECT_EQ(store_.unsynced_writes(), writes);
}

TEST_F(AShard, WaitsToReadUntilItHasReadFarEnough) {
  std::string text;
  shard_->Read(
      {.at_least = 1,
       .deadline = now_.steady + std::chrono::seconds(5),
       .run = [&](Result<ShardView> view) { text = view ? "read" : view.error().reason; }});
  Settle();
  EXPECT_EQ(text, "");
  Do(CommandOf(kAnn, "a", 1));
  EXPECT_EQ(text, "read");
  EXPECT_EQ(ListOf(kAnn, 2), "NOT_YET_READ");
}

TEST_F(AShard, ListsRowsThatAreFlushedAndThatAreNot) {
  Do(CommandOf(kAnn, "a", 1));
  Pass(std::chrono::seconds(1));
  Do(CommandOf(kAnn, "b", 2));
  Do(CommandOf(kBob, "x", 3));
  std::string values;
  shard_->Read({.deadline = now_.steady, .run = [&](Result<ShardView> view) {
                  const auto rows = view->Scan("", "", 10);
                  for (const IndexRow& row : *rows) values += row.value + " ";
                }});
  Settle();
  EXPECT_EQ(values, "x b ");
}

TEST_F(AShard, IsKnownToBeAssignedBeforeItHasClaimed) {
  options_.shared = true;
  Open();
  EXPECT_TRUE(shard_->status().caught_up);
  EXPECT_FALSE(shard_->status().assigned);
  shard_->SetAssigned(true);
  EXPECT_TRUE(shard_->status().assigned);
  EXPECT_FALSE(shard_->status().serving);
  Settle();
  EXPECT_TRUE(shard_->status().serving);
}

TEST_F(AShard, ServesOnOnceItsLogCanBeReadAgain) {
  ASSERT_TRUE(Do(CommandOf(kAnn, "a", 1)).starts_with("APPENDED"));
  shared_.SetFaults({.unreadable = 1000});
  EXPECT_EQ(Do(CommandOf(kAnn, "b", 2)), "no answer");
  EXPECT_EQ(shard_->status().unreadable->reason, "LOG_NOT_READ");
  EXPECT_FALSE(shard_->status().failure);
  Pass(std::chrono::seconds(20));  // it cannot be known whether what was appended counts
  EXPECT_FALSE(shard_->status().serving);

  shared_.SetFaults({});
  for (int second = 0; second < 10 && !shard_->status().serving; ++second)
    Pass(std::chrono::seconds(1));
  EXPECT_TRUE(shard_->status().serving);
  EXPECT_FALSE(shard_->status().unreadable);
  EXPECT_EQ(ListOf(kAnn), "a b ");
  EXPECT_TRUE(Do(CommandOf(kAnn, "c", 3)).starts_with("APPENDED"));
}

}  // namespace
}  // namespace holdfast
