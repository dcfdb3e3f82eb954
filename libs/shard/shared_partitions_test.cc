// Two instances of one service on one log: partitions are given to one or the other, and each
// answers for both.
#include <gtest/gtest.h>

#include <future>
#include <map>

#include "libs/eventlog/simulated_log.h"
#include "libs/shard/service_shards.h"
#include "libs/testing/list_keeper.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;

constexpr uint32_t kPartitions = 2;
const std::set<uint32_t> kBoth{0, 1};

SubjectId SubjectIn(uint32_t partition) {
  SubjectId subject;
  while (PartitionOf(subject, kPartitions) != partition) ++subject.bytes[0];
  return subject;
}
const SubjectId kAnn = SubjectIn(0);
const SubjectId kBob = SubjectIn(1);

// Instances that reach each other without a network.
class Street final : public CommandForwarder {
 public:
  void Forward(const LogPartition& partition, Command command, Reply reply) override {
    ++forwarded;
    for (ServiceShards* shards : houses) {
      if (shards->Owns(partition.partition))
        return shards->SubmitHere(partition.partition, std::move(command), std::move(reply));
    }
    reply(tl::unexpected(NotTaken("nobody owns it")));
  }

  std::vector<ServiceShards*> houses;
  std::atomic<int> forwarded = 0;
};

class AnInstance {
 public:
  AnInstance(SimulatedLog& log, Street& street, const std::set<uint32_t>& assigned)
      : log_(log.Connect()),
        shards_({.service = "lists", .partition_count = kPartitions, .shard = {.shared = true}},
                {.log = *log_,
                 .keeper = keeper_,
                 .clock = clock_,
                 .today = [] { return CivilDate(); },
                 .store = [](uint32_t) { return std::make_unique<MemoryStateStore>(); },
                 .forwarder = &street}) {
    shards_.Assign(assigned);
    EXPECT_TRUE(shards_.Start());
    EXPECT_TRUE(shards_.WaitUntilServing(10s));
    street.houses.push_back(&shards_);
  }

  Result<Answer> Append(const SubjectId& subject, const std::string& value, uint8_t number) {
    Command command{.authority = "A", .of_service = true, .request = AppendRequest(subject, value)};
    command.id.bytes[0] = number;
    std::promise<Result<Answer>> answer;
    shards_.Submit(shards_.PartitionFor(subject), command,
                   [&](Result<Answer> given) { answer.set_value(std::move(given)); });
    return answer.get_future().get();
  }

  std::string ListOf(const SubjectId& subject) {
    std::promise<std::string> text;
    shards_.Read(
        shards_.PartitionFor(subject),
        {.deadline = std::chrono::steady_clock::now() + 10s, .run = [&](Result<ShardView> view) {
           if (!view) return text.set_value(view.error().reason);
           std::string values;
           for (const auto& value : StateOf<List>(view->subjects(), subject).values)
             values += value + " ";
           text.set_value(values);
         }});
    return text.get_future().get();
  }

  // Tries until somebody owns the partition, as every client does.
  Result<Answer> AppendAtLast(const SubjectId& subject, const std::string& value, uint8_t number) {
    const auto limit = std::chrono::steady_clock::now() + 10s;
    auto answer = Append(subject, value, number);
    while (!answer && std::chrono::steady_clock::now() < limit) {
      std::this_thread::sleep_for(1ms);
      answer = Append(subject, value, number);
    }
    return answer;
  }

  ServiceShards& shards() { return shards_; }

 private:
  std::unique_ptr<EventLog> log_;
  ListKeeper keeper_;
  SystemClock clock_;
  ServiceShards shards_;
};

class TwoInstances : public ::testing::Test {
 protected:
  SimulatedLog log_{1};
  Street street_;
  AnInstance north_{log_, street_, {0}};
  AnInstance south_{log_, street_, {1}};
};

TEST_F(TwoInstances, EachDecidesWhatItOwnsAndBringsTheRestToTheOther) {
  EXPECT_EQ(north_.Append(kAnn, "a", 1)->result, "APPENDED");
  EXPECT_EQ(street_.forwarded, 0);
  EXPECT_EQ(north_.Append(kBob, "x", 2)->result, "APPENDED");
  EXPECT_EQ(street_.forwarded, 1);
  EXPECT_EQ(south_.Append(kAnn, "b", 3)->result, "APPENDED");
  EXPECT_EQ(north_.ListOf(kAnn), "a b ");
}

TEST_F(TwoInstances, EachShowsAllThatWasAcknowledgedByEither) {
  for (uint8_t i = 1; i < 100; ++i) {
    const auto value = std::to_string(i);
    ASSERT_TRUE(north_.Append(kAnn, value, i));
    EXPECT_TRUE(south_.ListOf(kAnn).ends_with(value + " "));
  }
}

TEST_F(TwoInstances, ARepeatThroughAnotherDoorIsKnown) {
  EXPECT_FALSE(north_.Append(kAnn, "a", 1)->repeated);
  EXPECT_TRUE(south_.Append(kAnn, "a", 1)->repeated);
}

TEST_F(TwoInstances, TheOwnerServesOnUntilAnotherHasClaimed) {
  north_.shards().Assign({});
  ASSERT_TRUE(north_.Append(kAnn, "a", 1));
  EXPECT_TRUE(north_.shards().Owns(0));

  south_.shards().Assign(kBoth);
  while (!south_.shards().Owns(0) || north_.shards().Owns(0)) std::this_thread::sleep_for(1ms);
  EXPECT_TRUE(north_.AppendAtLast(kAnn, "b", 2));
  EXPECT_EQ(south_.ListOf(kAnn), "a b ");
  EXPECT_EQ(north_.ListOf(kAnn), "a b ");
}

TEST_F(TwoInstances, PartitionsThatAreGivenBackAndForthLoseAndDoubleNothing) {
  std::string expected;
  for (uint8_t i = 1; i <= 60; ++i) {
    if (i % 5 == 0) {
      const bool to_north = i % 10 == 0;
      north_.shards().Assign(to_north ? kBoth : std::set<uint32_t>{});
      south_.shards().Assign(to_north ? std::set<uint32_t>{} : kBoth);
    }
    ASSERT_TRUE((i % 2 == 0 ? north_ : south_).AppendAtLast(kAnn, std::to_string(i), i));
    expected += std::to_string(i) + " ";
  }
  EXPECT_EQ(north_.ListOf(kAnn), expected);
  EXPECT_EQ(south_.ListOf(kAnn), expected);
}

TEST_F(TwoInstances, AnInstanceThatOwnsNothingIsNoOwner) {
  north_.shards().Assign({});
  south_.shards().Assign(kBoth);
  while (north_.shards().Owns(0)) std::this_thread::sleep_for(1ms);
  std::promise<Result<Answer>> answer;
  Command command{.authority = "A", .of_service = true, .request = AppendRequest(kAnn, "a")};
  north_.shards().SubmitHere(0, command,
                             [&](Result<Answer> given) { answer.set_value(std::move(given)); });
  EXPECT_EQ(answer.get_future().get().error().reason, "NOT_TAKEN");
  EXPECT_TRUE(north_.shards().all_serving());
}

}  // namespace
}  // namespace holdfast
