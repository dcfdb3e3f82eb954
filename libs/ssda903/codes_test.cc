#include "libs/ssda903/codes.h"

#include <gtest/gtest.h>

namespace holdfast::ssda903 {
namespace {

TEST(Codes, AreInForceFromTheReturnThatEndsInTheirMarchOn) {
  struct Case {
    const char* column;
    const char* code;
    int year;
    Standing standing;
  };
  using enum Standing;
  const Case cases[] = {
      {"PLACE", "P2", 2024, kInForce},
      {"PLACE", "P2", 2025, kOtherYear},
      {"PLACE", "H5", 2025, kOtherYear},
      {"PLACE", "K3", 2024, kOtherYear},
      {"PLACE", "K3", 2025, kInForce},
      {"PLACE", "Z14", 2025, kOtherYear},
      {"PLACE", "Z14", 2026, kInForce},
      {"PLACE", "Z14", 2030, kInForce},
      {"PLACE", "Z15", 2026, kNone},
      {"REC", "E43", 2018, kInForce},
      {"REC", "E43", 2019, kOtherYear},
      {"REC", "E48", 2018, kOtherYear},
      {"REC", "E48", 2019, kInForce},
      {"REC", "E1", 2019, kNone},
      {"SEX", "U", 2024, kOtherYear},
      {"SEX", "U", 2025, kInForce},
      {"SEX", "M", 2017, kInForce},
      {"SEX", "m", 2017, kNone},
      {"LS", "C2", 2010, kInForce},
      {"LS", "", 2020, kNone},
      {"LS", "C1 C2", 2020, kNone},
      {"REASON_PLACE_CHANGE", "CUSTOD", 2018, kOtherYear},
      {"REASON_PLACE_CHANGE", "CUSTOD", 2019, kInForce},
  };
  for (const auto& c : cases)
    EXPECT_EQ(StandingOf(c.column, c.code, c.year), c.standing)
        << c.column << " " << c.code << " " << c.year;
}

TEST(Codes, ReadAsFiguresWithoutTheirDecimals) {
  EXPECT_EQ(CanonicalCode("MOTHER", "1.0"), "1");
  EXPECT_EQ(CanonicalCode("MOTHER", "1.5"), "1.5");
  EXPECT_EQ(CanonicalCode("MOTHER", ".0"), ".0");
  EXPECT_EQ(CanonicalCode("LS", "C2.0"), "C2.0");
  EXPECT_EQ(CanonicalCode("SEX", "1"), "M");
  EXPECT_EQ(CanonicalCode("SEX", "2.0"), "F");
  EXPECT_EQ(CanonicalCode("MOTHER", "2"), "2");
}

}  // namespace
}  // namespace holdfast::ssda903
