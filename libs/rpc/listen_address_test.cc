#include "libs/rpc/listen_address.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

TEST(ListenAddress, IsAHostAndAPort) {
  for (const char* text : {"127.0.0.1:0", "localhost:5000", "0.0.0.0:65535", "[::1]:5000"}) {
    const auto address = ListenAddress::FromText(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->Text(), text);
  }
  for (const char* text :
       {"", "127.0.0.1", ":5000", "host:", "host:65536", "host:-1", "host:5x", "::1:5000"}) {
    EXPECT_FALSE(ListenAddress::FromText(text)) << text;
  }
}

TEST(ListenAddress, KnowsWhatStaysOnThisMachine) {
  for (const char* text : {"127.0.0.1:0", "127.8.9.1:0", "localhost:0", "[::1]:0"}) {
    EXPECT_TRUE(ListenAddress::FromText(text)->IsLoopback()) << text;
  }
  for (const char* text : {"0.0.0.0:0", "[::]:0", "10.0.0.1:0", "localhost.example:0"}) {
    EXPECT_FALSE(ListenAddress::FromText(text)->IsLoopback()) << text;
  }
}

}  // namespace
}  // namespace holdfast
