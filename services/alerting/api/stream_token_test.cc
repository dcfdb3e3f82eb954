#include "services/alerting/api/stream_token.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace holdfast::alerting {
namespace {

TEST(StreamToken, IsKeptForEver) {
  EXPECT_EQ(TokenOf({0, 1, 300}), "010001ac02");
  EXPECT_EQ(SeenFromToken("010001ac02", 3), (std::vector<uint64_t>{0, 1, 300}));
}

RC_GTEST_PROP(StreamToken, SaysWhatItWasMadeOf, (const std::vector<uint64_t>& seen)) {
  RC_ASSERT(SeenFromToken(TokenOf(seen), seen.size()) == seen);
}

TEST(StreamToken, OfOtherPartitionsOrNoneIsRefused) {
  EXPECT_FALSE(SeenFromToken(TokenOf({1, 2}), 3));
  for (const char* bad : {"", "01", "zz", "0180", "02000102", "01ffffffffffffffffffffff00"})
    EXPECT_FALSE(SeenFromToken(bad, 1)) << bad;
}

}  // namespace
}  // namespace holdfast::alerting
