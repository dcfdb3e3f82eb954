#include "libs/base/ids.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

TEST(Ids, JoinTheirPartsSoThatNoTwoListsAreOne) {
  EXPECT_NE(HashId("entry", {"ab", "c"}), HashId("entry", {"a", "bc"}));
  EXPECT_NE(HashId("entry", {"ab"}), HashId("alert", {"ab"}));
  EXPECT_EQ(Hex(IdMaterial("x", {"ab"})), "7800000000026162");
}

// Golden: ids are stored for ever.
TEST(Ids, AreTheSameForEver) {
  const std::array<uint8_t, 32> zeros{};
  EXPECT_EQ(SubjectId{HmacId(zeros, "child", {"E06000001", "100"})}.HexText(),
            "d25529a3d31940c5539cdf1d6c7e5e07");
  EXPECT_EQ(EntryId{HashId("entry", {"a", "b"})}.HexText(), "de52dd6d2984199882945a37539b5fad");
}

TEST(Ids, OfSubjectsChooseThePartitionByFnv1a) {
  EXPECT_EQ(PartitionOf(SubjectId{}, 16), 5u);
  EXPECT_EQ(PartitionOf(SubjectId{}, 1), 0u);
}

TEST(Ids, AreReadFromHexOfEitherCase) {
  EXPECT_EQ(SubjectId::FromHexText("000102030405060708090A0b0c0d0e0f")->HexText(),
            "000102030405060708090a0b0c0d0e0f");
  EXPECT_FALSE(SubjectId::FromHexText("00"));
  EXPECT_FALSE(SubjectId::FromHexText("zz0102030405060708090a0b0c0d0e0f"));
}

}  // namespace
}  // namespace holdfast
