#include "libs/rpc/live_stream.h"

#include <gtest/gtest.h>

#include <thread>

#include "libs/rpc/echo_bench.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;
using testing::v1::EchoOnRequest;
using testing::v1::EchoOnResponse;
using testing::v1::EchoService;

class ALiveStream : public ::testing::Test {
 protected:
  struct Heard {
    std::vector<uint32_t> numbers;
    std::string end;  // the reason of a failure
  };

  // Listens until `most` messages have come, or the stream ends.
  Heard Listen(const std::string& text, uint32_t count, size_t most,
               std::chrono::milliseconds timeout = 10s, Role role = Role::kWorker) {
    const auto stub =
        EchoService::NewStub(OpenChannel(echo_.server->endpoint(), deployment_.As(role)));
    grpc::ClientContext context;
    Prepare(context, {.timeout = timeout});
    EchoOnRequest request;
    request.set_text(text);
    request.set_count(count);
    const auto stream = stub->EchoOn(&context, request);
    Heard heard;
    EchoOnResponse response;
    while (heard.numbers.size() < most && stream->Read(&response))
      heard.numbers.push_back(response.number());
    if (heard.numbers.size() == most && most > 0) context.TryCancel();
    const auto status = stream->Finish();
    if (!status.ok()) heard.end = FromGrpc(status).status.reason;
    return heard;
  }

  testing::TestDeployment deployment_;
  testing::EchoServer echo_{deployment_.Server()};
};

TEST_F(ALiveStream, GivesEachMessageOnceInOrder) {
  const auto heard = Listen("on", 1000, 1000);
  ASSERT_EQ(heard.numbers.size(), 1000u);
  for (uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(heard.numbers[i], i + 1);
}

TEST_F(ALiveStream, GoesOnUntilItsDeadlineWhenThereIsNothingMore) {
  const auto heard = Listen("on", 4, 1000, 300ms);
  EXPECT_EQ(heard.numbers, (std::vector<uint32_t>{1, 2, 3, 4}));
}

TEST_F(ALiveStream, AsksForNoMoreThanTheCallerTakes) {
  const auto stub =
      EchoService::NewStub(OpenChannel(echo_.server->endpoint(), deployment_.Worker()));
  grpc::ClientContext context;
  Prepare(context, {.timeout = 10s});
  EchoOnRequest request;
  request.set_text(std::string(64 << 10, 'x'));
  request.set_count(100'000);
  const auto stream = stub->EchoOn(&context, request);
  EchoOnResponse response;
  ASSERT_TRUE(stream->Read(&response));
  uint32_t before = 0;
  while (before != echo_.handlers.pulls()) {  // until what lies on the way is full
    before = echo_.handlers.pulls();
    std::this_thread::sleep_for(100ms);
  }
  EXPECT_LT(before, 1000u);
  context.TryCancel();
  EXPECT_FALSE(stream->Finish().ok());
}

TEST_F(ALiveStream, EndsWithItsFailure) {
  EXPECT_EQ(Listen("missing", 1, 1).end, "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(Listen("on", 1, 1, 10s, Role::kData).end, "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(echo_.handlers.turned_away().back().why.reason, "NOT_ALLOWED");
  EXPECT_EQ(Listen("on", 1, 1, 70s).end, "DEADLINE_REQUIRED");
}

}  // namespace
}  // namespace holdfast
