#include "libs/rpc/ordered_stream.h"

#include <gtest/gtest.h>

#include <ranges>
#include <thread>

#include "libs/rpc/echo_bench.h"

namespace holdfast {
namespace {

using testing::EchoHandlers;
using testing::v1::EchoEachRequest;
using testing::v1::EchoEachResponse;
using testing::v1::EchoService;

class AStream : public ::testing::Test {
 protected:
  struct Said {
    std::vector<std::string> texts;
    std::string end;  // the reason of a failure
  };

  // All is sent, then all is read. `release` answers what waits, beside it.
  Said Say(
      const std::vector<EchoEachRequest>& messages, Role role = Role::kWorker,
      const std::function<void()>& release = [] {},
      std::chrono::milliseconds timeout = std::chrono::seconds(30)) {
    const auto stub =
        EchoService::NewStub(OpenChannel(echo_.server->endpoint(), deployment_.As(role)));
    grpc::ClientContext context;
    Prepare(context, {.timeout = timeout});
    const auto stream = stub->EchoEach(&context);
    std::thread writer([&] {
      for (const auto& message : messages) {
        if (!stream->Write(message)) break;
      }
      stream->WritesDone();
    });
    std::thread releaser(release);
    Said said;
    EchoEachResponse response;
    while (stream->Read(&response)) said.texts.push_back(response.text());
    writer.join();
    releaser.join();
    const auto status = stream->Finish();
    if (!status.ok()) said.end = FromGrpc(status).status.reason;
    return said;
  }
  static EchoEachRequest Text(const std::string& text) {
    EchoEachRequest message;
    message.set_text(text);
    return message;
  }
  static std::vector<EchoEachRequest> Texts(const std::string& prefix, size_t count) {
    std::vector<EchoEachRequest> messages;
    for (size_t i = 0; i < count; ++i) messages.push_back(Text(prefix + std::to_string(i)));
    return messages;
  }

  testing::TestDeployment deployment_;
  testing::EchoServer echo_{deployment_.Server()};
};

TEST_F(AStream, AnswersEachMessage) {
  const auto said = Say(Texts("hello ", 1000));
  ASSERT_EQ(said.texts.size(), 1000U);
  for (size_t i = 0; i < 1000; ++i) EXPECT_EQ(said.texts[i], "hello " + std::to_string(i));
  EXPECT_EQ(said.end, "");
}

TEST_F(AStream, WithoutMessagesEnds) {
  const auto said = Say({});
  EXPECT_TRUE(said.texts.empty());
  EXPECT_EQ(said.end, "");
}

TEST_F(AStream, AnswersInOrderWhatIsDoneInAnyAndReadsNoMoreThanItsWindow) {
  const auto said = Say(Texts("wait ", 10), Role::kWorker, [this] {
    for (const size_t count : {4, 4, 2}) {
      auto waiting = echo_.handlers.AwaitMessages(count);
      for (auto& message : std::views::reverse(waiting)) EchoHandlers::Echo(*message);
    }
  });
  ASSERT_EQ(said.texts.size(), 10U);
  for (size_t i = 0; i < 10; ++i) EXPECT_EQ(said.texts[i], "wait " + std::to_string(i));
  EXPECT_EQ(echo_.handlers.most_waiting(), EchoHandlers::kWindow);
}

TEST_F(AStream, EndsWithTheFirstFailureOnceTheMessagesBeforeItAreAnswered) {
  const auto said = Say({Text("a"), Text("b"), Text("missing"), Text("c")});
  EXPECT_EQ(said.texts, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(said.end, "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(Say({Text("a"), Text("forgotten")}).end, "OUTCOME_UNKNOWN");
}

TEST_F(AStream, TurnsAwayAMessageOfAnotherBody) {
  auto foreign = Text("b");
  foreign.set_source(testing::kSouth.text());
  const auto said = Say({Text("a"), foreign}, Role::kCourt);
  EXPECT_EQ(said.texts.size(), 1U);
  EXPECT_EQ(said.end, "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(echo_.handlers.turned_away().back().why.reason, "FOREIGN_AUTHORITY");
  auto own = Text("b");
  own.set_source(testing::kNorth.text());
  EXPECT_EQ(Say({own}, Role::kCourt).end, "");
}

TEST_F(AStream, TurnsAwayWhoMayNotCallAndWhatIsTooMuch) {
  EXPECT_EQ(Say({Text("a")}, Role::kData).end, "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(echo_.handlers.turned_away().back().why.reason, "NOT_ALLOWED");
  EXPECT_EQ(Say({Text(std::string(2000, 'x'))}).end, "TOO_LARGE");
  EXPECT_EQ(Say(
                {Text("a")}, Role::kWorker, [] {}, std::chrono::seconds(70))
                .end,
            "DEADLINE_REQUIRED");
}

TEST_F(AStream, ThatNobodyListensToIsGivenUp) {
  const auto said = Say(
      Texts("wait ", 2), Role::kWorker, [] {}, std::chrono::milliseconds(200));
  EXPECT_TRUE(said.texts.empty());
  for (auto& message : echo_.handlers.AwaitMessages(2)) EchoHandlers::Echo(*message);
}

}  // namespace
}  // namespace holdfast
