#include "libs/rpc/grpc_logs.h"

#include <grpc/support/log.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace holdfast {
namespace {

// In a process of its own, since it cannot be taken back.
TEST(GrpcLogsDeathTest, GoWhereTheyAreSent) {
  const auto send_and_look = [] {
    std::string lines;
    SendGrpcLogsTo([&](const std::string& line) { lines += line + ";"; });
    gpr_log(GPR_ERROR, "handshake %d", 7);
    gpr_log(GPR_INFO, "nothing");
    _exit(lines == "handshake 7;" ? 0 : 1);
  };
  EXPECT_EXIT(send_and_look(), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace holdfast
