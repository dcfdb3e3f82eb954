#include "services/cases/domain/name_parts.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace holdfast::cases {
namespace {

using Parts = std::vector<std::string>;

TEST(NameParts, DoNotTellCaseOrderOrSpacesApart) {
  EXPECT_EQ(NameParts("  Sam   SMITH "), (Parts{"sam", "smith"}));
  EXPECT_EQ(NameParts("Smith, Sam"), NameParts("sam smith"));
  EXPECT_EQ(NameParts("Ann Ann"), (Parts{"ann"}));
  EXPECT_EQ(NameParts(" -- "), Parts{});
}

TEST(NameParts, AreWithoutAccents) {
  EXPECT_EQ(NameParts("Zoë Núñez"), (Parts{"nunez", "zoe"}));
  EXPECT_EQ(NameParts("ŁUKASZ Şen Ștefan"), (Parts{"lukasz", "sen", "stefan"}));
  EXPECT_EQ(NameParts("Nguyễn"), (Parts{"nguyen"}));
  EXPECT_EQ(NameParts("Weiß Þóra Bjørn Ægir"), (Parts{"aegir", "bjorn", "thora", "weiss"}));
  EXPECT_EQ(NameParts("Zoe\xcc\x88"), (Parts{"zoe"})) << "an accent that is a letter of its own";
}

TEST(NameParts, LeaveApostrophesOutAndPartAtHyphens) {
  EXPECT_EQ(NameParts("O'Brien"), NameParts("O\xe2\x80\x99"
                                            "BRIEN"));
  EXPECT_EQ(NameParts("O'Brien"), (Parts{"obrien"}));
  EXPECT_EQ(NameParts("Anne-Marie St. John"), (Parts{"anne", "john", "marie", "st"}));
}

TEST(NameParts, FoldGreekAndCyrillicAndKeepOtherScripts) {
  EXPECT_EQ(NameParts("ΜΑΡΊΑ"), NameParts("μαρια"));
  EXPECT_EQ(NameParts("Ёлкин"), NameParts("ёЛКИН"));
  EXPECT_EQ(NameParts("李明"), (Parts{"李明"}));
  EXPECT_EQ(NameParts("\xff\xc3 A"), (Parts{"a", "\uf7ff\uf7c3"})) << "no UTF-8";
  EXPECT_EQ(NameParts("\xcd'\xa9"), (Parts{"\uf7cd\uf7a9"})) << "two bytes that make no letter";
}

RC_GTEST_PROP(NameParts, OfAPartAreThatPart, (const std::string& name)) {
  for (const auto& part : NameParts(name)) RC_ASSERT(NameParts(part) == Parts{part});
}

}  // namespace
}  // namespace holdfast::cases
