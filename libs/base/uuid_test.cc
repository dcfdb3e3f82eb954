#include "libs/base/uuid.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

// RFC 9562, appendix A.6.
TEST(UuidV7, IsThatOfTheStandardsExample) {
  const Instant now{std::chrono::milliseconds(0x017F22E279B0)};
  const std::array<uint8_t, 10> random = {0x0C, 0xC3, 0x18, 0xC4, 0xDC,
                                          0x0C, 0x0C, 0x07, 0x39, 0x8F};
  EXPECT_EQ(UuidText(UuidV7(now, random)), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(UuidV7, GivesItsMillisecondBack) {
  const Instant now{std::chrono::microseconds(1'700'000'000'123'456)};
  const auto uuid = UuidV7(now, {});
  EXPECT_EQ(UuidVersion(uuid), 7);
  EXPECT_EQ(UuidTime(uuid), Instant{std::chrono::milliseconds(1'700'000'000'123)});
}

TEST(UuidV7, OrdersByTime) {
  const std::array<uint8_t, 10> high = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
  EXPECT_LT(UuidV7(Instant{std::chrono::milliseconds(1)}, high),
            UuidV7(Instant{std::chrono::milliseconds(2)}, {}));
}

// RFC 9562, appendix A.4: the name www.example.com in the DNS name space.
TEST(UuidV5, IsThatOfTheStandardsExample) {
  const auto dns = UuidFromText("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
  const auto uuid = UuidV5(*dns, "www.example.com");
  EXPECT_EQ(UuidText(uuid), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  EXPECT_EQ(UuidVersion(uuid), 5);
  EXPECT_EQ(UuidTime(uuid), std::nullopt);
}

TEST(Uuid, OfAnotherVariantHasNoVersion) { EXPECT_EQ(UuidVersion(UuidBytes{}), std::nullopt); }

TEST(Uuid, IsReadFromItsTextAlone) {
  EXPECT_TRUE(UuidFromText("6BA7B810-9DAD-11D1-80B4-00C04FD430C8"));
  EXPECT_FALSE(UuidFromText("6ba7b8109dad11d180b400c04fd430c8"));
  EXPECT_FALSE(UuidFromText("6ba7b810-9dad-11d1-80b4-00c04fd430c"));
  EXPECT_FALSE(UuidFromText("6ba7b810-9dad-11d1-80b4-00c04fd430cg"));
  EXPECT_FALSE(UuidFromText("6ba7b81-09dad-11d1-80b4-00c04fd430c8"));
}

}  // namespace
}  // namespace holdfast
