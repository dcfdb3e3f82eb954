#include "services/relay/api/stream_place.h"

#include <gtest/gtest.h>

namespace holdfast::relay {
namespace {

const std::vector<uint64_t> kSeen{0, 1, 127, 128, 1ULL << 63};

Pseudonyms GroupOf(uint8_t number) {
  SecretKey key;
  key.bytes()[0] = number;
  return Pseudonyms(std::move(key));
}

TEST(StreamPlace, IsReadBackFromItsToken) {
  EXPECT_EQ(SeenFromToken(TokenOf(kSeen, nullptr), kSeen.size(), nullptr), kSeen);
  const auto group = GroupOf(1);
  EXPECT_EQ(SeenFromToken(TokenOf(kSeen, &group), kSeen.size(), &group), kSeen);
}

TEST(StreamPlace, OfAGroupIsNobodyElses) {
  const auto group = GroupOf(1);
  const auto other = GroupOf(2);
  EXPECT_EQ(SeenFromToken(TokenOf(kSeen, &group), kSeen.size(), &other), std::nullopt);
  EXPECT_EQ(SeenFromToken(TokenOf(kSeen, &group), kSeen.size(), nullptr), std::nullopt);
  EXPECT_EQ(SeenFromToken(TokenOf(kSeen, nullptr), kSeen.size(), &group), std::nullopt);
}

TEST(StreamPlace, IsNothingForOtherTexts) {
  const std::string token = TokenOf(kSeen, nullptr);
  EXPECT_EQ(SeenFromToken("", kSeen.size(), nullptr), std::nullopt);
  EXPECT_EQ(SeenFromToken("no hex", kSeen.size(), nullptr), std::nullopt);
  EXPECT_EQ(SeenFromToken(token, kSeen.size() + 1, nullptr), std::nullopt);
  EXPECT_EQ(SeenFromToken(token, kSeen.size() - 1, nullptr), std::nullopt);
  EXPECT_EQ(SeenFromToken(token + "00", kSeen.size(), nullptr), std::nullopt);
  EXPECT_EQ(SeenFromToken("02" + token.substr(2), kSeen.size(), nullptr), std::nullopt);
}

}  // namespace
}  // namespace holdfast::relay
