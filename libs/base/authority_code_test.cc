#include "libs/base/authority_code.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

TEST(AuthorityCode, IsAPlainWord) {
  EXPECT_EQ(AuthorityCode::FromText("E06000001")->text(), "E06000001");
  EXPECT_EQ(AuthorityCode::FromText("england")->text(), "england");
}

TEST(AuthorityCode, IsRefusedWhereItCouldLeaveItsFolderOrItsUri) {
  for (const char* text :
       {"", ".", "..", "a/b", "a b", "a\nb", "a%2fb", "123456789012345678901234567890123"}) {
    EXPECT_FALSE(AuthorityCode::FromText(text)) << text;
  }
}

}  // namespace
}  // namespace holdfast
